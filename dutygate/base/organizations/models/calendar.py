"""工作日历 (Article 3: time limits are in working days)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class CalendarYear(Record):
    """已公布年度: a year whose holidays are loaded, with the notice they come from."""

    year = models.SmallIntegerField("年度")
    source = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "日历年度"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "year"], name="calendar_year_once")
        ]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(Record):
    """特殊日: a day that is worked though at a weekend, or off though not. ``local``: set by itself; a reloaded year leaves it."""

    day = models.DateField("日期")
    working = models.BooleanField("工作日")
    source = models.CharField("依据", max_length=200)
    local = models.BooleanField("本地设定", default=False)

    class Meta:
        verbose_name = "日历日"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "day"], name="calendar_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {'+' if self.working else '-'}"
