"""对外公布的联系方式: how everybody may reach an office."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from django.db import models

from dutygate.base.catalogue.records import Record

OPEN_END: Final = date(9999, 12, 31)


class PublicContact(Record):
    """联系方式 of an office on the days [valid_from, valid_to), as it was published after the disclosure check (Article 4.5).

    valid_to = valid_from holds on no day: another one took its place before its day came.
    """

    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="机构")
    telephone = models.CharField("电话", max_length=60, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    hours = models.CharField("办公时间", max_length=100, blank=True)
    checked_by = models.CharField("公开审查", max_length=100)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止（不含）", default=OPEN_END)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "对外公布的联系方式"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(valid_to__gte=models.F("valid_from")), name="public_contact_not_backwards")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.telephone}"
