"""第一条、第四条（三）、（五）: both tracks whole, from the first letter to the lists of exactly those townships."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from dutygate.base.actions.perform import system_acting
from dutygate.base.actions.replay import replay
from dutygate.features.lists.queries import duties_of_township, duty_of_case, revisions_of, townships_of
from tests.journey import BASES, ITEMS, Journey
from tests.rows import rows

pytestmark = pytest.mark.django_db
SYSTEM = system_acting()


@pytest.fixture
def scratch(django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test open the scratch database of a replay."""
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", django_db_blocker._real_ensure_connection)


@pytest.mark.parametrize("track", ["regular", "temporary"])
def test_a_whole_admission_ends_on_the_lists_of_exactly_those_townships(journey: Callable[..., Journey], track: str, scratch: None) -> None:
    case = journey(townships=("naji", "yadong")).up_to("done", track)
    world, on = case.world, case.world.today
    assert (case.state, case.case.outcome) == ("done", "approved")
    duty = duty_of_case(SYSTEM, case.case.id)
    assert duty is not None
    assert (duty.code, duty.title, duty.mode, duty.lead_unit_id) == ("150721-D-0001", "林草防火宣传", "assign", world.unit_id("forestry"))
    for slug in world.townships:
        lines = duties_of_township(case.people["liuhe"], world.unit_id(slug), on)
        assert [line.code for line in lines] == ([duty.code] if slug in case.townships else [])
        assert {line.section for line in lines} <= {"temporary" if track == "temporary" else "admitted"}
    assert duties_of_township(case.people["lead"], world.unit_id("outsider"), on) == []
    assert {e.township_id for e in townships_of(SYSTEM, duty)} == {world.unit_id(slug) for slug in case.townships}
    assert duty.ends_on == (None if track == "regular" else on + timedelta(days=90))
    assert case.tasks() == set()
    report = replay()
    assert report.holds, (report.problems, report.differences)


def test_ten_people_are_needed_and_the_city_only_for_a_regular_matter(journey: Callable[..., Journey]) -> None:
    regular, temporary = journey().up_to("done"), journey().up_to("done", "temporary")
    people = {}
    for case in (regular, temporary):
        people[case.number] = set(rows("register.Entry", subject=case.number, user_id__isnull=False).values_list("user_id", flat=True))
    city = regular.people["city"].user_id
    assert city in people[regular.number]
    assert city not in people[temporary.number]
    assert len(people[regular.number]) >= 10


def test_the_duty_keeps_the_text_that_was_agreed(journey: Callable[..., Journey]) -> None:
    case = journey()
    case.open()
    case.fill(per_township={"naji": {"content": "那吉镇另登记景区巡查。"}})
    case.request()
    case.reply()
    case.conclude()
    for step in (case.submit, case.accept, case.assess, case.conclude_review, case.to_banner, case.decide_banner, case.to_city):
        step()
    case.decide("city_government")
    case.notify()
    duty = duty_of_case(SYSTEM, case.case.id)
    assert duty is not None
    (revision,) = revisions_of(SYSTEM, duty)
    assert set(revision.items) == set(case.case_items())
    assert revision.items["content"] == ITEMS["content"]
    assert revision.additions == {"150721.naji": {"content": "那吉镇另登记景区巡查。"}}
    assert [basis["title"] for basis in revision.bases] == [BASES[0]["title"]]
    assert {(s["kind"], s["needed"]) for s in revision.support} == {("funding", True), ("technical", True), ("training", False)}


def test_the_entry_into_the_lists_is_caused_by_the_notice(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("approved")
    case.notify()
    issued = rows("register.Entry", subject=case.number, action="notice.issue").get()
    admitted = rows("register.Entry", subject=case.number, action="duty.admit").get()
    assert (admitted.caused_by, admitted.via, admitted.user_id) == (issued.id, "follow-up", None)
