"""线索, its files, 授权, reminders (Articles 7, 8). Every row is of the confidential chain; ids are shown to nobody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class HandoverReport(Record):
    """擅自交办线索. ``public_id``: random, the only name it has outside. ``since``: the day on which it came into its state.

    ``put_…``, ``answer…``, ``finding…``, ``order…``, ``correction…``: what the examiner and the body concerned said; ``outcome``: what
    came of it, in the examiner's words. ``steps`` counts what the body concerned may know of, ``version`` everything.
    """

    confidential: ClassVar[bool] = True

    public_id = models.CharField("编号", max_length=32, unique=True)
    body = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+")
    reporter_unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+")
    reporter = models.BigIntegerField("反映人")
    title = models.CharField("事项", max_length=200)
    text = models.TextField("情况")
    forms = models.JSONField("方式", default=list)
    source = models.CharField("来源", max_length=200, blank=True)
    paper_on = models.DateField("文件日期", null=True)
    reported_on = models.DateField("反映日期")
    added = models.JSONField("补充", default=list)
    state = models.CharField("状态", max_length=20)
    since = models.DateField("进入状态")
    version = models.IntegerField("版本", default=0)
    steps = models.IntegerField("告知对方的步数", default=0)
    put_facts = models.TextField("请对方说明的事实", blank=True)
    asked_on = models.DateField("听取说明", null=True)
    answer_by = models.DateField("说明期限", null=True)
    answer = models.TextField("说明", blank=True)
    answered_on = models.DateField("说明日期", null=True)
    finding = models.CharField("认定", max_length=20, blank=True)
    finding_forms = models.JSONField("认定的方式", default=list)
    finding_text = models.TextField("认定的事实", blank=True)
    matter = models.CharField("应当申请准入的事项", max_length=200, blank=True)
    found_on = models.DateField("认定日期", null=True)
    order_text = models.TextField("责令纠正", blank=True)
    ordered_on = models.DateField("责令日期", null=True)
    correct_by = models.DateField("纠正期限", null=True)
    correction_text = models.TextField("纠正情况", blank=True)
    correction_number = models.CharField("证明文号", max_length=80, blank=True)
    corrected_on = models.DateField("报告纠正", null=True)
    check_text = models.TextField("核查", blank=True)
    correction_confirmed = models.BooleanField("纠正属实", default=False)
    referred_to = models.CharField("转交", max_length=200, blank=True)
    referral_number = models.CharField("转交文号", max_length=80, blank=True)
    referral_dated_on = models.DateField("转交日期", null=True)
    outcome = models.TextField("结果", blank=True)
    ended_on = models.DateField("办结日期", null=True)

    class Meta:
        verbose_name = "线索"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "state"], name="report_state")]

    def __str__(self) -> str:
        return self.public_id


class ReportFile(Record):
    """附件 of a report by the digest of its bytes; ``side``: reporter or body. No name is kept."""

    confidential: ClassVar[bool] = True

    report = models.ForeignKey(HandoverReport, on_delete=models.PROTECT, related_name="files")
    number = models.IntegerField("序号")
    digest = models.CharField("摘要", max_length=64)
    side = models.CharField("谁附的", max_length=10)
    added_on = models.DateField("日期")

    class Meta:
        verbose_name = "线索附件"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "number"], name="report_file_number"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"


class ReportReminder(Record):
    """提醒: that somebody was reminded of a report in its state, at one point before, on or after the last day."""

    confidential: ClassVar[bool] = True

    report = models.ForeignKey(HandoverReport, on_delete=models.PROTECT, related_name="reminders")
    action = models.CharField("动作", max_length=60)
    since = models.DateField("进入状态")
    due_on = models.DateField("到期日")
    point = models.CharField("提醒点", max_length=10)
    reminded_on = models.DateField("提醒日期")

    class Meta:
        verbose_name = "线索提醒"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "action", "since", "due_on", "point"], name="report_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.point}"


class Mandate(Record):
    """授权: a document by which the lead may examine and order, on the days [valid_from, valid_to)."""

    confidential: ClassVar[bool] = True

    document_number = models.CharField("文号", max_length=80)
    dated_on = models.DateField("成文日期")
    valid_from = models.DateField("起日")
    valid_to = models.DateField("止日")
    given_by = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "查处授权"

    def __str__(self) -> str:
        return self.document_number


class BroughtFile(models.Model):
    """带来的附件: that somebody brought these bytes for a report, so that she alone may refer to them."""

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField("摘要", max_length=64)
    user_id = models.BigIntegerField("上传人")
    brought_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "带来的附件"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["digest", "user_id"], name="brought_once")]

    def __str__(self) -> str:
        return f"{self.digest[:12]} {self.user_id}"
