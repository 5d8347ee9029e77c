"""第四条（四）: a township asks that a duty leave its own list; the department is asked, and its silence holds nobody for ever."""

from __future__ import annotations

import pytest

from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Malformed, NotFound, Refused
from tests.leaving import Leaving, Time, admitted, duty_row, on_list
from tests.rows import rows
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
REST = ("applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved", "done")


def by_naji(world: World, duty: str) -> Leaving:
    return Leaving(world, initiator="naji", townships=("forestry",), duty=duty)


def finish(case: Leaving, *steps: str) -> None:
    for step_to in steps or REST:
        for step in case._steps(step_to, "regular"):
            step()


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code for finding in refused.value.findings}


def test_its_own_list_alone_is_left_and_the_department_is_the_one_asked(time: Time, world: World) -> None:
    duty = admitted(world)
    case = by_naji(world, duty)
    case.open(reason="safeguards_not_kept")
    case.fill()
    assert case.request().result["asked"] == [world.key("forestry")]
    assert case.tasks() == {("consultation.reply", "forestry")}
    case.reply()
    case.conclude()
    finish(case)
    assert (case.state, case.case.outcome) == ("done", "approved")
    assert [duty in on_list(world, township) for township in world.townships] == [False, True, True]
    assert duty_row(duty).ends_on is None


def test_a_department_that_stays_silent_holds_it_no_longer_than_its_time(time: Time, world: World) -> None:
    duty = admitted(world)
    case = by_naji(world, duty).up_to("consulting")
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert codes(refused) == {"party_has_time_left"}
    time.pass_by(15)
    case.conclude()
    assert rows("application.Scope", case=case.case.id).get().no_reply
    finish(case, *REST[:-1])
    case.notify()
    assert "forestry" in case.owing()
    case.acknowledge()
    assert case.state == "done"
    assert duty not in on_list(world, "naji")


def test_the_departments_no_is_heard_and_does_not_decide(time: Time, world: World) -> None:
    duty = admitted(world)
    case = by_naji(world, duty).up_to("consulting")
    with pytest.raises(Refused) as refused:
        case.reply(answer="disagree")
    assert codes(refused) == {"disagreement_without_reason"}
    case.reply(answer="disagree", reason="防火期还没有结束。")
    case.conclude()
    finish(case, "applied", "reviewing", "concluded")
    case.to_banner()
    case.decide_banner("against")
    assert case.state == "refused"
    case.notify()
    case.acknowledge()
    assert duty in on_list(world, "naji")


def test_what_the_department_asks_for_must_be_answered_before_the_case_goes_on(time: Time, world: World) -> None:
    case = by_naji(world, admitted(world)).up_to("consulting")
    case.reply(answer="agree_with_conditions", conditions=["先移交走访台账。"])
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert codes(refused) == {"condition_unanswered"}
    case.do("naji", "consultation.answer_conditions", township=world.key("forestry"), answer="本月内移交。")
    case.conclude()
    assert case.state == "agreed"


def test_other_townships_and_other_departments_have_no_part_in_it(time: Time, world: World) -> None:
    case = by_naji(world, admitted(world)).up_to("consulting")
    for who in ("liuhe", "water"):
        with pytest.raises(NotFound):
            case.do(who, "consultation.reply", answer="agree")
    with pytest.raises(Malformed):
        case.do("naji", "application.edit", add_townships=[world.key("liuhe")])


def test_a_township_asks_only_for_what_it_carries(time: Time, world: World) -> None:
    with pytest.raises(Refused) as refused:
        Leaving(world, initiator="outsider", duty=admitted(world)).open()
    assert codes(refused) == {"no_standing_towards_duty"}


def test_the_lead_enters_the_departments_reply_from_paper(time: Time, world: World) -> None:
    case = by_naji(world, admitted(world)).up_to("consulting")
    case.do("lead", "consultation.reply", answer="agree", **case.on_paper("lead", world.key("forestry")))
    case.conclude()
    case.submit()
    with pytest.raises(Refused) as refused:
        case.accept()
    assert codes(refused) == {"original_not_checked"}
    case.do("lead2", "record.check_original", township=world.key("forestry"))
    case.accept()
    assert case.state == "reviewing"


@pytest.mark.usefixtures("scratch")
def test_it_replays_to_the_same_rows(time: Time, world: World) -> None:
    case = by_naji(world, admitted(world)).up_to("consulting")
    time.pass_by(20)
    case.conclude()
    finish(case)
    report = replay()
    assert report.holds, [*report.problems, *map(str, report.differences)][:20]
