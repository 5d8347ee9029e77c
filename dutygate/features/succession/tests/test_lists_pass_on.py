"""第四条（五）: lists name the successor from the day of the change on; what they were before stays, under the old names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dutygate.base.actions.naming import directory_for
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Refused
from dutygate.features.lists.queries import duties_of_township, duty_by_code, handed_by, public_overlaps, revisions_of, townships_of
from dutygate.features.succession.tests.conftest import Reform
from tests.journey import Journey
from tests.world import World

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def on_list(world: World, slug: str, on: date) -> list[str]:
    """The codes on a township's list."""
    directory = directory_for(world.people["lead"].jurisdiction_id)
    return [line.code for line in duties_of_township(world.people["lead"], directory.by_key(world.key(slug)).id, on)]


def led_by(world: World, slug: str, on: date) -> list[str]:
    """The codes that a department leads or shares."""
    directory = directory_for(world.people["lead"].jurisdiction_id)
    unit = directory.by_key(world.key(slug))
    return [line.code for line in handed_by(world.people["lead"], (unit.id, unit.key), on)]


@pytest.fixture
def admitted(journey: Start) -> Journey:
    """A regular duty on the lists of three townships."""
    return journey().up_to("done")


def test_one_cell_where_both_had_it(admitted: Journey, reform: Reform, scratch: None) -> None:
    world, day = admitted.world, admitted.world.today
    outcome = reform.merge("naji", "liuhe", valid_from=day + timedelta(days=0))
    assert on_list(world, "naliu", day) == ["150721-D-0001"]
    assert (on_list(world, "naji", day), on_list(world, "liuhe", day)) == ([], [])
    assert on_list(world, "yadong", day) == ["150721-D-0001"]
    assert public_overlaps() == []
    assert outcome.result["change"] == "150721.change-1"
    report = replay()
    assert report.holds, (report.problems, report.differences)


def test_what_was_promised_to_each_is_owed_for_both(admitted: Journey, reform: Reform) -> None:
    lead = admitted.people["lead"]
    reform.merge("naji", "liuhe")
    last = revisions_of(lead, duty_by_code(lead, "150721-D-0001"))[-1]
    own = {one["kind"]: one["amount_fen"] for one in last.support if one.get("township") == "150721.naliu"}
    assert own == {"funding": 2_000_000}  # beside the 20,000 yuan that every township gets


def test_lists_of_earlier_days_stay_as_they_were(admitted: Journey, reform: Reform) -> None:
    world, day = admitted.world, admitted.world.today
    later = day + timedelta(days=30)
    reform.merge("naji", "liuhe", valid_from=later)
    assert on_list(world, "naji", later) == ["150721-D-0001"]  # the change has not taken effect
    assert on_list(world, "naliu", later) == []


def test_a_township_that_has_it_already_keeps_its_place(admitted: Journey, reform: Reform) -> None:
    world, day = admitted.world, admitted.world.today
    reform.merge_into("naji", "liuhe")
    assert on_list(world, "naji", day) == ["150721-D-0001"]
    assert public_overlaps() == []


def test_a_township_that_was_not_asked_takes_over_what_it_succeeds_to(admitted: Journey, reform: Reform) -> None:
    world, day = admitted.world, admitted.world.today
    reform.merge_into(world.outside, "liuhe")
    assert on_list(world, world.outside, day) == ["150721-D-0001"]


def split(reform: Reform, slug: str, *given: dict[str, Any], **more: Any) -> Any:
    return reform.do("system_admin", "unit.split", reform.world.key(slug), successors=given, document="内政字〔2026〕9号", **more)


def test_every_part_of_a_township_carries_it(admitted: Journey, reform: Reform, scratch: None) -> None:
    world, day = admitted.world, admitted.world.today
    split(reform, "naji", {"new": {"slug": "naji_east", "name": "那吉东镇"}}, {"new": {"slug": "naji_west", "name": "那吉西镇"}})
    assert [on_list(world, slug, day) for slug in ("naji_east", "naji_west", "naji")] == [["150721-D-0001"], ["150721-D-0001"], []]
    assert replay().holds


def test_a_part_that_leaves_takes_it_too_and_the_rest_keeps_it(admitted: Journey, reform: Reform) -> None:
    world, day = admitted.world, admitted.world.today
    split(reform, "naji", {"new": {"slug": "naji_east", "name": "那吉东镇"}}, continues=True)
    assert [on_list(world, slug, day) for slug in ("naji_east", "naji")] == [["150721-D-0001"], ["150721-D-0001"]]


def test_only_the_part_that_is_named_takes_it(admitted: Journey, reform: Reform) -> None:
    world, day = admitted.world, admitted.world.today
    named = {"new": {"slug": "naji_west", "name": "那吉西镇"}, "takes": {"duties": ["150721-D-0001"]}}
    split(reform, "naji", {"new": {"slug": "naji_east", "name": "那吉东镇"}}, named)
    assert [on_list(world, slug, day) for slug in ("naji_east", "naji_west")] == [[], ["150721-D-0001"]]


def test_a_merged_department_is_succeeded_as_lead_from_that_day(admitted: Journey, reform: Reform, scratch: None) -> None:
    world, day = admitted.world, admitted.world.today
    reform.merge_into("agriculture", "forestry")
    assert led_by(world, "agriculture", day) == ["150721-D-0001"]
    assert led_by(world, "forestry", day) == []
    assert replay().holds


def test_a_function_takes_along_what_is_named(admitted: Journey, journey: Start, reform: Reform) -> None:
    journey().up_to("done")
    world, day = admitted.world, admitted.world.today
    given = {"to": world.key("agriculture"), "what": "草原管护", "takes": {"duties": ["150721-D-0002"]}, "document": "阿编发〔2026〕1号"}
    reform.do("lead", "unit.transfer_function", world.key("forestry"), **given)
    assert (led_by(world, "forestry", day), led_by(world, "agriculture", day)) == (["150721-D-0001"], ["150721-D-0002"])
    with pytest.raises(Refused) as refused:
        reform.do("lead", "unit.transfer_function", world.key("forestry"), **given)
    assert [(f.code, f.params["matter"]) for f in refused.value.findings] == [("matter_not_held", "150721-D-0002")]
    lead = admitted.people["lead"]
    entries = townships_of(lead, duty_by_code(lead, "150721-D-0002"), day)
    assert {entry.revision.lead_unit_id for entry in entries} == {world.unit_id("agriculture")}
