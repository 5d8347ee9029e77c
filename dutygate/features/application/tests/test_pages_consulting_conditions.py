"""第四条（一）: conditions are answered by the department and settled by the township, with the whole thread before both."""

from __future__ import annotations

import re

import pytest

from dutygate.features.application.models import ConditionStep, Scope
from tests.journey import Journey
from tests.pages.signed_in import browser_of, send, text


@pytest.fixture
def conditional(journey) -> Journey:
    """那吉镇 with two conditions, 六合镇 with one; 亚东镇 has not answered."""
    case = journey().up_to("consulting")
    case.reply("naji", answer="agree_with_conditions", reason="人手紧", conditions=["经费三月前到位", "配宣传车一辆"])
    case.reply("liuhe", answer="agree_with_conditions", conditions=["六合镇的条件"])
    return case


def path(case: Journey, action: str, query: str = "") -> str:
    return f"/cases/{case.number}/do/consultation.{action}/{query}"


def get(case: Journey, role: str, action: str, query: str = "") -> str:
    return text(browser_of(case.people[role]).get(path(case, action, query)))


NAJI = "?township=150721.naji"


def standing(case: Journey, slug: str = "naji") -> str:
    return Scope.objects.get(case__number=case.number, unit=case.world.unit_id(slug)).condition


def test_the_department_chooses_the_township_and_sees_its_conditions_alone(conditional):
    page = get(conditional, "forestry", "answer_conditions")
    assert NAJI in page and "?township=150721.liuhe" in page and "150721.yadong" not in page
    one = get(conditional, "forestry", "answer_conditions", NAJI)
    assert "经费三月前到位" in one and "配宣传车一辆" in one and "六合镇的条件" not in one


def test_an_answer_is_given_and_comes_back_to_the_opinions(conditional):
    client = browser_of(conditional.people["forestry"])
    empty = send(client, path(conditional, "answer_conditions", NAJI), answer="")
    assert empty.status_code == 422 and 'href="#f_answer"' in text(empty)
    done = send(client, path(conditional, "answer_conditions", NAJI), answer="二月底前拨付，配车一辆。")
    assert done.headers["Location"] == f"/cases/{conditional.number}/opinions/"
    assert (standing(conditional), standing(conditional, "liuhe")) == ("answered", "open")
    tab = text(client.get(done.headers["Location"]))
    assert "二月底前拨付，配车一辆。" in tab and "等乡镇确认回应" in tab


def test_a_township_without_open_conditions_is_refused_with_the_text_kept(conditional):
    client = browser_of(conditional.people["forestry"])
    page = send(client, path(conditional, "answer_conditions", "?township=150721.yadong"), answer="写好的回应")
    assert page.status_code == 422 and "没有等待回应的条件" in text(page) and "写好的回应" in text(page)
    assert not ConditionStep.objects.exists()
    nobody = get(conditional, "forestry", "answer_conditions", "?township=150721.nowhere")
    assert NAJI in nobody, "an address that names nobody leads to the choice"


def test_the_township_settles_with_thread_and_revision_before_it(conditional):
    conditional.do("forestry", "consultation.answer_conditions", township="naji", answer="二月底前拨付")
    conditional.do("forestry", "application.edit", per_township={"naji": {"safeguards": "二月底前拨付。"}})
    client = browser_of(conditional.people["naji"])
    page = text(client.get(path(conditional, "settle_conditions")))
    for said in (
        "经费三月前到位",
        "二月底前拨付",
        "书面同意现在的第 3 版内容",
        "上次答复以后改了这些",
        "保障措施",
        "接受回应",
        "撤回条件",
        "坚持条件",
    ):
        assert said in page, said
    assert "六合镇的条件" not in page
    done = send(client, path(conditional, "settle_conditions"), settlement="accept", text="可以")
    assert done.headers["Location"] == f"/cases/{conditional.number}/opinions/"
    row = Scope.objects.get(case__number=conditional.number, unit=conditional.world.unit_id("naji"))
    assert (row.condition, row.lapsed) == ("settled", False)
    assert "条件已经了结" in text(client.get(done.headers["Location"]))


