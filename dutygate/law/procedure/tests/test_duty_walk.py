"""The walk of exits and adjustments (4.4, 4.5): what is promised of them holds, and each promise notices when it is broken."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dutygate.law.procedure import effects
from dutygate.law.procedure.duty_slices import duty_slices
from dutygate.law.procedure.liveness import dead_ends, held_up, idle_tasks
from dutygate.law.procedure.walk import Graph, explore
from dutygate.law.regulation.edition import Edition, package_editions
from dutygate.law.rules import kinds
from dutygate.law.rules.facts import Facts, Head, Township
from dutygate.law.rules.registry import RULES

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]
CUTS = {cut.name: cut for cut in duty_slices(quick=True)}
BY_DEPARTMENT, BY_TOWNSHIP = "exit by a department", "exit by a township"
MANDATED, PERMANENT = "adjustment that must be", "adjustment to a regular duty"


def without(action: str, *guards: str, **fields: Any) -> Edition:
    """The edition without these guards of an action, in all its rows, and with other fields of them."""
    procedure = copy.deepcopy(dict(EDITION.procedure))
    for row in procedure["actions"]:
        if row["action"] == action:
            row["guards"] = [guard for guard in row["guards"] if guard not in guards]
            row.update(fields)
    return replace(EDITION, procedure=procedure)


def broken(edition: Edition, cut: str) -> set[str]:
    """Names of the promises that the walk of this cut sees broken."""
    graph = explore(edition, CUTS[cut])
    return {b.invariant for b in graph.broken or [*dead_ends(edition, graph), *held_up(edition, graph), *idle_tasks(edition, graph)]}


@pytest.mark.long  # `make check` walks them
@pytest.mark.parametrize("cut", [BY_DEPARTMENT, BY_TOWNSHIP, PERMANENT])
def test_every_promise_holds(cut: str) -> None:
    assert broken(EDITION, cut) == set()


@pytest.mark.parametrize(
    ("edition", "cut", "promise"),
    [
        (without("case.open", "opener_has_standing"), BY_TOWNSHIP, "opened_with_standing"),
        pytest.param(without("case.open", "duty_in_force"), BY_DEPARTMENT, "opened_with_standing", marks=pytest.mark.long),
        (without("case.open", "reason_is_coded"), BY_DEPARTMENT, "changes_for_a_coded_reason"),
        pytest.param(without("application.edit", "reason_is_coded"), BY_DEPARTMENT, "changes_for_a_coded_reason", marks=pytest.mark.long),
        (without("case.open", "track_follows_the_duty"), BY_DEPARTMENT, "regular_stays_regular"),
        pytest.param(without("application.edit", "track_follows_the_duty"), BY_DEPARTMENT, "regular_stays_regular", marks=pytest.mark.long),
        (without("consultation.conclude", "all_townships_answered"), BY_DEPARTMENT, "goes_on_only_with_consent"),
        (without("consultation.conclude", "silent_were_asked_on_this_text"), BY_DEPARTMENT, "waited_for_the_other_side"),
        pytest.param(
            without("consultation.conclude", "no_condition_open"), BY_DEPARTMENT, "waited_for_the_other_side", marks=pytest.mark.long
        ),
        (without("application.submit", "items_complete"), BY_DEPARTMENT, "applied_with_eleven_items"),
        (without("review.assess", "not_own_application"), BY_TOWNSHIP, "assessed_by_the_sitting_unit"),
        pytest.param(without("review.conclude", "duty_in_force"), BY_TOWNSHIP, "ended_and_changed_while_in_force", marks=pytest.mark.long),
        (without("decision.record", "duty_in_force"), BY_TOWNSHIP, "ended_and_changed_while_in_force"),
        pytest.param(
            without("decision.record", "duty_in_force"), BY_DEPARTMENT, "ended_and_changed_while_in_force", marks=pytest.mark.long
        ),
        (without("notice.issue", "every_party_addressed"), BY_TOWNSHIP, "who_carries_and_who_leads_are_told"),
        (without("consultation.conclude", "all_townships_answered", "no_township_against"), PERMANENT, "goes_on_only_with_consent"),
        (without("application.submit", by=["initiator", "lead_in_stead", "lead"]), BY_DEPARTMENT, "nobody_applies_in_anothers_stead"),
        (without("case.withdraw", by=["initiator", "lead_in_stead"]), MANDATED, "moved_by_whose_step_it_is"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_procedure_is_seen(edition: Edition, cut: str, promise: str) -> None:
    """Every promise is broken once; in further ways in the long run."""
    assert promise in broken(edition, cut)


def _banner_makes_it_permanent(edition: Edition) -> Edition:
    procedure = copy.deepcopy(dict(edition.procedure))
    row = next(r for r in procedure["actions"] if r["action"] == "decision.record")
    row["to"] = [["banner_complete_with_refusal", "refused"], ["banner_complete_with_return", "reviewing"], ["otherwise", "approved"]]
    return replace(edition, procedure=procedure)


def test_temporary_work_made_permanent_by_the_banner_is_seen() -> None:
    assert "permanent_by_the_city_alone" in broken(_banner_makes_it_permanent(EDITION), PERMANENT)


def _rule(monkeypatch: pytest.MonkeyPatch, name: str, check: Callable[[Facts], list[Any]]) -> None:
    monkeypatch.setitem(RULES, name, replace(RULES[name], check=check))


def test_a_side_that_could_hold_the_other_for_ever_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were an exit asked for like an admission, a silent department would keep a township in its duty by doing nothing."""
    whole = RULES["all_townships_answered"].check

    def as_in_an_admission(facts: Facts) -> list[Any]:
        head, facts.head = facts.head, replace(facts.head, kind="admission")
        try:
            return whole(facts)
        finally:
            facts.head = head

    _rule(monkeypatch, "all_townships_answered", as_in_an_admission)
    graph: Graph = explore(EDITION, CUTS[BY_TOWNSHIP])
    assert not graph.broken and not dead_ends(EDITION, graph), "the department may always answer, so that it can end"
    found = held_up(EDITION, graph)
    assert [b.invariant for b in found] == ["no_side_holds_the_other"]
    assert found[0].path[0].startswith("A: case.open")


