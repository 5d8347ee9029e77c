"""第四条（四）、（五）: more townships are consulted, fewer are told; temporary work turns regular only by the city."""

from __future__ import annotations

import pytest

from dutygate.base.catalogue.errors import Refused
from tests.leaving import Leaving, Time, admitted, duty_row, on_list
from tests.rows import rows
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]


def adjusting(world: World, duty: str, **more: object) -> Leaving:
    return Leaving(world, duty=duty, kind="adjustment", **more)


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code for finding in refused.value.findings}


def finish(case: Leaving, *steps: str) -> None:
    for step_to in steps or ("applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved"):
        for step in case._steps(step_to, "regular"):
            step()
    case.notify()


def keys(world: World, *slugs: str) -> list[str]:
    return [world.key(slug) for slug in slugs]


def test_more_townships_are_consulted_and_those_that_have_it_are_not_asked_again(time: Time, world: World) -> None:
    duty = admitted(world)
    case = adjusting(world, duty, townships=("outsider",))
    case.open()
    case.fill(townships=keys(world, *world.townships, world.outside))
    assert case.request().result["asked"] == keys(world, world.outside)
    time.pass_by(60)
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert codes(refused) == {"township_silent"}
    case.reply("outsider")
    case.conclude()
    before = on_list(world, "naji")[duty]
    finish(case)
    assert duty in on_list(world, "outsider")
    assert on_list(world, "naji")[duty] == before


def test_fewer_townships_are_told(time: Time, world: World) -> None:
    duty = admitted(world)
    case = adjusting(world, duty, townships=("outsider",))
    case.open()
    case.fill(townships=keys(world, "naji", "liuhe", world.outside))
    assert case.request().result["asked"] == keys(world, world.outside)
    told = rows("notices.OutboxMessage", unit_id=world.unit_id("yadong"), kind="to_leave_your_list", subject=case.number)
    assert told.count() == 1
    case.reply("outsider")
    case.conclude()
    finish(case)
    assert "yadong" in case.owing()
    assert {township for township in (*world.townships, "outsider") if duty in on_list(world, township)} == {"naji", "liuhe", "outsider"}
    case.acknowledge()
    assert case.state == "done"


def test_where_only_some_are_to_lose_it_they_are_the_other_side_and_hold_nobody(time: Time, world: World) -> None:
    duty = admitted(world)
    case = adjusting(world, duty, townships=("yadong",))
    case.open()
    case.fill(townships=keys(world, "naji", "liuhe"))
    assert case.request().result["asked"] == keys(world, "yadong")
    time.pass_by(15)
    case.conclude()
    finish(case)
    assert {township for township in world.townships if duty in on_list(world, township)} == {"naji", "liuhe"}


def test_a_text_that_changes_brings_everybody_in(time: Time, world: World) -> None:
    case = adjusting(world, admitted(world))
    case.open()
    case.fill(townships=keys(world, "naji", "liuhe", world.outside))
    case.fill(items={"content": "乡镇另外登记防火员。"})
    assert set(case.request().result["asked"]) == set(keys(world, "naji", "liuhe", world.outside))
    row = rows("application.Scope", case=case.case.id, unit_id=world.unit_id("yadong")).get()
    assert (row.part, row.in_scope) == ("leaves", False)


def test_temporary_work_turns_regular_by_the_city_alone_and_into_the_chosen_list(time: Time, world: World) -> None:
    duty = admitted(world, "temporary")
    case = adjusting(world, duty)
    case.open(track="regular", list_name="powers")
    assert case.case.ends_on is None
    assert len(case.request().result["asked"]) == 3
    finish_banner = ("applied", "reviewing", "concluded", "banner_decision")
    case.reply()
    case.conclude()
    for step_to in finish_banner:
        for step in case._steps(step_to, "regular"):
            step()
    case.decide_banner()
    assert case.state == "banner_decision"
    assert ("decision.submit_to_city", "government") in case.tasks()
    case.to_city()
    case.decide("city_government")
    assert (case.state, case.case.outcome) == ("approved", "approved")
    case.notify()
    line = on_list(world, "naji")[duty]
    assert (line.track, line.list_name, line.section, line.last_day) == ("regular", "powers", "admitted", None)
    assert (duty_row(duty).track, duty_row(duty).ends_on) == ("regular", None)


def test_regular_work_is_not_made_temporary(time: Time, world: World) -> None:
    with pytest.raises(Refused) as refused:
        adjusting(world, admitted(world)).open(track="temporary")
    assert "regular_made_temporary" in codes(refused)


def test_a_longer_term_is_a_change_to_which_everybody_must_agree(time: Time, world: World) -> None:
    duty = admitted(world, "temporary")
    case = adjusting(world, duty)
    case.open()
    later = duty_row(duty).ends_on.replace(year=2027)
    case.fill(ends_on=later)
    assert len(case.request().result["asked"]) == 3
    case.reply()
    case.conclude()
    for step_to in ("applied", "reviewing", "concluded", "banner_decision"):
        for step in case._steps(step_to, "temporary"):
            step()
    case.decide_banner()
    case.notify()
    assert on_list(world, "naji")[duty].last_day == later
