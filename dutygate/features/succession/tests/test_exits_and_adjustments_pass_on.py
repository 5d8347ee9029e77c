"""第四条（四）、（五）: an exit or an adjustment goes on when who is asked, or who asks, is merged; silence still holds nobody for ever."""

from __future__ import annotations

import pytest

from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Refused
from dutygate.features.succession.tests.conftest import Reform
from tests.leaving import Leaving, Time, admitted, on_list
from tests.rows import rows
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
REST = ("applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved")


def finish(case: Leaving) -> None:
    for step_to in REST:
        for step in case._steps(step_to, "regular"):
            step()
    case.notify()
    assert case.tasks()
    case.acknowledge()
    assert case.state == "done"
    report = replay()
    assert report.holds, (report.problems, report.differences)


def test_two_townships_merge_while_a_department_takes_the_duty_back(time: Time, world: World, reform: Reform, scratch: None) -> None:
    duty = admitted(world)
    case = Leaving(world, duty=duty).up_to("consulting")
    case.reply("naji", "yadong")
    reform.merge("naji", "liuhe")
    reform.pass_on("naji", "naliu")
    assert case.tasks() == {("consultation.reply", "naji")}
    time.pass_by(20)
    case.conclude()  # the successor is silent and holds nobody
    row = rows("application.Scope", case=case.case.id, unit__key=world.key("naliu")).get()
    assert (row.answer, row.no_reply) == ("", True)
    finish(case)
    assert duty not in on_list(world, "naji") and duty not in on_list(world, "yadong")


def test_what_was_recorded_as_silence_stays_so(time: Time, world: World, reform: Reform, scratch: None) -> None:
    duty = admitted(world)
    case = Leaving(world, duty=duty).up_to("consulting")
    case.reply("naji", "yadong")
    time.pass_by(20)
    case.conclude()
    reform.merge("naji", "liuhe")
    reform.pass_on("liuhe", "naliu")
    row = rows("application.Scope", case=case.case.id, unit__key=world.key("naliu")).get()
    assert (row.answer, row.no_reply, row.in_scope) == ("", True, True)
    finish(case)


def test_the_department_that_a_township_asks_is_merged_after_it_answered(time: Time, world: World, reform: Reform, scratch: None) -> None:
    duty = admitted(world)
    case = Leaving(world, initiator="naji", townships=("forestry",), duty=duty).up_to("consulting")
    case.reply("forestry")
    reform.merge_into("agriculture", "forestry")
    row = rows("application.Scope", case=case.case.id, unit__key=world.key("agriculture")).get()
    assert (row.answer, row.in_scope) == ("agree", True)
    case.conclude()
    finish(case)
    assert [duty in on_list(world, township) for township in world.townships] == [False, True, True]


def test_a_township_that_asks_is_merged_and_its_successor_goes_on(time: Time, world: World, reform: Reform, scratch: None) -> None:
    duty = admitted(world)
    case = Leaving(world, initiator="naji", townships=("forestry",), duty=duty).up_to("consulting")
    reform.merge("naji", "liuhe")
    reform.pass_on("naji", "naliu")
    case.reply("forestry")
    assert case.tasks() == {("consultation.conclude", "naji")}
    case.conclude()
    finish(case)
    assert duty not in on_list(world, "naji") and duty in on_list(world, "yadong")


def test_one_that_keeps_the_duty_and_one_that_is_to_get_it_become_one_that_is_asked(
    time: Time, world: World, reform: Reform, scratch: None
) -> None:
    duty = admitted(world)
    case = Leaving(world, duty=duty, kind="adjustment", townships=("outsider",))
    case.open()
    case.fill(townships=[world.key(slug) for slug in (*world.townships, world.outside)])
    case.request()
    reform.merge(world.outside, "naji")
    reform.pass_on("naji", "naliu")
    row = rows("application.Scope", case=case.case.id, unit__key=world.key("naliu")).get()
    assert (row.in_scope, row.joins, row.part, row.answer) == (True, True, "", "")
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert [finding.code for finding in refused.value.findings] == ["township_silent"]
    case.reply("naji")
    case.conclude()
    finish(case)
    assert {slug for slug in ("naji", "liuhe", "yadong") if duty in on_list(world, slug)} == {"naji", "liuhe", "yadong"}
