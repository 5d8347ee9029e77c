"""What a paper says is read from Word and PDF; what has no text says so, and nothing is kept."""

from __future__ import annotations

import io
import zlib

import docx
import pytest

from dutygate.base.documents.pdf_text import pdf_text
from dutygate.base.documents.reading import text_of_file
from dutygate.base.documents.refusal import FileNotAccepted
from dutygate.base.documents.tests.samples import office, pdf, png

pytestmark = pytest.mark.law_only


def made(content: bytes, font: bytes, *more: bytes) -> bytes:
    """A file of one page, its content packed; ``more``: objects from number 6 on."""
    packed = zlib.compress(content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 595 842]>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        font,
        *more,
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def test_codes_become_characters_by_the_map_of_the_font_and_lines_by_their_height() -> None:
    cmap = b"1 beginbfchar\n<0001> <5173>\nendbfchar\n1 beginbfrange\n<0002> <0003> <4E8E>\n<0004> <0005> [<901A> <77E5>]\nendbfrange"
    font = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>"
    content = b"BT /F1 16 Tf 1 0 0 1 80 700 Tm [<0004> -20 <0005>] TJ ET BT /F1 16 Tf 80 760 Td <0001> Tj 16 0 Td <0002> Tj ET"
    assert pdf_text(made(content, font, b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap))) == "关于\n通知"


def test_a_font_with_a_ready_made_encoding_and_one_that_says_nothing() -> None:
    content = b"BT /F1 16 Tf 80 700 Td <" + "签订责任状".encode("gbk").hex().encode() + b"> Tj ET"
    assert pdf_text(made(content, b"<</Type/Font/Subtype/Type0/Encoding/GBK-EUC-H>>")) == "签订责任状"
    assert pdf_text(made(content, b"<</Type/Font/Subtype/Type0/Encoding/Identity-H>>")) == ""


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj", b"1 0 obj << [ >> endobj " * 9]
)
def test_what_is_no_sound_file_gives_no_text_and_no_error(data: bytes) -> None:
    assert pdf_text(data) == ""


def test_paragraphs_and_cells_of_a_word_file_in_their_order() -> None:
    document, into = docx.Document(), io.BytesIO()
    document.add_paragraph("关于开展宣传的通知")
    document.add_table(1, 2).rows[0].cells[1].text = "各乡镇完成率"
    document.add_paragraph("特此通知")
    document.save(into)
    assert text_of_file(io.BytesIO(into.getvalue())).splitlines() == ["关于开展宣传的通知", "各乡镇完成率", "特此通知"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(), "no_text"),
        (png(), "type_not_accepted"),
        (office("xlsx"), "type_not_accepted"),
        (b"", "empty"),
        (b"text", "type_not_accepted"),
    ],
)
def test_what_has_no_text_or_is_no_paper_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(FileNotAccepted) as refused:
        text_of_file(io.BytesIO(data))
    assert refused.value.reason == reason
