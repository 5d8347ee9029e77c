"""第四条（一）: a township answers on one page; what it typed is never lost, and silence, conditions and papers stay what they are."""

from __future__ import annotations

import re

import pytest

from dutygate.features.application.models import Condition, Opinion, Scope
from tests.journey import Journey
from tests.pages.signed_in import browser_of, hidden, send, text


@pytest.fixture
def asked(journey) -> Journey:
    """Three townships asked; 那吉镇 gets more money and a man of its own."""
    case = journey()
    case.open()
    case.fill(
        per_township={"naji": {"staffing": "那吉镇另配护林员一名。"}},
        safeguards=(
            {"kind": "funding", "needed": True, "amount_fen": 2_000_000, "note": "每年一月底前拨付"},
            {"kind": "funding", "needed": True, "amount_fen": 512_345, "note": "面积大，另补", "township": "naji"},
            {"kind": "technical", "needed": True, "note": "指定联系人"},
            {"kind": "training", "needed": False, "note": "已有省级网络课程"},
        ),
    )
    case.request()
    return case


def path(case: Journey, action: str = "consultation.reply", query: str = "") -> str:
    return f"/cases/{case.number}/do/{action}/{query}"


def page_of(case: Journey, role: str, action: str = "consultation.reply", query: str = "") -> str:
    return text(browser_of(case.people[role]).get(path(case, action, query)))


def standing(case: Journey, slug: str) -> Scope:
    return Scope.objects.get(case__number=case.number, unit=case.world.unit_id(slug))


def test_the_matter_is_on_one_page(asked):
    page = page_of(asked, "naji")
    for said in (
        "阿荣旗林业和草原局",  # who asks
        "乡镇在防火期内张贴公告",  # what
        "交由",
        "以乡镇名义宣传，由旗林草局答复投诉",  # in whose name
        "20,000.00",
        "已有省级网络课程",  # none needed, with the reason
        "没有截止日期",
        "《森林防火条例》",
        "不答复不等于同意",
        "清单上现在没有准入事项",  # what it carries
        "10 个工作日",
    ):
        assert said in page, said
    assert "那吉镇另配护林员一名" in page and "只对那吉镇" in page and "5,123.45" in page


def test_what_holds_for_another_township_only_is_not_shown(asked):
    page = page_of(asked, "liuhe")
    assert "那吉镇另配护林员一名" not in page and "5,123.45" not in page and "只对" not in page


def test_what_the_township_carries_already_is_listed(journey):
    journey(townships=("naji", "liuhe")).up_to("done")
    later = journey("agriculture").up_to("consulting")
    page = page_of(later, "naji")
    assert "清单上共 1 项，其中阶段性、临时性任务 0 项" in page
    carried = page[page.index('class="carried"') :]
    assert "林草防火宣传" in carried and "阿荣旗林业和草原局" in carried
    assert "清单上现在没有准入事项" in page_of(later, "yadong")


def test_a_reply_is_given_and_one_is_back_at_the_opinions(asked):
    client = browser_of(asked.people["naji"])
    done = send(client, path(asked), answer="agree", reason="同意。")
    assert (done.status_code, done.headers["Location"]) == (302, f"/cases/{asked.number}/opinions/")
    opinion = Opinion.objects.get()
    assert (opinion.answer, opinion.reason, opinion.entered_by_unit) == ("agree", "同意。", asked.world.unit_id("naji"))
    assert "已办：答复征求意见" in text(client.get(done.headers["Location"]))


def test_conditions_are_numbered_rows(asked):
    client = browser_of(asked.people["naji"])
    rows = {"condition_1": "经费三月前到位", "condition_2": "  ", "condition_3": "配宣传车一辆"}
    send(client, path(asked), answer="agree_with_conditions", **rows)
    assert list(Condition.objects.order_by("ordinal").values_list("text", flat=True)) == ["经费三月前到位", "配宣传车一辆"]
    assert standing(asked, "naji").condition == "open"


def test_more_rows_without_a_script_and_nothing_typed_is_lost(asked):
    client = browser_of(asked.people["naji"])
    page = client.get(path(asked))
    assert 'name="condition_3"' in text(page) and 'name="condition_4"' not in text(page)
    full = {"answer": "agree_with_conditions", "reason": "写到一半", **{f"condition_{n}": f"第{n}条" for n in (1, 2, 3)}}
    again = send(client, path(asked), page, "again", **full)
    assert again.status_code == 200 and 'name="condition_4"' in text(again)
    assert (
        "写到一半" in text(again)
        and "第3条</textarea>" in text(again)
        and re.search(r'value="agree_with_conditions"[^>]*checked', text(again))
    )
    empty = {f"condition_{n}": "" for n in (1, 2, 3, 4)}
    assert 'name="condition_5"' in text(send(client, path(asked), again, "again", **empty)), "one more even when none is filled"
    assert not Opinion.objects.exists()


