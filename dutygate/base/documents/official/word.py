"""公文之 Word: A4 with the grid of 22 lines and 28 characters, the offices' typefaces by name, every paragraph in a named style."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dutygate.base.documents.official import measures as m
from dutygate.base.documents.official.paper import Block, Numbering, Official, annex_head, annex_note, day_zh
from dutygate.base.documents.official.qr import qr_png
from dutygate.base.documents.official.typefaces import BIAOSONG, FANG, HEI, KAI, MONGOLIAN, SONG
from dutygate.base.documents.official.wordparts import TWIPS, borders, framed, indent, lines_of_imprint, off_grid, outside, run_of

STYLES: Final[dict[str, tuple[str, str, float]]] = {
    "title": ("公文标题", BIAOSONG, m.TITLE),
    "to": ("主送机关", FANG, m.BODY),
    "text": ("公文正文", FANG, m.BODY),
    "level1": ("一级标题", HEI, m.BODY),
    "level2": ("二级标题", KAI, m.BODY),
    "level3": ("三级标题", FANG, m.BODY),
    "level4": ("四级标题", FANG, m.BODY),
    "attendance": ("出席人员", FANG, m.BODY),
    "annex_note": ("附件说明", FANG, m.BODY),
    "signed": ("发文机关署名", FANG, m.BODY),
    "dated": ("成文日期", FANG, m.BODY),
    "remark": ("附注", FANG, m.BODY),
    "annex_head": ("附件标号", HEI, m.BODY),
    "annex_title": ("附件标题", BIAOSONG, m.TITLE),
    "cc": ("抄送", FANG, m.IMPRINT),
    "mark": ("发文机关标志", BIAOSONG, m.MARK_LARGEST),
    "number": ("发文字号", FANG, m.BODY),
}
"""Part of a paper -> (name of its style, typeface, size in points)."""
CLOSER: Final = int((m.ADVANCE - m.BODY) * TWIPS) - 1
"""Distance between characters of 3号, in twentieths of a point: 28 of them stay a little below the width of the type area."""
_INDENTED: Final = frozenset({"text", "level1", "level2", "level3", "level4", "attendance", "remark"})
_CENTRED: Final = frozenset({"title", "annex_title", "mark"})


def as_docx(paper: Official) -> bytes:
    """The paper as a Word document."""
    return _Writer(paper).written()


def new_document() -> Any:
    """An empty document with the page, the grid and the styles of an official paper."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(m.PAGE_MM[0]), Mm(m.PAGE_MM[1])
    section.top_margin, section.bottom_margin = Mm(m.TOP_MM), Mm(m.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(m.LEFT_MM), Mm(m.RIGHT_MM)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(m.PITCH * TWIPS)))
    normal = document.styles["Normal"]
    _face(normal, FANG, m.BODY)
    _close(normal)
    normal.paragraph_format.space_after = Pt(0)
    for name in STYLES:
        _style(document, name)
    return document


def _style(document: Any, name: str) -> None:
    said, typeface, size = STYLES[name]
    style = document.styles.add_style(said, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _face(style, typeface, size)
    _close(style)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(m.PITCH)
    form.widow_control = False
    if name in _CENTRED:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif name not in ("signed", "dated", "number", "cc"):
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if name in _INDENTED:
        indent(style.element.get_or_add_pPr(), firstLineChars=200, firstLine=round(2 * m.ADVANCE * TWIPS))


def _close(style: Any) -> None:
    """28 characters to a line by the distance between characters: programs do not read a grid of characters alike (a negative pitch, as
    3号 needs it, LibreOffice takes for a wide one); a grid of lines they do.
    """
    off_grid(style.element.get_or_add_pPr())
    if style.font.size == Pt(m.BODY):
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(CLOSER))
        style.element.get_or_add_rPr().insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")


def _face(style: Any, typeface: str, size: float) -> None:
    style.font.name, style.font.size = typeface, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), typeface)


