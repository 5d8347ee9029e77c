"""Open tasks (a projection), answers kept for repeated requests, drafts of forms, and the security log."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class OpenTask(models.Model):
    """待办: one action that one unit owes a case. Written by ``perform`` alone; ``tasks verify`` computes it anew.

    ``due_on``: the last day, null where no limit holds; ``warn_on``: the first day on which it is yellow. ``paused_on``: since that day
    its time stands still; ``due_on`` is then what it was before, and moves when it goes on. ``provisional``: the holidays of a year that
    it crosses are not published yet.
    """

    record_class: ClassVar[str] = "derived"

    id = models.BigAutoField(primary_key=True)
    jurisdiction_id = models.BigIntegerField()
    subject_id = models.BigIntegerField()
    subject = models.CharField(max_length=80)
    action = models.CharField(max_length=60)
    unit_id = models.BigIntegerField()
    seat = models.CharField(max_length=120, blank=True)
    opened_on = models.DateField()
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    warn_on = models.DateField(null=True)
    paused_on = models.DateField(null=True)

    class Meta:
        verbose_name = "待办"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject_id", "unit_id", "action", "seat"], name="open_task_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit_id", "due_on", "id"], name="open_task_unit"),
            models.Index(fields=["jurisdiction_id", "due_on"], name="open_task_due"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.action}"


class ClosedTask(models.Model):
    """办过的待办: what was owed until when, and when that ended. ``done``: its unit did it; otherwise it fell away (withdrawn, returned,
    out of scope). Derived from the register as open tasks are.
    """

    record_class: ClassVar[str] = "derived"

    id = models.BigAutoField(primary_key=True)
    jurisdiction_id = models.BigIntegerField()
    subject_id = models.BigIntegerField()
    subject = models.CharField(max_length=80)
    action = models.CharField(max_length=60)
    unit_id = models.BigIntegerField()
    seat = models.CharField(max_length=120, blank=True)
    opened_on = models.DateField()
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    closed_on = models.DateField()
    done = models.BooleanField()

    class Meta:
        verbose_name = "办过的待办"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["subject_id", "id"], name="closed_task_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.action} {self.closed_on}"


class TaskReminder(Record):
    """待办提醒 (3): that a unit was reminded of an open task with that last day, at one point: before it, on it, or after it."""

    subject_id = models.BigIntegerField()
    action = models.CharField(max_length=60)
    unit_id = models.BigIntegerField()
    seat = models.CharField(max_length=120, blank=True)
    due_on = models.DateField("到期日")
    point = models.CharField("提醒点", max_length=10)
    reminded_on = models.DateField("提醒日期")

    class Meta:
        verbose_name = "待办提醒"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject_id", "unit_id", "action", "seat", "due_on", "point"], name="task_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.action} {self.point}"


class IdempotencyKey(models.Model):
    """The answer to a request that carried a key: the same request again gets the same answer."""

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    user_id = models.BigIntegerField()
    key = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    answer = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "请求编号"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user_id", "key"], name="idempotency_user_key")
        ]

    def __str__(self) -> str:
        return self.key


class Draft(models.Model):
    """草稿: a form as it was typed, for the person and the post that typed it; gone with the act. Never part of the register.

    ``form`` names what is filled in (action and subject), ``path`` where it goes on, ``fields`` are name -> list of texts.
    """

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    user_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    form = models.CharField(max_length=200)
    path = models.CharField(max_length=300)
    title = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = "草稿"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user_id", "post_id", "form"], name="draft_once")
        ]

    def __str__(self) -> str:
        return self.form


class SecurityEvent(models.Model):
    """安全日志: refused entry, forbidden, not found, malformed, stale. Rate-limited; never part of the chain."""

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    recorded_at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=30)
    user_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = "安全日志"

    def __str__(self) -> str:
        return f"{self.kind} {self.recorded_at:%Y-%m-%d %H:%M}"
