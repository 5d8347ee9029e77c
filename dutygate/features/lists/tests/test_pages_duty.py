"""第一条、第四条、第五条: one duty on a page: who has it, from which case, what was promised, on what it rests."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from dutygate.features.lists.models import Duty, DutyRevision, ListEntry
from tests.journey import ITEMS, Journey
from tests.pages.signed_in import browser_of, text

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
PAGE = "/duties/150721-D-0001/"


def said_to(case: Journey, role: str) -> str:
    return text(browser_of(case.people[role]).get(PAGE))


def test_it_says_who_leads_who_has_it_and_what_was_promised(journey: Start) -> None:
    case = journey().up_to("done")
    Duty.objects.update(co_leads=["150721.finance"])
    said = said_to(case, "naji")
    assert "林草防火宣传" in said and "阿荣旗林业和草原局</a> （牵头）" in said and "阿荣旗财政局" in said
    assert "那吉镇</a>、<a" in said and "六合镇" in said and "亚东镇" in said and "霍尔奇镇" not in said
    assert "20,000.00" in said and "工作经费" in said and "每个乡镇" in said
    assert "<strong>不需要</strong> 已有省级网络课程" in said
    assert "《森林防火条例》第五条" in said and "行政法规" in said and "国务院" in said
    for text_of_item in ITEMS.values():
        assert text_of_item in said
    assert all(f'href="/law/{provision}/"' in said for provision in ("1", "4.1", "4.3", "4.5", "5"))


def test_the_case_and_the_notice_only_for_whoever_may_see_the_case(journey: Start) -> None:
    case = journey().up_to("done")
    link, number = f'href="/cases/{case.number}/"', case.case.number
    for role in ("forestry", "naji", "lead", "legal", "government", "city"):
        assert link in said_to(case, role), role
    for role in ("outsider", "finance2" if "finance2" in case.people else "water"):
        said = said_to(case, role)
        assert link not in said and number not in said and "书面告知" not in said, role
        assert Duty.objects.get().document_number in said, "the decision's number is on the list itself"
    assert "书面告知" in said_to(case, "naji") and "阿测〔" in said_to(case, "naji")


def test_townships_stand_together_where_their_days_are_the_same(journey: Start) -> None:
    case = journey().up_to("done")
    later = case.world.today + timedelta(days=30)
    ListEntry.objects.filter(township=case.world.unit_id("yadong")).update(valid_from=later)
    ListEntry.objects.filter(township=case.world.unit_id("liuhe")).update(
        valid_from=case.world.today - timedelta(days=9), valid_to=case.world.today
    )
    said = said_to(case, "lead")
    spans = re.findall(r'<tr><td data-label="乡镇（苏木、街道）">(.*?)</td>.*?data-label="今天"[^>]*>([^<]+)</td></tr>', said)
    assert [(re.findall(r">([^<]+)</a>", who), holds) for who, holds in spans] == [
        (["六合镇"], "已经结束"),
        (["那吉镇"], "有效"),
        (["亚东镇"], "还没有开始"),
    ]


def test_a_basis_says_whether_it_is_in_force_today(journey: Start) -> None:
    case = journey().up_to("done")
    today = case.world.today
    basis = {"kind": "rule", "issuer": "", "document_number": "令第1号", "article": ""}
    days = {
        "已失效规定": (today - timedelta(days=99), today),
        "未施行规定": (today + timedelta(days=1), None),
        "现行规定": (today, None),
        "没有日期的规定": (None, None),
    }
    bases = [
        {**basis, "title": title, "in_force_from": start and start.isoformat(), "in_force_to": end and end.isoformat()}
        for title, (start, end) in days.items()
    ]
    DutyRevision.objects.update(bases=bases)
    said = said_to(case, "lead")
    found = dict(re.findall(r'data-label="依据">《(.*?)》（令第1号）</td>.*?data-label="今天"[^>]*>(?:<strong>)?([^<]+)<', said))
    assert found == {"已失效规定": "已经失效", "未施行规定": "还没有施行", "现行规定": "有效", "没有日期的规定": "请核对"}


def test_what_holds_in_one_township_only_and_earlier_text_are_shown(journey: Start) -> None:
    case = journey().up_to("done")
    first = DutyRevision.objects.get()
    DutyRevision.objects.update(additions={"150721.liuhe": {"staffing": "六合镇另加一人"}})
    DutyRevision.objects.create(
        id=first.id + 1,
        jurisdiction_id=first.jurisdiction_id,
        duty=first.duty,
        revision=2,
        items={"content": "新的内容"},
        recorded_at=first.recorded_at,
    )
    said = said_to(case, "naji")
    now, before = said.split("以前的内容，版次")
    assert "新的内容" in now and ITEMS["content"] not in now and "版次 2" in now
    assert ITEMS["content"] in before and "只适用于 六合镇" in before and "六合镇另加一人" in before
    assert "申请里没有逐条列出" in now and "申请里没有逐项写明" in now


def test_a_temporary_duty_says_that_it_is_beside_the_list(journey: Start) -> None:
    case = journey().up_to("done", "temporary")
    said = said_to(case, "naji")
    assert "列在清单旁，不属于清单" in said and "阶段性任务" in said and "长期" not in said


def test_the_page_is_well_formed_for_everybody(journey: Start) -> None:
    case = journey().up_to("done")
    for path in (PAGE, "/lists/all/", "/lists/150721.naji/", "/lists/department/150721.forestry/"):
        said = text(browser_of(case.people["lead"]).get(path))
        ids = re.findall(r'\bid="([^"]+)"', said)
        assert len(ids) == len(set(ids)), path
        assert said.count("<h1") == 1 and " style=" not in said and not re.search(r"\son\w+=", said), path
        assert set(re.findall(r'<label[^>]* for="([^"]+)"', said)) <= set(ids), path
        assert len(re.findall(r"<(?:input|select)(?![^>]*hidden)[^>]*>", said)) <= said.count("<label"), path
