"""Article 5: when what was promised falls due, from the lists alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dutygate.features.support.schedule import Held, owed

pytestmark = pytest.mark.law_only
OPEN = date(9999, 12, 31)


def held(first: date, end: date = OPEN, *, planned: date | None = None, term: bool = False, **promise: Any) -> Held:
    line = {"kind": "funding", "township": "", "needed": True, "amount_fen": 100, "note": "", **promise}
    return Held("T", first, end, planned or end, term, [line])


def days(spans: list[Held], *years: int) -> list[str]:
    return [one.due_on.isoformat() for year in years for one in owed(spans, year)]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (held(date(2026, 3, 2)), ["2026-12-31", "2027-12-31"]),
        (held(date(2026, 3, 2), due="06-30"), ["2026-06-30", "2027-06-30"]),
        (held(date(2026, 9, 1), due="06-30"), ["2026-12-31", "2027-06-30"]),  # begun after the day: by the end of its first year
        (held(date(2026, 3, 2), date(2027, 7, 1)), ["2026-12-31"]),  # left before the day of the second year
        (held(date(2026, 3, 2), date(2027, 7, 1), due="06-30"), ["2026-06-30", "2027-06-30"]),
        (held(date(2026, 11, 1), date(2027, 3, 1), term=True), ["2027-02-28"]),  # a term is paid for once
        (held(date(2026, 11, 1), date(2027, 3, 1), term=True, due="01-31"), ["2027-01-31"]),
        (held(date(2026, 3, 1), date(2026, 6, 1), term=True, due="09-30"), ["2026-05-31"]),  # its day lies beyond the term
        (held(date(2026, 3, 1), date(2026, 5, 1), planned=date(2026, 7, 1), term=True), []),  # it left before its term was over
    ],
)
def test_when_it_falls_due(span: Held, expected: list[str]) -> None:
    assert days([span], 2025, 2026, 2027) == expected


def test_a_year_is_owed_once_across_revisions() -> None:
    spans = [held(date(2026, 3, 2), date(2026, 7, 1), due="06-30"), held(date(2026, 7, 1), due="06-30", amount_fen=300)]
    assert [(one.due_on.isoformat(), one.amount) for year in (2026, 2027) for one in owed(spans, year)] == [
        ("2026-06-30", 100),
        ("2027-06-30", 300),
    ]


def test_what_turns_regular_begins_anew() -> None:
    spans = [held(date(2026, 3, 2), date(2026, 7, 1), term=True), held(date(2026, 7, 1), amount_fen=300)]
    assert [(one.due_on.isoformat(), one.amount) for one in owed(spans, 2026)] == [("2026-06-30", 100), ("2026-12-31", 300)]


def test_a_line_of_its_own_comes_besides_that_for_all() -> None:
    lines = [
        {"kind": "funding", "township": "", "needed": True, "amount_fen": 100, "note": "all"},
        {"kind": "funding", "township": "T", "needed": True, "amount_fen": 40, "note": "more", "due": "06-30"},
        {"kind": "other", "township": "", "needed": False, "note": "none needed"},
        {"kind": "training", "township": "", "needed": True, "note": "once a year"},
    ]
    spans = [Held(unit, date(2026, 1, 1), OPEN, OPEN, False, lines) for unit in ("S", "T")]
    assert [(one.township, one.kind, one.measure, one.amount) for one in owed(spans, 2026)] == [
        ("S", "funding", "fen", 100),
        ("S", "training", "item", 1),
        ("T", "funding", "fen", 100),
        ("T", "funding", "fen", 40),
        ("T", "training", "item", 1),
    ]
