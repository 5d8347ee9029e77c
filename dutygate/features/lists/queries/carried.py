"""读: what stands on townships' lists on a day, row by row, and what of it is about to end: for whoever counts what they carry (4.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.lists.models import OPEN_MOMENT, ListEntry
from dutygate.features.lists.queries import READING_POSTS

__all__ = ["count_ending", "ending_of", "page_of_entries", "section_of"]


def section_of(viewer: ActingPost, townships: Iterable[int], section: str, on: date) -> QuerySet[ListEntry]:
    """The entries of one section on all lists of these townships (ids) that hold on a day; for "" of every section that they carry."""
    rows = _held(viewer, townships, on)
    return rows.filter(section=section) if section else rows.exclude(section="taken_back")


def ending_of(viewer: ActingPost, townships: Iterable[int], on: date, last: date) -> QuerySet[ListEntry]:
    """The temporary entries of these townships (ids) that hold on a day and whose last day is ``last`` or earlier."""
    return _held(viewer, townships, on).filter(section="temporary", valid_to__lte=last + timedelta(days=1))


def _held(viewer: ActingPost, townships: Iterable[int], on: date) -> QuerySet[ListEntry]:
    if viewer.kind not in READING_POSTS:
        return ListEntry.objects.none()
    mine = Q(jurisdiction=viewer.jurisdiction_id) | Q(jurisdiction__parent=viewer.jurisdiction_id)
    held = Q(recorded_to=OPEN_MOMENT, valid_from__lte=on, valid_to__gt=on, township__in=list(townships))
    return ListEntry.objects.filter(mine, held)


def count_ending(viewer: ActingPost, townships: Iterable[int], on: date, last: date) -> dict[int, int]:
    """Township (id) -> how many of them. One query."""
    rows = ending_of(viewer, townships, on, last).order_by().values_list("township")
    return dict(rows.annotate(n=Count("id")))


def page_of_entries(
    viewer: ActingPost, rows: QuerySet[ListEntry], limit: int, after: int | None = None
) -> tuple[int, list[dict[str, Any]]]:
    """How many entries ``rows`` holds, and a page of them by id, each as plain values: its duty, township, lead and days. Two
    queries.
    """
    page = rows if after is None else rows.filter(id__gt=after)
    columns = ("id", "duty__code", "revision__title", "township_id", "revision__lead_unit_id", "valid_from", "valid_to", "section")
    found = page.order_by("id").values_list(*columns)[:limit]
    return rows.count(), [
        {
            "id": row,
            "code": code,
            "title": title,
            "township": township,
            "lead": lead,
            "valid_from": first,
            "valid_to": end,
            "section": section,
        }
        for row, code, title, township, lead, first, end, section in found
    ]
