"""Every provision is shown with what keeps it (all articles); tests count by what was seen, not by what they name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dutygate.law.procedure.coverage import REQUIRED, Evidence, coverage, gaps
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules.registry import RULES

pytestmark = pytest.mark.law_only

EDITION = package_editions()["arun_2024_15"]
PROCEDURE = procedure_of(EDITION)
SEEN = Evidence.from_plain(
    {
        "rules": {"no_exclusion_found": ["t.py::excluded"], "own_application": []},
        "actions": {
            "notice.issue": {"permitted": ["t.py::told"], "refused": ["t.py::not_told"]},
            "case.open": {"permitted": ["t.py::opened"]},
        },
    }
)
PAGES = {"case": ("4.1", "4.2"), "desk": ("3",), "duties": ("4.1",)}
FOUND = coverage(EDITION, SEEN, PAGES)


def test_every_provision_stands_in_the_order_of_the_text() -> None:
    assert list(FOUND) == list(EDITION.provisions)


def test_a_rule_keeps_the_provision_of_each_of_its_findings() -> None:
    assert RULES["no_exclusion_found"].cites == "1"
    assert "no_exclusion_found" in FOUND["1"].rules
    assert "no_exclusion_found" in FOUND["7"].rules
    assert "t.py::excluded" in FOUND["7"].tests


def test_an_action_keeps_the_provision_its_row_cites() -> None:
    assert set(FOUND["4.4"].actions) == {name for name in PROCEDURE.names() if PROCEDURE.cites(name) == "4.4"}
    assert {"t.py::told", "t.py::not_told"} <= set(FOUND["4.4"].tests)
    assert "t.py::opened" not in FOUND["4.4"].tests


def test_where_no_action_cites_an_article_those_that_ask_its_rules_keep_it() -> None:
    """Article 7 has actions of its own; an edition that gives it none has it kept by those that ask its rules."""
    assert "taskcheck.keep" in FOUND["7"].actions
    assert "case.open" not in FOUND["7"].actions
    rows = {name: [row for row in EDITION.procedure[name] if row["cites"] != "7"] for name in ("actions", "offices", "report_actions")}
    none_of_its_own = replace(EDITION, procedure={**EDITION.procedure, **rows})
    kept = coverage(none_of_its_own, SEEN, PAGES)["7"].actions
    assert "case.open" in kept
    assert "case.withdraw" not in kept
    assert "taskcheck.keep" not in kept


def test_the_article_on_principles_is_kept_by_the_rules_that_serve_one() -> None:
    assert set(FOUND["2"].rules) == {name for name, rule in RULES.items() if rule.serves}


def test_an_article_with_items_is_kept_by_what_keeps_its_items() -> None:
    assert set(FOUND["4.1"].rules) <= set(FOUND["4"].rules)
    assert set(FOUND["4.4"].actions) <= set(FOUND["4"].actions)
    assert len(FOUND["4"].actions) == len(set(FOUND["4"].actions))


def test_pages_are_those_that_show_the_provision() -> None:
    assert FOUND["4.1"].pages == ("case", "duties")
    assert FOUND["11"].pages == ()


def test_a_gap_is_a_provision_without_rule_action_or_test() -> None:
    assert gaps(FOUND)["4.3"] == ("tests",)
    assert "1" not in gaps(FOUND)
    assert set(gaps(coverage(EDITION, Evidence(), {}))) == set(REQUIRED)


def test_each_required_provision_has_rules_and_actions() -> None:
    assert all(set(columns) == {"tests"} for columns in gaps(FOUND).values())
