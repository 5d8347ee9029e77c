"""表: a table handed out as xlsx, csv, docx or PDF: the same rows in the same order, whichever it is.

A cell is text and nothing else: in a workbook it is written as text, so that nothing in it is calculated or followed; in csv, which
knows no types, a cell that a spreadsheet would calculate gets the mark that makes it text (and loses it again when it is read here).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

import docx
import xlsxwriter
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dutygate.base.documents.guarding import guarded
from dutygate.base.documents.typesetting import families, pdf_of

MEDIA: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
"""What a table can be handed out as."""
LONGEST_CELL: Final = 32_767
BODY: Final = "仿宋_GB2312"
HEAD: Final = "方正小标宋简体"
STRONG: Final = "黑体"
"""What the offices have (GB/T 9704): named in a docx, whether or not they are here."""
SERIF: Final = ("FandolFang R", "FandolFang", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "Noto Sans CJK SC", "WenQuanYi Zen Hei")
SANS: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Serif CJK SC", "SimHei", "WenQuanYi Zen Hei")
"""Free look-alikes for the PDF, the first that is here."""


class NoTypeface(Exception):
    """No typeface with Chinese characters is installed on this machine: a PDF would be full of empty boxes."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a paper: its heading, the columns' headings, how wide each is (relative), and the rows."""

    heading: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of tables: title, lines below it (whose list, which day), the tables, a line at its foot. ``day`` dates the file."""

    title: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: str = ""
    day: date | None = None
    words: dict[str, str] = field(default_factory=dict)


def as_file(paper: Paper, kind: str) -> bytes:
    """The paper as a file of that kind (a key of ``MEDIA``). Raises KeyError, and NoTypeface for a PDF without a typeface."""
    return _WRITERS[kind](paper)


def _xlsx(paper: Paper) -> bytes:
    """One sheet for each table, headings frozen and filtered."""
    into = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(into, safe)
    dated: dict[str, Any] = {"created": datetime.combine(paper.day, time())} if paper.day else {}  # the same rows, the same file
    book.set_properties({"title": paper.title, "comments": paper.foot, **dated})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#EFEFEF"})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    head = book.add_format({"bold": True, "font_size": 14})
    names: set[str] = set()
    for number, part in enumerate(paper.parts, start=1):
        sheet = book.add_worksheet(_sheet_name(part.heading, number, names))
        sheet.write_string(0, 0, _cut(f"{paper.title} {part.heading}".strip()), head)
        for place, line in enumerate(paper.lines, start=1):
            sheet.write_string(place, 0, _cut(line))
        top = len(paper.lines) + 1
        together = sum(part.widths) or 1
        for column, (name, width) in enumerate(zip(part.columns, part.widths, strict=True)):
            sheet.set_column(column, column, max(6.0, 130 * width / together))
            sheet.write_string(top, column, _cut(name), bold)
        for place, row in enumerate(part.rows, start=top + 1):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, _cut(cell), plain)
        sheet.freeze_panes(top + 1, 0)
        sheet.autofilter(top, 0, top + max(len(part.rows), 1), max(len(part.columns) - 1, 0))
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    book.close()
    return into.getvalue()


def _csv(paper: Paper) -> bytes:
    """UTF-8 with its mark, so that a Chinese Excel reads it. One heading row; of several tables the name comes first in each row."""
    into = io.StringIO(newline="")
    writer = csv.writer(into)
    several = len({part.columns for part in paper.parts}) > 1
    for number, part in enumerate(paper.parts):
        if number == 0 or several:
            writer.writerow([guarded(name) for name in part.columns])
        writer.writerows([guarded(cell) for cell in row] for row in part.rows)
    return b"\xef\xbb\xbf" + into.getvalue().encode("utf-8")


def _docx(paper: Paper) -> bytes:
    """A4 across, headings repeated on each page, no row torn apart between pages."""
    document = docx.Document()
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = BODY, Pt(10.5)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    _paragraph(document, paper.title, HEAD, 22, WD_ALIGN_PARAGRAPH.CENTER)
    for line in paper.lines:
        _paragraph(document, line, BODY, 12, WD_ALIGN_PARAGRAPH.CENTER)
    for part in paper.parts:
        if part.heading:
            _paragraph(document, part.heading, STRONG, 14)
        _docx_table(document, part)
    if paper.foot:
        _paragraph(document, paper.foot, BODY, 9)
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def _docx_table(document: Any, part: Part) -> None:
    table = document.add_table(rows=1, cols=len(part.columns), style="Table Grid")
    table.autofit = False
    together = sum(part.widths) or 1
    wide = [Mm(257 * width / together) for width in part.widths]
    for cell, name, width in zip(table.rows[0].cells, part.columns, wide, strict=True):
        cell.width = width
        _said(cell.paragraphs[0], name, STRONG, 10.5)
    _row_property(table.rows[0], "w:tblHeader")
    _row_property(table.rows[0], "w:cantSplit")
    for row in part.rows:
        added = table.add_row()
        _row_property(added, "w:cantSplit")
        for cell, text, width in zip(added.cells, row, wide, strict=True):
            cell.width = width
            _said(cell.paragraphs[0], text, BODY, 10.5)


def _row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _paragraph(document: Any, text: str, typeface: str, size: float, align: Any = None) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(4)
    _said(paragraph, text, typeface, size)


def _said(paragraph: Any, text: str, typeface: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = typeface, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), typeface)


_TYPST: Final = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, keywords: data.keywords, date: if data.day == none { none } else {
  datetime(year: data.day.at(0), month: data.day.at(1), day: data.day.at(2)) })
#set page(paper: "a4", flipped: true, margin: 18mm, footer: context align(center)[
  #text(size: 9pt)[— #counter(page).display() / #counter(page).final().first() —]])
#set text(font: data.serif, size: 9pt, lang: "zh", region: "cn")
#set par(leading: 0.7em)
#align(center, text(font: data.sans, size: 18pt, data.title))
#for line in data.lines { align(center, text(size: 11pt, line)) }
#for part in data.parts {
  if part.heading != "" { v(4mm); text(font: data.sans, size: 12pt, part.heading); v(1mm) }
  table(
    columns: part.widths.map(w => w * 1fr),
    stroke: 0.4pt + luma(120), inset: 4pt,
    table.header(repeat: true, ..part.columns.map(c => table.cell(fill: luma(235), text(font: data.sans, c)))),
    ..part.rows.flatten().map(c => table.cell(breakable: true, c)),
  )
}
#if data.foot != "" { v(3mm); text(size: 8.5pt, data.foot) }
"""


