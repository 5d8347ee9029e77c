"""职责事项 and the lists on which it stands, township by township, on two clocks (Articles 4.3, 4.5).

What a township's list was on a day is told by [valid_from, valid_to); what was known of it on a day by [recorded_from, recorded_to).
Open ends are ``OPEN_END`` and ``OPEN_MOMENT``. Rows are added and their ``recorded_to`` closed; nothing else is overwritten.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import ClassVar, Final

from django.db import models

from dutygate.base.catalogue.records import Record

OPEN_END: Final = date(9999, 12, 31)
OPEN_MOMENT: Final = datetime(9999, 12, 31, tzinfo=UTC)


class Duty(Record):
    """职责事项: a matter once admitted. ``lead_unit`` is the department that handed it over, ``co_leads`` the keys of its partners.

    ``ends_on`` is the last day of a temporary duty, included; null while it has none.
    """

    code = models.CharField("事项编号", max_length=40, unique=True)
    title = models.CharField("职责名称", max_length=200)
    track = models.CharField("类别", max_length=20)
    mode = models.CharField("方式", max_length=20)
    acts_in_name_of = models.CharField("以谁的名义", max_length=100, blank=True)
    lead_unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="主管部门")
    co_leads = models.JSONField("共同主管部门", default=list)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+", verbose_name="办件")
    list_name = models.CharField("清单", max_length=20)
    document_number = models.CharField("批准文号", max_length=80)
    admitted_on = models.DateField("列入日期")
    ends_on = models.DateField("终止日期", null=True)

    class Meta:
        verbose_name = "职责事项"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "-id"], name="duty_jurisdiction")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class DutyRevision(Record):
    """事项版本: the eleven items as they were admitted, on what it rests, and what comes with it (Article 5).

    ``items`` is item -> text; ``additions`` township key -> item -> text, for what holds in one township only; ``bases`` and
    ``support`` are lists of plain values as the application gave them.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    revision = models.IntegerField("版本")
    items = models.JSONField("十一项内容")
    additions = models.JSONField("各乡镇补充内容", default=dict)
    bases = models.JSONField("法定依据", default=list)
    support = models.JSONField("保障措施", default=list)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "事项版本"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["duty", "revision"], name="duty_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} r{self.revision}"


class ListEntry(Record):
    """清单事项: a duty on the list of one township. ``section`` admitted or temporary; ``ordinal`` is its place on that list.

    For a temporary duty ``valid_to`` is the day after its last one.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="entries")
    township = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="乡镇")
    list_name = models.CharField("清单", max_length=20)
    section = models.CharField("部分", max_length=20)
    ordinal = models.IntegerField("序号")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止（不含）", default=OPEN_END)
    recorded_from = models.DateTimeField("登记时间")
    recorded_to = models.DateTimeField("登记失效时间", default=OPEN_MOMENT)

    class Meta:
        verbose_name = "清单事项"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(valid_to__gt=models.F("valid_from")), name="list_entry_holds_a_day"),
            models.UniqueConstraint(fields=["duty", "township", "valid_from", "recorded_to"], name="list_entry_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["township", "jurisdiction", "valid_from", "valid_to"], name="list_entry_as_of")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.township_id} [{self.valid_from}, {self.valid_to})"
