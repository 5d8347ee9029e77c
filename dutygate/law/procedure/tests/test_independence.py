"""What lets the walk be cut (Articles 1-4.4): a decision sees no more of a case than its rules declare."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dutygate.law.procedure.engine import Permit, Refuse, decide
from dutygate.law.procedure.model import ON, facts_for
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tests.good import actor, good_for, good_payload, held_by
from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules.facts import GROUPS, NOT_LOADED, Acting

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]
PROCEDURE = procedure_of(EDITION)
CELLS = [(action, state) for action, rows in PROCEDURE.rows.items() for row in rows for state in sorted(row.sources)]


def _asked(action: str, state: str, payload: Mapping[str, object], only: frozenset[str]) -> Permit | Refuse:
    case, unit = good_for(EDITION, action, state), actor(action, state)
    acting = Acting(unit, unit, held_by(case, unit, action))
    facts = facts_for(EDITION, case, acting, payload)
    for group in set(GROUPS) - only:
        setattr(facts, group, NOT_LOADED)
    return decide(EDITION, action, state, acting, facts, ON)


@pytest.mark.parametrize(("action", "state"), CELLS)
def test_a_decision_is_the_same_with_what_it_declares_alone(action: str, state: str) -> None:
    case, unit = good_for(EDITION, action, state), actor(action, state)
    needs = PROCEDURE.needs(action, state)
    for payload in (good_payload(action, state, unit, case), {}):
        assert _asked(action, state, payload, needs) == _asked(action, state, payload, frozenset(GROUPS))


@pytest.mark.parametrize(("action", "state"), CELLS)
def test_a_good_case_permits_whose_step_it_is(action: str, state: str) -> None:
    case, unit = good_for(EDITION, action, state), actor(action, state)
    assert isinstance(_asked(action, state, good_payload(action, state, unit, case), frozenset(GROUPS)), Permit)
