"""The evidence that ships is true and complete: the row "all" of what the regulation asks, for Articles 1 to 4.5."""

from __future__ import annotations

import json
from itertools import chain

import pytest

from dutygate.config.cli import main
from dutygate.law.procedure.coverage import COLUMNS, REQUIRED, coverage, gaps, packaged_evidence
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules import RULES
from tests.evidence.write import KEPT, PACKAGED, exists, unexercised

pytestmark = pytest.mark.law_only

ANEW = "run `make test`, then `python -m tests.evidence.write`, and commit dutygate/law/evidence.json"
EDITION = package_editions()["arun_2024_15"]
EVIDENCE = packaged_evidence()


def test_every_test_named_is_there() -> None:
    named = set(chain(*EVIDENCE.rules.values(), *EVIDENCE.permitted.values(), *EVIDENCE.refused.values()))
    assert named
    assert sorted(test for test in named if not exists(test)) == [], ANEW


def test_every_rule_and_every_action_of_a_case_was_exercised() -> None:
    assert unexercised(json.loads(PACKAGED.read_text(encoding="utf-8"))) == [], ANEW


def test_every_action_of_a_case_was_seen_to_be_permitted_and_to_be_refused() -> None:
    steps = procedure_of(EDITION).rows
    assert [name for name in steps if not EVIDENCE.permitted.get(name)] == [], ANEW
    assert [name for name in steps if not EVIDENCE.refused.get(name)] == [], ANEW


def test_nothing_is_named_that_no_longer_exists() -> None:
    assert set(EVIDENCE.rules) <= RULES.keys(), ANEW
    assert {*EVIDENCE.permitted, *EVIDENCE.refused} <= set(procedure_of(EDITION).names()), ANEW


def test_a_few_tests_are_kept_for_each() -> None:
    assert all(len(tests) <= KEPT["rules"] for tests in EVIDENCE.rules.values())
    assert all(len(tests) <= KEPT["permitted"] for tests in EVIDENCE.permitted.values())
    assert all(len(tests) <= KEPT["refused"] for tests in EVIDENCE.refused.values())


def test_no_provision_of_articles_1_to_4_5_is_empty() -> None:
    assert gaps(coverage(EDITION, EVIDENCE, {})) == {}


def test_the_command_prints_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "coverage", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == list(EDITION.provisions)
    for provision, kept in printed.items():
        assert list(kept) == list(COLUMNS)
        if provision in REQUIRED:
            assert kept["rules"] and kept["actions"] and kept["tests"]


def test_the_command_prints_a_table_of_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "coverage"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(EDITION.provisions) + 1
    assert lines[0].split() == ["provision", *COLUMNS]


def test_an_edition_without_a_procedure_cannot_be_covered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "coverage", "--edition", "arun_2023_18"]) == 1
    assert "arun_2024_15" in capsys.readouterr().err
