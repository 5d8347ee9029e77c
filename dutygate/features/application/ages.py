"""办了多久 (4.1, 4.2): how many open cases have waited how many working days since they were first applied for in writing.

The bands are turned into moments once, day by day through the calendar; the rows are counted where they are.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from dutygate.base.actions.days import start_of
from dutygate.base.catalogue.action import ActingPost
from dutygate.features.application.models import WrittenApplication
from dutygate.law.workdays.calendar import Calendar

BANDS: Final[tuple[tuple[int, int | None], ...]] = ((0, 5), (6, 15), (16, 25), (26, None))
"""From how many working days to how many, both included: 15 is what a review may take, 25 what it may take with its extension."""


def applied_for(viewer: ActingPost, cases: QuerySet[Any]) -> QuerySet[Any]:
    """Of these cases, which the viewer may read, the open ones with a written application that stands; ``applied_at``: its first moment."""
    standing = WrittenApplication.objects.filter(case=OuterRef("pk"), taken_back_at=None).order_by("submitted_at")
    rows = cases.filter(closed_at__isnull=True).annotate(applied_at=Subquery(standing.values("submitted_at")[:1]))
    found: QuerySet[Any] = rows.filter(applied_at__isnull=False)
    return found


def in_band(calendar: Calendar, today: date, band: tuple[int, int | None]) -> Q:
    """A condition on ``applied_for``: so many working days since the day of the application, which does not count itself."""
    least, most = band
    newest = Q() if least == 0 else Q(applied_at__lt=start_of(_earliest(calendar, today, least - 1)))
    return newest if most is None else newest & Q(applied_at__gte=start_of(_earliest(calendar, today, most)))


def count_ages(viewer: ActingPost, cases: QuerySet[Any], calendar: Calendar, today: date) -> tuple[int, ...]:
    """How many there are in each of ``BANDS``. One query."""
    bands = {f"band_{place}": Count("pk", filter=in_band(calendar, today, band)) for place, band in enumerate(BANDS)}
    found = applied_for(viewer, cases).order_by().aggregate(**bands)
    return tuple(found[name] for name in bands)


def _earliest(calendar: Calendar, today: date, days: int) -> date:
    """The earliest day from which to today there are at most so many working days."""
    day = today
    while calendar.working_days_between(day - timedelta(days=1), today) <= days:
        day -= timedelta(days=1)
    return day
