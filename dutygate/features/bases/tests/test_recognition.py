"""Articles 1, 4.1: one law under two spellings is one basis; two different ones never are."""

from __future__ import annotations

import pytest

from dutygate.features.bases.recognition import article_key, number_key, title_key

pytestmark = pytest.mark.law_only


@pytest.mark.parametrize(
    "spelling",
    [
        "中华人民共和国防沙治沙法",
        "《中华人民共和国防沙治沙法》",
        "防沙治沙法",
        "《防沙治沙法》",
        " 中华人民共和国 防沙治沙法 ",
        "〈防沙治沙法〉",
        "《中华人民共和国防沙治沙法》（2018修正）",
        "中华人民共和国防沙治沙法（2018年修正）",
        "中华人民共和国防沙治沙法(2018年修订本)",
        "防沙治沙法（第二次修正）",
    ],
)
def test_spellings_of_one_title_have_one_key(spelling):
    assert title_key(spelling) == title_key("中华人民共和国防沙治沙法") == "防沙治沙法"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("草原法", "草原防火条例"),
        ("内蒙古自治区草原条例", "草原条例"),
        ("森林法", "森林法实施条例"),
        ("关于做好春耕工作的通知", "关于做好秋收工作的通知"),
        ("阿荣旗人民政府办公室（三定）规定", "阿荣旗人民政府办公室规定"),
    ],
)
def test_different_titles_stay_different(one, other):
    assert title_key(one) != title_key(other)


def test_a_title_that_is_only_the_state_keeps_something():
    assert title_key("中华人民共和国") == "中华人民共和国"
    assert title_key("ＡＢＣ通知") == title_key("abc通知")


@pytest.mark.parametrize("spelling", ["第三十六条", "第36条", "第３６条", "三十六", "36", "第三六条", " 第三十六 条 "])
def test_spellings_of_one_article_have_one_key(spelling):
    assert article_key(spelling) == "36条"


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("第三十六条第二款", "36条2款"),
        ("第三十六条第（二）项", "36条2项"),
        ("第十条", "10条"),
        ("第一百零五条", "105条"),
        ("第二千条", "2000条"),
        ("第二十条之一", "20条之一"),
        ("", ""),
        ("总则", "总则"),
        ("፩", "፩"),
    ],
)
def test_articles(spelling, key):
    assert article_key(spelling) == key


def test_document_numbers_are_compared_without_their_brackets():
    assert number_key("阿政发〔2024〕15号") == number_key("阿政发[2024]15号") == number_key("阿政发（2024）15 号")
    assert number_key("阿政发〔2024〕15号") != number_key("阿政发〔2024〕16号")
