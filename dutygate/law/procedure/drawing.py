"""程序图的 SVG: the laid-out diagram as text. No script, no style: classes for the page, presentation attributes for a file alone."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from dutygate.law.procedure.graph import Move
from dutygate.law.procedure.shapes import BOX, LINE, NAME, PAD, SMALL, Arrow, Beside, Box, Diagram
from dutygate.law.rules.statements import on_diagram

SVG: Final = "http://www.w3.org/2000/svg"
FACES: Final = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"
INK, SOFT, LINE_COLOUR, ACCENT, GROUND, PAPER = "#1c2430", "#4d5866", "#6f7a87", "#1f4e79", "#e9f0f7", "#ffffff"
ROOT: Final = 16


def svg(diagram: Diagram, *, ids: str = "diagram", scale: float = 1.0) -> str:
    """The SVG. ``ids`` begins the ids of title and description, unique in a page. Sizes are in rem: it grows with the text."""
    root = ET.Element(
        "svg",
        {
            "xmlns": SVG,
            "class": "diagram",
            "viewBox": f"0 0 {_n(diagram.width)} {_n(diagram.height)}",
            "width": f"{_n(diagram.width / ROOT * scale)}rem",
            "height": f"{_n(diagram.height / ROOT * scale)}rem",
            "font-family": FACES,
            "font-size": _n(SMALL),
            "role": "img",
            "aria-labelledby": f"{ids}-title {ids}-desc",
        },
    )
    ET.SubElement(root, "title", {"id": f"{ids}-title"}).text = on_diagram("title", diagram.lang)
    desc = on_diagram("desc", diagram.lang)
    for box in diagram.boxes.values():
        if box.now:
            desc = f"{on_diagram('current', diagram.lang).format(box.name)} {desc}"
    ET.SubElement(root, "desc", {"id": f"{ids}-desc"}).text = desc

    for arrow in sorted(diagram.arrows, key=lambda arrow: arrow.main):
        _arrow(root, arrow)
    x, y = diagram.start
    ET.SubElement(root, "circle", {"class": "start", "cx": _n(x), "cy": _n(y), "r": "7", "fill": PAPER, "stroke": INK, "stroke-width": "2"})
    for box in diagram.boxes.values():
        _box(root, box)
    _beside(root, diagram.beside, diagram.width)
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _move(move: Move) -> str:
    return " ".join((move.source, move.action, move.question or "-", move.target))


def _text(parent: ET.Element, text: str, x: float, y: float, **more: str) -> None:
    ET.SubElement(parent, "text", {"x": _n(x), "y": _n(y), "fill": INK, **more}).text = text


def _arrow(root: ET.Element, arrow: Arrow) -> None:
    kind = "edge edge-main" if arrow.main else "edge"
    group = ET.SubElement(root, "g", {"class": kind, "data-moves": "|".join(map(_move, arrow.moves))})
    colour, thick = (ACCENT, "2.5") if arrow.main else (LINE_COLOUR, "1.25")
    path = "M" + " L".join(f"{_n(x)} {_n(y)}" for x, y in arrow.points)
    ET.SubElement(group, "path", {"d": path, "fill": "none", "stroke": colour, "stroke-width": thick, "stroke-linejoin": "round"})
    (x1, y1), (x, y) = arrow.points[-2:]
    dx, dy = (x > x1) - (x < x1), (y > y1) - (y < y1)
    size = 8.0
    corners = (
        (x, y),
        (x - dx * size - dy * size / 2, y - dy * size - dx * size / 2),
        (x - dx * size + dy * size / 2, y - dy * size + dx * size / 2),
    )
    ET.SubElement(group, "path", {"class": "head", "d": "M" + " L".join(f"{_n(a)} {_n(b)}" for a, b in corners) + " Z", "fill": colour})
    for below, line in zip(range(len(arrow.label) - 1, -1, -1), arrow.label, strict=True):
        _text(group, line, arrow.at[0], arrow.at[1] - LINE * below, **{"text-anchor": arrow.anchor})


def _box(root: ET.Element, box: Box) -> None:
    kinds = ["state", *(["state-final"] if box.final else []), *(["state-now"] if box.now else [])]
    group = ET.SubElement(root, "g", {"class": " ".join(kinds), "data-state": box.state})
    frame = {"x": _n(box.x), "y": _n(box.y), "width": _n(BOX), "height": _n(box.height), "rx": "4"}
    thick = "3.5" if box.now else "1.5"
    ET.SubElement(group, "rect", {**frame, "class": "frame", "fill": GROUND if box.now else PAPER, "stroke": ACCENT, "stroke-width": thick})
    if box.final:
        inner = {"x": _n(box.x + 4), "y": _n(box.y + 4), "width": _n(BOX - 8), "height": _n(box.height - 8), "rx": "2"}
        ET.SubElement(group, "rect", {**inner, "class": "frame", "fill": "none", "stroke": ACCENT, "stroke-width": "1"})
    y = box.y + PAD + NAME
    bold = {"font-weight": "600", "font-size": _n(NAME), "class": "name"}
    _text(group, box.name, box.x + PAD, y, **bold)
    soft = {"class": "soft", "fill": SOFT}
    if box.article and not box.below:
        _text(group, box.article, box.x + BOX - PAD, y, **{"text-anchor": "end", **soft})
    y += 6
    if box.article and box.below:
        y += LINE
        _text(group, box.article, box.x + PAD, y - 2, **soft)
    if box.now:
        y += LINE
        _text(group, f"▶ {box.now}", box.x + PAD, y - 2, **{"class": "now", "font-weight": "600", "fill": ACCENT})
    for move, lines in box.inside:
        item = ET.SubElement(group, "g", {"class": "inside", "data-moves": _move(move)})
        for number, line in enumerate(lines):
            y += LINE
            _text(item, f"· {line}" if number == 0 else line, box.x + PAD + (0 if number == 0 else 9), y - 2)


def _beside(root: ET.Element, beside: Beside, whole: float) -> None:
    group = ET.SubElement(root, "g", {"class": "through"})
    frame = {"x": "12", "y": _n(beside.y), "width": _n(whole - 24), "height": _n(beside.height), "rx": "4"}
    ET.SubElement(group, "rect", {**frame, "class": "frame", "fill": PAPER, "stroke": LINE_COLOUR, "stroke-dasharray": "4 3"})
    _text(group, beside.title, 12 + PAD, beside.y + PAD + NAME - 2, **{"font-weight": "600", "class": "name"})
    for one, lines, x, y in beside.entries:
        leads = ",".join(f"{question}>{target}" for question, target in one.leads)
        item = ET.SubElement(group, "g", {"data-action": one.action, "data-states": " ".join(one.sources), "data-leads": leads})
        for number, line in enumerate(lines):
            _text(item, line, x, y + LINE * number)
