"""读逾期: which steps are owed beyond their day, by whom; counted where the rows are (Article 3)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from dutygate.base.actions.models import OpenTask
from dutygate.base.actions.now import TaskRow
from dutygate.base.catalogue.action import ActingPost

_SHOWN: Final = ("id", "subject", "action", "unit_id", "seat", "opened_on", "due_on", "provisional", "warn_on", "paused_on")


@dataclass(frozen=True, slots=True)
class Overdue:
    """Which tasks of a jurisdiction (id) are meant: open on ``today`` beyond their last day, their time running.

    Of the cases (``every``: a query of all their ids) those that the viewer may read (``cases``: of theirs); all that is about a duty or
    a pledge, which everybody who oversees the jurisdiction reads. ``but_not``: units (ids) that are never named as late, whatever they owe.
    """

    today: date
    jurisdiction: int
    cases: QuerySet[Any, Any]
    every: QuerySet[Any, Any]
    but_not: Collection[int]


def overdue_by_step(viewer: ActingPost, wanted: Overdue) -> list[tuple[str, int, str, int]]:
    """(action, unit id, seat, how many): one query."""
    rows = _rows(wanted).order_by().values_list("action", "unit_id", "seat").annotate(n=Count("id"))
    return list(rows.order_by("action", "unit_id", "seat"))


def overdue_page(
    viewer: ActingPost, wanted: Overdue, narrowed: dict[str, Any], limit: int, after: int | None = None
) -> tuple[int, list[TaskRow]]:
    """How many of them, narrowed by ``action``, ``unit_id`` and ``seat``, and a page, the oldest first. Two queries."""
    rows = _rows(wanted).filter(**narrowed)
    page = rows if after is None else rows.filter(id__gt=after)
    return rows.count(), [TaskRow(*row) for row in page.order_by("id").values_list(*_SHOWN)[:limit]]


def _rows(wanted: Overdue) -> QuerySet[OpenTask]:
    seen = Q(subject_id__in=wanted.cases) | ~Q(subject_id__in=wanted.every)
    rows = OpenTask.objects.filter(seen, jurisdiction_id=wanted.jurisdiction, due_on__lt=wanted.today, paused_on=None)
    return rows.exclude(unit_id__in=list(wanted.but_not))
