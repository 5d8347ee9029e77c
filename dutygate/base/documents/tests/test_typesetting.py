"""Typefaces are looked for once, and again while a needed one is missing; words are set as they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import typst

from dutygate.base.documents import typesetting
from dutygate.base.documents.typesetting import families, pdf_of

pytestmark = pytest.mark.law_only


class Looking:
    """Stands for typst.Fonts: what is installed, and how often it was looked for."""

    def __init__(self) -> None:
        self.here: list[str] = ["DejaVu Sans"]
        self.times = 0

    def __call__(self) -> Looking:
        self.times += 1
        self.found = list(self.here)
        return self

    def families(self) -> list[str]:
        return self.found


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Looking]:
    stand_in = Looking()
    typesetting._typefaces.cache_clear()
    monkeypatch.setattr(typst, "Fonts", stand_in)
    yield stand_in
    typesetting._typefaces.cache_clear()


def test_they_are_looked_for_once(looking: Looking) -> None:
    assert families() == families(("DejaVu Sans", "Noto Serif CJK SC")) == {"DejaVu Sans"}
    assert looking.times == 1


def test_one_that_was_missing_is_found_once_it_is_installed(looking: Looking) -> None:
    assert families(("Noto Serif CJK SC",)) == {"DejaVu Sans"}
    looking.here.append("Noto Serif CJK SC")
    assert families() == {"DejaVu Sans"}, "nothing more is needed than is here"
    assert families(("DejaVu Sans",), ("Noto Serif CJK SC",)) == {"DejaVu Sans", "Noto Serif CJK SC"}
    before = looking.times
    assert families(("Noto Serif CJK SC",)) and looking.times == before


def test_words_are_data_and_no_markup() -> None:
    made = pdf_of("#let d = json(bytes(sys.inputs.data))\n#d.words", {"words": '#panic("x") *b* \\'})
    assert made.startswith(b"%PDF-") and b"pdfaid" in made
    with pytest.raises(typst.TypstError):
        pdf_of('#panic("x")', {})
