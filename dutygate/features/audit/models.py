"""核验: one check of the register that somebody asked for on a page, its progress and what it found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Check(models.Model):
    """核验. ``kind``: chain, replay, tasks. ``chain``: the key of the chain that is verified; "" where the whole register is.

    ``state``: waiting, running, done, broken (ended badly). ``beat_at`` is the database's time at the last sign of life.
    ``heads``: lines taken down before, to be found again. ``found``: the first problems as plain values; ``problems``: how many.
    """

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField("种类", max_length=10)
    chain = models.CharField("链", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10)
    asked_by = models.BigIntegerField("发起人", null=True)
    asked_at = models.DateTimeField("发起时间")
    started_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    beat_at = models.DateTimeField("最近动静")
    done = models.BigIntegerField("已核", default=0)
    total = models.BigIntegerField("共计", default=0)
    heads = models.JSONField("抄下的链头", default=list)
    found = models.JSONField("不符之处", default=list)
    problems = models.IntegerField("不符数", default=0)
    facts = models.JSONField("概况", default=dict)

    class Meta:
        verbose_name = "核验"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "chain"], condition=Q(state__in=("waiting", "running")), name="audit_check_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.chain} {self.state}"
