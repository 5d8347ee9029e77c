"""Directories made from the tables, kept in each process by (database, jurisdiction, reference version)."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from typing import Final

from django.db.models import F, Q

from dutygate.base.organizations.directory import Code, Directory, JurisdictionInfo, Name, SeatHeld, Succession, UnitInfo
from dutygate.base.organizations.models import CalendarDay, CalendarYear, Jurisdiction, Seat, Unit, UnitCode, UnitName, UnitSuccession
from dutygate.base.register.alias import current_alias
from dutygate.base.register.law_here import forget_law
from dutygate.base.register.prepared import Prepared
from dutygate.law.workdays.calendar import Calendar, national_calendar

KEPT: Final = 64
"""Snapshots kept in a process: a province with a hundred banners still has its busiest ones at hand."""

_kept: OrderedDict[tuple[str, int, int], Directory] = OrderedDict()
_lock = threading.Lock()


def directory_of(jurisdiction_id: int, version: int) -> Directory:
    """The snapshot of a jurisdiction at a reference version. Raises Jurisdiction.DoesNotExist."""
    key = (current_alias(), jurisdiction_id, version)
    with _lock:
        if found := _kept.get(key):
            _kept.move_to_end(key)
            return found
    made = _read(jurisdiction_id)  # outside the lock: two threads may make the same one, which harms nobody
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def forget_directories() -> None:
    """Drop every snapshot, that of the law too: for tests, and after a restore or a replay made other rows under the same versions."""
    with _lock:
        _kept.clear()
    forget_law()


def _in_or_seated(here: int, through: str = "") -> Q:
    """What belongs to a jurisdiction or to a unit that sits in one of its seats."""
    return Q(**{f"{through}jurisdiction_id": here}) | Q(**{f"{through}seats__jurisdiction_id": here})


def _dated(model: type[UnitName] | type[UnitCode], *columns: str) -> Prepared:
    """What such units were called or numbered, oldest first; never for a period that is empty."""
    return Prepared(
        lambda here: (
            model._default_manager.filter(_in_or_seated(here, "unit__"), valid_to__gt=F("valid_from"))
            .order_by("valid_from", "id")
            .distinct()
            .values_list("unit_id", "id", "valid_from", "valid_to", *columns)
        ),
        here=int,
    )


_HEAD: Final = Prepared(lambda here: Jurisdiction.objects.filter(pk=here).values_list("id", "code", "name", "kind", "parent_id"), here=int)
_SEATS: Final = Prepared(
    lambda here: (
        Seat.objects.filter(jurisdiction_id=here, valid_to__gt=F("valid_from"))
        .order_by("seat", "valid_from", "id")
        .values_list("seat", "unit_id", "valid_from", "valid_to")
    ),
    here=int,
)
_CHANGES: Final = Prepared(
    lambda here: (
        UnitSuccession.objects.filter(jurisdiction_id=here, valid_to__gt=F("valid_from"))
        .order_by("valid_from", "id")
        .annotate(effective=Q(effective_at__isnull=False))
        .values_list("change", "kind", "from_unit_id", "to_unit_id", "main", "ends", "valid_from", "effective")
    ),
    here=int,
)
_NAMES: Final = _dated(UnitName, "name", "short_name")
_CODES: Final = _dated(UnitCode, "code")
_UNITS: Final = Prepared(
    lambda here: (
        Unit.objects.filter(_in_or_seated(here))
        .order_by("key")
        .distinct()
        .values_list("id", "key", "kind", "jurisdiction_id", "valid_from", "valid_to")
    ),
    here=int,
)
_YEARS: Final = Prepared(lambda here: CalendarYear.objects.filter(jurisdiction_id=here).values_list("year"), here=int)
_DAYS: Final = Prepared(lambda here: CalendarDay.objects.filter(jurisdiction_id=here).values_list("day", "working"), here=int)


def _read(jurisdiction_id: int) -> Directory:
    head = _HEAD.first(here=jurisdiction_id)
    if head is None:
        raise Jurisdiction.DoesNotExist
    seats = tuple(SeatHeld(*row) for row in _SEATS.rows(here=jurisdiction_id))
    return Directory(JurisdictionInfo(*head), _units(jurisdiction_id), seats, _calendar(jurisdiction_id), _successions(jurisdiction_id))


def _successions(jurisdiction_id: int) -> tuple[Succession, ...]:
    return tuple(Succession(*row) for row in _CHANGES.rows(here=jurisdiction_id))


def _units(jurisdiction_id: int) -> dict[int, UnitInfo]:
    """Names and codes are read by the same condition, so that their number never makes a query longer."""
    names: defaultdict[int, list[Name]] = defaultdict(list)
    codes: defaultdict[int, list[Code]] = defaultdict(list)
    for unit, _id, *name in _NAMES.rows(here=jurisdiction_id):
        names[unit].append(Name(*name))
    for unit, _id, *code in _CODES.rows(here=jurisdiction_id):
        codes[unit].append(Code(*code))
    rows = [(*row, tuple(names[row[0]]), tuple(codes[row[0]])) for row in _UNITS.rows(here=jurisdiction_id)]
    return {row[0]: UnitInfo(*row) for row in rows}


def _calendar(jurisdiction_id: int) -> Calendar:
    """A loaded year stands in the place of the package's: its own days alone make its holidays."""
    years = frozenset(year for (year,) in _YEARS.rows(here=jurisdiction_id))
    days = _DAYS.rows(here=jurisdiction_id)
    national = national_calendar()
    kept = Calendar(
        off=frozenset(day for day in national.off if day.year not in years),
        makeup=frozenset(day for day in national.makeup if day.year not in years),
        years=national.years,
    )
    return kept.with_days(off=[d for d, working in days if not working], makeup=[d for d, working in days if working], published=years)
