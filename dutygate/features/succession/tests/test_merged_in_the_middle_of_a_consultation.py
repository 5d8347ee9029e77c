"""第四条（一）: two townships merge in the middle of a consultation, and the case ends lawfully."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from dutygate.base.actions import clock
from dutygate.base.actions.naming import directory_for
from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.errors import NotAllowed, Refused
from dutygate.base.notices.receipts import told
from dutygate.features.cases.sections import one_section
from dutygate.features.cases.showing import reading_of
from dutygate.features.lists.queries import duties_of_township
from dutygate.features.succession.tests.conftest import Reform
from tests.journey import Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def asked(journey: Start, **answers: str) -> Journey:
    """A case in which three townships are asked and these have answered."""
    case = journey()
    case.open()
    case.fill()
    case.request()
    for slug, answer in answers.items():
        said = {"reason": "人手不够"} if answer == "disagree" else {}
        said |= {"conditions": ["先落实经费"]} if answer == "agree_with_conditions" else {}
        case.do(slug, "consultation.reply", answer=answer, **said)
    return case


def stands(case: Journey, slug: str) -> dict[str, object]:
    """How a township stands in a case, as the department reads it."""
    reading = reading_of(case.people["forestry"], case.number, clock.now())
    rows = one_section("opinions", case.people["forestry"], reading)["townships"]
    return next(row for row in rows if row["unit"]["key"] == case.world.key(slug))


def test_both_agreed_so_the_successor_agrees_and_the_case_goes_on(journey: Start, reform: Reform, scratch: None) -> None:
    case = asked(journey, naji="agree", liuhe="agree")
    reform.merge("naji", "liuhe")
    assert stands(case, "naliu")["answer"] == "agree"
    assert stands(case, "naji")["in_scope"] is False
    assert stands(case, "naji")["answers"][0]["answer"] == "agree"
    assert case.tasks() == {("consultation.reply", "yadong")}
    reform.pass_on("naji", "naliu")
    reform.pass_on("liuhe", "naliu")
    case.reply("yadong")
    case.conclude()
    case.go_on("done")
    assert case.state == "done"
    assert verify_tasks() == []
    directory = directory_for(case.case.jurisdiction_id)
    there = directory.by_key(case.world.key("naliu")).id
    lead = case.people["lead"]
    assert [line.title for line in duties_of_township(lead, there, case.world.today)] == ["林草防火宣传"]
    report = replay()
    assert report.holds, (report.problems, report.differences)


def test_one_agreed_one_silent_so_the_successor_owes_an_answer(journey: Start, reform: Reform, scratch: None) -> None:
    case = asked(journey, naji="agree", yadong="agree")
    reform.merge("naji", "liuhe")
    assert stands(case, "naliu")["answer"] == ""
    reform.pass_on("naji", "naliu")
    assert case.tasks() == {("consultation.reply", "naji")}
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert [(f.code, f.params["township"]) for f in refused.value.findings] == [("township_silent", "150721.naliu")]
    case.reply("naji")
    case.conclude()
    case.go_on("done")
    assert case.state == "done"
    assert replay().holds


def test_one_disagreed_so_the_successor_is_against_until_it_answers_anew(journey: Start, reform: Reform, scratch: None) -> None:
    case = asked(journey, naji="agree", liuhe="disagree", yadong="agree")
    reform.merge("naji", "liuhe")
    found = stands(case, "naliu")
    assert (found["answer"], found["answers"][-1]["carried"]) == ("disagree", True)
    assert "人手不够" in found["answers"][-1]["reason"]
    reform.pass_on("liuhe", "naliu")
    with pytest.raises(Refused) as refused:
        case.conclude()
    assert [f.code for f in refused.value.findings] == ["township_against"]
    case.do("liuhe", "consultation.change_reply", answer="agree")
    case.conclude()
    case.go_on("done")
    assert case.state == "done"
    assert replay().holds


def test_conditions_pass_on_and_are_settled_by_the_successor(journey: Start, reform: Reform, scratch: None) -> None:
    case = asked(journey, naji="agree_with_conditions", liuhe="agree", yadong="agree")
    case.do("forestry", "consultation.answer_conditions", township="naji", answer="一月底前拨付")
    reform.merge("naji", "liuhe")
    reform.pass_on("naji", "naliu")
    assert case.tasks() == {("consultation.settle_conditions", "naji")}
    steps = stands(case, "naliu")["answers"][-1]["steps"]
    assert [step["text"] for step in steps] == ["一月底前拨付"]
    case.do("naji", "consultation.settle_conditions", settlement="accept")
    case.conclude()
    case.go_on("done")
    assert case.state == "done"
    assert replay().holds


def test_what_was_promised_to_each_is_promised_to_the_successor_for_both(journey: Start, reform: Reform) -> None:
    case = asked(journey, naji="agree", liuhe="agree")
    reform.merge("naji", "liuhe")
    reading = reading_of(case.people["forestry"], case.number, clock.now())
    rows = one_section("application", case.people["forestry"], reading)["safeguards"]
    own = {row["kind"]: row["amount_fen"] for row in rows if row["township"] and row["township"]["key"] == "150721.naliu"}
    assert own == {"funding": 2_000_000}


def test_the_people_of_a_merged_township_can_do_nothing_until_they_are_passed_on(journey: Start, reform: Reform) -> None:
    case = asked(journey, naji="agree")
    reform.merge("naji", "liuhe")
    with pytest.raises(NotAllowed):
        case.reply("liuhe")


def test_a_receipt_still_owed_is_the_successors_to_give(journey: Start, reform: Reform, scratch: None) -> None:
    case = journey().up_to("approved")
    case.notify()
    case.acknowledge("naji", "yadong", "forestry", "finance", "legal", "services")
    reform.merge_into("naji", "liuhe")
    assert case.state == "approved"
    assert case.tasks() == {("notice.acknowledge", "naji")}
    case.acknowledge("naji")
    assert case.state == "done"
    assert not told(case.case.id).pending
    assert replay().holds


def test_a_change_for_a_day_to_come_changes_no_case_yet(journey: Start, reform: Reform) -> None:
    case = asked(journey, naji="agree")
    before = case.tasks()
    reform.merge("naji", "liuhe", valid_from=case.world.today + timedelta(days=30))
    assert case.tasks() == before
    case.reply("liuhe")
    assert stands(case, "liuhe")["answer"] == "agree"


@pytest.mark.page
def test_the_case_says_who_stands_in_whose_place_and_what_was_taken_over(journey: Start, reform: Reform) -> None:
    from tests.pages.signed_in import browser_of, text

    case = asked(journey, naji="agree", liuhe="disagree", yadong="agree")
    reform.merge("naji", "liuhe")
    page = text(browser_of(case.people["forestry"]).get(reverse("case_tab", args=[case.number, "opinions"])))
    assert "那吉镇 → 那六镇" in page and "内政字〔2026〕9号" in page
    assert "承接原来的答复" in page and "由承继的乡镇接着办" in page
