"""请示与批复: each time a case was sent up, and what each body decided on it (Articles 1, 4.3)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class Submission(Record):
    """请示: a case as it was sent up, to the banner or on to the city. ``ordinal`` counts how often it was sent to the banner.

    ``closed_at``: the bodies sent it back, or what it rested on was voided; it no longer waits for an answer.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    ordinal = models.IntegerField("第几次")
    to = models.CharField("报送", max_length=20)
    document_number = models.CharField("文号", max_length=80)
    dated_on = models.DateField("成文日期")
    text = models.TextField("正文", blank=True)
    scan = models.CharField(max_length=64, blank=True)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="报送单位")
    submitted_at = models.DateTimeField("报送时间")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "请示"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "ordinal", "to"], condition=models.Q(closed_at=None), name="submission_open_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.ordinal} {self.to}"


class Decision(Record):
    """批复: the outcome of one body on one submission, as its document says.

    Seven dates: decided, effective, expires (the last day, included), published, sent, reply by, recorded. ``townships`` holds the
    keys of those to which it is limited, null = all that were applied for. ``unit`` is the body's office, ``entered_by_unit`` who
    entered it (another one only from paper). A voided decision stays readable and counts no more.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    body = models.CharField("决定机关", max_length=30)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="登记机关")
    outcome = models.CharField("结果", max_length=20)
    document_number = models.CharField("文号", max_length=80)
    decided_on = models.DateField("决定日期")
    effective_on = models.DateField("生效日期", null=True)
    expires_on = models.DateField("终止日期", null=True)
    published_on = models.DateField("公布日期", null=True)
    sent_on = models.DateField("送达日期", null=True)
    reply_by = models.DateField("回复期限", null=True)
    recorded_at = models.DateTimeField("登记时间")
    reasons = models.JSONField("理由", default=list)
    townships = models.JSONField("乡镇", null=True)
    scan = models.CharField(max_length=64, blank=True)
    entered_by = models.BigIntegerField(null=True)
    entered_by_unit = models.BigIntegerField(null=True)
    voided_at = models.DateTimeField("更正时间", null=True)

    class Meta:
        verbose_name = "批复"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["submission", "body"], condition=models.Q(voided_at=None), name="decision_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.body} {self.outcome}"


class DecisionSet(Record):
    """一文多卷: one document of one body that decides several cases, each with an outcome of its own. ``cases`` holds their numbers."""

    body = models.CharField("决定机关", max_length=30)
    document_number = models.CharField("文号", max_length=80)
    dated_on = models.DateField("成文日期")
    cases = models.JSONField("办件")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "一文多卷"

    def __str__(self) -> str:
        return self.document_number
