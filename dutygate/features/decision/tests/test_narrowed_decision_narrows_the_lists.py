"""第四条（三）: a decision may be for fewer townships and for a shorter time than applied for, never for more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from dutygate.base.actions.perform import system_acting
from dutygate.base.catalogue.errors import Malformed, Refused
from dutygate.features.lists.queries import duty_of_case, townships_of
from tests.journey import Journey, last_day

pytestmark = pytest.mark.django_db
SYSTEM = system_acting()


def _listed(case: Journey) -> list[str]:
    duty = duty_of_case(SYSTEM, case.case.id)
    return [] if duty is None else [entry.township.key.removeprefix("150721.") for entry in townships_of(SYSTEM, duty)]


def _findings(attempt: Callable[[], Any]) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        attempt()
    return [(f.code, f.provision) for f in refused.value.findings]


def test_only_townships_that_every_body_approved_are_listed(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("banner_decision")
    case.decide("banner_committee", townships=["那吉镇", "150721.liuhe"])
    case.decide("banner_government")
    case.to_city()
    case.decide("city_government", townships=["liuhe", "yadong"])
    case.notify()
    assert _listed(case) == ["liuhe"]


def test_refused_for_a_township_that_was_not_applied_for(journey: Callable[..., Journey]) -> None:
    case = journey(townships=("naji",)).up_to("banner_decision")
    assert _findings(lambda: case.decide("banner_committee", townships=["naji", "liuhe"])) == [("township_not_applied_for", "4.3")]


def test_refused_when_together_the_bodies_would_approve_nothing(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("banner_decision", "temporary")
    case.decide("banner_committee", townships=["naji"])
    assert _findings(lambda: case.decide("banner_government", townships=["liuhe"])) == [("no_township_in_scope", "4.3")]
    case.decide("banner_government", townships=["liuhe", "naji"])
    case.notify()
    assert _listed(case) == ["naji"]


def test_unknown_townships_are_malformed(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("banner_decision")
    with pytest.raises(Malformed) as malformed:
        case.decide("banner_committee", townships=["北京"])
    assert malformed.value.fields[0][0] == "townships"


def test_refused_when_the_end_is_later_than_applied_for(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("banner_decision", "temporary")
    assert _findings(lambda: case.decide("banner_committee", expires_on=last_day(91, case.world))) == [("end_later_than_applied", "4.3")]


def test_the_earliest_end_of_all_decisions_holds(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("banner_decision", "temporary")
    case.decide("banner_committee", expires_on=last_day(60, case.world))
    case.decide("banner_government", expires_on=last_day(30, case.world))
    case.notify()
    duty = duty_of_case(SYSTEM, case.case.id)
    assert duty is not None
    assert duty.ends_on == last_day(30, case.world)
    assert {entry.valid_to for entry in townships_of(SYSTEM, duty)} == {duty.ends_on + timedelta(days=1)}


def test_a_regular_matter_may_be_given_an_end_by_the_city(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("city_decision")
    case.decide("city_government", expires_on=last_day(400, case.world))
    case.notify()
    duty = duty_of_case(SYSTEM, case.case.id)
    assert duty is not None
    assert {(e.section, e.valid_to) for e in townships_of(SYSTEM, duty)} == {("admitted", last_day(401, case.world))}