def _pdf(paper: Paper) -> bytes:
    """PDF/A-2b. The words go in as data, never as markup. Its keywords say which typefaces stand for which. Raises NoTypeface."""
    here = families(SERIF)
    serif, sans = (next((name for name in wanted if name in here), "") for wanted in (SERIF, SANS))
    if not serif:
        raise NoTypeface
    data = {
        "title": paper.title,
        "lines": paper.lines,
        "foot": paper.foot,
        "day": [paper.day.year, paper.day.month, paper.day.day] if paper.day else None,
        "serif": serif,
        "sans": sans or serif,
        "keywords": [f"仿宋_GB2312 → {serif}", f"黑体 → {sans or serif}"],
        "parts": [
            {"heading": p.heading, "columns": p.columns, "widths": p.widths, "rows": [list(row) for row in p.rows]} for p in paper.parts
        ],
    }
    return pdf_of(_TYPST, data)


def _sheet_name(wanted: str, number: int, taken: set[str]) -> str:
    """At most 31 characters, none that a workbook does not allow, none twice."""
    clean = "".join("_" if c in "[]:*?/\\'" else c for c in wanted)[:28] or str(number)
    name = clean if clean.casefold() not in taken else f"{clean[:26]}_{number}"
    taken.add(name.casefold())
    return name


def _cut(cell: str) -> str:
    return cell[:LONGEST_CELL]


_WRITERS: Final[dict[str, Callable[[Paper], bytes]]] = {"xlsx": _xlsx, "csv": _csv, "docx": _docx, "pdf": _pdf}
KINDS: Final[Sequence[str]] = tuple(_WRITERS)
