"""The permission matrix of ``tests/matrix/permission_matrix.csv``, written by hand, against ``decide`` (Articles 1, 3, 4.1-4.4).

Every cell: action x role x state, asked on a case, a unit and a payload with which every rule is satisfied. A cell with an x must be
permitted, an empty one refused for role or state: a refusal by a rule means that the procedure lets this role come that far.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from dutygate.law.procedure.engine import Permit, decide
from dutygate.law.procedure.model import ON, facts_for
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tests.good import good_for, good_payload
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, ReviewFacts

FILE: Final = Path(__file__).parents[4] / "tests" / "matrix" / "permission_matrix.csv"
# The unit that stands for a role. A role is one relation; outsiders are of a kind and have no part in the case.
UNIT: Final = {
    **{"department_outsider": "D", "initiator": "D", "township_asked": "A", "township_outsider": "X", "lead": "L", "legal": "J"},
    **{"lead_in_stead": "L", "services": "S", "member": "M", "department_asked": "E", "banner_committee": "P", "banner_government": "G"},
    **{"city_government": "W", "notified": "A", "task_holder": "D", "entered_it": "A"},
}
RELATION: Final = {"department_outsider": "department", "township_outsider": "township"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix."""

    action: str
    role: str
    state: str
    allowed: bool

    def __str__(self) -> str:
        return f"{self.action} by {self.role} in {self.state}"


@lru_cache(maxsize=1)
def cells() -> tuple[Cell, ...]:
    """The matrix as it is written."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    states = [name for name in rows[0] if name not in ("action", "role")]
    return tuple(Cell(row["action"], row["role"], state, row[state] == "x") for row in rows for state in states)


def answer(edition: Edition, cell: Cell) -> str:
    """permit, role, state or rule."""
    unit = UNIT.get(cell.role, cell.role)
    case = good_for(edition, cell.action, cell.state)
    if cell.action == "review.assess" and cell.role == "member":
        case = case.having(review=_seated(case.review, unit))
    payload = good_payload(cell.action, cell.state, unit, case)
    acting = Acting(unit, unit, frozenset({RELATION.get(cell.role, cell.role)}))
    found = decide(edition, cell.action, cell.state, acting, facts_for(edition, case, acting, payload), ON)
    return "permit" if isinstance(found, Permit) else found.kind


def _seated(review: ReviewFacts, unit: str) -> ReviewFacts:
    """A member that the conference appointed sits in the services seat, so that it has something to assess."""
    return replace(review, seats=tuple((seat, unit if seat == "services" else sitting) for seat, sitting in review.seats))


def disagreements(edition: Edition) -> Iterator[str]:
    """Cells in which this edition decides otherwise than the matrix says."""
    known = procedure_of(edition)
    for cell in cells():
        if cell.action not in known.rows and cell.action not in known.offices:
            yield f"{cell.action} is unknown to the edition"
            continue
        if cell.action in known.offices and cell.state != "none":
            continue
        got = answer(edition, cell)
        if (got == "permit") != cell.allowed or got == "rule":
            yield f"{cell}: {got}"
