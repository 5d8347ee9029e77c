"""Row "all": every article of the regulation is in the table of docs/explanation, and the tests that the table names exist."""

from __future__ import annotations

from dutygate.law.regulation.edition import package_editions
from tests.evidence.write import exists
from tests.regulation_table import named, rows


def test_every_row_names_tests_and_each_of_them_exists() -> None:
    assert [articles for articles, tests in rows() if not tests] == []
    assert sorted(test for test in named() if not exists(test)) == []


def test_every_article_has_a_row() -> None:
    told = {article for articles, _ in rows() for article in articles}
    asked = set(package_editions()["arun_2024_15"].provisions)
    with_items = {name.partition(".")[0] for name in asked if "." in name}
    assert asked - with_items <= told
    assert told - asked <= {"all"}
