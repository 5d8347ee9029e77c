"""Who may do what, and when (Articles 1, 3, 4.1-4.4): every cell of the hand-written matrix compared with ``decide``."""

from __future__ import annotations

import pytest

from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tests.matrix import UNIT, Cell, answer, cells, disagreements
from dutygate.law.regulation.edition import package_editions

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]
CASE_ACTIONS = set(procedure_of(EDITION).rows)
BY_ACTION: dict[str, list[Cell]] = {}
for cell in cells():
    BY_ACTION.setdefault(cell.action, []).append(cell)


@pytest.mark.parametrize("action", sorted(BY_ACTION))
def test_every_cell_of_the_action_is_decided_as_written(action: str) -> None:
    asked = [cell for cell in BY_ACTION[action] if cell.state == "none" or action in CASE_ACTIONS]
    wrong = {str(cell): answer(EDITION, cell) for cell in asked}
    wrong = {str(cell): wrong[str(cell)] for cell in asked if wrong[str(cell)] not in (("permit",) if cell.allowed else ("role", "state"))}
    assert wrong == {}


def test_the_matrix_is_whole() -> None:
    """Every action of the edition, every role, every state, each pair once; no x beside an action that is no step of a case.

    What is done with reports has states of its own and a matrix of its own (``test_reports``).
    """
    procedure = procedure_of(EDITION)
    assert set(BY_ACTION) == set(procedure.names()) - set(procedure.report_rows)
    roles = {cell.role for cell in cells()}
    assert {r.replace("_outsider", "") for r in roles} - {"oversight"} == set(procedure.roles)
    assert len(cells()) == len(BY_ACTION) * len(roles) * (len(procedure.states) + 1)
    assert len({(c.action, c.role, c.state) for c in cells()}) == len(cells())
    assert [str(c) for c in cells() if c.allowed and c.state != "none" and c.action in procedure.offices] == []
    assert set(UNIT) <= roles


def test_all_cells_together_agree() -> None:
    assert list(disagreements(EDITION)) == []
