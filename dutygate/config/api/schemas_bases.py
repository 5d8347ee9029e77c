"""Shapes of the answers about legal bases; see ``schemas``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from dutygate.config.api.schemas import Shape, UnitOut


class BasisLine(Shape):
    """法定依据. ``basis`` is its key: what an application names to pick it. ``repealed_on`` and ``in_force_to`` are days on which it
    no longer holds; ``in_force``: whether it holds today.
    """

    basis: str
    title: str
    kind: str
    issuer: str
    document_number: str
    article: str
    in_force_from: date | None
    in_force_to: date | None
    repealed_on: date | None
    in_force: bool
    confirmed: bool


class BasisPage(Shape):
    """Bases, newest first. ``next``: cursor of the next page, null on the last."""

    items: list[BasisLine]
    next: str | None


class BasisChangeOut(Shape):
    """修改、废止: of an article ("" = the whole text) from a day on. ``duties``: those that rested on it when it was entered."""

    change: str
    kind: Literal["amend", "repeal"]
    article: str
    on: date
    document: str
    document_number: str
    issuer: str
    successor: str | None
    replacements: list[list[str]]
    duties: list[str]
    note: str
    recorded_at: datetime
    voided_at: datetime | None
    voided_reason: str


class BasisReadingOut(Shape):
    """How the registry described it until ``recorded_to``."""

    recorded_to: datetime
    cause: str
    reason: str
    details: dict[str, Any]


class RestingDuty(Shape):
    """A duty on the lists that rests on it. ``how``: certain, or possible where the duty names no article that can be read."""

    code: str
    title: str
    lead_unit: UnitOut | None
    townships: list[UnitOut | None]
    how: Literal["certain", "possible"]


class BasisOut(Shape):
    """One basis with all that rests on it. ``expected``: what a correction is based on. ``cases``: numbers of those you may read."""

    basis: BasisLine
    proposed_by: UnitOut | None
    articles: list[BasisLine]
    changes: list[BasisChangeOut]
    readings: list[BasisReadingOut]
    duties: list[RestingDuty]
    cases: list[str]
    expected: dict[str, int]