def at(page: str, name: str) -> str:
    """The part of the page where this field stands."""
    return re.split(r'<(?:div class="field|fieldset class="rows|section)', page[page.index(f'id="f_{name}"') :])[0]


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"answer": "disagree"}, "reason", "没有写理由"),
        ({"answer": "agree_with_conditions"}, "condition_1", "没有写明是什么条件"),
        ({"answer": "agree", "condition_1": "多给经费"}, "answer", "选的却不是“附条件同意”"),
        ({}, "answer", "必填"),
    ],
)
def test_a_refusal_stands_at_its_field_and_the_text_is_kept(asked, given, field, said):
    client = browser_of(asked.people["naji"])
    page = send(client, path(asked), document_number="那政函〔2026〕3号", **given)
    whole = text(page)
    assert page.status_code == 422 and not Opinion.objects.exists()
    assert said in at(whole, field)
    assert f'href="#f_{field}' in whole, "the summary leads there"
    for value in (*given.values(), "那政函〔2026〕3号"):
        assert value in whole
    if field in ("reason", "condition_1"):
        assert 'href="/law/4.1/"' in at(whole, field)


def test_an_answer_twice_is_refused_and_leads_to_the_change(asked):
    client = browser_of(asked.people["naji"])
    page = client.get(path(asked))
    asked.reply("naji")
    assert "变更答复" in page_of(asked, "naji") and "已经答复过" in page_of(asked, "naji")
    late = send(client, path(asked), page, answer="disagree", reason="想改")
    assert late.status_code == 409 and "想改" in text(late) and "consultation.change_reply" in text(late)
    assert Opinion.objects.count() == 1


def test_changed_meanwhile_the_township_sees_what_and_keeps_its_words(asked):
    client = browser_of(asked.people["naji"])
    page = client.get(path(asked))
    asked.do("forestry", "application.edit", items={"time_limit": "每年三月十五日至六月十五日。"})
    stale = send(client, path(asked), page, answer="disagree", reason="时间太长，人手不够")
    said = text(stale)
    assert stale.status_code == 409 and not Opinion.objects.exists()
    assert "刚才没有提交" in said and "编写申请" in said
    changed = said[said.index('id="changed-title"') : said.index('id="matter-title"')]
    assert "您打开这一页以后" in changed and "完成时限" in changed
    assert "每年三月十五日至六月十五日。" in changed and "每年春秋两季防火期内。" in changed, "now, and before"
    assert "权责内容" not in changed
    assert "时间太长，人手不够" in said and re.search(r'value="disagree"[^>]*checked', said)
    assert send(client, path(asked), stale, answer="disagree", reason="时间太长，人手不够").status_code == 302


def test_what_the_case_row_carries_is_told_too(asked):
    client = browser_of(asked.people["naji"])
    page = client.get(path(asked))
    asked.do("forestry", "application.edit", mode="entrust", acts_in_name_of="以旗林草局名义")
    said = text(send(client, path(asked), page, answer="agree"))
    changed = said[said.index('id="changed-title"') : said.index('id="matter-title"')]
    assert "委托还是交由" in changed and "以旗林草局名义" in changed and "以乡镇名义宣传，由旗林草局答复投诉" in changed


def test_the_letter_reads_as_it_is_filled_in(asked):
    client = browser_of(asked.people["naji"])
    page = client.get(path(asked))
    assert "选了答复，这里就有复函的样子" in text(page)
    given = {"answer": "agree_with_conditions", "condition_1": "经费三月前到位", "reason": "人手紧"}
    tried = send(client, path(asked), page, "check", **given)
    letter = text(tried)[text(tried).index('id="letter-text"') :]
    for said in (
        "关于“林草防火宣传”准入意见的复函",
        "阿荣旗林业和草原局：",
        "阿林草函〔2026〕1号",
        "（1）经费三月前到位",
        "说明：人手紧",
        "那吉镇",
    ):
        assert said in letter, said
    part = client.post(path(asked), {**hidden(page), "_intent": "check", **given}, headers={"HX-Request": "true"})
    assert 'id="reply-letter" hx-swap-oob="true"' in text(part) and "（1）经费三月前到位" in text(part) and "<html" not in text(part)
    assert not Opinion.objects.exists()


