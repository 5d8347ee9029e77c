"""第四条（四）: a department asks that a duty leave the lists; the townships that carry it are asked, and hold nobody by silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dutygate.base.actions.perform import system_acting
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Conflict, Malformed, Refused
from dutygate.base.notices.receipts import notice_of
from dutygate.features.lists.queries import revisions_of, townships_of
from tests.journey import Journey
from tests.leaving import Leaving, Time, admitted, duty_row, on_list
from tests.rows import rows
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code for finding in refused.value.findings}


def test_the_duty_leaves_every_list_with_the_written_notice(time: Time, world: World) -> None:
    duty = admitted(world)
    time.pass_by(30)
    case = Leaving(world, duty=duty).up_to("approved")
    assert all(duty in on_list(world, township) for township in world.townships)
    outcome = case.notify()
    assert outcome.result["valid_to"] == world.today.isoformat()
    assert not any(duty in on_list(world, township) for township in world.townships)
    yesterday = world.today - timedelta(days=1)
    assert all(duty in on_list(world, township, yesterday) for township in world.townships)
    case.acknowledge()
    assert (case.state, case.case.outcome) == ("done", "approved")
    assert duty_row(duty).ends_on == yesterday
    assert len(revisions_of(system_acting(), duty_row(duty))) == 1
    assert case.tasks() == set()


def test_the_townships_that_carry_it_are_asked_and_nobody_else(time: Time, world: World) -> None:
    duty = admitted(world)
    case = Leaving(world, duty=duty)
    case.open()
    assert [row.unit_id for row in rows("application.Scope", case=case.case.id, in_scope=True)] == [
        world.unit_id(township) for township in world.townships
    ]
    with pytest.raises(Malformed):
        case.do("forestry", "application.edit", add_townships=[world.key(world.outside)])
    case.fill()
    assert set(case.request().result["asked"]) == {world.key(township) for township in world.townships}


def test_only_the_short_list_of_an_exit_is_asked(time: Time, world: World) -> None:
    case = Leaving(world, duty=admitted(world))
    case.open()
    with pytest.raises(Refused) as refused:
        case.request()
    asked = {finding.params["item"] for finding in refused.value.findings}
    assert asked == {"exit_reason", "work_under_way", "taken_over_by", "support_settled"}
    with pytest.raises(Malformed):
        case.do("forestry", "application.edit", items={"content": "乡镇不再宣传。"})


def test_a_silent_township_holds_nobody_once_its_time_has_passed(time: Time, world: World) -> None:
    duty = admitted(world)
    case = Leaving(world, duty=duty).up_to("consulting")
    case.reply("naji", "liuhe")
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert codes(refused) == {"party_has_time_left"}
    time.pass_by(14)  # the tenth working day is still in time
    with pytest.raises(Refused):
        case.conclude()
    time.pass_by(1)
    assert ("consultation.reply", "yadong") in case.tasks()
    case.conclude()
    row = rows("application.Scope", case=case.case.id, unit_id=world.unit_id("yadong")).get()
    assert (row.answer, row.no_reply) == ("", True)
    for step_to in ("applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved"):
        for step in case._steps(step_to, "regular"):
            step()
        case.tasks()
    case.notify()
    assert not any(duty in on_list(world, township) for township in world.townships)
    assert "yadong" in case.owing()


def test_a_no_is_recorded_and_the_authority_decides(time: Time, world: World) -> None:
    duty = admitted(world)
    case = Leaving(world, duty=duty).up_to("consulting")
    case.reply("naji", "liuhe")
    case.reply("yadong", answer="disagree", reason="群众还在找我们办。")
    case.conclude()
    assert rows("application.Opinion", case=case.case.id, unit_id=world.unit_id("yadong")).get().answer == "disagree"
    for step_to in ("applied", "reviewing", "concluded", "banner_decision", "city_decision"):
        for step in case._steps(step_to, "regular"):
            step()
    case.decide("city_government", "against")
    assert (case.state, case.case.outcome) == ("refused", "refused")
    case.notify()
    assert notice_of(case.case.id).kind == "refusal"
    case.acknowledge()
    assert case.state == "done"
    assert all(duty in on_list(world, township) for township in world.townships)


def test_an_objection_is_not_asked_away(time: Time, world: World) -> None:
    """A round that is asked once more leaves what was said against the text as it stands, and gives the others their whole time anew."""
    case = Leaving(world, duty=admitted(world)).up_to("consulting")
    case.reply("naji", answer="disagree", reason="群众还在找我们办。")
    case.reply("liuhe")
    time.pass_by(20)
    case.do("forestry", "application.edit", per_township={world.key("liuhe"): {"work_under_way": "六合镇的走访记录由旗林草局上门接收。"}})
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert codes(refused) == {"opinion_lapsed", "silent_on_an_earlier_text"}
    asked = case.do("forestry", "consultation.ask_again").result["asked"]
    assert set(asked) == {world.key("liuhe"), world.key("yadong")}
    assert rows("application.Scope", case=case.case.id, unit_id=world.unit_id("naji")).get().answer == "disagree"
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert codes(refused) == {"party_has_time_left"}


def test_its_reason_stays_coded(time: Time, world: World) -> None:
    case = Leaving(world, duty=admitted(world))
    case.open()
    with pytest.raises(Refused) as refused:
        case.fill(reason="other")
    assert codes(refused) == {"other_reason_without_words"}
    case.fill(reason="other", reason_words="已经并入旗里统一开展的活动。")
    with pytest.raises(Refused) as refused:
        case.fill(reason="whim")
    assert codes(refused) == {"change_reason_missing"}


def test_it_never_ends_before_the_notice_and_not_before_the_decision_says(time: Time, world: World) -> None:
    duty = admitted(world)
    case = Leaving(world, duty=duty).up_to("city_decision")
    last = world.today + timedelta(days=40)
    case.decide("city_government", effective_on=last)
    time.pass_by(3)
    assert case.notify().result["valid_to"] == last.isoformat()
    assert duty in on_list(world, "naji", last - timedelta(days=1))
    assert duty not in on_list(world, "naji", last)


def test_a_temporary_duty_leaves_by_the_decision_of_the_banner(time: Time, world: World) -> None:
    duty = admitted(world, "temporary")
    case = Leaving(world, duty=duty)
    case.up_to("banner_decision")
    case.decide_banner()
    assert case.state == "approved"
    case.notify()
    assert duty not in on_list(world, "naji")


def test_a_decision_may_let_it_leave_fewer_lists(time: Time, world: World) -> None:
    duty = admitted(world)
    case = Leaving(world, duty=duty).up_to("city_decision")
    with pytest.raises(Refused) as refused:
        case.decide("city_government", townships=[world.key(world.outside)])
    assert "township_not_applied_for" in codes(refused)
    case.decide("city_government", townships=[world.key("naji")])
    case.notify()
    assert [duty in on_list(world, township) for township in ("naji", "liuhe", "yadong")] == [False, True, True]
    assert duty_row(duty).ends_on is None


@pytest.mark.parametrize(
    ("who", "given", "code"),
    [
        ("water", {}, "no_standing_towards_duty"),
        ("outsider", {}, "no_standing_towards_duty"),
        ("forestry", {"reason": ""}, "change_reason_missing"),
        ("forestry", {"reason": "nonsense"}, "change_reason_missing"),
        ("forestry", {"reason": "other"}, "other_reason_without_words"),
        ("forestry", {"track": "temporary"}, "exit_on_another_track"),
    ],
)
def test_who_has_no_part_in_it_or_no_reason_is_refused(time: Time, world: World, who: str, given: dict[str, str], code: str) -> None:
    case = Leaving(world, initiator=who, duty=admitted(world))
    with pytest.raises(Refused) as refused:
        case.open(**given)
    assert code in codes(refused)


def test_nobody_opens_a_case_in_anothers_name(time: Time, world: World) -> None:
    duty = admitted(world)
    for who, given in (("water", {}), ("lead", {}), ("lead", {"kind": "adjustment", "mandated": True, "reason": "law_changed"})):
        named = world.key("forestry" if "kind" not in given else "naji")
        with pytest.raises(Malformed):
            Leaving(world, initiator=who, duty=duty).open(initiator=named, **given)
    assert not rows("cases.Case", kind="exit").exists()


def test_what_has_left_cannot_leave_again(time: Time, world: World) -> None:
    duty = admitted(world)
    Leaving(world, duty=duty).up_to("done")
    with pytest.raises(Refused) as refused:
        Leaving(world, duty=duty).open()
    assert "duty_not_in_force" in codes(refused)


def test_two_exits_at_once_end_it_once(time: Time, world: World) -> None:
    duty = admitted(world)
    first, second = (Leaving(world, duty=duty).up_to("reviewing") for _ in range(2))
    for step_to in ("concluded", "banner_decision", "city_decision", "approved", "done"):
        for step in first._steps(step_to, "regular"):
            step()
    second.ask_department()
    second.comment()
    second.assess()
    with pytest.raises(Refused) as refused:
        second.conclude_review()
    assert codes(refused) == {"duty_not_in_force"}
    second.withdraw()
    assert second.state == "withdrawn"
    assert all(entry.valid_to != date.max for entry in townships_of(system_acting(), duty_row(duty)))


def test_nobody_ends_a_duty_otherwise(time: Time, world: World) -> None:
    duty = admitted(world)
    case = Leaving(world, duty=duty).up_to("reviewing")
    given = {"townships": [world.key("naji")], "valid_to": world.today}
    with pytest.raises(Conflict):
        case.do(system_acting(), "duty.end", **given)
    admission = Journey(world).up_to("approved")
    with pytest.raises(Conflict):
        admission.do(system_acting(), "duty.end", **given)
    assert duty in on_list(world, "naji")


def test_what_townships_said_of_other_cases_stays_as_it_was(time: Time, world: World) -> None:
    duty = admitted(world)
    other = Journey(world).up_to("consulting")
    other.reply("naji")
    said = list(rows("application.Opinion", case=other.case.id).values())
    stood = list(rows("application.Scope", case=other.case.id).values())
    Leaving(world, duty=duty).up_to("done")
    assert list(rows("application.Opinion", case=other.case.id).values()) == said
    assert list(rows("application.Scope", case=other.case.id).values()) == stood


@pytest.mark.usefixtures("scratch")
def test_a_whole_exit_replays_to_the_same_rows(time: Time, world: World) -> None:
    duty = admitted(world)
    case = Leaving(world, duty=duty).up_to("consulting")
    case.reply("naji", "liuhe")
    time.pass_by(20)
    case.conclude()
    for step_to in ("applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved", "done"):
        for step in case._steps(step_to, "regular"):
            step()
    report = replay()
    assert report.holds, [*report.problems, *map(str, report.differences)][:20]
