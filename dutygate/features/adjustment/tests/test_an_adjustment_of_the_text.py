"""第四条（四）、（五）: a department proposes another text for a duty; what adds to the townships needs each one's consent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dutygate.base.actions.perform import system_acting
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Refused
from dutygate.features.lists.queries import revision_standing, revisions_of
from tests.journey import BASES, ITEMS, Journey
from tests.leaving import Leaving, Time, admitted, duty_row, on_list
from tests.rows import rows
from tests.world import BANNER, World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
LESS = "乡镇只张贴公告、登记巡查情况，入户宣传由旗林草局承担。"
MORE = "乡镇张贴公告、登记巡查情况，另外每月入户宣传两次。"


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code for finding in refused.value.findings}


def adjusting(world: World, duty: str, **more: object) -> Leaving:
    return Leaving(world, duty=duty, kind="adjustment", **more)


def test_what_stands_on_the_lists_is_not_typed_again(time: Time, world: World) -> None:
    case = adjusting(world, admitted(world))
    case.open()
    texts = dict(rows("application.ItemText", case=case.case.id, is_current=True, addition="").values_list("item", "text"))
    assert texts == ITEMS
    promised = set(rows("application.Safeguard", case=case.case.id).values_list("kind", "needed", "amount_fen"))
    assert promised == {("funding", True, 2_000_000), ("technical", True, None), ("training", False, None)}
    cited = rows("bases.BasisCitation", case_id=case.case.id, removed_at=None).values_list("basis__title", "basis__article")
    assert list(cited) == [(basis["title"], basis["article"]) for basis in BASES]
    row = case.case
    assert (row.title, row.track, row.mode, row.declared_class) == ("林草防火宣传", "regular", "assign", "public_service")
    assert (row.necessity, row.acts_in_name_of) == ("入户宣传须由熟悉各村情况的乡镇承担", "以乡镇名义宣传，由旗林草局答复投诉")


def test_nothing_proposed_is_nothing_to_ask_about(time: Time, world: World) -> None:
    case = adjusting(world, admitted(world))
    case.open()
    with pytest.raises(Refused) as refused:
        case.request()
    assert codes(refused) == {"no_township_in_scope"}


def test_the_new_text_holds_from_its_day_and_the_old_stays_readable(time: Time, world: World) -> None:
    duty = admitted(world)
    time.pass_by(30)
    case = adjusting(world, duty).up_to("city_decision")
    first_day = world.today + timedelta(days=20)
    case.decide("city_government", effective_on=first_day)
    assert case.notify().result["valid_from"] == first_day.isoformat()
    row = duty_row(duty)
    before, after = (revision_standing(system_acting(), row.id, day) for day in (world.today, first_day))
    assert before is not None
    assert after is not None
    assert (before.items["content"], after.items["content"]) == (ITEMS["content"], LESS)
    assert (before.revision, after.revision) == (1, 2)
    assert after.case_id == case.case.id
    assert {**after.items, "content": ""} == {**before.items, "content": "", "negotiated_opinion": after.items["negotiated_opinion"]}
    assert [on_list(world, "naji", day)[duty].valid_to for day in (world.today, first_day)] == [
        first_day,
        row.entries.model._meta.get_field("valid_to").default,
    ]
    assert len(revisions_of(system_acting(), row)) == 2
    case.acknowledge()
    assert case.state == "done"


def test_a_township_that_carries_it_must_agree_to_what_changes(time: Time, world: World) -> None:
    case = adjusting(world, admitted(world)).up_to("consulting")
    case.reply("naji", "liuhe")
    time.pass_by(60)
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert codes(refused) == {"township_silent"}
    case.reply("yadong", answer="disagree", reason="人手不够。")
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert codes(refused) == {"township_against"}
    case.do("forestry", "consultation.narrow", townships=[world.key("yadong")], reason="该镇不改。")
    case.conclude()
    for step_to in ("applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved"):
        for step in case._steps(step_to, "regular"):
            step()
    case.notify()
    said = {township: _content(world, case.duty, township) for township in world.townships}
    assert said == {"naji": LESS, "liuhe": LESS, "yadong": ITEMS["content"]}


def test_a_new_basis_alone_is_no_townships_to_refuse(time: Time, world: World) -> None:
    """What the duty rests on has changed, and nothing that a township does: all are asked, silence and a no are recorded."""
    case = adjusting(world, admitted(world))
    case.open(reason="law_changed")
    basis = {"title": "森林防火条例", "kind": "administrative_regulation", "issuer": "国务院", "article": "第八条"}
    case.fill(bases=[basis])
    assert set(case.request().result["asked"]) == {world.key(township) for township in world.townships}
    case.reply("naji")
    case.reply("liuhe", answer="disagree", reason="原来的依据更清楚。")
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert codes(refused) == {"party_has_time_left"}
    time.pass_by(15)
    case.conclude()
    assert case.state == "agreed"
    case.fill(items={"content": MORE})
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert codes(refused) == {"township_silent", "opinion_lapsed", "township_against"}


def _content(world: World, duty: str, township: str) -> str:
    revision = revision_standing(system_acting(), duty_row(duty).id, world.today, of=world.unit_id(township))
    assert revision is not None
    return str(revision.items["content"])


def test_a_township_asks_for_its_own_list_and_a_silent_department_holds_it_no_longer_than_its_time(time: Time, world: World) -> None:
    duty = admitted(world)
    case = adjusting(world, duty, initiator="naji", townships=("forestry",))
    case.up_to("consulting")
    assert case.tasks() == {("consultation.reply", "forestry")}
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert codes(refused) == {"party_has_time_left"}
    time.pass_by(15)
    case.conclude()
    for step_to in ("applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved", "done"):
        for step in case._steps(step_to, "regular"):
            step()
    assert case.state == "done"
    assert {township: _content(world, duty, township) for township in world.townships} == {
        "naji": LESS,
        "liuhe": ITEMS["content"],
        "yadong": ITEMS["content"],
    }


@pytest.mark.parametrize("who", ["lead", "legal"])
def test_an_adjustment_that_had_to_be_opened_is_the_departments_and_the_lead_may_act_in_its_stead(
    time: Time, world: World, who: str
) -> None:
    duty = admitted(world)
    given = {"kind": "adjustment", "duty": duty, "reason": "law_changed", "mandated": True, "cause": "《森林防火条例》第五条"}
    with pytest.raises(Refused) as refused:
        Journey(world).do("water", "case.open", subject=BANNER, **given, initiator=world.key("forestry"))
    assert codes(refused) == {"mandate_is_not_yours"}
    case = adjusting(world, duty)
    opened = case.do(who, "case.open", subject=BANNER, **given, initiator=world.key("forestry"))
    case.number = str(opened.result["number"])
    assert case.case.initiator_id == world.unit_id("forestry")
    assert case.tasks() == {("consultation.request", "forestry")}
    case.do("lead", "application.edit", items={"content": LESS})
    case.do("lead", "consultation.request")
    assert case.state == "consulting"


@pytest.mark.usefixtures("scratch")
def test_a_whole_adjustment_replays_to_the_same_rows(time: Time, world: World) -> None:
    adjusting(world, admitted(world)).up_to("done")
    report = replay()
    assert report.holds, [*report.problems, *map(str, report.differences)][:20]
