"""帮助: every action, state and provision has its topic in both languages; each step's page leads to it (all articles)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import escape

from dutygate.base.actions.forms import ACT_FORMS
from dutygate.features.editions.helping import LANGUAGES, topics
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules.wording import catalogue
from tests.pages.signed_in import browser_of, text

pytestmark = pytest.mark.page
EDITIONS = [edition for edition in package_editions().values() if edition.procedure]
ROLES = {"department", "township", "lead", "seats", "offices", "city", "administrators", "oversight"}
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_every_action_state_and_provision_has_its_topic(edition, lang):
    procedure = procedure_of(edition)
    found = {kind: {t.name for t in topics(lang).values() if t.kind == kind} for kind in ("actions", "states", "articles", "roles")}
    assert set(procedure.names()) - found["actions"] == set()
    assert set(procedure.states) - found["states"] == set()
    assert set(edition.provisions) - found["articles"] == set()
    assert found["roles"] == ROLES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_topic_is_about_what_no_edition_has(lang):
    known = {name for edition in EDITIONS for name in procedure_of(edition).names()}
    states = {name for edition in EDITIONS for name in procedure_of(edition).states}
    provisions = {name for edition in EDITIONS for name in edition.provisions}
    for topic in topics(lang).values():
        assert topic.name in {"actions": known, "states": states, "articles": provisions}.get(topic.kind, {topic.name})


def test_both_languages_have_the_same_topics_in_the_same_order():
    zh, en = (list(topics(lang)) for lang in LANGUAGES)
    assert zh == en


def test_topics_are_short_plain_and_in_their_language():
    for topic in topics("zh").values():
        whole = "".join((*topic.text, *topic.wrong))
        assert CHINESE.search(whole) and len(whole) < 400, topic.id
        assert all(paragraph.endswith(("。", "。）")) for paragraph in (*topic.text, *topic.wrong)), topic.id
    for topic in topics("en").values():
        whole = "".join((topic.title, *topic.text, *topic.wrong))
        assert not CHINESE.search(whole.replace("三定", "")), topic.id
        assert all(paragraph.endswith((".", "?")) for paragraph in (*topic.text, *topic.wrong)), topic.id
    for lang in LANGUAGES:
        for topic in topics(lang).values():
            sentences = len(re.findall(r"[。？！]|[.?!](?:\s|$)", " ".join((*topic.text, *topic.wrong))))
            assert topic.kind in ("roles", "general") or 1 <= sentences <= 8, topic.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_topic_opens(db, lang):
    client = Client()
    client.cookies["django_language"] = "en" if lang == "en" else "zh-hans"
    for topic in topics(lang).values():
        page = text(client.get(f"/help/{topic.id}/"))
        assert all(escape(paragraph) in page for paragraph in topic.text), topic.id


def test_a_step_says_who_by_when_and_under_which_rules(db):
    page = text(Client().get("/help/consultation.reply/"))
    for said in (
        "被征求意见的乡镇",
        "常态化 10 个工作日",
        "未设定，使用缺省值",
        "不同意要说明理由，附条件要写明条件。",
        "不答复不等于同意",
    ):
        assert said in page
    assert "没有规定时限" in text(Client().get("/help/case.withdraw/"))
    office = text(Client().get("/help/unit.create/"))
    assert "系统管理员" in office and "不改变办件的状态" in office


def test_a_state_says_where_it_goes_from_there(db):
    page = text(Client().get("/help/state-applied/"))
    assert "受理" in page and "审核中" in page and 'href="/help/review.accept/"' in page
    assert "没有下一步" in text(Client().get("/help/state-done/"))


def test_what_is_looked_for_is_found_by_its_words(db):
    found = text(Client().get("/help/", {"q": "高对比度"}))
    assert 'href="/help/large/"' in found and 'href="/help/review.assess/"' not in found
    nothing = text(Client().get("/help/", {"q": "没有这个词吧"}))
    assert "没有找到" in nothing and "牵头单位" in nothing
    assert "&lt;b&gt;" in text(Client().get("/help/", {"q": "<b>"}))


def test_every_form_of_a_step_leads_to_its_help():
    known = topics("zh")
    assert {name for name in ACT_FORMS if name in {n for e in EDITIONS for n in procedure_of(e).names()}} <= known.keys()


def test_the_page_of_a_step_leads_to_its_help_in_a_window_of_its_own(world, journey):
    trip = journey().up_to("drafting")
    page = text(browser_of(world.people["forestry"]).get(f"/cases/{trip.number}/do/case.withdraw/"))
    assert '<a href="/help/case.withdraw/" target="_blank" rel="noopener">这一步怎么办' in page
    opening = text(browser_of(world.people["forestry"]).get("/cases/new/"))
    assert 'href="/help/case.open/"' in opening


def test_names_in_the_help_are_those_of_the_screen():
    """Where a text names an action in quotation marks, there is an action, a tab or a button of that name."""
    named = {label.zh for edition in EDITIONS for label in procedure_of(edition).labels.values()}
    others = {
        "新建",
        "办件",
        "待办",
        "工作台",
        "草稿",
        "存草稿",
        "换岗位",
        "退出",
        "跳到正文",
        "大字",
        "高对比度",
        "协商意见",
        "未反馈",
        "无意见",
        "线索",
        "填申请",
    }
    others |= {
        "这一步怎么办",
        "现在可以做",
        "还差什么，轮到谁",
        "准入",
        "适合纸张",
        "暂按周末推算",
        *catalogue("zh").names["field"].values(),
    }
    for topic in topics("zh").values():
        for quoted in re.findall(r"“([^”]+)”", "".join((*topic.text, *topic.wrong))):
            assert quoted in named | others, (topic.id, quoted)
