"""The base of every business row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Record(models.Model):
    """A business row: written by ``perform`` alone, rebuilt by replay.

    The id is given by the action (entry id x 2^20 + ordinal), never by a database sequence, so that a replay makes the
    same row. ``record_class`` is one of business, credential, operational, derived, register.
    """

    record_class: ClassVar[str] = "business"

    id = models.BigIntegerField(primary_key=True)
    jurisdiction = models.ForeignKey("organizations.Jurisdiction", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
