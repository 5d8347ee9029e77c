"""申请书 as a tab, submitted and taken back in the browser (Articles 1, 4.1, 5)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.features.application.models import WrittenApplication
from tests.journey import ITEMS, Journey
from tests.pages.signed_in import browser_of, send, text
from tests.world import create_world


@pytest.fixture
def clerk(world):
    return browser_of(world.people["forestry"])


def tab(case):
    return f"/cases/{case.number}/application/"


def act(case, action):
    return f"/cases/{case.number}/do/{action}/"


def paper(page):
    return re.search(r'<div class="paper">.*?</section>', text(page), re.DOTALL)[0]


def test_it_is_the_first_tab_and_empty_items_say_so(journey, clerk):
    case = journey()
    case.open()
    page = text(clerk.get(f"/cases/{case.number}/"))
    assert re.search(r'<nav class="tabs".*?>申请书</a>', page, re.DOTALL) and 'aria-current="page">申请书' in page
    assert paper(clerk.get(tab(case))).count("还没有填写") == 9 and "由各乡镇的书面答复形成，不用另写" in page
    assert "还没有选定法定依据" in page and "还没有选定乡镇" in page and "还没有提交" in page and "1 / 11" in page


def test_the_eleven_items_in_order_with_what_belongs_to_them(world, journey, clerk):
    case = journey().up_to("agreed")
    page = paper(clerk.get(tab(case)))
    order = re.findall(r"<dt>(\d+)\. ([^<]+)</dt>", page)
    names = "职责名称 工作目标 权责内容 法定依据 协商意见 责任分工 办事流程 完成时限 运行机制 人员安排 保障措施".split()  # noqa: SIM905
    assert order == [(str(n), name) for n, name in enumerate(names, 1)]
    for words in (
        *(ITEMS[i] for i in ITEMS),
        "各乡镇均同意",
        "20,000.00",
        "《森林防火条例》第五条",
        "待确认",
        "以乡镇的名义办",
        "入户宣传须由",
    ):
        assert words in page, words
    assert "11 / 11" in page and "那吉镇、六合镇、亚东镇" in page and "还没有填写" not in page


def test_a_township_reads_the_common_text_and_its_own_additions_only(world, journey):
    case = journey()
    case.open()
    added = {world.key(slug): {"division": f"只对{slug}"} for slug in ("naji", "liuhe")}
    case.fill(per_township=added)
    case.request()
    page = paper(browser_of(world.people["naji"]).get(tab(case)))
    assert ITEMS["content"] in page and "只对naji" in page and "只对liuhe" not in page
    assert "六合镇" not in page and "答复齐以前，这里只列出本乡镇" in page
    both = paper(browser_of(world.people["lead"]).get(tab(case)))
    assert "只对naji" in both and "只对liuhe" in both
    assert browser_of(world.people["outsider"]).get(tab(case)).status_code == 404


def test_who_may_edit_finds_the_way_there_and_nobody_else(world, journey, clerk):
    case = journey().up_to("consulting")
    assert f'href="/cases/{case.number}/write/items/"' in paper(clerk.get(tab(case)))
    for who in ("naji", "lead"):
        assert "/write/" not in paper(browser_of(world.people[who]).get(tab(case)))


def test_it_is_submitted_with_day_and_number(world, journey, clerk):
    case = journey().up_to("agreed")
    page = clerk.get(act(case, "application.submit"))
    assert text(page).count("已写") == 11 and f'value="{world.today.isoformat()}"' in text(page)
    done = send(clerk, act(case, "application.submit"), page, signed_on=world.today.isoformat(), document_number="阿林草发〔2026〕9号")
    assert (done.status_code, done.headers["Location"], case.state) == (302, tab(case), "applied")
    row = paper(clerk.get(tab(case)))
    assert "阿林草发〔2026〕9号" in row and "没有撤回" in row


def test_a_day_to_come_is_told_at_its_field(journey, clerk):
    case = journey().up_to("agreed")
    page = f"/cases/{case.number}/do/application.submit/"
    answer = send(clerk, page, signed_on=str(case.world.today + timedelta(days=1)), document_number="阿林〔2026〕8号")
    assert answer.status_code == 422 and "签署日期不能晚于今天" in text(answer) and "阿林〔2026〕8号" in text(answer)
    assert case.state == "agreed"


def test_without_a_day_it_is_not_submitted_and_the_number_stays(journey, clerk):
    case = journey().up_to("agreed")
    back = send(clerk, act(case, "application.submit"), signed_on="", document_number="阿林草发〔2026〕9号")
    assert back.status_code == 422 and "阿林草发〔2026〕9号" in text(back) and case.state == "agreed"


def test_what_is_missing_is_said_before_and_refused_with_its_article(journey, clerk):
    case = journey()
    case.open(necessity="")
    for step in (case.fill, case.request, case.reply, case.conclude):
        step()
    page = clerk.get(act(case, "application.submit"))
    assert "这一步现在还缺" in text(page) and "还没有说明为什么确需由乡镇承担" in text(page)
    back = send(clerk, act(case, "application.submit"), page, signed_on="2026-11-26", document_number="阿林草发〔2026〕9号")
    assert back.status_code == 422 and "还没有说明为什么确需由乡镇承担" in text(back) and "第一条" in text(back)
    assert "阿林草发〔2026〕9号" in text(back) and not WrittenApplication.objects.exists()


def test_it_is_taken_back_until_it_is_accepted(world, journey, clerk):
    case = journey().up_to("applied")
    done = send(clerk, act(case, "application.take_back"), reason="补一个附件")
    assert (done.status_code, done.headers["Location"], case.state) == (302, tab(case), "agreed")
    assert "没有撤回" not in paper(clerk.get(tab(case)))
    case.submit()
    mine = clerk.get(act(case, "application.take_back"))
    case.accept()
    back = send(clerk, act(case, "application.take_back"), mine, reason="又想撤回")
    assert back.status_code == 409 and "又想撤回" in text(back) and case.state == "reviewing"
    assert clerk.get(act(case, "application.take_back")).status_code == 409


@pytest.mark.parametrize("who", ["forestry2", "naji", "lead"])
def test_only_the_applicant_submits(world, journey, who):
    case = journey().up_to("agreed")
    page = browser_of(world.people[who]).get(act(case, "application.submit"))
    assert page.status_code == (200 if who == "forestry2" else 403)


def test_in_english_only_what_people_wrote_is_chinese(journey, clerk):
    case = journey().up_to("applied")
    clerk.cookies["django_language"] = "en"
    visible = re.sub(r"<[^>]+>", " ", paper(clerk.get(tab(case))))
    written = [*ITEMS.values(), "各乡镇均同意，经费按年拨付。", "《森林防火条例》第五条", "国务院", "林草防火宣传", "阿荣旗林业和草原局"]
    written += ["那吉镇", "六合镇", "亚东镇", "每年一月底前拨付", "指定联系人", "已有省级网络课程，乡镇同意不另行培训"]
    written += ["以乡镇名义宣传，由旗林草局答复投诉", "入户宣传须由熟悉各村情况的乡镇承担", "阿林草发〔2026〕1号"]
    for words in written:
        visible = visible.replace(words, "")
    assert re.findall(r"[\u4e00-\u9fff]+", visible) == []


def counted(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_statements_do_not_grow_with_townships_or_cases(db):
    world = create_world(9)
    few = Journey(world, townships=world.townships[:2]).up_to("agreed")
    Journey(world).open(title="林草防火宣传")  # something that is like it, and is shown beside it
    clerk = browser_of(world.people["forestry"])
    before = [counted(clerk, path) for path in (tab(few), act(few, "application.submit"))]
    many = Journey(world).up_to("agreed")
    for n in range(5):
        Journey(world).open(title=f"另一件事 {n}")
    assert [counted(clerk, path) for path in (tab(many), act(many, "application.submit"))] == before
    assert max(before) <= 39, before