def test_from_paper_number_date_and_scan_are_a_must_and_it_is_the_townships(asked):
    for role in ("forestry", "lead"):
        page = page_of(asked, role, query="?for=150721.naji")
        assert "代录" in page and "那吉镇另配护林员一名" in page, role
    client = browser_of(asked.people["forestry"])
    where = path(asked, query="?for=150721.naji")
    bare = send(client, where, answer="agree")
    assert bare.status_code == 422 and "代录必须附扫描件" in text(bare) and not Opinion.objects.exists()
    scan = asked.scan("forestry")
    done = send(client, where, bare, answer="agree", document_number="那政函〔2026〕9号", signed_on="2026-03-02", scan=scan)
    assert done.status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.unit_id, opinion.document_number) == (asked.world.unit_id("naji"), "那政函〔2026〕9号")
    assert standing(asked, "naji").paper == "unchecked"
    assert "复函的样子" not in text(client.get(path(asked, query="?for=150721.liuhe"))), "the letter is there already"


def test_who_comes_without_a_township_chooses_one(asked):
    asked.reply("liuhe")
    answer = browser_of(asked.people["forestry"]).get(path(asked))
    page = text(answer)
    assert answer.status_code == 200
    assert "?for=150721.naji" in page and "?for=150721.yadong" in page and "?for=150721.liuhe" not in page
    assert "?for=150721.liuhe" in page_of(asked, "forestry", "consultation.change_reply")


def test_three_people(asked):
    assert browser_of(asked.people["naji2"]).get(path(asked)).status_code == 200
    assert browser_of(asked.people["outsider"]).get(path(asked)).status_code == 404
    assert browser_of(asked.people["agriculture"]).get(path(asked)).status_code == 404
    other = browser_of(asked.people["liuhe"]).get(path(asked, query="?for=150721.naji"))
    assert "那吉镇另配护林员一名" not in text(other), "a township enters nobody's paper"


def test_another_townships_paper_page_gives_nothing_away(asked):
    asked.reply("naji", answer="disagree", reason="那吉镇的话")
    for action in ("consultation.reply", "consultation.change_reply", "consultation.settle_conditions"):
        page = page_of(asked, "liuhe", action, "?for=150721.naji")
        assert "那吉镇的话" not in page, action


def test_a_changed_reply_begins_with_the_present_one_and_keeps_the_earlier(asked):
    asked.reply("naji", answer="agree_with_conditions", reason="先说一句", conditions=["经费三月前到位", "配车"])
    client = browser_of(asked.people["naji"])
    page = client.get(path(asked, "consultation.change_reply"))
    said = text(page)
    assert re.search(r'value="agree_with_conditions"[^>]*checked', said)
    assert "先说一句</textarea>" in said and "经费三月前到位</textarea>" in said and "配车</textarea>" in said
    assert "看以前的答复（1）" in said
    done = send(client, path(asked, "consultation.change_reply"), page, answer="disagree", reason="人不够")
    assert done.headers["Location"] == f"/cases/{asked.number}/opinions/"
    assert list(Opinion.objects.order_by("ordinal").values_list("answer", flat=True)) == ["agree_with_conditions", "disagree"]
    tab = text(client.get(done.headers["Location"]))
    assert "人不够" in tab and "这一轮以前的答复（1）" in tab and "先说一句" in tab


def test_a_change_needs_an_answer_and_a_reason(asked):
    client = browser_of(asked.people["naji"])
    assert "还没有答复" in text(client.get(path(asked, "consultation.change_reply")))
    asked.reply("naji")
    page = send(client, path(asked, "consultation.change_reply"), answer="disagree", reason="")
    assert page.status_code == 422 and "没有写理由" in at(text(page), "reason") and Opinion.objects.count() == 1


def test_after_a_change_of_the_text_the_next_answer_shows_it(asked):
    asked.reply("naji")
    asked.do("forestry", "application.edit", items={"objective": "新的目标。"})
    asked.do("forestry", "consultation.ask_again")
    page = page_of(asked, "naji")
    changed = page[page.index('id="changed-title"') : page.index('id="matter-title"')]
    assert "上次答复以后改了这些" in changed and "新的目标。" in changed and "把林草防火宣传送到户" in changed


def test_in_english(asked):
    client = browser_of(asked.people["naji"])
    client.cookies["django_language"] = "en"
    page = text(client.get(path(asked)))
    for said in (
        "First the matter",
        "Silence is not consent",
        "for 那吉镇 only",
        "Then choose an answer",
        "10 working days",
        "version 2 of the text",
    ):
        assert said in page, said
    send(client, path(asked), answer="agree_with_conditions", condition_1="经费")
    assert "Agrees with conditions; the applicant has to answer them" in text(client.get(f"/cases/{asked.number}/opinions/"))
