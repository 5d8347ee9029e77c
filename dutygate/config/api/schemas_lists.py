"""Shapes of the answers about lists and duties; see ``schemas``."""

from __future__ import annotations

from datetime import date
from typing import Any

from dutygate.config.api.schemas import Shape, UnitOut


class DutyLine(Shape):
    """清单事项: a duty on a township's list on a day. ``last_day`` is null while it has no end."""

    code: str
    title: str
    list_name: str
    section: str
    track: str
    mode: str
    acts_in_name_of: str
    lead_unit: UnitOut | None
    document_number: str
    ordinal: int
    valid_from: date
    last_day: date | None


class TownshipDuties(Shape):
    """乡镇职责事项清单 as it holds on a day: what was admitted, and the temporary tasks shown beside it."""

    township: UnitOut
    on: date
    items: list[DutyLine]


class DutyFound(Shape):
    """A duty that was found by words, with the townships on whose lists it stands that day."""

    code: str
    title: str
    lead_unit: UnitOut | None
    sections: list[str]
    townships: list[UnitOut]
    valid_from: date
    last_day: date | None


class DutiesFound(Shape):
    """查找事项: a page of them, by code."""

    on: date
    items: list[DutyFound]
    next: str | None


class DutyTownship(Shape):
    """On which township's list a duty stands, from a day to a day."""

    township: UnitOut | None
    section: str
    valid_from: date
    last_day: date | None


class DutyRevisionOut(Shape):
    """A duty as it stood from some day on: what a list says of it, and its text."""

    revision: int
    title: str
    track: str
    document_number: str
    category: str
    level: str
    columns: dict[str, str]
    items: dict[str, str]
    additions: dict[str, dict[str, str]]
    bases: list[Any]
    support: list[Any]


class DutyOut(Shape):
    """职责事项 with its townships and revisions. ``expected`` is to be sent back with ``list.correct``."""

    code: str
    origin: str
    title: str
    track: str
    mode: str
    acts_in_name_of: str
    lead_unit: UnitOut | None
    co_leads: list[str]
    case: str | None
    list_name: str
    document_number: str
    admitted_on: date
    ends_on: date | None
    townships: list[DutyTownship]
    revisions: list[DutyRevisionOut]
    expected: dict[str, int]
