"""第三条、第四条（二）: seats, assessments, questions and the applicant's place, when departments merge in the middle of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps

from dutygate.base.actions import clock
from dutygate.base.actions.replay import replay
from dutygate.base.actions.sweep import sweep
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.features.cases.sections import one_section
from dutygate.features.cases.showing import reading_of
from dutygate.features.succession.tests.conftest import Reform
from tests.journey import Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def review_of(case: Journey) -> dict:
    reading = reading_of(case.people["lead"], case.number, clock.now())
    found: dict = one_section("review", case.people["lead"], reading)
    return found


def test_the_applicants_successor_goes_on_with_the_case(journey: Start, reform: Reform, scratch: None) -> None:
    case = journey().up_to("agreed")
    reform.merge_into("agriculture", "forestry")
    assert case.tasks() == {("application.submit", "agriculture")}
    case.initiator = "agriculture"
    case.go_on("done")
    assert case.state == "done"
    report = replay()
    assert report.holds, (report.problems, report.differences)


def test_an_assessment_stands_as_the_successors_that_took_the_seat(journey: Start, reform: Reform, scratch: None) -> None:
    case = journey().up_to("reviewing")
    case.assess("legal")
    reform.merge_into("water", "justice")
    reform.pass_on("justice", "water")
    found = review_of(case)
    assert {"seat": "legal", "unit": {"key": "150721.water", "name": "阿荣旗水务局"}} in found["seats"]
    units = [(row["unit"]["key"], row["superseded"]) for row in found["assessments"] if row["seat"] == "legal"]
    assert units == [("150721.justice", True), ("150721.water", False)]
    assert ("review.assess", "legal") not in case.tasks()
    case.assess("lead", "services")
    case.conclude_review()
    case.go_on("done")
    assert case.state == "done"
    assert replay().holds


def test_a_question_not_answered_yet_is_the_successors_to_answer(journey: Start, reform: Reform, scratch: None) -> None:
    case = journey().up_to("reviewing")
    case.ask_department("finance", "water")
    case.comment("water")
    reform.merge_into("agriculture", "finance")
    assert ("review.comment", "agriculture") in case.tasks()
    case.comment("agriculture")
    assert [row["unit"]["key"] for row in review_of(case)["comments"]] == ["150721.water", "150721.agriculture"]
    case.assess()
    case.conclude_review()
    case.go_on("done")
    assert replay().holds


def test_a_case_goes_with_the_function_only_when_it_is_named(journey: Start, reform: Reform) -> None:
    first, second = journey().up_to("agreed"), journey().up_to("agreed")
    given = {"to": "150721.agriculture", "what": "草原管护", "takes": {"cases": [second.number]}, "document": "阿编发〔2026〕1号"}
    reform.do("lead", "unit.transfer_function", "150721.forestry", **given)
    assert (first.tasks(), second.tasks()) == ({("application.submit", "forestry")}, {("application.submit", "agriculture")})
    with pytest.raises(NotAllowed):
        second.submit()


def test_the_sweep_lets_it_take_effect_on_its_day_and_once(journey: Start, reform: Reform, scratch: None, monkeypatch) -> None:
    case = journey().up_to("consulting")
    day = case.world.today + timedelta(days=10)
    reform.merge("naji", "liuhe", valid_from=day)
    assert sweep().done == {}
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=12))  # two days on which nothing ran
    assert sweep().done["unit.take_effect"] == 1
    assert sweep().done == {}
    assert apps.get_model("organizations", "UnitSuccession").objects.filter(effective_at=None).count() == 0
    assert verify_tasks() == []
    assert replay().holds


def test_the_successor_reads_the_ended_cases(journey: Start, reform: Reform) -> None:
    case = journey().up_to("done")
    reform.merge("naji", "liuhe")
    reform.pass_on("naji", "naliu")
    reading = reading_of(case.people["naji"], case.number, clock.now())
    assert [row["unit"]["key"] for row in one_section("successions", case.people["naji"], reading)] == ["150721.naliu"] * 2
