"""年度回看: what was found of a duty in a year, by whom, and that units were reminded of it (Articles 4.4, 4.5)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class DutyLook(Record):
    """回看: one unit's finding on one duty in a year; ``outcome`` is keep, adjust or exit. Looked at again, a row more; the last stands."""

    duty = models.ForeignKey("lists.Duty", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="事项")
    year = models.IntegerField("年度")
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="单位")
    outcome = models.CharField("结果", max_length=20)
    reason = models.TextField("理由", blank=True)
    looked_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "年度回看"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["duty", "year"], name="duty_look_of_year")]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.year} {self.outcome}"


class LookReminder(Record):
    """回看提醒: lead and departments were told that the review of a year begins. One for each year."""

    year = models.IntegerField("年度")
    on = models.DateField("日期")

    class Meta:
        verbose_name = "年度回看提醒"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "year"], name="look_reminder_once")
        ]

    def __str__(self) -> str:
        return str(self.year)
