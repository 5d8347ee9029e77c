"""第四条（二）、（三）: a body that sends a matter back ends that submission; it comes up again with a new conclusion."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import Conflict
from dutygate.features.decision.models import Decision
from tests.journey import Journey

pytestmark = pytest.mark.django_db


def _again(case: Journey) -> None:
    case.conclude_review()
    case.to_banner()


@pytest.mark.parametrize(("committee", "government"), [("return", "for"), ("for", "return"), ("return", "return")])
def test_returned_to_the_review_when_a_body_of_the_banner_sends_it_back(
    journey: Callable[..., Journey], committee: str, government: str
) -> None:
    case = journey().up_to("banner_decision")
    case.decide("banner_committee", committee)
    case.decide("banner_government", government)
    assert (case.state, case.case.outcome) == ("reviewing", "")
    assert case.tasks() == {("review.conclude", "lead")}


def test_the_conclusion_does_not_go_up_a_second_time(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("banner_decision")
    case.decide_banner("return")
    with pytest.raises(Conflict):
        case.to_banner()


def test_both_bodies_decide_anew_on_the_second_submission(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("banner_decision", "temporary")
    case.decide("banner_committee", "for")
    case.decide("banner_government", "return")
    _again(case)
    assert case.case.submissions == 2
    assert case.tasks() == {("decision.record", "committee"), ("decision.record", "government")}
    case.decide("banner_government")
    assert case.state == "banner_decision"
    case.decide("banner_committee")
    assert case.state == "approved"
    assert Decision.objects.filter(case=case.case.id).count() == 4


def test_returned_by_the_city_the_banner_decides_anew_too(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("city_decision")
    case.decide("city_government", "return")
    assert case.state == "reviewing"
    _again(case)
    assert case.tasks() == {("decision.record", "committee"), ("decision.record", "government")}
    case.decide_banner()
    case.to_city()
    case.decide("city_government")
    assert case.state == "approved"


def test_a_returned_matter_can_be_given_up(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("banner_decision")
    case.decide_banner("return")
    case.withdraw()
    assert (case.state, case.case.outcome) == ("withdrawn", "withdrawn")
