"""第四条: ``dutygate documents verify FILE`` says whether a paper is the one that was issued."""

from __future__ import annotations

from pathlib import Path

import pytest

from dutygate.config.cli import main

pytestmark = pytest.mark.django_db


def test_a_paper_that_was_never_issued(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = tmp_path / "letter.pdf"
    where.write_bytes(b"%PDF-1.7")
    assert main(["documents", "verify", str(where)]) == 1
    assert "not issued here" in capsys.readouterr().out
    assert main(["documents", "verify", str(tmp_path / "none.pdf")]) == 2
