"""`dutygate law check` (Articles 1-4.4): prints what was walked; exit status 1 with a readable way to what is broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dutygate.config.cli import main
from dutygate.config.commands import law_check
from dutygate.law.procedure.check import Report, Walked
from dutygate.law.procedure.walk import Broken
from dutygate.law.regulation.edition import edition_text, package_editions

pytestmark = pytest.mark.law_only
WALKED = (Walked("a cut", 12, 34, 56),)
GOOD = Report("arun_2024_15", "0" * 64, True, WALKED, 69, (), ())
BAD = Report("arun_2024_15", "0" * 64, True, WALKED, 69, (Broken("silence_stays_silence", "4.1", "a cut", ("D: x()", "A: y()")),), ())


def _reporting(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    monkeypatch.setattr(law_check, "check_edition", lambda edition, quick: report)
    monkeypatch.setattr(law_check, "summary", lambda: {"all": 3, "matrix": 2, "sentence": 1})


def test_what_was_walked_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _reporting(monkeypatch, GOOD)
    assert main(["law", "check", "--quick"]) == 0
    printed = capsys.readouterr().out
    assert "12 states" in printed and "2 by matrix, 1 by sentence" in printed and "69 promises hold" in printed


def test_a_broken_promise_is_named_with_the_way_there(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _reporting(monkeypatch, BAD)
    assert main(["law", "check"]) == 1
    printed = capsys.readouterr().out
    assert "BROKEN: silence_stays_silence (Article 4.1)" in printed and "1. D: x()" in printed and "2. A: y()" in printed


def test_a_drafted_edition_is_checked_in_its_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _reporting(monkeypatch, GOOD)
    file, text = tmp_path / "edition.yaml", edition_text(package_editions()["arun_2024_15"])
    for changed, status, said in (
        (text, 0, "69 promises hold"),
        (text.replace("- name: review_extension\n", "- name: extension\n", 1), 1, "parameters_missing (Article 3): review_extension"),
        (text.replace("consent_stands", "nobody_knows_it"), 1, "unknown rules"),
        ("edition: {}", 1, "id is missing"),
    ):
        file.write_text(changed, encoding="utf-8")
        assert main(["law", "check", "--quick", "--file", str(file)]) == status, said
        printed = capsys.readouterr()
        assert said in printed.out + printed.err
        assert "mutations" not in printed.out


def test_a_state_that_nobody_reaches_is_no_success(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _reporting(monkeypatch, Report("arun_2024_15", "0" * 64, True, WALKED, 69, (), ("city_decision",)))
    assert main(["law", "check"]) == 1
    assert "no walk reaches city_decision" in capsys.readouterr().out


def test_json_says_the_same(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _reporting(monkeypatch, BAD)
    assert main(["law", "check", "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["editions"][0]["states"] == 12
    assert printed["editions"][0]["broken"][0]["path"] == ["D: x()", "A: y()"]
