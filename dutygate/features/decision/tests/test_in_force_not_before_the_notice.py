"""第四条（三）: in force from the date the decision says, not before the written notice; a temporary duty until its last day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from dutygate.base.actions.perform import system_acting
from dutygate.base.catalogue.errors import Malformed
from dutygate.features.lists.queries import duties_of_township, duty_of_case
from tests.journey import Journey, last_day

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
SYSTEM = system_acting()


def _days(case: Journey) -> tuple[date, date]:
    world = case.world
    (line,) = duties_of_township(SYSTEM, world.unit_id("naji"), last_day(40, world)) or [None]
    assert line is not None
    return line.valid_from, line.valid_to


def test_an_earlier_effect_waits_for_the_notice(journey: Start) -> None:
    case = journey().up_to("city_decision")
    case.decide("city_government", effective_on=case.world.today - timedelta(days=30))
    assert duties_of_township(SYSTEM, case.world.unit_id("naji"), case.world.today) == []
    case.notify(dated_on=case.world.today - timedelta(days=10))
    assert _days(case) == (case.world.today, date(9999, 12, 31))


def test_a_later_effect_is_kept(journey: Start) -> None:
    case = journey().up_to("city_decision")
    case.decide("city_government", effective_on=last_day(20, case.world))
    case.notify()
    assert _days(case)[0] == last_day(20, case.world)
    assert duties_of_township(SYSTEM, case.world.unit_id("naji"), last_day(19, case.world)) == []


def test_of_the_two_bodies_the_later_effect_holds(journey: Start) -> None:
    case = journey().up_to("banner_decision", "temporary")
    case.decide("banner_committee", effective_on=last_day(3, case.world))
    case.decide("banner_government", effective_on=last_day(5, case.world))
    case.notify()
    assert _days(case) == (last_day(5, case.world), last_day(91, case.world))


def test_a_duty_whose_time_is_over_before_the_notice_is_never_in_force(journey: Start) -> None:
    case = journey().up_to("banner_decision", "temporary")
    yesterday = case.world.today - timedelta(days=1)
    case.decide("banner_committee", expires_on=yesterday)
    case.decide("banner_government")
    told = case.notify()
    assert told.result["never_in_force"] is True
    assert duty_of_case(SYSTEM, case.case.id) is None
    case.acknowledge()
    assert (case.state, case.case.outcome) == ("done", "approved")


def test_a_document_of_tomorrow_is_malformed(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    for field in ("dated_on", "published_on", "sent_on"):
        with pytest.raises(Malformed) as malformed:
            case.decide("banner_committee", **{field: last_day(1, case.world)})
        assert malformed.value.fields == ((field, "lies in the future"),)


def test_an_end_before_the_effect_is_malformed(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    with pytest.raises(Malformed):
        case.decide("banner_committee", effective_on=last_day(5, case.world), expires_on=last_day(4, case.world))
