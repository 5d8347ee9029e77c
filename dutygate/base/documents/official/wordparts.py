"""Word 的零件: what a paper needs of WordprocessingML that python-docx has no words for: indents, borders, frames, typefaces of a run."""

from __future__ import annotations

import math
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from dutygate.base.documents.official import measures as m

TWIPS: Final = 20
_BEHIND: Final = ("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:outlineLvl", "w:rPr")
"""What stands behind the switches in w:pPr."""


def indent(properties: Any, **given: int) -> None:
    """Attributes of w:ind, in twentieths of a point; those that end in Chars in hundredths of a character."""
    found = properties.get_or_add_ind()
    for name, value in given.items():
        found.set(qn(f"w:{name}"), str(value))


def off_grid(properties: Any) -> None:
    """Lines keep the pitch that is written for them and are not moved to the page's grid; no space is put between 汉字 and figures."""
    for name in ("autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        switch = OxmlElement(f"w:{name}")
        switch.set(qn("w:val"), "0")
        properties.insert_element_before(switch, *_BEHIND)


def run_of(paragraph: Any, text: str, typeface: str, size: float) -> Any:
    """Added at the end, in that typeface, Chinese characters too; ``size`` in points."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = typeface, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), typeface)
    return run


def borders(paragraph: Any, **sides: tuple[str, int, int, str]) -> None:
    """top, bottom = (kind, eighths of a point, distance in points, colour)."""
    found = OxmlElement("w:pBdr")
    for side in ("top", "bottom"):
        if side in sides:
            kind, size, space, colour = sides[side]
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", kind), ("sz", size), ("space", space), ("color", colour)):
                line.set(qn(f"w:{name}"), str(value))
            found.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        found, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
        "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
        "w:contextualSpacing", "w:jc", "w:rPr",
    )  # fmt: skip


def outside(paragraph: Any) -> None:
    """The double rules of a letter are 170 mm long, in the middle of the page: wider than the type area."""
    side = (m.PAGE_MM[0] - m.LETTER_RULE_MM) / 2
    left, right = side - m.LEFT_MM, side - m.RIGHT_MM
    indent(paragraph._p.get_or_add_pPr(), left=round(left * m.POINTS_PER_MM * TWIPS), right=round(right * m.POINTS_PER_MM * TWIPS))


def lines_of_imprint(text: str) -> int:
    """How many lines of 4号 a text takes within the type area."""
    return max(1, math.ceil(m.IMPRINT * len(text) / (m.TYPE_AREA_MM[0] * m.POINTS_PER_MM - m.IMPRINT)))


def framed(paragraph: Any, lines: int) -> None:
    """In a frame of its own: so many lines above the lower edge of the type area, or (0) on it."""
    frame = OxmlElement("w:framePr")
    width, height = (mm * m.POINTS_PER_MM * TWIPS for mm in m.TYPE_AREA_MM)
    wanted = {"w": str(round(width)), "wrap": "notBeside", "vAnchor": "margin", "hAnchor": "margin", "xAlign": "left"}
    place = {"y": str(round(height - lines * m.IMPRINT_PITCH * TWIPS))} if lines else {"yAlign": "bottom"}
    for name, value in {**wanted, **place}.items():
        frame.set(qn(f"w:{name}"), value)
    paragraph._p.get_or_add_pPr().find(qn("w:pStyle")).addnext(frame)
