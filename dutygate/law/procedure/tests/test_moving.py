"""序言、第四条、第十一条: what a case finds otherwise under another edition is known before it moves; and what a draft must not lack."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from dutygate.law.procedure.fitness import problems
from dutygate.law.procedure.moving import Effect, ahead, effects, found_anew, judged_anew
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import Edition, package_editions

pytestmark = pytest.mark.law_only
PRESENT = package_editions()["arun_2024_15"]
ACTIONS = procedure_of(PRESENT).names()


def altered(change: Callable[[dict[str, Any]], object]) -> Edition:
    plain = json.loads(PRESENT.canonical())
    change(plain)
    return Edition.from_canonical(json.dumps(plain).encode())


def row(plain: dict[str, Any], action: str, number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = [one for one in plain["procedure"]["actions"] if one["action"] == action][number]
    return found


def test_between_equal_editions_nothing_is_otherwise() -> None:
    for state in procedure_of(PRESENT).states:
        assert effects(PRESENT, PRESENT, state, "regular") == ()


def test_a_state_or_a_track_that_is_unknown_there_forbids_the_move() -> None:
    def change(plain: dict[str, Any]) -> None:
        text = json.dumps(plain["procedure"]).replace('"concluded"', '"summed_up"')
        plain["procedure"] = json.loads(text)
        plain["procedure_order"]["states"] = list(plain["procedure"]["states"])

    new = altered(change)
    assert [one for one in effects(PRESENT, new, "concluded", "regular") if one.blocks] == [Effect("state_unknown", ("concluded",))]
    assert not [one for one in effects(PRESENT, new, "drafting", "regular") if one.blocks]
    assert [one.kind for one in effects(PRESENT, PRESENT, "drafting", "permanent") if one.blocks] == ["track_unknown"]


def test_rules_that_can_still_be_asked_are_told_and_those_behind_are_not() -> None:
    new = altered(lambda plain: row(plain, "application.submit")["guards"].remove("consent_stands"))
    assert effects(PRESENT, new, "drafting", "regular") == (Effect("guard_removed", ("consent_stands",), "application.submit"),)
    assert effects(PRESENT, new, "approved", "regular") == ()
    assert effects(new, PRESENT, "drafting", "regular") == (Effect("guard_added", ("consent_stands",), "application.submit"),)


def test_an_item_that_townships_now_judge_undoes_what_they_said() -> None:
    def change(plain: dict[str, Any]) -> None:
        item = next(one for one in plain["edition"]["items"] if one["id"] == "negotiated_opinion")
        item["judged_by_townships"] = True

    new = altered(change)
    assert judged_anew(PRESENT, new) == {"negotiated_opinion"} and judged_anew(new, PRESENT) == frozenset()
    assert effects(PRESENT, new, "agreed", "regular") == (Effect("opinions_lapse", ("negotiated_opinion",)),)


def test_an_item_that_leads_to_another_point_undoes_what_was_found_there() -> None:
    def change(plain: dict[str, Any]) -> None:
        next(one for one in plain["edition"]["items"] if one["id"] == "workflow")["focus"] = ["division"]

    new = altered(change)
    assert found_anew(PRESENT, new) == {"workflow"}
    assert effects(PRESENT, new, "reviewing", "regular") == (Effect("findings_lapse", ("workflow",)),)


def test_limits_bodies_and_roles_are_told() -> None:
    def change(plain: dict[str, Any]) -> None:
        parameter = next(one for one in plain["parameters"]["parameters"] if one["name"] == "township_reply")
        parameter["values"]["regular"] = 15
        plain["edition"]["tracks"][1]["bodies"] = ["banner_government"]
        row(plain, "review.assess")["by"].append("department_asked")

    new = altered(change)
    found = effects(PRESENT, new, "drafting", "regular")
    assert Effect("limit_changed", (), "consultation.reply", "10", "15") in found
    assert Effect("role_added", ("department_asked",), "review.assess") in found
    assert not [one for one in found if one.kind.startswith("body")]
    assert Effect("body_removed", ("banner_committee",)) in effects(PRESENT, new, "drafting", "temporary")
    assert not [
        one for one in effects(PRESENT, new, "applied", "regular") if one.action == "consultation.reply" and one.kind == "action_added"
    ]


def test_what_lies_ahead_ends_with_the_final_states() -> None:
    procedure = procedure_of(PRESENT)
    assert ahead(procedure, "done") == {"done"} and ahead(procedure, "approved") == {"approved", "done"}
    assert ahead(procedure, "nowhere") == frozenset()
    assert ahead(procedure, "reviewing") >= {"agreed", "consulting", "applied"}, "it may be returned"
    assert "drafting" not in ahead(procedure, "reviewing")


def test_the_present_edition_lacks_nothing() -> None:
    assert problems(PRESENT, PRESENT, ACTIONS) == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda p: p["edition"]["items"].pop(), "items_missing"),
        (lambda p: p["parameters"]["parameters"].pop(), "parameters_missing"),
        (lambda p: p["procedure"]["offices"].pop(), "actions_missing"),
        (lambda p: row(p, "application.submit").update({"by": ["nobody"]}), "roles_exist"),
    ],
)
def test_a_draft_that_lacks_what_the_program_rests_on_is_told_so(change: Callable[[dict[str, Any]], object], name: str) -> None:
    found = problems(altered(change), PRESENT, ACTIONS)
    assert name in {one.name for one in found}
