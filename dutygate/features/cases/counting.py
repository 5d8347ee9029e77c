"""办件的数: how many cases stand where, and what became of them, counted where the rows are, each with the page of its rows.

Everything is within what the viewer may read: a count and the list behind it are one query.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.cases.models import Case
from dutygate.features.cases.sections import readable_cases

Counted = dict[tuple[str, str, str], int]


def cases_in(viewer: ActingPost, jurisdiction: int) -> QuerySet[Case]:
    """The cases of a jurisdiction (id) that the viewer may read."""
    return readable_cases(viewer).filter(jurisdiction=jurisdiction)


def ids_in(viewer: ActingPost, jurisdiction: int) -> QuerySet[Case, Any]:
    """Their ids, as a query inside another."""
    return cases_in(viewer, jurisdiction).values("id")


def public_ids(jurisdiction: int) -> QuerySet[Case, Any]:
    """The ids of all cases of a jurisdiction, to tell what is about a case at all; whoever asks shows none of them."""
    return Case.objects.filter(jurisdiction=jurisdiction).values("id")


def numbers_in(viewer: ActingPost, jurisdiction: int) -> QuerySet[Case, Any]:
    """Their numbers, as a query inside another."""
    return cases_in(viewer, jurisdiction).values("number")


def count_where(viewer: ActingPost, jurisdiction: int) -> Counted:
    """(state, track, kind) -> how many cases stand there now. One query."""
    return _counted(cases_in(viewer, jurisdiction), "state")


def closed_between(viewer: ActingPost, jurisdiction: int, since: datetime, until: datetime) -> QuerySet[Case]:
    """Those that ended in [since, until)."""
    return cases_in(viewer, jurisdiction).filter(closed_at__gte=since, closed_at__lt=until)


def count_closed(viewer: ActingPost, jurisdiction: int, since: datetime, until: datetime) -> Counted:
    """(outcome, track, kind) -> how many cases ended so in [since, until). One query."""
    return _counted(closed_between(viewer, jurisdiction, since, until), "outcome")


def opened_between(viewer: ActingPost, jurisdiction: int, since: datetime, until: datetime) -> QuerySet[Case]:
    """Those that were opened in [since, until)."""
    return cases_in(viewer, jurisdiction).filter(opened_at__gte=since, opened_at__lt=until)


def first_opened(viewer: ActingPost, jurisdiction: int) -> datetime | None:
    """When the oldest of them was opened; None where there is none."""
    found: datetime | None = cases_in(viewer, jurisdiction).aggregate(first=Min("opened_at"))["first"]
    return found


def page_of(viewer: ActingPost, rows: QuerySet[Case], limit: int, before: int | None = None) -> tuple[int, list[Case]]:
    """How many cases ``rows`` holds, and a page of them, newest first; ``before`` is the id of the last one seen. Two queries."""
    page = rows if before is None else rows.filter(id__lt=before)
    return rows.count(), list(page.order_by("-id")[:limit])


def _counted(rows: QuerySet[Case], by: str) -> Counted:
    counted = rows.order_by().values_list(by, "track", "kind").annotate(n=Count("id"))
    return {(where, track, kind): n for where, track, kind, n in counted}
