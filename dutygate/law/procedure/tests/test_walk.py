"""The walk (Articles 1-4.4, 7, 11): every promise holds in it, and it sees what is broken, with the shortest way there."""

from __future__ import annotations

import copy
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from dutygate.law.procedure.check import Report, check_edition, first_broken
from dutygate.law.procedure.consistency import contradictions
from dutygate.law.procedure.engine import Permit, decide
from dutygate.law.procedure.liveness import dead_ends, idle_tasks
from dutygate.law.procedure.model import ON, CaseState, facts_for, relations
from dutygate.law.procedure.slices import PLACES, Slice, slices
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.walk import Graph, explore
from dutygate.law.regulation.edition import Edition, package_editions
from dutygate.law.rules.facts import Acting

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]
CUTS = {cut.name: cut for cut in slices(quick=True)}


@lru_cache(maxsize=2)
def report(quick: bool) -> Report:
    """One walk for all tests of this module."""
    return check_edition(EDITION, quick=quick)


def changed(**rows: dict[str, Any]) -> Edition:
    """The edition with fields of some actions replaced (all rows of that action); ``__`` stands for the dot."""
    procedure = copy.deepcopy(dict(EDITION.procedure))
    for row in procedure["actions"]:
        row.update(rows.get(row["action"].replace(".", "__"), {}))
    return replace(EDITION, procedure=procedure)


@pytest.mark.long  # `make check` walks it
def test_every_promise_holds_in_the_quick_walk() -> None:
    found = report(quick=True)
    assert found.broken == ()
    assert found.unreached == ()
    assert found.total("states") > 15_000
    assert found.total("refused") > 20 * found.total("permitted")


@pytest.mark.long
def test_every_promise_holds_in_the_whole_walk() -> None:
    found = report(quick=False)
    assert found.ok
    assert found.total("states") > 100_000


@pytest.mark.long
def test_the_walk_is_the_same_each_time() -> None:
    first, second = (explore(EDITION, CUTS["application"]) for _ in range(2))
    assert first.states == second.states
    assert (first.sources, first.targets) == (second.sources, second.targets)
    assert (first.permitted, first.refused) == (second.permitted, second.refused)


def test_every_action_is_tried_in_some_cut() -> None:
    tried = {action for cut in CUTS.values() for action, _ in cut.menu}
    assert tried == set(procedure_of(EDITION).rows)


def test_silence_counted_as_consent_is_seen_with_the_shortest_way() -> None:
    broken = explore(changed(consultation__conclude={"guards": []}), CUTS["application"]).broken[0]
    assert broken.invariant == "goes_on_only_with_consent"
    assert [line.split("(")[0] for line in broken.path] == [
        *("D: case.open", "D: application.edit", "D: consultation.request", "D: consultation.conclude"),
    ]


def _with_targets(row: int, *to: tuple[str, str]) -> Edition:
    """The edition with other targets of the first or second row of ``decision.record``: the banner's, the city's."""
    procedure = copy.deepcopy(dict(EDITION.procedure))
    [r for r in procedure["actions"] if r["action"] == "decision.record"][row]["to"] = [list(line) for line in to]
    return replace(EDITION, procedure=procedure)


def test_a_city_matter_decided_by_the_banner_is_seen() -> None:
    edition = _with_targets(0, ("banner_complete_with_refusal", "refused"), ("otherwise", "approved"))
    assert first_broken(edition) == "approved_by_the_right_authority"


def test_a_state_that_can_only_be_withdrawn_or_not_even_that_is_seen() -> None:
    """Were the city's decision recorded without effect, what was sent up to it would hang there for ever."""
    edition = _with_targets(1, ("otherwise", "same"))
    graph = explore(edition, CUTS["application"])
    found = dead_ends(edition, graph)
    assert [b.invariant for b in found] == ["done_can_be_reached"]
    assert found[0].path[0].startswith("D: case.open")
    assert found[0].path[-1] == "G: decision.record(body=banner_government, dated_on=2024-07-01, document_number=1, outcome=for)"


def test_a_task_that_its_holder_cannot_do_is_seen() -> None:
    procedure = copy.deepcopy(dict(EDITION.procedure))
    task = next(t for t in procedure["tasks"] if t["action"] == "consultation.conclude")
    task["when"] = ""
    edition = replace(EDITION, procedure=procedure)
    graph = explore(edition, CUTS["application"])
    assert [b.invariant for b in idle_tasks(edition, graph)] == ["tasks_can_be_done_by_their_holder"]


def test_a_table_that_contradicts_itself_is_not_walked() -> None:
    procedure = copy.deepcopy(dict(EDITION.procedure))
    procedure["actions"][0]["cites"] = "99"
    edition = replace(EDITION, procedure=procedure)
    assert [name for name, _, _ in contradictions(edition)] == ["provisions_exist"]
    assert check_edition(edition, quick=True).cuts == ()


def _can(cut: Slice, state: CaseState) -> set[tuple[str, str, str]]:
    """Everything permitted here: (unit, action, payload in words), own acts only."""
    found = set()
    for action, act in cut.menu:
        if "entered_for" in act or "addressees" in act or action.startswith("record.co"):
            continue
        for unit in PLACES.units:
            acting = Acting(unit, unit, relations(state, unit, PLACES))
            if isinstance(decide(EDITION, action, state.head.state, acting, facts_for(EDITION, state, acting, act), ON), Permit):
                found.add((unit, action, str(sorted(act.items(), key=str))))
    return found


@pytest.mark.long
@pytest.mark.parametrize("name", ["consultation of A, C joins", "review of J"])
def test_folded_states_permit_the_same(name: str) -> None:
    """What is folded away no rule can see: a folded state and one it stands for permit the same."""
    cut = CUTS[name]
    plain = replace(cut, forget_findings=False)
    graph: Graph = explore(EDITION, cut)
    compared = 0
    for state in graph.states[:: max(1, len(graph.states) // 12)]:
        for raw in _unfolded(state):
            if plain.fold(raw) == state:
                compared += 1
                assert _can(cut, raw) == _can(cut, state)
    assert compared > 1


def _unfolded(state: CaseState) -> list[CaseState]:
    """States that fold to this one: more points lapsed, another answer of a township that has left."""
    found = []
    if any(a.lapsed for a in state.review.assessments):
        more = tuple(replace(a, lapsed=a.points, excluded_power="found") if a.lapsed else a for a in state.review.assessments)
        found.append(state.having(review=replace(state.review, assessments=more)))
    if any(not t.in_scope for t in state.townships):
        other = tuple(t if t.in_scope else replace(t, answer="disagree", lapsed=True) for t in state.townships)
        found.append(state.having(townships=other))
    return found
