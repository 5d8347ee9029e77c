"""读日历: the year that was loaded, and the days that a jurisdiction set itself (Article 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.models import CalendarDay, CalendarYear
from dutygate.base.organizations.queries.units import places_of
from dutygate.law.rules import Finding


@dataclass(frozen=True, slots=True)
class DayLine:
    """特殊日 with what it rests on. ``local``: set by itself, stays when the year is loaded again."""

    day: date
    working: bool
    source: str
    local: bool


@dataclass(frozen=True, slots=True)
class YearCard:
    """年度: ``source`` of the notice by which it was loaded, "" when it was not; the days entered for it."""

    year: int
    source: str
    days: tuple[DayLine, ...]


def calendar_year(viewer: ActingPost, code: str, year: int, on: date) -> YearCard:
    """What was entered for a year of a jurisdiction. Raises NotFound for one that is not the viewer's."""
    place = next((place for place in places_of(viewer, on) if place.code == code), None)
    if place is None:
        raise NotFound([Finding("not_found", "3", {"subject": code})])
    source = CalendarYear.objects.filter(jurisdiction_id=place.id, year=year).values_list("source", flat=True).first()
    rows = CalendarDay.objects.filter(jurisdiction_id=place.id, day__year=year).order_by("day")
    return YearCard(year, source or "", tuple(DayLine(*row) for row in rows.values_list("day", "working", "source", "local")))
