"""STACK: a word is found by its pairs of characters, in one form for all ways of writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutygate.base.search.text import Text, folded, kept, pairs, words

pytestmark = pytest.mark.law_only
WRITTEN = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


def test_width_case_and_white_space_make_no_difference():
    assert folded("ＧＰＳ 定位\n（试行）") == folded("gps　定位 (试行)") == "gps 定位 (试行)"


@given(WRITTEN)
def test_what_is_folded_once_stays_as_it_is(text):
    assert folded(folded(text)) == folded(text)


def test_a_row_is_kept_as_three_lines_whatever_stands_in_them():
    text = Text(1, "防火\n巡查", "150721-D-0001", "第一行\r\n第二行")
    assert kept(text).split("\n") == ["防火 巡查", "150721-d-0001", "第一行 第二行"]


def test_the_words_of_a_question_are_taken_once_each():
    assert words(" 燃气　安全 燃气 ") == ("燃气", "安全")
    assert words(" \n ") == ()


def test_pairs_come_in_order_once_each_and_without_white_space():
    assert pairs("防火防火 巡查") == ("防火", "火防", "巡查")
    assert pairs("火") == pairs("") == ()


@given(WRITTEN, WRITTEN, WRITTEN)
def test_a_text_that_holds_a_word_holds_all_its_pairs(before, word, after):
    for one in words(word):
        assert set(pairs(one)) <= set(pairs(folded(before) + one + folded(after)))
