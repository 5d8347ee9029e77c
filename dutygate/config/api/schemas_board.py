"""Shapes of the answers about the board; see ``schemas``."""

from __future__ import annotations

from datetime import date

from dutygate.config.api.schemas import Shape, UnitOut
from dutygate.config.api.schemas_support import LedgerSums, Quantities


class CasesCounted(Shape):
    """办件 of one track and kind: now in ``state``, or ended in the year with ``outcome``; the other of the two is null."""

    state: str | None
    outcome: str | None
    track: str
    kind: str
    count: int


class AgeBand(Shape):
    """Open cases applied for ``least`` to ``most`` working days ago, both included; ``most`` null: or longer ago."""

    least: int
    most: int | None
    count: int


class StepOverdue(Shape):
    """逾期: how many steps of that kind a department, seat or body owes beyond their day. Never a township."""

    action: str
    unit: UnitOut | None
    seat: str
    count: int


class RuleRefused(Shape):
    """How many tries a rule refused in the year; a try that two rules refused counts under both."""

    code: str
    provision: str
    count: int


class TownshipLoad(Shape):
    """What one township carries on the day: entries by section, temporary ones that end within the first reminder; money in fen."""

    township: UnitOut | None
    basic: int
    cooperative: int
    admitted: int
    temporary: int
    ending: int
    money: Quantities


class DepartmentKept(Shape):
    """What a department promised for the year and what came of it."""

    department: UnitOut | None
    sums: LedgerSums


class ReportsCounted(Shape):
    """线索 of the year that the reader's own unit examines; ``form`` null: of any form, each once."""

    form: str | None
    outcome: str
    count: int


class BoardOut(Shape):
    """看板 of one banner. ``year`` is that of refusals, endings, money and reports, ``on`` the day of the lists.

    ``reports`` is null for a reader who examines none.
    """

    place: str
    year: int
    on: date
    cases: list[CasesCounted]
    opened: int
    ended: list[CasesCounted]
    ages: list[AgeBand]
    overdue: list[StepOverdue]
    refused: int
    refusals: list[RuleRefused]
    load: list[TownshipLoad]
    support: list[DepartmentKept]
    reports: list[ReportsCounted] | None
