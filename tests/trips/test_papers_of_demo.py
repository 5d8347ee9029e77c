"""第四条: one paper of each kind from the cases of the demo, by the numbers of GB/T 9704-2012; and LibreOffice opens each Word document
with as many pages and the same words as the PDF has.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from dutygate.features.papers.kinds import kinds
from dutygate.features.papers.models import Paper
from dutygate.features.papers.tests.standard import check_docx, check_pdf
from tests.browser.served import DEMO, REPOSITORY, made
from tests.pdf_reading import Pdf, words_of

pytestmark = [pytest.mark.long, pytest.mark.law_only]
NOT_IN_THE_DEMO = {"exit_notice", "adjustment_notice"}
"""The demo's year has no exit and no adjustment that was approved: dutygate/features/papers/tests has both."""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of one paper of each kind, and what was issued beside them."""
    folder = tmp_path_factory.mktemp("papers")
    home = shutil.copytree(made(folder / "made"), folder / "demo")
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DUTYGATE_TEST_PG")}
    environment = {**kept, "DUTYGATE_HOME": str(home), "DJANGO_SETTINGS_MODULE": DEMO}
    command = [sys.executable, "-m", "tests.papers_of_demo", str(folder / "out")]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "out"


def as_issued(where: Path) -> Paper:
    """The paper again, without a database."""
    plain = json.loads(where.read_text(encoding="utf-8"))
    dated = date.fromisoformat(plain["content"]["dated_on"])
    return Paper(kind=plain["kind"], number=plain["number"], content=plain["content"], head=plain["head"], dated_on=dated)


def test_every_kind_of_the_demo_keeps_the_standard(papers: Path) -> None:
    made_of = {where.stem for where in papers.glob("*.json")}
    assert made_of == kinds().keys() - NOT_IN_THE_DEMO
    for where in sorted(papers.glob("*.json")):
        paper = as_issued(where)
        check_docx(where.with_suffix(".docx").read_bytes(), paper)
        check_pdf(where.with_suffix(".pdf").read_bytes(), paper)


def bare(text: str) -> str:
    """The words alone: neither spaces nor marks, which each program breaks in its own way."""
    return re.sub(r"[\W_]", "", text)


def test_libreoffice_opens_each_with_the_same_pages_and_words(papers: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "LibreOffice is needed for this test: apt install libreoffice-writer-nogui fonts-noto-cjk"
    into = papers / "office"
    for kind in ("pdf", "txt:Text (encoded):UTF8"):
        command = [office, f"-env:UserInstallation=file://{papers}/profile", "--headless", "--convert-to", kind, "--outdir", str(into)]
        subprocess.run([*command, *map(str, sorted(papers.glob("*.docx")))], check=True, capture_output=True, timeout=600)
    for where in sorted(papers.glob("*.pdf")):
        ours, theirs = (Pdf(file.read_bytes()).count() for file in (where, into / where.name))
        assert ours == theirs, f"{where.stem}: {ours} pages in the PDF, {theirs} in LibreOffice"
        there = bare((into / where.name).with_suffix(".txt").read_text(encoding="utf-8-sig"))
        assert body_of_pdf(where) in there, where.stem


def body_of_pdf(where: Path) -> str:
    """From the title to the signature, as the PDF has it."""
    content = as_issued(where.with_suffix(".json")).content
    said = words_of(Pdf(where.read_bytes()).pages())
    begins = bare(said).index(bare(content["title"]))
    ends = bare(said).index(bare(content["signed"]), begins + len(bare(content["title"])))
    return bare(said)[begins:ends]
