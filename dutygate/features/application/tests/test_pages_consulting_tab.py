"""第四条（一）: the tab 乡镇意见, township x round; a township sees the others' words only when all are in."""

from __future__ import annotations

import pytest

from tests.journey import Journey
from tests.pages.signed_in import browser_of, text


def tab(case: Journey, role: str, lang: str = "") -> str:
    client = browser_of(case.people[role])
    if lang:
        client.cookies["django_language"] = lang
    page = client.get(f"/cases/{case.number}/opinions/")
    assert page.status_code == 200
    return text(page)


def counts(page: str) -> str:
    return page[page.index('class="counts"') : page.index('class="rounds"')]


@pytest.fixture
def consulted(journey) -> Journey:
    case = journey().up_to("consulting")
    case.reply("naji", answer="agree_with_conditions", reason="那吉镇的理由", conditions=["那吉镇的条件"])
    case.reply("liuhe", answer="disagree", reason="六合镇的理由")
    return case


def test_before_anybody_is_asked_the_tab_says_what_comes(journey):
    case = journey()
    case.open()
    page = tab(case, "forestry")
    assert "还没有征求乡镇意见" in page and f"/cases/{case.number}/do/consultation.request/" in page


def test_the_department_sees_every_answer_with_counts(consulted):
    page = tab(consulted, "forestry")
    for said in ("那吉镇的理由", "那吉镇的条件", "六合镇的理由", "还没有答复", "待申请单位回应"):
        assert said in page, said
    for words in ("不同意</span> <strong>1", "还没有答复</span> <strong>1", "等申请单位回应条件</span> <strong>1", "同意</span> <strong>0"):
        assert words in counts(page), words


def test_a_township_sees_its_own_row_alone_until_all_are_in(consulted):
    naji = tab(consulted, "naji")
    assert "那吉镇的理由" in naji and "互不公开" in naji
    yadong = tab(consulted, "yadong")
    for page in (naji, yadong):
        assert "六合镇" not in page and 'class="counts"' not in page
    assert "那吉镇" not in yadong and "亚东镇" in yadong
    assert "回应乡镇条件" not in yadong, "that there are conditions would be told by the applicant's task"
    assert "回应乡镇条件" in naji, "its own it knows"
    consulted.reply("yadong")
    open_now = tab(consulted, "yadong")
    assert "那吉镇的理由" in open_now and "六合镇的理由" in open_now and "互不公开" not in open_now and 'class="counts"' in open_now


def test_a_lapsed_opinion_says_what_was_changed(consulted):
    consulted.do("forestry", "application.edit", per_township={"liuhe": {"staffing": "另配一人。"}}, mode="entrust")
    page = tab(consulted, "forestry")
    assert page.count("意见已失效，要重新征求") >= 2
    changed = [part[: part.index("</p>")] for part in page.split("答复以后改了：")[1:]]
    assert changed == ["委托还是交由", "委托还是交由、人员安排"] or changed == ["委托还是交由", "人员安排、委托还是交由"]


def test_links_lead_to_what_may_be_done_about_each_township(consulted):
    page = tab(consulted, "forestry")
    act = f"/cases/{consulted.number}/do/consultation"
    assert f"{act}.answer_conditions/?township=150721.naji" in page and "answer_conditions/?township=150721.liuhe" not in page
    assert f"{act}.reply/?for=150721.yadong" in page and f"{act}.reply/?for=150721.naji" not in page
    assert f"{act}.change_reply/?for=150721.liuhe" in page
    own = tab(consulted, "naji")
    assert f"{act}.change_reply/" in own and f"{act}.settle_conditions/" in own and "?for=" not in own


def test_when_the_consultation_is_over_nothing_is_offered(journey):
    case = journey().up_to("agreed")
    for role in ("forestry", "lead"):
        page = tab(case, role)
        assert "consultation.change_reply" not in page and "可以办" not in page, role


def test_the_townships_own_letter_can_be_copied(consulted):
    assert "关于“林草防火宣传”准入意见的复函" in tab(consulted, "naji")
    assert "准入意见的复函" not in tab(consulted, "forestry")


def test_three_people(consulted):
    address = f"/cases/{consulted.number}/opinions/"
    assert browser_of(consulted.people["outsider"]).get(address).status_code == 404
    assert browser_of(consulted.people["agriculture"]).get(address).status_code == 404
    assert "六合镇的理由" in tab(consulted, "lead")


def test_in_english(consulted):
    page = tab(consulted, "forestry", "en")
    for said in ("Townships&#x27; opinions", "Round 1", "version 2 of the text", "No answer yet", "waits for the applicant"):
        assert said in page, said
