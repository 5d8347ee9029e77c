"""Cases are found by words of title, number and content, by whoever may read them, from the moment in which they are written."""

from __future__ import annotations

import pytest

from dutygate.base.search.index import put, verify
from dutygate.base.search.text import Text
from dutygate.features.cases.showing import Filters, page_of_cases

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]


def found(case, who, question):
    return [row.number for row in page_of_cases(case.people[who], Filters(q=question), 10)]


def test_a_case_is_found_by_title_number_and_content(journey):
    case = journey()
    case.open(title="退耕还林面积核查")
    for question in ("退耕", "林", "核查 面积", case.number, case.number[-4:], "还林 150721"):
        assert found(case, "forestry", question) == [case.number], question
    assert found(case, "forestry", "核查面积") == found(case, "forestry", "入户") == []
    case.fill()
    assert found(case, "forestry", "入户宣传") == [case.number] and found(case, "forestry", "退耕 入户") == [case.number]
    assert found(case, "forestry", "兼职") == [], "the other items are not searched"
    assert verify() == []


def test_what_is_written_anew_is_found_and_what_it_read_is_not(journey):
    case = journey()
    case.open(title="退耕还林面积核查")
    case.fill()
    case.do("forestry", "application.edit", items={"name": "湿地候鸟保护", "content": "乡镇清点候鸟。"})
    assert found(case, "forestry", "候鸟") == found(case, "forestry", "清点") == [case.number]
    assert found(case, "forestry", "退耕") == found(case, "forestry", "入户") == []
    case.do("forestry", "application.edit", items={"objective": "退耕"})
    assert found(case, "forestry", "退耕") == [] and verify() == []


def test_what_is_added_for_one_township_alone_is_not_searched(journey):
    case = journey()
    case.open()
    case.fill(per_township={"naji": {"content": "另外登记候鸟。"}})
    assert found(case, "forestry", "候鸟") == []


def test_nobody_finds_what_she_may_not_see(journey):
    case = journey()
    case.open(title="退耕还林面积核查")
    assert found(case, "lead", "退耕") == [case.number]
    for who in ("agriculture", "naji", "outsider", "legal", "system_admin", "audit_admin"):
        assert found(case, who, "退耕") == [], who
    case.fill()
    case.request()
    assert found(case, "naji", "退耕") == [case.number] and found(case, "outsider", "退耕") == []


def test_a_row_of_the_index_alone_gives_nobody_a_case(journey):
    case = journey()
    case.open(title="退耕还林面积核查")
    put("case", [Text(4711, "退耕还林面积核查")])
    assert found(case, "forestry", "退耕") == [case.number]
    assert verify() == ["case 4711: is in the index, and there is no such row"]
