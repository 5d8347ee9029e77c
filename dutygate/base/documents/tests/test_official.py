"""GB/T 9704-2012 for what no kind of paper uses yet: minutes with their attendance; levels and their numerals; Mongolian script."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest

from dutygate.base.documents.official import typefaces
from dutygate.base.documents.official.measures import ADVANCE, indents_when_sealed, mark_size, width_of
from dutygate.base.documents.official.paper import Annex, Block, Content, Head, Numbering, Official, annex_note, numeral
from dutygate.base.documents.official.pdf import as_pdf
from dutygate.base.documents.official.typefaces import chosen
from dutygate.base.documents.official.word import as_docx
from dutygate.base.documents.tables import NoTypeface
from tests.pdf_reading import Pdf

pytestmark = pytest.mark.law_only
DAY = date(2026, 1, 5)


def minutes(**head: str) -> Official:
    present = Block(kind="attendance", label="出席", text="张三、李四")
    absent = Block(kind="attendance", label="请假", text="王五")
    content = Content(title="第一次会议", blocks=(present, absent, Block(text="议定如下。")), signed="联席会议", dated_on=DAY)
    given: dict[str, Any] = {"form": "minutes", "mark": "职责准入联席会议纪要", "number": "〔2026〕1号", "printed_by": "旗委编办"}
    return Official(Head(**{**given, **head}), content)


def test_minutes_name_who_was_there() -> None:
    page = Pdf(as_pdf(minutes())).pages()[0]
    for label in ("出席：", "请假："):
        assert next(g for g in page.glyphs if g.text == label).face.startswith("NotoSans"), "出席、请假 stand in 黑体"
    document = docx.Document(io.BytesIO(as_docx(minutes())))
    said = next(p for p in document.paragraphs if p.text.startswith("出席："))
    assert (said.runs[0].font.name, said.style.font.name) == ("黑体", "仿宋_GB2312")


def test_levels_are_numbered_and_begin_anew() -> None:
    numbering = Numbering()
    kinds = ("level1", "level2", "level3", "level3", "level4", "level2", "level3", "level1", "level2", "text")
    assert [numbering.next(kind) for kind in kinds] == ["一、", "（一）", "1.", "2.", "（1）", "（二）", "1.", "二、", "（一）", ""]
    assert [numeral(n) for n in (1, 10, 11, 20, 21, 99)] == ["一", "十", "十一", "二十", "二十一", "九十九"]


def test_one_annex_has_no_figure() -> None:
    content = Content(title="t", dated_on=DAY, annexes=(Annex(title="甲"), Annex(title="乙")))
    assert annex_note(content) == ["附件：1.甲", "2.乙"]
    assert annex_note(content.model_copy(update={"annexes": content.annexes[:1]})) == ["附件：甲"]


def test_a_seal_has_its_place() -> None:
    unit, day = indents_when_sealed("旗委编办", "2026年1月5日")
    assert day == pytest.approx(4 * ADVANCE) and unit + width_of("旗委编办") / 2 == pytest.approx(day + width_of("2026年1月5日") / 2)
    assert indents_when_sealed("某" * 27, "2026年1月5日")[0] == 0, "a long name keeps to the edge, and the date is centred below it"
    assert mark_size("短", 46) == 46 and mark_size("长" * 26, 46) * 26 < 443


def test_without_the_typeface_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(*names: str) -> None:
        monkeypatch.setattr(typefaces, "families", lambda *_needed: frozenset(names))

    here("Noto Serif CJK SC", "Noto Sans CJK SC")
    assert "仿宋_GB2312 → Noto Serif CJK SC" in chosen().said()
    with pytest.raises(NoTypeface):
        as_pdf(minutes(mongolian="ᠠᠨᠠᠨᠢ"))
    here("FandolFang R", "Noto Sans CJK SC")
    assert "仿宋_GB2312 → FandolFang R" in chosen().said()
    here("DejaVu Sans")
    with pytest.raises(NoTypeface):
        chosen()


def test_mongolian_words_stand_upright() -> None:
    document = docx.Document(io.BytesIO(as_docx(minutes(mongolian="ᠠᠨᠠᠨᠢ ᠶᠢᠨ"))))
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["ᠠᠨᠠᠨᠢ", "ᠶᠢᠨ"]
    assert table._tbl.xml.count('w:textDirection w:val="tbRl"') == 2
