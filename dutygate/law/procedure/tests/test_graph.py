"""The moves of the procedure, as diagram, table and BPMN export take them (Article 4): what the file says, nothing more or less."""

from __future__ import annotations

import pytest

from dutygate.law.procedure.graph import START, moves, states_on, through
from dutygate.law.procedure.saying import action_label, in_states, leads_to, move_by, move_label, only, roles_label, state_label
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tests.moves_of_file import moves_of_file
from dutygate.law.regulation.edition import package_editions

pytestmark = pytest.mark.law_only

EDITION = package_editions()["arun_2024_15"]
PROCEDURE = procedure_of(EDITION)
MOVES = moves(PROCEDURE)


def move(*key):
    return next(one for one in MOVES if one.key == key)


def test_they_are_the_lines_of_the_file_each_seen_from_each_of_its_states() -> None:
    assert {one.key for one in MOVES} == moves_of_file(EDITION.procedure)
    assert len({one.key for one in MOVES}) == len(MOVES)


def test_a_case_begins_by_being_opened_and_by_nothing_else() -> None:
    assert [one.key for one in MOVES if one.source == START] == [(START, "case.open", "", "drafting")]
    assert not [one for one in MOVES if one.target == START]


def test_they_stand_in_the_order_of_the_states() -> None:
    order = [START, *PROCEDURE.states]
    assert [order.index(one.source) for one in MOVES] == sorted(order.index(one.source) for one in MOVES)


def test_only_a_regular_matter_comes_to_the_city() -> None:
    assert set(PROCEDURE.states) - states_on(PROCEDURE, "temporary") == {"city_decision"}
    assert states_on(PROCEDURE, "regular") == set(PROCEDURE.states)
    assert move("banner_decision", "decision.record", "banner_decides_finally", "approved").track == "temporary"
    assert move("banner_decision", "decision.submit_to_city", "", "city_decision").track == "regular"
    assert move("concluded", "review.refuse", "", "refused").track == ""


def test_what_runs_through_is_possible_in_most_states_and_leaves_few() -> None:
    found = {one.action: one for one in through(PROCEDURE)}
    corrections = {"record.contest", "record.check_original", "record.correct", "record.confirm"}
    inside = {"case.reassign", "case.stand_in", "case.circulate", "case.mark_read", "case.urge"}
    inside |= {f"signature.{step}" for step in ("prepare", "sign", "return", "take_back")}
    assert set(found) == {*inside, "edition.move_case", *corrections}
    assert found["record.confirm"].leads == (("voids_banner_outcome", "banner_decision"), ("voids_city_outcome", "city_decision"))
    assert found["case.reassign"].leads == ()
    assert "case.withdraw" not in found


def test_a_move_is_said_with_what_decides_and_by_whom() -> None:
    refused = move("city_decision", "decision.record", "otherwise", "refused")
    assert move_label(PROCEDURE, refused, "zh") == ("登记决定：", "市政府不批准")
    assert move_label(PROCEDURE, refused, "en") == ("Record a decision:", "the city is against")
    up = move("banner_decision", "decision.submit_to_city", "", "city_decision")
    assert move_label(PROCEDURE, up, "zh") == ("报市政府（仅常态化）",)
    assert move_label(PROCEDURE, up, "en") == ("Send up to the city (regular matters only)",)
    reply = move("consulting", "consultation.reply", "", "consulting")
    assert move_by(PROCEDURE, reply, "zh") == "答复征求意见（被征求意见的乡镇）"
    assert move_by(PROCEDURE, reply, "en") == "Reply (Township asked)"
    assert only("", "zh") == ""


def test_where_something_is_possible_is_said_briefly() -> None:
    states = tuple(PROCEDURE.states)
    assert in_states(PROCEDURE, states, "zh") == "任何状态"
    assert in_states(PROCEDURE, states[:-2], "zh") == "每个未办结的状态"
    assert in_states(PROCEDURE, states[1:4], "zh") == "从“征求意见”到“已申请”"
    assert in_states(PROCEDURE, ("drafting", "applied"), "en") == "Drafting, Applied"
    assert in_states(PROCEDURE, states[:2], "zh") == "草拟、征求意见"
    assert in_states(PROCEDURE, states[:3], "zh", among=states[:3]) == "任何状态"


def test_what_runs_through_is_said_with_where_it_leads() -> None:
    confirm = next(one for one in through(PROCEDURE) if one.action == "record.confirm")
    assert leads_to(PROCEDURE, confirm, "zh", "任何状态") == (
        "确认更正（录入单位）：任何状态；更正使旗级的决定作废时转到“报旗委、旗政府”；更正使市政府的决定作废时转到“报市政府”"
    )
    assert leads_to(PROCEDURE, confirm, "en", "any state").endswith(
        "the correction voids the city's decision: leads to With the city for decision"
    )


def test_names_fall_back_to_what_programs_say() -> None:
    assert action_label(PROCEDURE, "no.such_action", "zh") == "no.such_action"
    assert state_label(PROCEDURE, START, "en") == "Start"
    assert roles_label(PROCEDURE, ("lead", "legal"), "en") == "Lead, Legal seat"
