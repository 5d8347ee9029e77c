"""What the joint conference wrote about a case: substitutions, assessments, comments, hearings, returns, conclusion (3, 4.2)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class CaseRow(Record):
    """A row that belongs to a case."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Substitution(CaseRow):
    """回避与顶替 (Article 3): in this case ``unit`` sits in ``seat`` instead of ``former``. The last one of a seat holds.

    ``former`` is null when nobody sat there. A seat is "lead", "legal", "services", or "member:<unit key>" of an appointed member.
    """

    seat = models.CharField("席位", max_length=100)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="顶替单位")
    former = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.TextField("理由")
    substituted_at = models.DateTimeField()

    class Meta:
        verbose_name = "回避与顶替"

    def __str__(self) -> str:
        return f"{self.case_id} {self.seat}"


class Assessment(CaseRow):
    """审核: what one unit found for one seat (4.2). Assessing again supersedes the earlier one, which stays readable.

    ``revision`` is the revision of the text that was assessed. ``still_temporary`` is null where it was not asked (4.4).
    A current assessment counts only while its unit still sits in its seat. ``carried_from``: the id of the assessment of a former unit
    that stands as this one's since it took its place and its seat; null for what it found itself.
    """

    seat = models.CharField("席位", max_length=100)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="审核单位")
    recommends = models.CharField("建议", max_length=20)
    necessity = models.CharField("是否确需乡镇承担", max_length=20, blank=True)
    excluded_power = models.CharField("排除权力认定", max_length=20, blank=True)
    excluded_power_reason = models.TextField("不属排除权力的理由", blank=True)
    emergency = models.CharField("应急处置认定", max_length=20, blank=True)
    emergency_reason = models.TextField("应急处置认定的理由", blank=True)
    still_temporary = models.BooleanField("仍属临时", null=True)
    text = models.TextField("审核意见", blank=True)
    revision = models.IntegerField()
    assessed_at = models.DateTimeField()
    assessed_by = models.BigIntegerField(null=True)
    document_number = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    scan = models.CharField(max_length=64, blank=True)
    entered_by_unit = models.BigIntegerField(null=True)
    is_current = models.BooleanField(default=True)
    carried_from = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "审核"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "seat", "unit"], condition=models.Q(is_current=True), name="assessment_current")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.seat}"


class FocusFinding(Record):
    """审核重点: one of the five points in one assessment (4.2). ``lapsed``: what it was found on was changed afterwards."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings", db_index=False)
    point = models.CharField("重点", max_length=30)
    finding = models.CharField("结论", max_length=20)
    text = models.TextField("说明", blank=True)
    lapsed = models.BooleanField("其后已改", default=False)

    class Meta:
        verbose_name = "审核重点"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assessment", "point"], name="focus_finding_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.point}"


class CommentRequest(CaseRow):
    """征求部门意见 and the department's answer (4.2). Out of time it reads 未反馈, never 无意见; a late answer still counts.

    ``reply_by`` is the last day, null where no limit holds; it is counted from ``counted_from``, the day of entry, and moves with a
    pause of the review and with a year that is loaded. On paper ``entered_by_unit`` differs from ``unit``. ``passed_to``: the department
    that answers in its place since it was merged or split, by a request of its own.
    """

    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="相关部门")
    question = models.TextField("征求内容", blank=True)
    asked_on = models.DateField("征求日期")
    counted_from = models.DateField(null=True)
    reply_by = models.DateField("反馈期限", null=True)
    answered_at = models.DateTimeField("反馈时间", null=True)
    text = models.TextField("部门意见", blank=True)
    answered_by = models.BigIntegerField(null=True)
    document_number = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    scan = models.CharField(max_length=64, blank=True)
    entered_by_unit = models.BigIntegerField(null=True)
    passed_to = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = "相关部门意见"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["case", "unit"], name="comment_asked_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"


class ExpertHearing(CaseRow):
    """听取专家意见 (4.2)."""

    name = models.CharField("专家姓名", max_length=60)
    affiliation = models.CharField("单位、专业", max_length=120, blank=True)
    opinion = models.TextField("意见")
    heard_on = models.DateField("听取日期")

    class Meta:
        verbose_name = "专家意见"

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"


class ReviewExtension(CaseRow):
    """延长审核 (3): so many working days more for what was open that day. ``is_current``: of the review that is under way."""

    days = models.IntegerField("延长的工作日数")
    reason = models.TextField("理由")
    extended_on = models.DateField("延长日期")
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = "延长审核"

    def __str__(self) -> str:
        return f"{self.case_id} +{self.days}"


class ReviewPause(CaseRow):
    """暂停审核 (3): from ``paused_on`` on its clock stands still; ``resumed_on`` counts again, null while it stands.

    ``resume_reason`` is "" where the pause ended with the review. ``is_current``: of the review that is under way.
    """

    reason = models.TextField("理由")
    paused_on = models.DateField("暂停日期")
    resumed_on = models.DateField("恢复日期", null=True)
    resume_reason = models.TextField("恢复的理由", blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = "暂停审核"

    def __str__(self) -> str:
        return f"{self.case_id} {self.paused_on}"


class ReturnNotice(CaseRow):
    """退回补正 (4.2): one notice with all gaps, as [{item, text}]; ``state`` is that from which it was returned."""

    state = models.CharField("退回前状态", max_length=30)
    gaps = models.JSONField("应补正之处")
    returned_at = models.DateTimeField("退回时间")

    class Meta:
        verbose_name = "退回补正"

    def __str__(self) -> str:
        return f"{self.case_id} {len(self.gaps)}"


class ReviewConclusion(CaseRow):
    """审核意见 that goes up to the banner (4.2). ``dissent``: [{seat, unit, text}] of seats that recommended otherwise.

    ``no_other_concerned`` is the reason why no department was asked. A return makes it no longer current.
    """

    outcome = models.CharField("审核意见", max_length=20)
    text = models.TextField("正文", blank=True)
    no_other_concerned = models.TextField("没有其他相关部门的理由", blank=True)
    dissent = models.JSONField("不同意见", default=list)
    concluded_at = models.DateTimeField("形成时间")
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = "审核意见"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(is_current=True), name="review_conclusion_current")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"


class ReviewRefusal(CaseRow):
    """不予准入 after the review (4.2): reasons as [{text, provision}], at least one citing a provision; number and date of the letter."""

    reasons = models.JSONField("理由")
    document_number = models.CharField("文号", max_length=80, blank=True)
    dated_on = models.DateField("成文日期", null=True)
    refused_at = models.DateTimeField()

    class Meta:
        verbose_name = "不予准入"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["case"], name="review_refusal_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.document_number}"
