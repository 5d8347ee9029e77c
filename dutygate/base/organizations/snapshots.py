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


def _read(jurisdiction_id: int) -> Directory:
    head = Jurisdiction.objects.values_list("id", "code", "name", "kind", "parent_id").get(pk=jurisdiction_id)
    seats = tuple(
        SeatHeld(*row)
        for row in Seat.objects.filter(jurisdiction_id=jurisdiction_id, valid_to__gt=F("valid_from"))
        .order_by("seat", "valid_from", "id")
        .values_list("seat", "unit_id", "valid_from", "valid_to")
    )
    return Directory(JurisdictionInfo(*head), _units(jurisdiction_id), seats, _calendar(jurisdiction_id), _successions(jurisdiction_id))


def _successions(jurisdiction_id: int) -> tuple[Succession, ...]:
    rows = UnitSuccession.objects.filter(jurisdiction_id=jurisdiction_id, valid_to__gt=F("valid_from")).order_by("valid_from", "id")
    columns = ("change", "kind", "from_unit_id", "to_unit_id", "main", "ends", "valid_from")
    effective = Q(effective_at__isnull=False)
    return tuple(Succession(*row) for row in rows.annotate(effective=effective).values_list(*columns, "effective"))


def _units(jurisdiction_id: int) -> dict[int, UnitInfo]:
    """Names and codes are read by the same condition, so that their number never makes a query longer."""
    wanted = Q(jurisdiction_id=jurisdiction_id) | Q(seats__jurisdiction_id=jurisdiction_id)
    through = Q(unit__jurisdiction_id=jurisdiction_id) | Q(unit__seats__jurisdiction_id=jurisdiction_id)
    names: defaultdict[int, list[Name]] = defaultdict(list)
    codes: defaultdict[int, list[Code]] = defaultdict(list)
    held = UnitName.objects.filter(through, valid_to__gt=F("valid_from")).order_by("valid_from", "id").distinct()
    for row in held.values_list("unit_id", "id", "valid_from", "valid_to", "name", "short_name"):
        names[row[0]].append(Name(*row[2:]))
    numbered = UnitCode.objects.filter(through, valid_to__gt=F("valid_from")).order_by("valid_from", "id").distinct()
    for number in numbered.values_list("unit_id", "id", "valid_from", "valid_to", "code"):
        codes[number[0]].append(Code(*number[2:]))
    rows = Unit.objects.filter(wanted).order_by("key").distinct()
    return {
        row[0]: UnitInfo(*row, names=tuple(names[row[0]]), codes=tuple(codes[row[0]]))
        for row in rows.values_list("id", "key", "kind", "jurisdiction_id", "valid_from", "valid_to")
    }


def _calendar(jurisdiction_id: int) -> Calendar:
    """A loaded year stands in the place of the package's: its own days alone make its holidays."""
    years = frozenset(CalendarYear.objects.filter(jurisdiction_id=jurisdiction_id).values_list("year", flat=True))
    days = list(CalendarDay.objects.filter(jurisdiction_id=jurisdiction_id).values_list("day", "working"))
    national = national_calendar()
    kept = Calendar(
        off=frozenset(day for day in national.off if day.year not in years),
        makeup=frozenset(day for day in national.makeup if day.year not in years),
        years=national.years,
    )
    return kept.with_days(off=[d for d, working in days if not working], makeup=[d for d, working in days if working], published=years)
