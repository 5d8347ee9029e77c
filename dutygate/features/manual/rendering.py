"""手册的页面: blocks as HTML. What the program says by itself (refusals, articles) is taken from the program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from dutygate.base.actions.naming import edition_now
from dutygate.base.ui.templatetags.dutygate import article
from dutygate.features.manual.markup import Block, Words
from dutygate.law.procedure.table import procedure_of
from dutygate.law.rules.wording import PLACEHOLDER, catalogue

ENDING: Final = ".webp"
SOMEBODY: Final = {
    "township": "某乡镇",
    "department": "某部门",
    "unit": "某单位",
    "seat": "某席位",
    "item": "某一项",
    "safeguard": "某项保障",
    "point": "某一重点",
    "field": "某一栏",
    "body": "某机关",
    "basis": "某条依据",
    "declared_class": "某类事项",
    "edition": "那一版办法",
}
"""What stands in a refusal where the program names somebody or something."""
_TAG: Final = {"steps": "ol", "points": "ul"}


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders one chapter. ``whole``: on the page with all chapters, where anchors carry the chapter's name."""

    chapter: str
    whole: bool = False

    def blocks(self, blocks: Sequence[Block]) -> SafeString:
        """All of them, one after another."""
        return mark_safe("\n".join(self._block(block) for block in blocks))  # noqa: S308 - each was escaped by format_html

    def _block(self, block: Block) -> SafeString:
        words = self.words(block.words)
        if block.kind == "heading":
            shown = block.level + (1 if self.whole else 0)
            where = format_html(' id="{}"', self.anchor(block.anchor)) if block.anchor else ""
            return format_html("<h{}{}>{}</h{}>", shown, where, words, shown)
        if block.kind == "paragraph":
            return format_html("<p>{}</p>", words)
        if block.kind == "note":
            return format_html('<p class="notice">{}</p>', words)
        if block.kind == "picture":
            return self._picture(block)
        if block.kind == "refusal":
            return self._refusal(block)
        if block.kind == "table":
            return self._table(block)
        items = format_html_join("", "<li>{}</li>", ((self._item(item),) for item in block.items))
        return format_html("<{}>{}</{}>", _TAG[block.kind], items, _TAG[block.kind])

    def _item(self, blocks: Sequence[Block]) -> SafeString:
        first, *rest = blocks
        return format_html("{}{}", self.words(first.words), self.blocks(rest))

    def _table(self, block: Block) -> SafeString:
        head, *rows = block.rows
        titles = [_plain(cell) for cell in head]
        heads = format_html_join("", '<th scope="col">{}</th>', ((self.words(cell),) for cell in head))
        lines = format_html_join("", "<tr>{}</tr>", ((self._row(titles, row),) for row in rows))
        return format_html('<table class="table stack"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', heads, lines)

    def _row(self, titles: Sequence[str], cells: Sequence[Sequence[Words]]) -> SafeString:
        shown = ((title, self.words(cell)) for title, cell in zip(titles, cells, strict=True))
        return format_html_join("", '<td data-label="{}"><span>{}</span></td>', shown)

    def _picture(self, block: Block) -> SafeString:
        width, height = size_of(block.name)
        return format_html(
            '<figure class="manual-picture"><img src="{}" alt="{}" width="{}" height="{}"></figure>',
            static(f"manual/{block.name}{ENDING}"),
            block.about,
            width,
            height,
        )

    def _refusal(self, block: Block) -> SafeString:
        message, what_to_do = refusal(block.name)
        return format_html(
            '<div class="finding"><p class="finding-what">{} {}</p><p>{}</p></div>', message, article(block.about), what_to_do
        )

    def words(self, words: Sequence[Words]) -> SafeString:
        """A line."""
        return mark_safe("".join(self._piece(piece) for piece in words))  # noqa: S308 - each was escaped by format_html

    def _piece(self, piece: Words) -> SafeString:
        if piece.kind == "label":
            return format_html('<span class="on-screen">「{}」</span>', piece.text)
        if piece.kind == "cite":
            return article(piece.text)
        if piece.kind == "link":
            return format_html('<a href="{}">{}</a>', self.href(piece.target), self.words(piece.parts))
        if piece.kind == "strong":
            return format_html("<strong>{}</strong>", self.words(piece.parts))
        if piece.kind == "typed":
            return format_html("<code>{}</code>", piece.text)
        return format_html("{}", piece.text)

    def anchor(self, anchor: str) -> str:
        """The id of a section on this page."""
        return f"{self.chapter}-{anchor}" if self.whole else anchor

    def href(self, target: str) -> str:
        """Where a link leads."""
        if target.startswith("/"):
            return target
        if target.startswith("help:"):
            return reverse("help_topic", args=[target.removeprefix("help:")])
        chapter, _, anchor = target.partition("#")
        if self.whole:
            return f"#{chapter or self.chapter}{'-' + anchor if anchor else ''}"
        here = reverse("manual_chapter", args=[chapter]) if chapter else ""
        return f"{here}#{anchor}" if anchor else here


def refusal(code: str) -> tuple[str, str]:
    """What is wrong and what to do, as the program says it, with nobody named. Raises KeyError for an unknown code."""
    message, what_to_do = catalogue("zh").findings[code]
    return _filled(message), _filled(what_to_do)


def _filled(sentence: str) -> str:
    labels = procedure_of(edition_now()).labels

    def of(match: re.Match[str]) -> str:
        name = match[1]
        return labels[name].zh if name in labels else SOMEBODY.get(name, "……")

    return PLACEHOLDER.sub(of, sentence)


def _plain(words: Sequence[Words]) -> str:
    return "".join(piece.text for piece in words)


@lru_cache(maxsize=64)
def size_of(name: str) -> tuple[int, int]:
    """Width and height of a picture in pixels, from its head. Raises FileNotFoundError, or ValueError for what is no WebP."""
    head = (files("dutygate.features.manual") / "static" / "manual" / f"{name}{ENDING}").read_bytes()[:30]
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        raise ValueError(f"{name}: no WebP")
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
