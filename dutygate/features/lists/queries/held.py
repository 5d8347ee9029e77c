"""读: how long each township holds a duty and what comes with it, for whoever keeps what was promised (Article 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.lists.models import OPEN_MOMENT, Duty, ListEntry
from dutygate.features.lists.queries import duties_visible

__all__ = ["HeldSpan", "duties_with_support", "spans_of", "temporary_ends"]


@dataclass(frozen=True, slots=True)
class HeldSpan:
    """One township (id) holds a duty in one revision on [first, end). ``planned``: the latest end that this cell was ever given."""

    township: int
    first: date
    end: date
    planned: date
    section: str
    revision: int
    lead: int | None
    case: int | None
    support: Sequence[dict[str, Any]]


def spans_of(viewer: ActingPost, duty: Duty) -> list[HeldSpan]:
    """The cells of a duty that the viewer may read, as known now, by township and day. One query."""
    columns = ("township_id", "valid_from", "valid_to", "section", "revision__revision", "revision__lead_unit_id", "revision__case_id")
    rows = list(
        ListEntry.objects.filter(duty=duty, recorded_to__gt=F("recorded_from"))
        .order_by("township", "valid_from", "id")
        .values_list(*columns, "revision__support", "recorded_to", "revision_id")
    )
    planned: dict[tuple[int, int], date] = {}
    for row in rows:
        key = (row[0], row[9])
        planned[key] = max(row[2], planned.get(key, row[2]))
    known = [row for row in rows if row[8] == OPEN_MOMENT]
    return [HeldSpan(*row[:3], planned[row[0], row[9]], *row[3:8]) for row in known]


def duties_with_support(viewer: ActingPost, jurisdiction: int, on: date, but_not: Iterable[int] = ()) -> list[str]:
    """The codes of the duties in force on a day with which something was promised, without those named (ids)."""
    duties = duties_visible(viewer).filter(jurisdiction=jurisdiction).exclude(id__in=list(but_not)).values("id")
    held = ListEntry.objects.filter(recorded_to=OPEN_MOMENT, valid_from__lte=on, valid_to__gt=on, duty__in=duties)
    rows = held.exclude(revision__support=[]).order_by("duty").values_list("duty__code", "revision__support").distinct()
    return list(dict.fromkeys(code for code, support in rows if any(one["needed"] for one in support)))


def temporary_ends(viewer: ActingPost, townships: Iterable[int], on: date) -> dict[int, list[tuple[str, date]]]:
    """What ends by itself on these townships' lists: unit id -> [(name, last day)], the nearest first. One query."""
    visible = duties_visible(viewer).values("id")
    rows = ListEntry.objects.filter(recorded_to=OPEN_MOMENT, valid_from__lte=on, valid_to__gt=on, section="temporary", duty__in=visible)
    found: dict[int, list[tuple[str, date]]] = {}
    named = rows.filter(township__in=list(townships)).order_by("valid_to", "duty").values_list("township_id", "revision__title", "valid_to")
    for township, title, end in named:
        found.setdefault(township, []).append((title, date.fromordinal(end.toordinal() - 1)))
    return found
