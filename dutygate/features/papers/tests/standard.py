"""GB/T 9704-2012, checked on the files themselves: what a Word document says of its page, and where a PDF has put every line.

The numbers are those of the standard, written out here; nothing is taken from the program's own measures.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from dutygate.features.papers.models import IssuedPaper
from tests.pdf_reading import Page, Pdf

MM, TWIPS_A_MM = 25.4 / 72, 1440 / 25.4
A4, TOP, LEFT, BOTTOM, RIGHT = (210, 297), 37, 28, 35, 26
WIDE, HIGH, LINES, CHARACTERS = 156, 225, 22, 28
BODY, TITLE, SMALL = 16.0, 22.0, 14.0
MARKS = set("，。；：、）》”〕“（《〔—")
FACES = {
    "公文标题": ("方正小标宋简体", TITLE),
    "公文正文": ("仿宋_GB2312", BODY),
    "一级标题": ("黑体", BODY),
    "二级标题": ("楷体_GB2312", BODY),
}


def close(found: float, wanted: float, by: float = 0.3) -> bool:
    return abs(found - wanted) <= by


# Word


def check_docx(data: bytes, paper: IssuedPaper) -> Document:
    """Page, grid, styles, head, page numbers, 版记; and every word of the content."""
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    assert close(section.page_width.mm, A4[0]) and close(section.page_height.mm, A4[1])
    margins = (section.top_margin.mm, section.bottom_margin.mm, section.left_margin.mm, section.right_margin.mm)
    assert all(close(found, wanted) for found, wanted in zip(margins, (TOP, BOTTOM, LEFT, RIGHT), strict=True)), margins
    _grid(document)
    for name, (face, size) in FACES.items():
        fonts = document.styles[name].element.rPr.rFonts
        assert (fonts.get(qn("w:eastAsia")), document.styles[name].font.size.pt) == (face, size), name
        assert not document.styles[name].font.bold, "no bold on any level"
    indent = document.styles["公文正文"].element.pPr.ind
    assert indent.get(qn("w:firstLineChars")) == "200"
    texts = [paragraph.text for paragraph in document.paragraphs]
    content = paper.content
    assert [p.text for p in document.paragraphs if p.style.name == "公文标题"] == [content["title"]]
    said = re.sub(r"\s", "", "".join(texts) + "".join(c.text for t in document.tables for row in t.rows for c in row.cells))
    for block in [*content["blocks"], *(one for annex in content["annexes"] for one in annex["blocks"])]:
        assert re.sub(r"\s", "", block["text"]) in said, block["text"]
    assert [p.text for p in document.paragraphs if p.style.name == "成文日期"] == [re.sub(r"(?<=年|月)0", "", _day(content["dated_on"]))]
    _head(document, paper)
    _numbers(document)
    _imprint_docx(document, paper)
    return document


def _grid(document: Document) -> None:
    """22 lines of an exact pitch, 28 characters by their distance."""
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    pitch = int(grid.get(qn("w:linePitch"))) / TWIPS_A_MM
    assert int(HIGH / pitch + 0.01) == LINES
    style = document.styles["公文正文"]
    assert style.paragraph_format.line_spacing.mm * LINES <= HIGH and close(style.paragraph_format.line_spacing.mm, pitch, 0.02)
    closer = int(style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert int(WIDE / MM / (BODY + closer)) == CHARACTERS


def _head(document: Document, paper: IssuedPaper) -> None:
    letter = paper.head["form"] == "letter"
    inside = document.sections[0].first_page_header.paragraphs if letter else document.paragraphs
    mark = next(p for p in inside if p.style.name == "发文机关标志")
    assert mark.text == paper.head["mark"] and mark.runs[0].font.color.rgb is not None
    assert str(mark.runs[0].font.color.rgb) == paper.head["colour"]
    number = next(p for p in document.paragraphs if p.style.name == "发文字号")
    assert paper.number in number.text and re.search(r"〔20\d\d〕[1-9]\d*号", number.text)
    border = number._p.pPr.find(qn("w:pBdr"))
    if letter:
        assert close(document.sections[0].header_distance.mm, 30)
        rule = mark._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
        assert rule.get(qn("w:val")) == "thickThinSmallGap" and rule.get(qn("w:color")) == paper.head["colour"]
        indent = mark._p.pPr.ind
        assert close(WIDE - sum(int(indent.get(qn(f"w:{side}"))) for side in ("left", "right")) / TWIPS_A_MM, 170)
        foot = document.sections[0].first_page_footer.paragraphs[0]._p.pPr.find(qn("w:pBdr")).find(qn("w:top"))
        assert foot.get(qn("w:val")) == "thinThickSmallGap"
        return
    assert close(mark.paragraph_format.space_before.mm, 35)
    assert border.find(qn("w:bottom")).get(qn("w:color")) == paper.head["colour"]
    if paper.head["signatory"]:
        assert number.text == f"　{paper.number}\t签发人：{paper.head['signatory']}"
        assert number.runs[-1]._r.rPr.rFonts.get(qn("w:eastAsia")) == "楷体_GB2312"


def _numbers(document: Document) -> None:
    """— 1 —, 4号 宋体, odd right, even left."""
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        line = footer.paragraphs[0]
        assert (line.runs[0].text, line.runs[-1].text) == ("— ", " —") and "PAGE" in line._p.xml
        assert {(run.font.size.pt, run._r.rPr.rFonts.get(qn("w:eastAsia"))) for run in line.runs} == {(SMALL, "宋体")}
        assert line._p.pPr.jc.get(qn("w:val")) == side and int(line._p.pPr.ind.get(qn(f"w:{side}"))) == SMALL * 20


def _imprint_docx(document: Document, paper: IssuedPaper) -> None:
    """In frames that stand on the lower edge of the type area, anchored at the very end."""
    framed = [p for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.find(qn("w:framePr")) is not None]
    wanted = bool(paper.content["cc"]) + (paper.head["form"] != "letter")
    assert len(framed) == wanted
    if paper.head["form"] != "letter":
        frame = framed[-1]._p.pPr.find(qn("w:framePr"))
        assert (frame.get(qn("w:yAlign")), frame.get(qn("w:vAnchor"))) == ("bottom", "margin")
        assert close(int(frame.get(qn("w:w"))) / TWIPS_A_MM, WIDE)
        assert framed[-1].text == f"　{paper.head['printed_by']}\t{_day(paper.content['dated_on'])}印发"
        borders = framed[-1]._p.pPr.find(qn("w:pBdr"))
        assert close(int(borders.find(qn("w:bottom")).get(qn("w:sz"))) / 8 * MM, 0.35, 0.05)
        assert document.paragraphs[-2]._p is framed[-1]._p or document.paragraphs[-1].text == ""


def _day(iso: str) -> str:
    year, month, day = (int(one) for one in iso.split("-"))
    return f"{year}年{month}月{day}日"


# PDF


def check_pdf(data: bytes, paper: IssuedPaper) -> list[Page]:
    """Where everything stands, to a third of a millimetre."""
    pdf = Pdf(data)
    pages = pdf.pages()
    for page in pages:
        assert close(page.width, A4[0]) and close(page.height, A4[1])
        inside = [g for g in page.glyphs if g.y < TOP + HIGH + 1 and g.size in (BODY, TITLE) and g.text.strip()]
        beyond = [g for g in inside if g.x < LEFT - 0.3 or g.end > LEFT + WIDE + (0.6 if not MARKS & set(g.text) else 0.25 * g.size)]
        assert not beyond, "text stays within 156 mm; a mark beside the edge is set half as wide as its advance says"
    letter = paper.head["form"] == "letter"
    (_pdf_letter if letter else _pdf_document)(pages[0], paper)
    _pdf_lines(pages)
    _pdf_numbers(pages, letter)
    _pdf_imprint(pages, paper)
    assert "仿宋_GB2312 → " in pdf.keywords() and "方正小标宋简体 → " in pdf.keywords(), "it says which typefaces stand for which"
    title = [g for g in pages[0].glyphs if close(g.size, TITLE, 0.05)]
    assert "".join(g.text for g in sorted(title, key=lambda g: (g.y, g.x))).replace(" ", "") == paper.content["title"].replace(" ", "")
    middle = (min(g.x for g in title) + max(g.end for g in title)) / 2
    assert close(middle, LEFT + WIDE / 2, 1.5), "the title stands in the middle"
    for page in pages:
        assert any("登记簿" in text for _y, text in page.lines()), "the register's head at the foot of each page"
    return pages


def _red(colour: tuple[float, ...], paper: IssuedPaper) -> bool:
    wanted = [int(paper.head["colour"][n : n + 2], 16) / 255 for n in (0, 2, 4)]
    return len(colour) == 3 and all(close(a, b, 0.01) for a, b in zip(colour, wanted, strict=True))


def _mark(page: Page, paper: IssuedPaper) -> Any:
    return next(g for g in page.glyphs if g.text and paper.head["mark"].startswith(g.text) and _red(g.colour, paper))


def _pdf_document(page: Page, paper: IssuedPaper) -> None:
    mark = _mark(page, paper)
    assert close(mark.y - 0.88 * mark.size * MM, TOP + 35, 0.5), "the mark begins 35 mm below the edge of the type area"
    number = next(g for g in page.glyphs if "〔" in g.text and g.y < TOP + 100)
    rule = next(r for r in page.rules if _red(r.colour, paper))
    assert close(rule.x, LEFT) and close(rule.end, LEFT + WIDE), "the red line is as long as the type area"
    assert close(rule.y - (number.y + 0.15 * BODY * MM), 4, 0.5), "the red line stands 4 mm below the number"
    pitch = 28.95 * MM
    assert close((number.y - mark.y - 0.12 * mark.size * MM) / pitch, 2 + 20 / 28.95, 0.1), "two empty lines between mark and number"
    if paper.head["signatory"]:
        assert close(min(g.x for g in page.glyphs if close(g.y, number.y, 0.2)), LEFT + BODY * MM, 0.5)
        end = max(g.end for g in page.glyphs if close(g.y, number.y, 0.2))
        assert close(end, LEFT + WIDE - BODY * MM, 0.5)
    else:
        ends = [g for g in page.glyphs if close(g.y, number.y, 0.2)]
        assert close((min(g.x for g in ends) + max(g.end for g in ends)) / 2, LEFT + WIDE / 2, 0.6)


def _pdf_letter(page: Page, paper: IssuedPaper) -> None:
    mark = _mark(page, paper)
    assert close(mark.y - 0.88 * mark.size * MM, 30, 0.5), "the mark of a letter begins 30 mm below the edge of the paper"
    rules = sorted((r for r in page.rules if _red(r.colour, paper)), key=lambda r: r.y)
    assert len(rules) == 4 and all(close(r.end - r.x, 170) and close((r.x + r.end) / 2, A4[0] / 2) for r in rules)
    assert close(rules[0].y - (mark.y + 0.12 * mark.size * MM), 4, 0.5)
    assert rules[0].thick > rules[1].thick and rules[2].thick < rules[3].thick, "thick above thin, below thin above thick"
    assert close(A4[1] - rules[3].y, 20, 0.5)
    number = [g for g in page.glyphs if close(g.size, BODY, 0.05) and rules[1].y < g.y < rules[1].y + 15]
    assert close(max(g.end for g in number), LEFT + WIDE, 0.6), "the number stands at the right edge"


def _pdf_lines(pages: list[Page]) -> None:
    """Baselines of 3号 lie on one grid of 22 lines; none holds more than 28 characters."""
    pitch = HIGH / LINES
    for number, page in enumerate(pages):
        rows: dict[float, list[Any]] = {}
        for g in page.glyphs:
            if close(g.size, BODY, 0.05) and TOP < g.y < TOP + HIGH:
                rows.setdefault(round(g.y, 1), []).append(g)
        assert len(rows) <= LINES
        if number:
            places = [(y - TOP) / pitch for y in rows]
            assert all(close(place % 1, min(places) % 1, 0.15) for place in places), "every line on the grid"
        longest = max((sum(0.5 if ord(c) < 0x2E80 else 1 for g in row for c in g.text.strip()) for row in rows.values()), default=0)
        assert longest <= CHARACTERS + 2.5, longest  # punctuation may be set narrower


def _pdf_numbers(pages: list[Page], letter: bool) -> None:
    for number, page in enumerate(pages, start=1):
        found = [g for g in page.glyphs if close(g.size, SMALL, 0.05) and g.y > TOP + HIGH]
        if letter and number == 1:
            assert not found, "no page number on the first page of a letter"
            continue
        said = "".join(g.text for g in sorted(found, key=lambda g: g.x)).replace(" ", "")
        assert said == f"—{number}—"
        top = min(g.y for g in found) - 0.8 * SMALL * MM
        assert close(top, TOP + HIGH + 7, 0.7), "7 mm below the type area"
        if number % 2:
            assert close(max(g.end for g in found), LEFT + WIDE - SMALL * MM, 1), "odd pages right, one character in"
        else:
            assert close(min(g.x for g in found), LEFT + SMALL * MM, 1), "even pages left, one character in"


def _pdf_imprint(pages: list[Page], paper: IssuedPaper) -> None:
    lined = paper.head["form"] != "letter"
    black = [[r for r in page.rules if not _red(r.colour, paper) and close(r.end - r.x, WIDE) and r.thick > 0.2] for page in pages]
    lines = black[-1]
    if lined:
        assert len(lines) == 2 + bool(paper.content["cc"])
        lines.sort(key=lambda r: r.y)
        assert close(lines[-1].y, TOP + HIGH, 0.5), "版记 stands on the lower edge of the type area"
        assert close(lines[0].thick, 0.35, 0.02) and close(lines[-1].thick, 0.35, 0.02)
        assert all(close(r.thick, 0.25, 0.02) for r in lines[1:-1])
        said = "".join(text for y, text in pages[-1].lines() if lines[0].y < y < lines[-1].y)
        assert f"{paper.head['printed_by']}{_day(paper.content['dated_on'])}印发" in said
        assert {round(g.size, 1) for g in pages[-1].glyphs if lines[0].y < g.y < lines[-1].y} == {SMALL}
        assert not any(black[:-1]), "版记 stands on the last page alone"
    if paper.content["cc"]:
        assert any(text.startswith("抄送：") for _y, text in pages[-1].lines())


def parts_of(data: bytes) -> set[str]:
    """The parts of a Word document."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return set(archive.namelist())
