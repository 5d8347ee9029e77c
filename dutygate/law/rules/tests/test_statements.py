"""Every rule and every fork of the procedure is said in one sentence, in both languages (all articles)."""

from __future__ import annotations

import re

import pytest

from dutygate.law.procedure.table import OTHERWISE
from dutygate.law.rules import CONDITIONS, RULES
from dutygate.law.rules.statements import question_in_words, statement, statements

pytestmark = pytest.mark.law_only

CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
TERMS = ("三定",)  # what has no English word of its own


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_has_its_sentence_and_no_sentence_is_left_over(lang: str) -> None:
    assert statements(lang)["rules"].keys() == RULES.keys()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_fork_has_its_phrase_and_no_phrase_is_left_over(lang: str) -> None:
    assert statements(lang)["questions"].keys() == {*CONDITIONS, OTHERWISE}


def test_chinese_is_chinese_and_english_is_english() -> None:
    for kind in ("rules", "questions"):
        assert all(CHINESE.search(said) for said in statements("zh")[kind].values())
        for said in statements("en")[kind].values():
            for term in TERMS:
                said = said.replace(term, "")
            assert not CHINESE.search(said), said


def test_a_rule_is_one_sentence() -> None:
    assert all(said.endswith("。") and said.count("。") == 1 for said in statements("zh")["rules"].values())
    assert all(said.endswith(".") for said in statements("en")["rules"].values())


def test_they_are_found_by_name_and_an_unknown_one_shows_itself() -> None:
    assert "沉默" in statement("all_townships_answered", "zh")
    assert "silence" in statement("all_townships_answered", "en")
    assert statement("nobody_knows_it", "en") == "nobody_knows_it"
    assert question_in_words("", "zh") == ""
    assert question_in_words("last_receipt", "en") == "the last unit acknowledges"