def test_accepting_before_an_answer_is_refused_at_the_choice(conditional):
    client = browser_of(conditional.people["naji"])
    page = send(client, path(conditional, "settle_conditions"), settlement="accept", text="先写着")
    said = text(page)
    choice = said[said.index('id="f_settlement"') : said.index('id="f_text"')]
    assert page.status_code == 422 and "还没有回应贵单位的条件" in choice and "先写着" in said
    assert send(client, path(conditional, "settle_conditions"), page, settlement="withdraw").status_code == 302
    assert standing(conditional) == "settled"


def test_kept_conditions_go_back_to_the_department_with_the_word(conditional):
    conditional.do("forestry", "consultation.answer_conditions", township="naji", answer="尽量安排")
    send(browser_of(conditional.people["naji"]), path(conditional, "settle_conditions"), settlement="keep", text="要写明日期")
    page = get(conditional, "forestry", "answer_conditions", NAJI)
    assert page.index("尽量安排") < page.index("要写明日期"), "the thread in its order"
    assert standing(conditional) == "open"


def test_changed_meanwhile_the_township_sees_to_what_it_would_agree(conditional):
    conditional.do("forestry", "consultation.answer_conditions", township="naji", answer="二月底前拨付")
    client = browser_of(conditional.people["naji"])
    page = client.get(path(conditional, "settle_conditions"))
    conditional.do("forestry", "application.edit", items={"workflow": "每周报送一次。"})
    stale = send(client, path(conditional, "settle_conditions"), page, settlement="accept", text="同意")
    said = text(stale)
    assert stale.status_code == 409 and "每周报送一次。" in said and "您打开这一页以后" in said
    assert "第 3 版" in said and re.search(r'value="accept"[^>]*checked', said) and standing(conditional) == "answered"


def test_conditions_of_a_lapsed_opinion_are_still_answered_and_settled(conditional):
    conditional.do("forestry", "application.edit", items={"workflow": "每周报送一次。"})
    assert NAJI in get(conditional, "forestry", "answer_conditions")
    tab = text(browser_of(conditional.people["forestry"]).get(f"/cases/{conditional.number}/opinions/"))
    assert f"answer_conditions/{NAJI}" in tab and "意见已失效，要重新征求" in tab
    send(browser_of(conditional.people["forestry"]), path(conditional, "answer_conditions", NAJI), answer="照办")
    send(browser_of(conditional.people["naji"]), path(conditional, "settle_conditions"), settlement="accept")
    row = Scope.objects.get(case__number=conditional.number, unit=conditional.world.unit_id("naji"))
    assert (row.condition, row.lapsed) == ("settled", False)


def test_a_settlement_on_paper_by_applicant_and_lead(conditional):
    conditional.do("forestry", "consultation.answer_conditions", township="naji", answer="二月底前拨付")
    page = get(conditional, "lead", "settle_conditions")
    assert "?for=150721.naji" in page and "?for=150721.liuhe" in page
    client, where = browser_of(conditional.people["forestry"]), path(conditional, "settle_conditions", "?for=150721.naji")
    given = {"document_number": "那政函〔2026〕8号", "signed_on": "2026-03-03", "scan": conditional.scan("forestry")}
    assert send(client, where, settlement="accept", **given).status_code == 302
    row = Scope.objects.get(case__number=conditional.number, unit=conditional.world.unit_id("naji"))
    assert (row.condition, row.paper) == ("settled", "unchecked")
    tab = text(client.get(f"/cases/{conditional.number}/opinions/"))
    assert "那政函〔2026〕8号" in tab and f'href="/files/{given["scan"]}/"' in tab


def test_three_people(conditional):
    conditional.do("forestry", "consultation.answer_conditions", township="naji", answer="二月底前拨付")
    assert browser_of(conditional.people["outsider"]).get(path(conditional, "settle_conditions")).status_code == 404
    other = browser_of(conditional.people["liuhe"]).get(path(conditional, "answer_conditions", NAJI))
    assert other.status_code == 403 and "二月底前拨付" not in text(other) and "经费三月前到位" not in text(other)
    send(browser_of(conditional.people["naji2"]), path(conditional, "settle_conditions"), settlement="accept")
    assert standing(conditional) == "settled", "a colleague of the same township may"


def test_in_english(conditional):
    client = browser_of(conditional.people["naji"])
    client.cookies["django_language"] = "en"
    page = text(client.get(path(conditional, "settle_conditions")))
    assert "a written consent to version 2 of the text" in page and "Keep the conditions" in page
