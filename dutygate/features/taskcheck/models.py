"""统一部署, and task checks that somebody wanted kept (Article 7). Of a check that nobody keeps there is no row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class Deployment(Record):
    """统一部署: a document by which the banner committee or the banner government itself hands something to townships.

    ``until`` is its last day, included; null while it has none. ``number_key`` is the number as it is recognised in a text.
    """

    document_number = models.CharField("文号", max_length=80)
    number_key = models.CharField(max_length=80)
    issuer = models.CharField("部署机关", max_length=20)
    title = models.CharField("文件标题", max_length=200)
    dated_on = models.DateField("成文日期")
    from_on = models.DateField("起")
    until = models.DateField("止", null=True)
    recorded_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤销时间", null=True)
    withdrawn_reason = models.CharField("撤销理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "统一部署"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "from_on"], name="deployment_from")]

    def __str__(self) -> str:
        return self.document_number


class KeptCheck(Record):
    """留存的任务核对: what was asked, by title and digest of its text, and both answers as they were on the day of the paper.

    ``entry`` is the code of the duty that it is, "" if none; ``alike`` the codes of those like it; ``forms`` are {form, words} each.
    """

    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="核对单位")
    township = models.ForeignKey(
        "organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, null=True, verbose_name="乡镇"
    )
    title = models.CharField("任务", max_length=300)
    text_digest = models.CharField("全文摘要", max_length=64)
    sender = models.CharField("来文单位", max_length=100, blank=True)
    paper_on = models.DateField("来文日期")
    standing = models.CharField("是不是在清单上", max_length=20)
    entry = models.CharField("事项编号", max_length=40, blank=True)
    alike = models.JSONField("相近的事项", default=list)
    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    above = models.CharField("上级机关", max_length=20, blank=True)
    emergency = models.BooleanField("疑似突发、紧急事件处置", default=False)
    forms = models.JSONField("不得采取的形式", default=list)
    note = models.CharField("备注", max_length=300, blank=True)
    kept_at = models.DateTimeField("留存时间")
    kept_by = models.BigIntegerField("留存人", null=True)

    class Meta:
        verbose_name = "留存的任务核对"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "-id"], name="kept_check_of_unit"),
            models.Index(fields=["jurisdiction", "-id"], name="kept_check_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.title[:30]}"
