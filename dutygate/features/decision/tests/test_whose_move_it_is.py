"""待办（第四条）: in every state the open tasks are those of the units whose move it is, at a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.action import Door
from dutygate.base.register.chains import reference_version_of
from dutygate.features.cases.facts import subject_of
from dutygate.features.decision.projection import case_projection
from tests.journey import BANNER, Journey, create_world

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
RECORD, ISSUE, RECEIPT = "decision.record", "notice.issue", "notice.acknowledge"
EXPECTED: dict[str, set[tuple[str, str]]] = {
    "drafting": {("consultation.request", "forestry")},
    "consulting": {("consultation.reply", slug) for slug in ("naji", "liuhe", "yadong")},
    "agreed": {("application.submit", "forestry")},
    "applied": {("review.accept", "lead")},
    "reviewing": {("review.assess", seat) for seat in ("lead", "legal", "services")},
    "concluded": {("decision.submit_to_banner", "lead")},
    "banner_decision": {(RECORD, "committee"), (RECORD, "government")},
    "city_decision": {(RECORD, "city")},
    "approved": {(ISSUE, "lead")},
    "refused": {(ISSUE, "lead")},
    "done": set(),
    "withdrawn": set(),
}


@pytest.mark.parametrize("state", EXPECTED)
def test_in_each_state_it_is_the_move_of(journey: Start, state: str) -> None:
    case = journey().up_to(state)
    assert case.state == state
    assert case.tasks() == EXPECTED[state]


def test_the_last_answer_makes_it_the_departments_move(journey: Start) -> None:
    case = journey().up_to("consulting")
    case.reply("naji", "liuhe")
    assert case.tasks() == {("consultation.reply", "yadong")}
    case.reply("yadong")
    assert case.tasks() == {("consultation.conclude", "forestry")}


def test_after_the_banner_has_endorsed_its_government_sends_a_regular_matter_on(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    case.decide("banner_committee")
    assert case.tasks() == {(RECORD, "government")}
    case.decide("banner_government")
    assert case.tasks() == {("decision.submit_to_city", "government")}


def test_a_department_asked_and_the_seats_owe_at_the_same_time(journey: Start) -> None:
    case = journey().up_to("reviewing")
    case.ask_department("water")
    case.assess()
    assert case.tasks() == {("review.comment", "water")}
    case.comment("water")
    assert case.tasks() == {("review.conclude", "lead")}


def test_a_reply_costs_its_own_row_and_one_count(journey: Start, django_assert_num_queries: Any) -> None:
    case = journey().up_to("consulting")
    row, today = case.case, case.world.today
    place = case.people["naji"].jurisdiction_id
    door = Door(case.people["naji"], BANNER, place, reference_version_of(place), today, today)
    subject = subject_of(row, door)
    with django_assert_num_queries(2):
        tasks = list(case_projection(subject, {case.world.unit_id("naji"), row.initiator_id}))
    assert [(task.action, task.unit) for task in tasks] == [("consultation.reply", "150721.naji")]


def _queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return sum(1 for q in captured.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")))


@pytest.mark.parametrize("step", ["reply", "acknowledge", "decide", "notify"])
def test_queries_do_not_grow_with_townships(db: Any, step: str) -> None:
    """The two worlds follow each other in one database: the first is rolled back."""
    from django.db import transaction

    counts = []
    for townships in (2, 9):
        sid = transaction.savepoint()
        case = Journey(create_world(townships))
        with TestCase.captureOnCommitCallbacks(execute=True):  # the edition is kept once for each process, before we count
            case.up_to({"reply": "consulting", "decide": "city_decision", "notify": "approved", "acknowledge": "approved"}[step])
        if step == "acknowledge":
            case.notify()
        act = {
            "reply": lambda case=case: perform(case.people["naji"], "consultation.reply", case.number, {"answer": "agree"}, via="import"),
            "acknowledge": lambda case=case: case.acknowledge("naji"),
            "decide": lambda case=case: case.decide("city_government"),
            "notify": lambda case=case: case.notify(),
        }[step]
        counts.append(_queries(act))
        transaction.savepoint_rollback(sid)
    assert counts[0] == counts[1], counts