class _Writer:
    def __init__(self, paper: Official) -> None:
        self.paper = paper
        self.document = new_document()
        self.section = self.document.sections[0]
        self.size = m.mark_size(paper.head.mark, m.LETTER_MARK_LARGEST if paper.head.form == "letter" else m.MARK_LARGEST)

    def written(self) -> bytes:
        content, properties = self.paper.content, self.document.core_properties
        properties.title, properties.author, properties.comments = content.title, content.signed, self.paper.foot
        properties.keywords = self.paper.head.number
        self._feet()
        if self.paper.head.form == "letter":
            self._letter_head()
        else:
            self._document_head()
        self._body()
        self._annexes()
        self._imprint()
        into = io.BytesIO()
        self.document.save(into)
        return into.getvalue()

    def _put(self, part: str, text: str = "", to: Any = None) -> Any:
        paragraph = (to or self.document).add_paragraph(style=self.document.styles[STYLES[part][0]])
        if text:
            paragraph.add_run(text)
        return paragraph

    # 版头
    def _document_head(self) -> None:
        head = self.paper.head
        before = m.MARK_FROM_TYPE_AREA_MM
        if head.mongolian or head.mongolian_image:
            self._mongolian(self.document, 26)
            before -= 30
        self._mark(self.document).paragraph_format.space_before = Mm(before)
        number = self._put("number", to=self.document)
        number.paragraph_format.space_before = Pt(2 * m.PITCH)
        if head.signatory:
            stop = Pt(m.TYPE_AREA_MM[0] * m.POINTS_PER_MM - m.ADVANCE)
            number.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)
            number.add_run(f"　{head.number}\t签发人：")
            run_of(number, head.signatory, KAI, m.BODY)
        else:
            number.alignment = WD_ALIGN_PARAGRAPH.CENTER
            number.add_run(head.number)
        borders(number, bottom=("single", 12, round(m.RULE_GAP_MM * m.POINTS_PER_MM - m.SLACK), head.colour))

    def _letter_head(self) -> None:
        head, section = self.paper.head, self.section
        section.different_first_page_header_footer = True
        given = bool(head.mongolian or head.mongolian_image)
        section.header_distance = Mm(m.LETTER_MARK_FROM_PAGE_MM - (18 if given else 0))
        header = section.first_page_header
        header.is_linked_to_previous = False
        first = header.paragraphs[0]
        if given:
            self._mongolian(header, 14)
        mark = self._mark(header)
        first._p.getparent().remove(first._p)
        outside(mark)
        borders(mark, bottom=("thickThinSmallGap", 24, round(m.RULE_GAP_MM * m.POINTS_PER_MM), head.colour))
        number = self._put("number", head.number)
        number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        number.paragraph_format.space_before = Pt(m.NUMBER_BELOW_RULE)

    def _mark(self, where: Any) -> Any:
        mark = self._put("mark", to=where)
        mark.paragraph_format.line_spacing = Pt(self.size)
        run = mark.add_run(self.paper.head.mark)
        run.font.size, run.font.color.rgb = Pt(self.size), RGBColor.from_string(self.paper.head.colour.upper())
        return mark

    def _mongolian(self, where: Any, height_mm: float) -> None:
        """A picture of the line, or its words, each standing upright in its own cell."""
        head = self.paper.head
        if head.mongolian_image:
            paragraph = where.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run().add_picture(io.BytesIO(head.mongolian_image), height=Mm(height_mm))
            return
        words = head.mongolian.split()
        table = where.add_table(1, len(words), Mm(8 * len(words))) if where is not self.document else where.add_table(1, len(words))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.rows[0].height = Mm(height_mm)
        for cell, word in zip(table.rows[0].cells, words, strict=True):
            cell.width = Mm(8)
            direction = OxmlElement("w:textDirection")
            direction.set(qn("w:val"), "tbRl")
            cell._tc.get_or_add_tcPr().append(direction)
            run_of(cell.paragraphs[0], word, MONGOLIAN, 14).font.color.rgb = RGBColor.from_string(head.colour.upper())

    # 主体
    def _body(self) -> None:
        content = self.paper.content
        self._put("title", content.title).paragraph_format.space_before = Pt(2 * m.PITCH)
        self._put("text")
        if content.to:
            self._put("to", f"{content.to}：")
        numbering = Numbering()
        for block in content.blocks:
            self._block(block, numbering)
        if content.blocks and content.blocks[-1].kind != "table":
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        for n, said in enumerate(annex_note(content)):
            note = self._put("annex_note", said)
            left, hanging = (5, 3) if n == 0 else (5, 0)
            indent(note._p.get_or_add_pPr(), left=round(left * m.ADVANCE * TWIPS), hanging=round(hanging * m.ADVANCE * TWIPS))
            if n == 0:
                note.paragraph_format.space_before = Pt(m.PITCH)
        if content.signed:
            self._sign()
        if content.remark:
            self._put("remark", f"（{content.remark}）")

    def _sign(self) -> None:
        content, day = self.paper.content, day_zh(self.paper.content.dated_on)
        unit_right, date_right = m.indents_when_sealed(content.signed, day)
        for part, said, right in (("signed", content.signed, unit_right), ("dated", day, date_right)):
            line = self._put(part, said)
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            line.paragraph_format.keep_with_next = part == "signed"
            indent(line._p.get_or_add_pPr(), right=round(right * TWIPS))
            if part == "signed":
                line.paragraph_format.space_before = Pt(m.PITCH)

    def _block(self, block: Block, numbering: Numbering) -> None:
        if block.kind == "table":
            self._table(block)
            return
        paragraph = self._put(block.kind)
        if block.kind == "attendance":
            run_of(paragraph, f"{block.label}：", HEI, m.BODY)
        paragraph.add_run(numbering.next(block.kind) + block.text)

    def _table(self, block: Block) -> None:
        table = self.document.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        table.autofit = False
        together = sum(block.widths) or 1
        widths = [Mm(m.TYPE_AREA_MM[0] * width / together) for width in block.widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        repeat = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
        for row, typeface in ((block.columns, HEI), *((row, FANG) for row in block.rows)):
            cells = table.rows[0].cells if typeface == HEI else table.add_row().cells
            for cell, said, width in zip(cells, row, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.line_spacing = Pt(17)
                run_of(paragraph, said, typeface, 12)

    def _annexes(self) -> None:
        content = self.paper.content
        for place, annex in enumerate(content.annexes, start=1):
            self._put("annex_head", annex_head(content, place)).paragraph_format.page_break_before = True
            self._put("text")
            self._put("annex_title", annex.title)
            self._put("text")
            numbering = Numbering()
            for block in annex.blocks:
                self._block(block, numbering)

    # 版记
    def _imprint(self) -> None:
        """At the foot of the last page: a frame that stands on the lower edge of the type area."""
        content, head = self.paper.content, self.paper.head
        lined = head.form != "letter"
        thick, thin = (("single", round(mm * m.POINTS_PER_MM * 8), 1, "000000") for mm in (m.THICK_MM, m.THIN_MM))
        said: list[tuple[str, dict[str, Any]]] = []
        if content.cc:
            said.append((f"　抄送：{content.cc.rstrip('。')}。", {"top": thick} if lined else {}))
        if lined:
            said.append((f"　{head.printed_by}\t{day_zh(content.dated_on)}印发", {"top": thin if said else thick, "bottom": thick}))
        for place, (text, sides) in enumerate(said):
            line = self._put("cc", text)
            line.paragraph_format.line_spacing = Pt(m.IMPRINT_PITCH)
            framed(line, sum(lines_of_imprint(one) for one, _sides in said[place:]) if place + 1 < len(said) else 0)
            if "\t" in text:
                stop = Pt(m.TYPE_AREA_MM[0] * m.POINTS_PER_MM - m.IMPRINT)
                line.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)
            if sides:
                borders(line, **sides)
            self._put("text").paragraph_format.line_spacing = Pt(1)

    # 页码
    def _feet(self) -> None:
        section = self.section
        self.document.settings.odd_and_even_pages_header_footer = True
        section.footer_distance = Mm(8)
        self._foot(section.footer, lambda p: self._page_number(p, odd=True))
        self._foot(section.even_page_footer, lambda p: self._page_number(p, odd=False))
        if self.paper.head.form == "letter":
            section.different_first_page_header_footer = True
            self._foot(section.first_page_footer, None)

    def _foot(self, footer: Any, number: Callable[[Any], None] | None) -> None:
        footer.is_linked_to_previous = False
        first = footer.paragraphs[0]
        if number is not None:
            first.paragraph_format.line_spacing = Pt(16)
            number(first)
            line = footer.add_paragraph()
        else:
            line = first
        line.paragraph_format.line_spacing = Mm(m.QR_MM + 2)
        if number is None:
            outside(line)
            borders(line, top=("thinThickSmallGap", 24, 1, self.paper.head.colour))
            indent(line._p.get_or_add_pPr(), firstLine=round(8 * m.POINTS_PER_MM * TWIPS))
        if self.paper.code:
            line.add_run().add_picture(io.BytesIO(qr_png(self.paper.code)), height=Mm(m.QR_MM))
        if self.paper.foot:
            run_of(line, f"  {self.paper.foot}", SONG, m.FOOT)

    def _page_number(self, paragraph: Any, *, odd: bool) -> None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
        indent(paragraph._p.get_or_add_pPr(), **{"right" if odd else "left": round(m.IMPRINT * TWIPS)})
        run_of(paragraph, "— ", SONG, m.IMPRINT)
        run = run_of(paragraph, "", SONG, m.IMPRINT)
        for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
            element = OxmlElement("w:instrText" if instruction else "w:fldChar")
            if instruction:
                element.text = instruction
            else:
                element.set(qn("w:fldCharType"), kind)
            run._r.append(element)
        run_of(paragraph, " —", SONG, m.IMPRINT)
