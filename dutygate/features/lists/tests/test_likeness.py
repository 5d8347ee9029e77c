"""相近: nobody compares each with each, and nothing that is alike is missed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutygate.features.lists.importing.columns import NATIONAL, find_heading, guess
from dutygate.features.lists.importing.likeness import ALIKE, alike, pairs
from dutygate.features.lists.importing.rows import matter_key

pytestmark = pytest.mark.law_only
TITLES = st.text("防火宣传巡查秸秆禁烧", min_size=1, max_size=9)


def brute(keys: list[str], known: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    seen = list(dict.fromkeys(known))
    for key in dict.fromkeys(keys):
        scores = [len(pairs(key) & pairs(other)) / len(pairs(key) | pairs(other)) for other in seen if other != key]
        if scores and max(scores) >= ALIKE:
            found[key] = max(scores)
        seen.append(key)
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(TITLES, max_size=12), st.lists(TITLES, max_size=12))
def test_it_finds_what_comparing_each_with_each_finds(keys: list[str], known: list[str]) -> None:
    assert {key: score for key, (_other, score) in alike(keys, known).items()} == brute(keys, known)


def test_spellings_of_one_matter_have_one_key() -> None:
    assert matter_key("森林（草原）防火 宣传") == matter_key("森林(草原)防火宣传") == matter_key("森林、草原防火宣传。")
    assert matter_key("森林防火宣传") != matter_key("森林防火巡查")


def test_the_national_headings_are_known_with_blanks_and_brackets() -> None:
    said = {
        "basic": ["序 号", "类 别", "事项名称"],
        "cooperative": ["序号", "类别", "配合履职事项名称（全称）", "对应上级部门", "上级部门职责", "乡镇（街道）配合职责"],
        "taken_back": ["序号", "事项类别", "事项名称", "承接部门", "工作方式"],
    }
    assert set(guess(said["basic"])) == set(NATIONAL["basic"])
    assert set(guess(said["taken_back"])) == set(NATIONAL["taken_back"])
    found = guess([cell.replace("配合履职", "") for cell in said["cooperative"]])
    assert set(found) == set(NATIONAL["cooperative"]) and found["township_duties"] == 5


def test_a_heading_below_a_title_is_found() -> None:
    heading = find_heading([(1, ("那吉镇配合履职事项清单",)), (3, ("序号", "类别", "事项名称")), (4, ("1", "党的建设", "宣传"))])
    assert heading is not None and heading.number == 3 and heading.columns == {"ordinal": 0, "category": 1, "title": 2}