def test_an_objection_that_is_asked_away_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were everybody asked afresh who did not agree, an objection could be turned into silence."""
    monkeypatch.setattr(effects, "stays_answered", lambda head, party: party.consents)
    assert "objections_are_not_asked_away" in broken(EDITION, BY_DEPARTMENT)


def test_whose_consent_it_takes() -> None:
    """In an admission everybody's; of those who join always; of townships where burden grows; of a department and in an exit never."""
    plain, joins, department = Township("A"), Township("A", joins=True), Township("D", department=True)
    adjustment = Head("consulting", kind="adjustment")
    assert kinds.consent_needed(Head("consulting"), plain)
    assert not kinds.consent_needed(Head("consulting", kind="exit", burden=True), joins)
    assert [kinds.consent_needed(adjustment, party) for party in (plain, joins, department)] == [False, True, False]
    burden = replace(adjustment, burden=True, mandated=True)
    assert [kinds.consent_needed(burden, party) for party in (plain, joins, department)] == [True, True, False]


def test_whose_decision_is_the_last() -> None:
    temporary = Head("x", track="temporary", has_end=True)
    assert kinds.banner_decides(temporary) and not kinds.banner_decides(replace(temporary, has_end=False))
    assert kinds.banner_decides(Head("x", kind="exit", track="temporary", from_track="temporary"))
    assert not kinds.banner_decides(Head("x", kind="exit", track="regular", from_track="regular"))
    assert not kinds.banner_decides(Head("x", kind="adjustment", track="regular", from_track="temporary"))
    assert kinds.deciding_track(Head("x", kind="adjustment", track="regular", from_track="temporary")) == "regular"
