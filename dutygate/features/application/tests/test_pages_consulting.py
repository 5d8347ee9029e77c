"""第一条、第四条（一）: the department asks in writing, asks again, narrows, concludes; each letter is ready and may be changed."""

from __future__ import annotations

from html import unescape

import pytest

from dutygate.features.application.models import ItemText, Round, Scope
from tests.journey import ITEMS, Journey
from tests.pages.signed_in import browser_of, send, text


def path(case: Journey, action: str) -> str:
    return f"/cases/{case.number}/do/consultation.{action}/"


def draft(page: str, field: str) -> str:
    """What a text field holds."""
    start = page.index(f'id="f_{field}"')
    return unescape(page[page.index(">", start) + 1 : page.index("</textarea>", start)]).strip()


@pytest.fixture
def written(journey) -> Journey:
    """An application ready to be sent to three townships."""
    case = journey()
    case.open()
    case.fill()
    return case


def test_the_letter_is_ready_and_goes_out_as_changed(written):
    client = browser_of(written.people["forestry"])
    page = text(client.get(path(written, "request")))
    letter = draft(page, "letter")
    for said in (
        "那吉镇、六合镇、亚东镇：",
        "第一条、第四条（一）",
        "阿党办发〔2024〕15号",
        ITEMS["content"],
        "每个乡镇每年20,000.00元",
        "不答复不视为同意",
    ):
        assert said in letter, said
    assert "阿荣旗林业和草原局" in letter and written.number in letter
    assert page.count("10 个工作日") == 1, "by when, and why"
    changed = letter.replace("特此函达。", "特此函达，请支持。")
    done = send(client, path(written, "request"), letter=changed, document_number="阿林草函〔2026〕7号")
    assert done.headers["Location"] == f"/cases/{written.number}/opinions/"
    kept = Round.objects.get()
    assert (kept.document_number, "请支持" in kept.letter) == ("阿林草函〔2026〕7号", True)
    assert written.state == "consulting"
    naji = text(browser_of(written.people["naji"]).get(path(written, "reply")))
    assert "请支持" in naji and "阿林草函〔2026〕7号" in naji


def test_the_number_may_be_left_out(written):
    assert send(browser_of(written.people["forestry"]), path(written, "request")).status_code == 302
    assert Round.objects.get().document_number == ""


def test_what_is_missing_leads_to_where_it_is_mended(journey):
    case = journey()
    case.open()
    client = browser_of(case.people["forestry"])
    page = text(client.get(path(case, "request")))
    assert f'href="/cases/{case.number}/write/townships/"' in page and f'href="/cases/{case.number}/write/items/"' in page
    refused = send(client, path(case, "request"), letter="我自己写的函")
    said = text(refused)
    assert refused.status_code == 422 and "一个拟承担本事项的乡镇" in said and 'href="/law/4.1/"' in said and "我自己写的函" in said
    assert f'href="/cases/{case.number}/write/townships/"' in said
    assert case.state == "drafting" and not Round.objects.exists()


def test_a_letter_written_while_a_colleague_edits_is_kept(written):
    client = browser_of(written.people["forestry"])
    page = client.get(path(written, "request"))
    written.do("forestry2", "application.edit", items={"objective": "新的目标。"})
    stale = send(client, path(written, "request"), page, letter="我写好的函")
    assert stale.status_code == 409 and "我写好的函" in text(stale) and "编写申请" in text(stale) and not Round.objects.exists()


def test_asking_again_says_whom_why_and_what_changed(journey):
    case = journey().up_to("consulting")
    case.reply("naji", answer="disagree", reason="人不够")
    case.reply("liuhe", "yadong")
    client = browser_of(case.people["forestry"])
    early = send(client, path(case, "ask_again"), letter="再问一次")
    assert early.status_code == 422 and "不得重复征求意见" in text(early) and "再问一次" in text(early)
    case.do("forestry", "application.edit", per_township={"naji": {"staffing": "另配一人。"}})
    page = text(client.get(path(case, "ask_again")))
    assert "要再征求哪些乡镇，为什么（1）" in page and "不再征求：" in page
    assert page.index("那吉镇") < page.index("不再征求：") < page.index("六合镇")
    assert "人员安排" in page and "另配一人。" in page and "上一轮征求意见以后改了这些" in page
    letter = draft(page, "letter")
    assert (
        letter.startswith("关于再次征求") and "那吉镇：" in letter and "六合镇" not in letter and "上一轮以后改动的内容：人员安排" in letter
    )
    done = send(client, path(case, "ask_again"), letter=letter)
    assert done.status_code == 302 and case.case.round == 2
    tab = text(client.get(done.headers["Location"]))
    assert "第 2 轮" in tab and "人不够" in tab and "这一轮没有再征求" in tab


