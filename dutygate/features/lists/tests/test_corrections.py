"""第四条（四）、（五）: a correction adds what is right and overwrites nothing; it is no road around adjustment and exit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.perform import Outcome, perform
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Malformed, NotAllowed, NotDone, NotFound, Refused
from dutygate.features.lists.models import Duty, ListCorrection, ListEntry
from dutygate.features.lists.queries import duties_of_township, duty_by_code, entries_in_force, newest_token, public_overlaps
from dutygate.features.lists.tests.importing import COOPERATIVE, taken_in
from tests.journey import Journey
from tests.world import BANNER, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
ROWS = [COOPERATIVE, ("1", "生态环保", "秸杆禁烧巡查", "阿荣旗农牧局", "组织督查", "劝导、上报")]
PAPER = {"document_number": "内党办发〔2025〕1号", "level": "region", "reason": "“秸秆”误写为“秸杆”"}


def correct(world: World, who: str = "lead", duty: str = "150721-D-0001", **given: Any) -> Outcome:
    day = {"valid_from": world.today.isoformat(), "townships": [world.key("naji")]}
    payload = {"duty": duty, "how": "change", **day, **PAPER, **given}
    lead = world.people["lead"]
    expected = {"duty": newest_token(lead, duty_by_code(lead, duty))}
    return perform(world.people[who], "list.correct", BANNER, payload, expected=expected, via="cli")


def lines(world: World, on: date, known_at: Any = None, township: str = "naji") -> list[tuple[str, int]]:
    found = duties_of_township(world.people["lead"], world.unit_id(township), on, known_at)
    return [(line.title, line.ordinal) for line in found]


def test_what_was_known_stays_known(world: World) -> None:
    taken_in(world, ROWS, section="cooperative")
    then = clock.now()
    correct(world, changes={"title": "秸秆禁烧巡查", "ordinal": 7})
    assert lines(world, world.today) == [("秸秆禁烧巡查", 7)]
    assert lines(world, world.today, then) == [("秸杆禁烧巡查", 1)]
    assert lines(world, world.today, township="liuhe") == [("秸杆禁烧巡查", 1)], "only where it was corrected"
    assert ListCorrection.objects.get().reason == PAPER["reason"] and Duty.objects.get().title == "秸秆禁烧巡查"
    assert public_overlaps() == []
    assert replay().holds


def test_a_mistake_dated_ahead_can_be_corrected(world: World) -> None:
    ahead = world.today + timedelta(days=4000)
    taken_in(world, ROWS, section="cooperative", valid_from=ahead.isoformat())
    assert lines(world, world.today) == [] and len(lines(world, ahead)) == 1
    keys = [world.key(name) for name in world.townships]
    correct(world, how="place", townships=keys, reason="年份误写")
    assert len(lines(world, world.today)) == 1 and len(lines(world, ahead)) == 1
    correct(world, how="remove", townships=keys, valid_from=ahead.isoformat(), reason="不该有")
    assert len(lines(world, world.today)) == 1 and lines(world, ahead) == []
    assert replay().holds


def test_what_should_not_be_there_is_taken_off_and_what_was_said_before_stays(world: World) -> None:
    taken_in(world, ROWS, section="cooperative")
    then = clock.now()
    correct(world, how="remove", valid_to=(world.today + timedelta(days=10)).isoformat(), reason="误列")
    assert lines(world, world.today) == [] and len(lines(world, world.today + timedelta(days=10))) == 1
    assert len(lines(world, world.today, then)) == 1
    assert entries_in_force(world.people["lead"], world.unit_id("naji"), world.today, then).count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": ""}, "list_correction_without_reason"),
        ({"document_number": ""}, "list_document_missing"),
        ({"level": "banner"}, "decided_by_a_higher_level"),
        ({"level": ""}, "decided_by_a_higher_level"),
    ],
)
def test_the_law_says_why_not(world: World, given: dict[str, Any], code: str) -> None:
    taken_in(world, ROWS, section="cooperative")
    before = ListEntry.objects.count()
    with pytest.raises(Refused) as refused:
        correct(world, changes={"title": "别的"}, **given)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert ListEntry.objects.count() == before and replay().holds


def test_an_admitted_duty_is_not_adjusted_by_correction(journey: Callable[..., Journey]) -> None:
    case = journey(townships=("naji", "liuhe")).up_to("done")
    world, plain = case.world, {"document_number": "", "level": "", "reason": "笔误"}
    with pytest.raises(Refused) as refused:
        correct(world, changes={"title": "别的事"}, **plain)
    assert [finding.code for finding in refused.value.findings] == ["correction_would_adjust"]
    with pytest.raises(Refused) as refused:
        correct(world, how="place", townships=[world.key("yadong")], **plain)
    assert [finding.code for finding in refused.value.findings] == ["correction_would_adjust"]
    with pytest.raises(Refused) as refused:
        correct(world, how="remove", **plain)
    assert [finding.code for finding in refused.value.findings] == ["correction_without_decision"]
    correct(world, changes={"category": "生态环保", "ordinal": 9}, **plain)
    assert lines(world, world.today)[0][1] == 9 and replay().holds


@pytest.mark.parametrize("who", ["forestry", "naji", "legal", "city", "committee", "government", "system_admin", "audit_admin"])
def test_who_keeps_no_list_corrects_nothing(world: World, who: str) -> None:
    taken_in(world, ROWS, section="cooperative")
    with pytest.raises((NotAllowed, NotFound)):
        correct(world, who, changes={"title": "别的"})


def test_the_services_seat_corrects_no_duty_list(world: World) -> None:
    taken_in(world, ROWS, section="cooperative")
    with pytest.raises(Refused) as refused:
        correct(world, "services", changes={"title": "别的"})
    assert "lead_keeps_the_duty_list" in {finding.code for finding in refused.value.findings}


@pytest.mark.parametrize(
    "given",
    [
        {"townships": ["150721.water"]},
        {"townships": ["nobody"]},
        {"how": "remove", "changes": {"title": "别的"}},
        {"changes": {}},
        {"valid_from": "2030-01-01", "valid_to": "2029-01-01"},
        {"valid_from": "1990-01-01", "valid_to": "1991-01-01"},
    ],
)
def test_what_makes_no_sense_is_malformed(world: World, given: dict[str, Any]) -> None:
    taken_in(world, ROWS, section="cooperative")
    with pytest.raises(Malformed):
        correct(world, **{"changes": {"title": "别的"}, **given})


def test_a_stale_page_corrects_nothing(world: World) -> None:
    taken_in(world, ROWS, section="cooperative")
    lead, payload = world.people["lead"], {"duty": "150721-D-0001", "how": "change", "townships": [world.key("naji")], **PAPER}
    payload |= {"valid_from": world.today.isoformat(), "changes": {"title": "事项一"}}
    seen = {"duty": newest_token(lead, duty_by_code(lead, "150721-D-0001"))}
    perform(lead, "list.correct", BANNER, payload, expected=seen, via="page")
    with pytest.raises(NotDone) as stale:
        perform(lead, "list.correct", BANNER, {**payload, "changes": {"title": "事项二"}}, expected=seen, via="page")
    assert stale.value.status == 409


def test_as_many_queries_for_twelve_townships_as_for_one(world: World, django_assert_max_num_queries: Any) -> None:
    taken_in(world, ROWS, section="cooperative")
    with django_assert_max_num_queries(40):
        correct(world, changes={"title": "秸秆禁烧巡查"}, townships=[world.key(name) for name in world.townships])
