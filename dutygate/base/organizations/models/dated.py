"""有效期: rows that hold from a day to a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record
from dutygate.base.organizations.terms import OPEN_END


class Dated(Record):
    """A row that holds on the days [valid_from, valid_to); 9999-12-31 = open.

    valid_to = valid_from holds on no day: it was entered for a day to come and taken back before that.
    """

    valid_from = models.DateField("起")
    valid_to = models.DateField("止（不含）", default=OPEN_END)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(valid_to__gte=models.F("valid_from")), name="%(class)s_not_backwards")
        ]