def test_townships_leave_with_a_reason_that_they_read(journey):
    case = journey().up_to("consulting")
    case.reply("naji", answer="disagree", reason="人不够")
    client = browser_of(case.people["forestry"])
    assert "那吉镇 · 不同意" in text(client.get(path(case, "narrow")))
    nobody = send(client, path(case, "narrow"), reason="理由写好了")
    assert nobody.status_code == 422 and "理由写好了" in text(nobody) and 'href="#f_townships' in text(nobody)
    everybody = [case.world.key(slug) for slug in case.townships]
    all_gone = send(client, path(case, "narrow"), townships=everybody, reason="都调出")
    at_field = text(all_gone)[text(all_gone).index('name="townships"') : text(all_gone).index('id="f_reason"')]
    assert all_gone.status_code == 422 and "一个乡镇也不剩了" in at_field and "都调出" in text(all_gone)
    done = send(client, path(case, "narrow"), townships=["150721.naji"], reason="该镇没有林地")
    assert done.status_code == 302
    row = Scope.objects.get(case__number=case.number, unit=case.world.unit_id("naji"))
    assert (row.in_scope, row.left_reason) == (False, "该镇没有林地")
    own = text(browser_of(case.people["naji"]).get(f"/cases/{case.number}/opinions/"))
    assert "已调出范围" in own and "该镇没有林地" in own and "人不够" in own


def test_the_negotiated_opinion_is_made_of_the_replies(journey):
    case = journey().up_to("consulting")
    case.reply("naji", answer="agree_with_conditions", conditions=["经费三月前到位"])
    case.reply("liuhe", "yadong")
    client = browser_of(case.people["forestry"])
    waiting = text(client.get(path(case, "conclude")))
    assert "还没有协商一致的乡镇" in waiting and "?township=150721.naji" in waiting and "先由申请单位用“回应乡镇条件”" in waiting
    early = send(client, path(case, "conclude"), negotiated_opinion="我写的协商意见")
    assert early.status_code == 422 and "所附的条件还没有了结" in text(early) and "我写的协商意见" in text(early)
    case.do("forestry", "consultation.answer_conditions", township="naji", answer="二月底前拨付")
    case.do("naji", "consultation.settle_conditions", settlement="accept")
    page = text(client.get(path(case, "conclude")))
    opinion = draft(page, "negotiated_opinion")
    assert "3 个乡镇都已书面同意" in page
    for said in ("六合镇（", "亚东镇（", "条件：1.经费三月前到位", "申请单位回应：二月底前拨付", "该乡镇接受回应", "协商一致"):
        assert said in opinion, said
    done = send(client, path(case, "conclude"), negotiated_opinion=opinion + "\n另：每季会商一次。")
    assert done.status_code == 302 and case.state == "agreed"
    kept = ItemText.objects.get(case__number=case.number, item="negotiated_opinion", is_current=True)
    assert kept.text.endswith("另：每季会商一次。")


def test_an_empty_opinion_is_no_opinion(journey):
    case = journey().up_to("consulting")
    case.reply()
    page = send(browser_of(case.people["forestry"]), path(case, "conclude"), negotiated_opinion="  ")
    assert page.status_code == 422 and 'href="#f_negotiated_opinion"' in text(page) and case.state == "consulting"


@pytest.mark.parametrize("action", ["request", "ask_again", "narrow", "conclude"])
def test_three_people(journey, action):
    case = journey().up_to("consulting")
    assert browser_of(case.people["outsider"]).get(path(case, action)).status_code == 404
    assert browser_of(case.people["naji"]).get(path(case, action)).status_code == 403
    own = browser_of(case.people["forestry2"]).get(path(case, action)).status_code
    assert own == (409 if action == "request" else 200), "a colleague may; what is over is over"


def test_a_township_learns_nothing_of_the_others_from_a_page_it_may_not_use(journey):
    case = journey().up_to("consulting")
    case.reply("naji", answer="disagree", reason="那吉镇的话")
    for action in ("ask_again", "narrow", "conclude"):
        page = text(browser_of(case.people["liuhe"]).get(path(case, action)))
        assert "那吉镇" not in page, action


def test_in_english(written):
    client = browser_of(written.people["forestry"])
    client.cookies["django_language"] = "en"
    page = text(client.get(path(written, "request")))
    assert "Which townships are asked (3)" in page and "Send it and ask the townships" in page
    assert draft(page, "letter").startswith("关于征求"), "letters go out in Chinese"
