"""第四条（一）: how the successor of several townships stands; each row of the table in docs/explanation/units.md."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dutygate.features.application.carrying import combined

pytestmark = pytest.mark.law_only
TABLE = Path(__file__).parents[4] / "docs" / "explanation" / "units.md"
PARTS: dict[str, dict[str, Any]] = {
    "同意": {"answer": "agree"},
    "不同意": {"answer": "disagree"},
    "没有答复": {},
    "没有征求": {"round": 0},
    "附条件，等回应": {"answer": "agree_with_conditions", "condition": "open"},
    "附条件，已回应": {"answer": "agree_with_conditions", "condition": "answered"},
    "附条件，已了结": {"answer": "agree_with_conditions", "condition": "settled"},
    "同意，已失效": {"answer": "agree", "lapsed": True},
    "不同意，已失效": {"answer": "disagree", "lapsed": True},
    "代录同意，有异议": {"answer": "agree", "contested": True, "paper": "unchecked", "paper_by": [7]},
    "代录同意，未核对": {"answer": "agree", "paper": "unchecked", "paper_by": [7]},
}
OUTCOMES: dict[str, dict[str, Any]] = {
    "同意": {"answer": "agree", "round": 1},
    "同意，原件待核对": {"answer": "agree", "round": 1, "paper": "unchecked", "paper_by": (7,)},
    "不同意": {"answer": "disagree", "round": 1},
    "不同意，已失效": {"answer": "disagree", "round": 1, "lapsed": True},
    "要答复": {"answer": "", "round": 1},
    "要征求": {"answer": "", "round": 0},
    "附条件，等回应": {"answer": "agree_with_conditions", "condition": "open", "round": 1},
    "附条件，等确认": {"answer": "agree_with_conditions", "condition": "answered", "round": 1},
    "附条件，已了结": {"answer": "agree_with_conditions", "condition": "settled", "round": 1},
    "已失效，要再征求": {"answer": "agree", "lapsed": True, "round": 1},
}


def rows() -> list[tuple[str, str, str]]:
    """The table of the page: one part, the other part, the successor."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [(a, b, c) for a, b, c in (row for row in cells if len(row) == 3) if a in PARTS]


def part(unit: int, name: str) -> Any:
    """A row of the scope that stands so."""
    silent = {
        "round": 1,
        "answer": "",
        "condition": "",
        "lapsed": False,
        "contested": False,
        "paper": "",
        "paper_by": [],
        "no_reply": False,
    }
    return SimpleNamespace(unit_id=unit, **{**silent, **PARTS[name]})


def test_the_table_is_there_and_names_every_standing() -> None:
    assert len(rows()) >= 15
    assert {name for a, b, _ in rows() for name in (a, b)} >= set(PARTS)
    assert {c for _, _, c in rows()} == set(OUTCOMES)


@pytest.mark.parametrize(("first", "second", "outcome"), rows())
def test_the_successor_stands_as_the_table_says(first: str, second: str, outcome: str) -> None:
    found = combined([part(1, first)], whole=False) if second == "不在范围" else combined([part(1, first), part(2, second)], whole=True)
    wanted = {"condition": "", "lapsed": False, "paper": "", "paper_by": (), **OUTCOMES[outcome]}
    assert {name: getattr(found, name) for name in wanted} == wanted


@pytest.mark.parametrize(("first", "second", "outcome"), [row for row in rows() if row[1] in PARTS])
def test_it_does_not_matter_which_part_comes_first(first: str, second: str, outcome: str) -> None:
    assert combined([part(1, first), part(2, second)], whole=True) == combined([part(2, second), part(1, first)], whole=True)


def test_once_it_was_agreed_a_part_out_of_scope_is_not_asked_any_more() -> None:
    assert combined([part(1, "同意")], whole=True).answer == "agree"
