"""联席会议: meetings with who was called, what was on the agenda and what came of it, and the parameters that the conference set."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class Meeting(Record):
    """会议，或者书面审议 (``form``: meeting, written). ``status``: called → held (attendance is recorded) → closed (minutes finished).

    ``day`` is that of the meeting, or the last day of a written round. ``minutes`` is the text as typed; nobody but the lead reads it
    before it is finished.
    """

    number = models.CharField("编号", max_length=40)
    ordinal = models.IntegerField("序号")
    form = models.CharField("形式", max_length=10)
    title = models.CharField("名称", max_length=200)
    day = models.DateField("会议日期或者答复期限")
    place = models.CharField("地点", max_length=200, blank=True)
    note = models.TextField("说明", blank=True)
    called_on = models.DateField("召集日期")
    status = models.CharField("状态", max_length=10)
    chair = models.CharField("主持人", max_length=60, blank=True)
    recorder = models.CharField("记录人", max_length=60, blank=True)
    minutes = models.TextField("纪要", blank=True)
    minutes_number = models.CharField("纪要编号", max_length=80, blank=True)
    minutes_on = models.DateField("纪要日期", null=True)
    closed_at = models.DateTimeField("定稿时间", null=True)
    version = models.IntegerField(default=1)
    called_at = models.DateTimeField("召集时间")

    class Meta:
        verbose_name = "联席会议"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "ordinal"], name="meeting_ordinal_once"),
            models.UniqueConstraint(fields=["number"], name="meeting_number_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Attendance(Record):
    """参加单位. ``called``: a member that was called. ``how``: "" until it is recorded, present, absent (请假), sits_in (列席).

    Of a written round ``present`` means that it answered in writing, ``absent`` that it did not: never that it agreed.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances", db_index=False)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="单位")
    called = models.BooleanField("召集的成员单位")
    how = models.CharField("到会情况", max_length=10, blank=True)
    person = models.CharField("参加人员", max_length=100, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "到会情况"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["meeting", "unit"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.unit_id} {self.how}"


class AgendaItem(Record):
    """议题: one case. ``outcome``: "" until it is recorded, admit, not_admit, next_time (下次再议); ``text`` what was settled, in words.

    ``revision`` is the text of the application that was dealt with. ``removed``: taken off before the meeting, with the reason.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items", db_index=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", verbose_name="办件")
    ordinal = models.IntegerField("序号")
    removed = models.BooleanField("已撤下", default=False)
    removed_reason = models.CharField("撤下的理由", max_length=300, blank=True)
    outcome = models.CharField("结论", max_length=20, blank=True)
    text = models.TextField("结论内容", blank=True)
    revision = models.IntegerField("所议的版次", default=0)
    concluded_at = models.DateTimeField("登记时间", null=True)

    class Meta:
        verbose_name = "议题"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "ordinal"], name="agenda_ordinal_once"),
            models.UniqueConstraint(fields=["meeting", "case"], condition=models.Q(removed=False), name="agenda_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.case_id}"


class AdoptedParameter(Record):
    """规定的参数 (Article 3): from ``effective_from`` on these ``values`` hold in the edition, on the minutes of this meeting.

    ``guided_by``: the document of a higher body by which it was guided (Article 6), or "".
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="adopted", verbose_name="会议")
    edition = models.CharField("版本代号", max_length=60)
    parameter = models.CharField("参数", max_length=60)
    values = models.JSONField("值")
    effective_from = models.DateField("起用日期")
    source = models.CharField("依据", max_length=300)
    source_en = models.CharField("依据（英文）", max_length=300)
    guided_by = models.CharField("指导文件", max_length=200, blank=True)
    adopted_at = models.DateTimeField("规定时间")

    class Meta:
        verbose_name = "规定的参数"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "effective_from"], name="adopted_parameter_day")]

    def __str__(self) -> str:
        return f"{self.edition} {self.parameter} {self.effective_from}"
