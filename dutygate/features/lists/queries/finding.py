"""读: duties found by words on the lists of all townships, and what is asked of duties that are like a matter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.search.index import few, standing_in
from dutygate.features.lists.models import OPEN_MOMENT, Duty, DutyRevision, ListEntry
from dutygate.features.lists.queries import _holds, _scope, public_last_day


@dataclass(frozen=True, slots=True)
class FoundDuty:
    """A duty in whose entries of a day words were found, with the townships (unit ids) that have it, as the latest entry shows it."""

    code: str
    title: str
    jurisdiction_id: int
    lead_unit_id: int | None
    sections: tuple[str, ...]
    townships: tuple[int, ...]
    valid_from: date
    last_day: date | None


def duties_found(
    viewer: ActingPost, q: str, on: date, known_at: datetime | None = None, *, start: int = 0, limit: int = 50
) -> list[FoundDuty]:
    """查找: the duties on any township's list of that day in which every word of ``q`` stands; by code. Three statements."""
    scope = _scope(viewer)
    if scope is None:
        return []
    revisions = few("duty", q)
    held = ListEntry.objects.filter(scope, _holds(on, known_at)).order_by()
    if revisions is not None:
        fits = held.filter(revision__in=revisions)
        there = Q(id__in=fits.values("duty"))
    else:
        fits = held.filter(standing_in("duty", q, "revision"))
        there = Q(Exists(fits.filter(duty=OuterRef("pk"))))
    duties = list(Duty.objects.filter(there).order_by("id")[start : start + limit])
    entries: dict[int, list[ListEntry]] = {}
    for entry in fits.filter(duty__in=duties).select_related("revision").order_by("duty", "id"):
        entries.setdefault(entry.duty_id, []).append(entry)
    return [_found(duty, entries[duty.id]) for duty in duties]


def _found(duty: Duty, entries: list[ListEntry]) -> FoundDuty:
    shown = entries[-1].revision
    return FoundDuty(
        duty.code,
        shown.title,
        duty.jurisdiction_id,
        shown.lead_unit_id,
        tuple(dict.fromkeys(entry.section for entry in entries)),
        tuple(dict.fromkeys(entry.township_id for entry in entries)),
        min(entry.valid_from for entry in entries),
        public_last_day(max(entry.valid_to for entry in entries)),
    )


def revisions_visible(viewer: ActingPost) -> QuerySet[DutyRevision]:
    """All revisions of the duties that the viewer may read."""
    scope = _scope(viewer)
    return DutyRevision.objects.none() if scope is None else DutyRevision.objects.filter(scope)


def days_of(viewer: ActingPost, duties: Collection[int], on: date) -> dict[int, tuple[str, date | None]]:
    """Duty id -> how it stands on a day, as is known now: in_force, not_yet or ended, and its last day on any list (None while open)."""
    scope = _scope(viewer)
    if scope is None:
        return {}
    rows = ListEntry.objects.filter(scope, duty__in=list(duties), recorded_to=OPEN_MOMENT).order_by().values_list("duty")
    holds = Count("id", filter=Q(valid_from__lte=on, valid_to__gt=on))
    found = {}
    for duty, there, first, end in rows.annotate(there=holds, first=Min("valid_from"), end=Max("valid_to")):
        found[duty] = ("in_force" if there else "not_yet" if first > on else "ended", public_last_day(end))
    return found


@dataclass(frozen=True, slots=True)
class HeldOn:
    """An entry of a day, as it then read. ``lead_unit_id`` and ``co_leads`` (keys): who leads and who helps."""

    duty_id: int
    code: str
    title: str
    township_id: int
    list_name: str
    section: str
    lead_unit_id: int | None
    co_leads: tuple[str, ...]
    columns: dict[str, str]
    document_number: str
    valid_from: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class OfDuty:
    """Whose revision it is: the duty as it was last recorded."""

    id: int
    code: str
    title: str
    lead_unit_id: int | None


def revisions_known(viewer: ActingPost, jurisdiction: int, rows: Collection[int]) -> dict[int, OfDuty]:
    """Of these rows of the index those that are revisions of duties in a jurisdiction (id): revision id -> duty."""
    found = revisions_visible(viewer).filter(pk__in=rows, jurisdiction=jurisdiction)
    return {row[0]: OfDuty(*row[1:]) for row in found.values_list("id", "duty_id", "duty__code", "duty__title", "duty__lead_unit_id")}


def revisions_of_township(viewer: ActingPost, township: int, rows: Collection[int], on: date) -> set[int]:
    """Of these revisions those to which the list of a township (unit id) of that day points."""
    scope = _scope(viewer)
    if scope is None:
        return set()
    held = ListEntry.objects.filter(scope, _holds(on, None), township=township, revision__in=rows)
    return set(held.order_by().values_list("revision_id", flat=True))


def held_on(viewer: ActingPost, duties: Collection[int], on: date) -> dict[int, list[HeldOn]]:
    """Duty id -> its entries of a day, as known now, on whichever list; in one statement."""
    scope = _scope(viewer)
    found: dict[int, list[HeldOn]] = {}
    if scope is None:
        return found
    rows = ListEntry.objects.filter(scope, _holds(on, None), duty__in=list(duties)).select_related("duty", "revision")
    for entry in rows.order_by("duty", "township__key", "id"):
        shown = entry.revision
        line = HeldOn(
            entry.duty_id,
            entry.duty.code,
            shown.title,
            entry.township_id,
            entry.list_name,
            entry.section,
            shown.lead_unit_id,
            tuple(shown.co_leads),
            shown.columns,
            shown.document_number,
            entry.valid_from,
            public_last_day(entry.valid_to),
        )
        found.setdefault(entry.duty_id, []).append(line)
    return found
