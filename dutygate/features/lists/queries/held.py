"""读: how long each township holds a duty and what comes with it, for whoever keeps what was promised (Article 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.lists.models import OPEN_MOMENT, Duty, ListEntry
from dutygate.features.lists.queries import duties_visible

__all__ = ["HeldSpan", "InForce", "Promised", "duties_in_force", "duties_with_support", "spans_of", "temporary_ends"]


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


@dataclass(frozen=True, slots=True)
class Promised:
    """A duty with which something was promised, and its cells."""

    code: str
    lead_unit_id: int | None
    spans: Sequence[HeldSpan]


def spans_of(viewer: ActingPost, duty: Duty) -> list[HeldSpan]:
    """The cells of a duty that the viewer may read, as known now, by township and day. One query."""
    return _spans([duty.id]).get(duty.id, [])


def _spans(duties: Sequence[int]) -> dict[int, list[HeldSpan]]:
    """The same of several duties (ids). One query."""
    columns = ("township_id", "valid_from", "valid_to", "section", "revision__revision", "revision__lead_unit_id", "revision__case_id")
    rows = list(
        ListEntry.objects.filter(duty__in=duties, recorded_to__gt=F("recorded_from"))
        .order_by("township", "valid_from", "id")
        .values_list(*columns, "revision__support", "recorded_to", "revision_id", "duty_id")
    )
    planned: dict[tuple[int, int], date] = {}
    for row in rows:
        key = (row[0], row[9])
        planned[key] = max(row[2], planned.get(key, row[2]))
    found: dict[int, list[HeldSpan]] = {}
    for township, first, end, section, number, lead, case, support, known_to, revision, duty in rows:
        if known_to == OPEN_MOMENT:
            span = HeldSpan(township, first, end, planned[township, revision], section, number, lead, case, support)
            found.setdefault(duty, []).append(span)
    return found


def duties_with_support(viewer: ActingPost, jurisdiction: int, on: date, but_not: Iterable[int] = ()) -> list[Promised]:
    """The duties in force on a day with which something was promised, without those named (ids). Two queries, one where there are none."""
    duties = duties_visible(viewer).filter(jurisdiction=jurisdiction).exclude(id__in=list(but_not)).values("id")
    held = ListEntry.objects.filter(recorded_to=OPEN_MOMENT, valid_from__lte=on, valid_to__gt=on, duty__in=duties)
    columns = ("duty_id", "duty__code", "duty__lead_unit_id", "revision__support")
    rows = held.exclude(revision__support=[]).order_by("duty").values_list(*columns).distinct()
    found = {duty: (code, lead) for duty, code, lead, support in rows if any(one["needed"] for one in support)}
    spans = _spans(list(found)) if found else {}
    return [Promised(code, lead, spans[duty]) for duty, (code, lead) in found.items()]


def temporary_ends(viewer: ActingPost, townships: Iterable[int], on: date) -> dict[int, list[tuple[str, date]]]:
    """What ends by itself on these townships' lists: unit id -> [(name, last day)], the nearest first. One query."""
    visible = duties_visible(viewer).values("id")
    rows = ListEntry.objects.filter(recorded_to=OPEN_MOMENT, valid_from__lte=on, valid_to__gt=on, section="temporary", duty__in=visible)
    found: dict[int, list[tuple[str, date]]] = {}
    named = rows.filter(township__in=list(townships)).order_by("valid_to", "duty").values_list("township_id", "revision__title", "valid_to")
    for township, title, end in named:
        found.setdefault(township, []).append((title, date.fromordinal(end.toordinal() - 1)))
    return found


@dataclass(frozen=True, slots=True)
class InForce:
    """A duty that stands on some township's list on a day. ``lead``: the department (id); ``townships``: on how many lists."""

    id: int
    code: str
    title: str
    track: str
    lead: int | None
    townships: int


def duties_in_force(
    viewer: ActingPost,
    jurisdiction: int,
    on: date,
    *,
    lead: int | None = None,
    codes: Iterable[str] | None = None,
    but_not: QuerySet[Any] | None = None,
    limit: int | None = None,
) -> list[InForce]:
    """The duties of a jurisdiction in force on a day that the viewer may read, by code: of one department, or those named. One query.

    ``but_not``: a query of ids of duties that are left out. What was taken back is nobody's in the townships.
    """
    held = Q(entries__recorded_to=OPEN_MOMENT, entries__valid_from__lte=on, entries__valid_to__gt=on) & ~Q(entries__section="taken_back")
    rows = duties_visible(viewer).filter(held, jurisdiction=jurisdiction)
    if lead is not None:
        rows = rows.filter(lead_unit=lead)
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    if but_not is not None:
        rows = rows.exclude(id__in=but_not)
    counted = rows.order_by("id").values_list("id", "code", "title", "track", "lead_unit_id")
    return [InForce(*row) for row in counted.annotate(townships=Count("entries__township", distinct=True))[:limit]]
