"""第四条: a matter is given up before anybody decided; tasks are handed to colleagues; corrections need a second person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from tests.journey import Journey
from tests.rows import rows

Start = Callable[..., Journey]


def codes(act: Callable[[], Any]) -> list[str]:
    """What a refused act found."""
    with pytest.raises(Refused) as refused:
        act()
    return [f.code for f in refused.value.findings]


@pytest.mark.parametrize("state", ["drafting", "consulting", "agreed", "applied", "reviewing", "concluded", "banner_decision"])
def test_withdrawn_while_nobody_has_decided(journey: Start, state: str) -> None:
    case = journey().up_to(state)
    case.withdraw()
    assert (case.state, case.case.outcome, case.tasks()) == ("withdrawn", "withdrawn", set())


def test_not_withdrawn_without_a_reason(journey: Start) -> None:
    case = journey().up_to("consulting")
    assert codes(lambda: case.do("forestry", "case.withdraw")) == ["reason_missing"]


def test_not_withdrawn_once_a_body_has_decided(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    case.decide("banner_government")
    assert codes(case.withdraw) == ["already_decided"]


def test_not_withdrawn_from_the_city(journey: Start) -> None:
    with pytest.raises(Conflict):
        journey().up_to("city_decision").withdraw()


def test_a_task_goes_to_a_colleague(journey: Start) -> None:
    case = journey().up_to("consulting")
    case.do("naji", "case.reassign", task="consultation.reply", user="naji2")
    day = case.world.today
    case.do("naji", "case.stand_in", task="consultation.reply", user="naji2", from_on=day, to_on=day + timedelta(days=3))
    assert list(rows("cases.Assignment").order_by("id").values_list("kind", flat=True)) == ["reassign", "stand_in"]


def test_a_task_does_not_leave_the_unit(journey: Start) -> None:
    case = journey().up_to("consulting")
    assert codes(lambda: case.do("naji", "case.reassign", task="consultation.reply", user="liuhe")) == ["not_a_colleague"]


def test_who_owes_nothing_hands_nothing_over(journey: Start) -> None:
    case = journey().up_to("consulting")
    with pytest.raises(NotAllowed):
        case.do("forestry", "case.reassign", task="consultation.reply", user="forestry2")


CORRECTION = {"target": "opinion:naji", "field": "answer", "new": "disagree", "reason": "录入有误"}


def test_a_correction_waits_for_its_second_person(journey: Start) -> None:
    case = journey().up_to("agreed")
    case.do("naji", "record.correct", **CORRECTION)
    assert rows("application.Scope", unit=case.world.unit_id("naji")).get().answer == "agree"
    assert codes(lambda: case.do("naji", "record.confirm", correction=1)) == ["same_person"]
    case.do("naji2", "record.confirm", correction=1)
    assert rows("application.Scope", unit=case.world.unit_id("naji")).get().answer == "disagree"
    correction = rows("cases.Correction").get()
    assert (correction.old, correction.new) == ("agree", "disagree")
    assert codes(case.submit) == ["consent_missing"]


def test_a_correction_is_confirmed_once(journey: Start) -> None:
    case = journey().up_to("agreed")
    case.do("naji", "record.correct", **CORRECTION)
    case.do("naji2", "record.confirm", correction=1)
    assert codes(lambda: case.do("naji2", "record.confirm", correction=1)) == ["no_correction_pending"]


def test_a_no_becomes_a_yes_only_with_a_new_document(journey: Start) -> None:
    case = journey().up_to("consulting")
    case.reply("naji", answer="disagree", reason="没有人手")
    to_yes = {**CORRECTION, "new": "agree"}
    assert codes(lambda: case.do("naji", "record.correct", **to_yes)) == ["new_document_missing"]
    case.do("naji", "record.correct", **to_yes, document_number="那政函〔2026〕8号")
    case.do("naji2", "record.confirm", correction=1)
    assert rows("application.Scope", unit=case.world.unit_id("naji")).get().answer == "agree"


def test_silence_is_not_corrected_into_an_answer(journey: Start) -> None:
    case = journey().up_to("consulting")
    with pytest.raises(Malformed):
        case.do("naji", "record.correct", **{**CORRECTION, "new": "agree"}, document_number="x")


def test_consent_is_not_corrected_after_the_decision(journey: Start) -> None:
    case = journey().up_to("approved")
    assert codes(lambda: case.do("naji", "record.correct", **CORRECTION)) == ["too_late_to_correct_consent"]


def test_another_unit_corrects_nothing(journey: Start) -> None:
    case = journey().up_to("agreed")
    with pytest.raises(NotAllowed):
        case.do("liuhe", "record.correct", **CORRECTION)
    with pytest.raises(NotFound):
        case.do("outsider", "record.correct", **CORRECTION)
