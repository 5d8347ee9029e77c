"""Issue 2, must show: twenty at one decision, one request twice, eleven townships at once (ARCHITECTURE, the one door)."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.organizations.queries import forget_directories
from dutygate.base.register.models import Entry
from dutygate.base.register.verify import verify_all
from tests.journey import Journey
from tests.trips.calling import Answer, Caller, token_for
from tests.world import World, create_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db_both]


@pytest.fixture
def many(transactional_db: Any) -> Iterator[World]:
    """阿荣旗 with eleven townships that are asked, in tables that other threads see."""
    yield create_world(11)
    forget_directories()
    forget_kept_editions()


def at_once(calls: list[Callable[[], Answer]]) -> list[Answer]:
    """Every call in a thread of its own, all let go at the same moment."""
    ready = threading.Barrier(len(calls))
    answers: list[Answer | BaseException | None] = [None] * len(calls)

    def run(place: int, call: Callable[[], Answer]) -> None:
        try:
            ready.wait(30)
            answers[place] = call()
        except BaseException as error:  # shown below, in the thread of the test
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    for answer in answers:
        assert isinstance(answer, Answer), answer
    return [answer for answer in answers if isinstance(answer, Answer)]


def fresh(token: str) -> Caller:
    """A caller with a client of her own: clients are not made for several threads."""
    return Caller(token, client=Client())


def entries(number: str, action: str) -> Counter[str]:
    return Counter(Entry.objects.filter(subject=number, action=action).values_list("outcome", flat=True))


def test_twenty_record_one_decision_and_one_of_them_does(many: World):
    journey = Journey(many, townships=("naji", "liuhe", "yadong")).up_to("banner_decision")
    token = token_for(many, "committee")
    expected = _expected(fresh(token), journey.number, "decision.record")

    def decide(place: int) -> Answer:
        payload = {
            "body": "banner_committee",
            "outcome": "for",
            "document_number": f"阿批〔2026〕{place}号",
            "dated_on": many.today.isoformat(),
        }
        return fresh(token).act("decision.record", journey.number, payload, expected=expected)

    answers = at_once([lambda place=place: decide(place) for place in range(20)])  # type: ignore[misc]
    assert Counter(answer.status for answer in answers) == {200: 1, 409: 19}
    assert {code for answer in answers if answer.status == 409 for code in answer.codes} == {"stale"}
    assert entries(journey.number, "decision.record") == {"permitted": 1}
    assert verify_all() == []
    assert verify_tasks() == []


def test_one_request_twice_at_the_same_instant_is_done_once(many: World):
    journey = Journey(many).up_to("consulting")
    token = token_for(many, "naji")
    expected = _expected(fresh(token), journey.number, "consultation.reply")

    def reply() -> Answer:
        return fresh(token).act("consultation.reply", journey.number, {"answer": "agree"}, expected=expected, key="naji-1")

    answers = at_once([reply] * 8)
    later = reply()
    assert {answer.status for answer in answers} == {200}
    assert {str(answer.data) for answer in (*answers, later)} == {str(later.data)}
    assert entries(journey.number, "consultation.reply") == {"permitted": 1}


def test_a_key_used_for_something_else_is_no_second_chance(many: World):
    journey = Journey(many).up_to("consulting")
    caller = fresh(token_for(many, "naji"))
    assert caller.act("consultation.reply", journey.number, {"answer": "agree"}, key="k").status == 200
    other = caller.act("consultation.change_reply", journey.number, {"answer": "disagree", "reason": "无人"}, key="k")
    assert (other.status, other.codes) == (422, ["key_reused"])


def test_a_refusal_is_kept_under_its_key_too(many: World):
    journey = Journey(many).up_to("consulting")
    caller = fresh(token_for(many, "naji"))
    answers = [caller.act("consultation.reply", journey.number, {"answer": "disagree"}, key="r") for _ in range(3)]
    assert {(answer.status, *answer.codes) for answer in answers} == {(422, "disagreement_without_reason")}
    assert entries(journey.number, "consultation.reply") == {"refused": 1}


def test_eleven_townships_reply_at_once_without_a_conflict(many: World):
    journey = Journey(many).up_to("consulting")
    callers = {slug: fresh(token_for(many, slug)) for slug in many.townships}
    expected = {slug: _expected(caller, journey.number, "consultation.reply") for slug, caller in callers.items()}

    def reply(slug: str) -> Answer:
        return callers[slug].act("consultation.reply", journey.number, {"answer": "agree"}, expected=expected[slug])

    answers = at_once([lambda slug=slug: reply(slug) for slug in many.townships])  # type: ignore[misc]
    assert len(answers) == 11
    assert {answer.status for answer in answers} == {200}, [a.data for a in answers if a.status != 200]
    assert entries(journey.number, "consultation.reply") == {"permitted": 11}
    assert verify_all() == []
    assert verify_tasks() == []
    journey.conclude()
    assert journey.state == "agreed"


def _expected(caller: Caller, number: str, action: str) -> dict[str, int]:
    steps = caller.get(f"/cases/{number}/actions").data["actions"]
    return next(dict(step["expected"]) for step in steps if step["action"] == action)
