"""Every rule and every fork of the procedure is said in one sentence, in both languages (all articles)."""

from __future__ import annotations

import re

import pytest

from dutygate.law.procedure.table import OTHERWISE, SAME, procedure_of
from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules import CONDITIONS, RULES
from dutygate.law.rules.statements import question_in_words, statement, statements

pytestmark = pytest.mark.law_only

# Where "in all other cases" leads out of a state: such a way may have words of its own.
LEFT_TO = {
    target
    for edition in package_editions().values()
    if edition.procedure
    for rows in procedure_of(edition).rows.values()
    for row in rows
    for question, target in row.to
    if question == OTHERWISE and len(row.to) > 1 and target != SAME
}
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
TERMS = ("三定",)  # what has no English word of its own


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_has_its_sentence_and_no_sentence_is_left_over(lang: str) -> None:
    assert statements(lang)["rules"].keys() == RULES.keys()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_fork_has_its_phrase_and_no_phrase_is_left_over(lang: str) -> None:
    said = statements(lang)["questions"].keys()
    assert {name for name in said if not name.startswith(f"{OTHERWISE}_")} == {*CONDITIONS, OTHERWISE}
    assert {name.removeprefix(f"{OTHERWISE}_") for name in said - {*CONDITIONS, OTHERWISE}} <= LEFT_TO


def test_chinese_is_chinese_and_english_is_english() -> None:
    for kind in ("rules", "questions", "diagram"):
        assert all(CHINESE.search(said) for said in statements("zh")[kind].values())
        for said in statements("en")[kind].values():
            for term in TERMS:
                said = said.replace(term, "")
            assert not CHINESE.search(said), said


def test_the_diagram_has_the_same_words_in_both() -> None:
    assert statements("zh")["diagram"].keys() == statements("en")["diagram"].keys()
    for name, said in statements("zh")["diagram"].items():
        assert said.count("{}") == statements("en")["diagram"][name].count("{}")


def test_a_rule_is_one_sentence() -> None:
    assert all(said.endswith("。") and said.count("。") == 1 for said in statements("zh")["rules"].values())
    assert all(said.endswith(".") for said in statements("en")["rules"].values())


def test_they_are_found_by_name_and_an_unknown_one_shows_itself() -> None:
    assert "沉默" in statement("all_townships_answered", "zh")
    assert "silence" in statement("all_townships_answered", "en")
    assert statement("nobody_knows_it", "en") == "nobody_knows_it"
    assert question_in_words("", "zh") == ""
    assert question_in_words("last_receipt", "en") == "the last unit acknowledges"
