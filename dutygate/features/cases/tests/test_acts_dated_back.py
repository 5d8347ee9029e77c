"""第十一条: an act may be older than its entry, but it brings back neither a repealed edition nor a seat that was left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import NotAllowed, Refused
from dutygate.features.cases.queries import case_visible
from tests.journey import BANNER, Journey
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
OPENED = {"title": "林草防火宣传", "track": "regular", "declared_class": "public_service"}
BEFORE = [datetime(2000, 1, 2, tzinfo=UTC), datetime(2023, 7, 3, tzinfo=UTC), datetime(2024, 6, 3, tzinfo=UTC)]
"""Before every edition, and twice under 阿党办发〔2023〕18号."""


def dated_back(world: World, who: str, action: str, subject: str, at: datetime, **payload: Any) -> Any:
    return perform(world.people[who], action, subject, payload, at=at, via="import")


@pytest.mark.parametrize("at", BEFORE)
def test_no_case_is_opened_in_the_time_of_another_edition(world: World, at: datetime) -> None:
    with pytest.raises(Refused, match="edition_repealed"):
        dated_back(world, "forestry", "case.open", BANNER, at, **OPENED)


@pytest.mark.parametrize("at", BEFORE)
def test_no_application_is_handed_in_then_and_words_are_entered_all_the_same(
    journey: Callable[..., Journey], world: World, at: datetime
) -> None:
    case = journey().up_to("agreed")
    with pytest.raises(Refused, match="edition_repealed"):
        dated_back(world, "forestry", "application.submit", case.number, at, signed_on=world.today)
    dated_back(world, "forestry", "application.edit", case.number, at, items={"content": "张贴公告。"})
    dated_back(world, "forestry", "consultation.ask_again", case.number, at)
    dated_back(world, "naji", "consultation.reply", case.number, at, answer="agree")
    assert replay().holds


def test_a_document_of_that_time_decides_several_cases(journey: Callable[..., Journey], world: World) -> None:
    case = journey().up_to("banner_decision")
    cases = ({"case": case.number, "outcome": "for"},)
    for body, who in (("banner_committee", "committee"), ("banner_government", "government")):
        dated_back(world, who, "decision.record_set", BANNER, BEFORE[2], body=body, cases=cases, **case.paper())
    assert {task for task, _ in case.tasks()} == {"decision.submit_to_city"}


def test_who_has_left_a_seat_acts_in_it_no_more(journey: Callable[..., Journey], world: World) -> None:
    case = journey().up_to("banner_decision")
    for seat, unit in (("legal", "water"), ("banner_committee", "finance")):
        perform(system_acting(), "unit.take_seat", BANNER, {"seat": seat, "unit": world.key(unit), "valid_from": world.today}, via="import")
    basis = {"title": "内蒙古自治区森林草原防火条例", "kind": "local_regulation"}
    cases = ({"case": case.number, "outcome": "for"},)
    for at in BEFORE[2:]:
        with pytest.raises(NotAllowed):
            dated_back(world, "legal", "basis.register", BANNER, at, **basis)
        with pytest.raises(NotAllowed):
            dated_back(world, "committee", "decision.record_set", BANNER, at, body="banner_committee", cases=cases, **case.paper())
        dated_back(world, "water", "basis.register", BANNER, at, **basis)
        dated_back(world, "finance", "decision.record_set", BANNER, at, body="banner_committee", cases=cases, **case.paper())


def test_the_members_of_today_read_an_application_of_before(journey: Callable[..., Journey], world: World) -> None:
    """Handed in on paper before the legal seat passed to another unit: that unit reads it, as it is to assess it."""
    case = journey().up_to("agreed")
    perform(
        system_acting(), "unit.take_seat", BANNER, {"seat": "legal", "unit": world.key("water"), "valid_from": world.today}, via="import"
    )
    before = clock.now() - timedelta(days=10)
    dated_back(world, "forestry", "application.submit", case.number, before, signed_on=before.date())
    assert case_visible(world.people["water"], case.number).number == case.number
