"""`dutygate law bpmn` (Article 4): the same document as the page gives, to the screen or into a file."""

from __future__ import annotations

import pytest

from dutygate.config.cli import main
from dutygate.law.procedure.bpmn import bpmn
from dutygate.law.regulation.edition import package_editions

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]


def test_it_is_printed_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "bpmn", "--lang", "en"]) == 0
    assert capsys.readouterr().out == bpmn(EDITION, "en")


def test_it_is_written_to_a_file(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "procedure.bpmn"
    assert main(["law", "bpmn", "--out", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == bpmn(EDITION, "zh")
    assert EDITION.document_number in capsys.readouterr().out


def test_an_edition_without_a_procedure_has_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "bpmn", "--edition", "arun_2023_18"]) == 1
    assert "there is arun_2024_15" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_said(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "bpmn", "--out", str(tmp_path / "nowhere" / "a.bpmn")]) == 1
    assert "nowhere" in capsys.readouterr().err
