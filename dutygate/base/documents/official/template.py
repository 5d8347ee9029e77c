"""公文模板: the words of a kind of paper with {{placeholders}}, kept as a Word document that an office may change in Word.

What is read of a document is each paragraph's words and the name of its style (公文标题, 主送机关, 公文正文, 一级标题 …). Typefaces, sizes,
margins, 版头 and 版记 come from the standard and the letterhead, whatever the document looks like, so that no template can spoil them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import docx
from pydantic import Field

from dutygate.base.catalogue.action import Given
from dutygate.base.documents.official.paper import Annex, Block, Content
from dutygate.base.documents.official.word import STYLES, new_document
from dutygate.base.documents.refusal import FileNotAccepted

Part = Literal["title", "to", "text", "level1", "level2", "level3", "level4", "attendance", "signed", "cc", "remark", "annex_title"]
PARTS: Final[tuple[Part, ...]] = (
    "title", "to", "text", "level1", "level2", "level3", "level4", "attendance", "signed", "cc", "remark", "annex_title",
)  # fmt: skip
PLACEHOLDER: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
MOST_LINES: Final = 500
_BY_STYLE: Final = {STYLES[part][0]: part for part in PARTS}
_TYPED: Final = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.．]|（[0-9]+）)\s*")
Value = str | tuple[Block, ...] | tuple[Annex, ...]


class Line(Given):
    """One paragraph of a template."""

    part: Part
    text: str = Field(max_length=4000)


@dataclass(frozen=True, slots=True)
class Flaws:
    """What keeps a template from being used: placeholders that the kind does not know, braces that do not close, parts that are missing."""

    unknown: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.unknown or self.broken or self.missing)


def as_template(lines: Sequence[Line]) -> bytes:
    """The lines as a Word document, each in the style of its part."""
    document = new_document()
    for line in lines:
        document.add_paragraph(line.text, style=document.styles[STYLES[line.part][0]])
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def read_template(data: bytes) -> tuple[Line, ...]:
    """The lines of a Word document, empty ones left out; a paragraph in a style that is none of ours is 公文正文.

    Raises FileNotAccepted for a document with tables, pictures or text boxes, which would be lost, and for one that is too long.
    """
    document = docx.Document(io.BytesIO(data))
    body = document.element.body
    if document.tables or body.xpath(".//w:drawing | .//w:pict | .//w:txbxContent"):
        raise FileNotAccepted("template_has_more_than_text")
    lines = []
    for paragraph in document.paragraphs:
        text = re.sub(r"\s*\n\s*", "", paragraph.text).strip()
        part = _BY_STYLE.get(paragraph.style.name if paragraph.style is not None else "", "text")
        if text:
            lines.append(Line(part=part, text=_TYPED.sub("", text) if part.startswith("level") else text))
    if len(lines) > MOST_LINES:
        raise FileNotAccepted("too_large", f"more than {MOST_LINES} paragraphs")
    return tuple(lines)


def placeholders(text: str) -> list[str]:
    """The names in a line, in their order."""
    return PLACEHOLDER.findall(text)


def flaws(lines: Iterable[Line], known: Iterable[str]) -> Flaws:
    """What is wrong with a template for a kind that knows these names."""
    known, lines = set(known), list(lines)
    unknown = dict.fromkeys(name for line in lines for name in placeholders(line.text) if name not in known)
    broken = [line.text for line in lines if "{{" in (rest := PLACEHOLDER.sub("", line.text)) or "}}" in rest]
    missing = [STYLES[part][0] for part in ("title", "text") if not any(line.part == part for line in lines)]
    return Flaws(tuple(unknown), tuple(broken), tuple(missing))


def filled(lines: Iterable[Line], values: Mapping[str, Value], signed: str, dated_on: date) -> Content:
    """The paper that a template gives with these values. Raises KeyError for a name without a value.

    A paragraph that is one placeholder alone takes what it stands for whole: paragraphs, tables, annexes. A paragraph whose placeholders
    all stand for nothing is left out; the title never is.
    """
    said: dict[str, list[str]] = {part: [] for part in PARTS}
    blocks: list[Block] = []
    annexes: list[Annex] = []
    for line in lines:
        for one in _said(line, values):
            if isinstance(one, Annex):
                annexes.append(one)
            elif isinstance(one, Block):
                blocks.append(one)
            elif line.part == "annex_title":
                annexes.append(Annex(title=one))
            elif line.part in ("title", "to", "cc", "remark", "signed"):
                said[line.part].append(one)
            else:
                blocks.append(_block(line.part, one))
    return Content(
        title="".join(said["title"]),
        to="、".join(said["to"]).rstrip("：:"),
        blocks=tuple(blocks),
        annexes=tuple(annexes),
        signed="".join(said["signed"]) or signed,
        dated_on=dated_on,
        cc="；".join(said["cc"]).removeprefix("抄送：").rstrip("。"),
        remark="；".join(said["remark"]).strip("（）"),
    )


def _block(part: str, text: str) -> Block:
    if part == "attendance":
        label, _colon, names = text.partition("：")
        return Block(kind="attendance", label=label if names else "", text=names or text)
    return Block(kind=part, text=text)


def _said(line: Line, values: Mapping[str, Value]) -> Iterable[str | Block | Annex]:
    names = placeholders(line.text)
    found = {name: values[name] for name in names}
    if names and not any(found.values()) and line.part != "title":
        return []
    whole = PLACEHOLDER.fullmatch(line.text)
    if whole and not isinstance(found[names[0]], str):
        return found[names[0]]
    words = {name: value if isinstance(value, str) else "；".join(_words(one) for one in value) for name, value in found.items()}
    text = PLACEHOLDER.sub(lambda match: words[match[1]], line.text)
    return [part.strip() for part in text.split("\n") if part.strip()]


def _words(one: Block | Annex) -> str:
    return one.text if isinstance(one, Block) else one.title
