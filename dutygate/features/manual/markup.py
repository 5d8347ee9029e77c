"""手册的写法: the few forms in which a chapter is written, read strictly: what is none of them is a mistake with its line.

    # 题目 · ## 小节 {#anchor} · ### 小题      headings; a section has an anchor
    1. …  - …                               steps and points; lines indented by three spaces belong to the one above
    | … | … |                               a table, its second line | --- | --- |
    > …                                     a note
    ! code 4.1                              how the program refuses: finding and provision, in the program's own words
    ![what it shows](name)                  a picture
    「label」 〔4.1〕 [words](target) **words** `typed`

A target is a chapter, chapter#anchor, #anchor, /path/ of the program, or help:topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final


class MarkupError(ValueError):
    """A line that is written in no form of the manual: the file and the line."""


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a line. ``kind``: text, label, cite, link, strong or typed; ``parts``: what a link or strong words are made of."""

    kind: str
    text: str = ""
    target: str = ""
    parts: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a chapter. ``kind``: heading, paragraph, note, steps, points, table, refusal or picture.

    ``level`` and ``anchor`` of a heading; ``rows``: cells of a table, the head first; ``items``: what each step holds;
    ``name``: the code of a refusal, the name of a picture; ``about``: its provision, what it shows.
    """

    kind: str
    words: tuple[Words, ...] = ()
    level: int = 0
    anchor: str = ""
    rows: tuple[tuple[tuple[Words, ...], ...], ...] = ()
    items: tuple[tuple[Block, ...], ...] = ()
    name: str = ""
    about: str = ""


Line = tuple[int, str]
_INLINE: Final = re.compile(
    r"「(?P<label>[^「」]+)」|〔(?P<cite>\d+(?:\.\d+)?)〕|\[(?P<words>[^\[\]]+)\]\((?P<target>[^()\s]+)\)"
    r"|\*\*(?P<strong>[^*]+)\*\*|`(?P<typed>[^`]+)`"
)
_STRAY: Final = re.compile(r"[「」〔〕\[\]*`<>|#{}]")
_HEADING: Final = re.compile(r"(#{1,3}) ([^{}#]+?)(?: \{#([a-z0-9-]+)\})?")
_ITEM: Final = re.compile(r"(\d+\.|-) +(.+)")
_PICTURE: Final = re.compile(r"!\[([^\[\]]+)\]\(([a-z0-9-]+)\)")
_REFUSAL: Final = re.compile(r"! ([a-z_]+) (\d+(?:\.\d+)?)")
_INDENT: Final = "   "


def read(text: str, name: str) -> tuple[Block, ...]:
    """The blocks of a chapter. Raises MarkupError."""
    return _Reader(name).blocks([(number, line.rstrip()) for number, line in enumerate(text.splitlines(), start=1)])


def words_of(blocks: Sequence[Block]) -> Iterator[Words]:
    """Every piece of every line, those inside links and strong words too."""
    for block in blocks:
        for words in (block.words, *(cell for row in block.rows for cell in row)):
            for piece in words:
                yield piece
                yield from piece.parts
        for item in block.items:
            yield from words_of(item)


def every(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block, those inside steps too."""
    for block in blocks:
        yield block
        for item in block.items:
            yield from every(item)


@dataclass(frozen=True, slots=True)
class _Reader:
    name: str

    def blocks(self, lines: Sequence[Line]) -> tuple[Block, ...]:
        found: list[Block] = []
        at = 0
        while at < len(lines):
            number, line = lines[at]
            if not line:
                at += 1
            elif _ITEM.fullmatch(line):
                block, at = self._items(lines, at)
                found.append(block)
            elif line.startswith("|"):
                end = next((n for n in range(at, len(lines)) if not lines[n][1].startswith("|")), len(lines))
                found.append(self._table(lines[at:end]))
                at = end
            else:
                found.append(self._line(number, line))
                at += 1
        return tuple(found)

    def _line(self, number: int, line: str) -> Block:
        if heading := _HEADING.fullmatch(line):
            level = len(heading[1])
            if (level == 2) != bool(heading[3]):
                raise self._wrong(number, "a section has an anchor, no other heading has")
            return Block("heading", self.words(number, heading[2]), level=level, anchor=heading[3] or "")
        if picture := _PICTURE.fullmatch(line):
            return Block("picture", name=picture[2], about=picture[1])
        if refusal := _REFUSAL.fullmatch(line):
            return Block("refusal", name=refusal[1], about=refusal[2])
        if line.startswith("> "):
            return Block("note", self.words(number, line[2:]))
        if line.startswith((" ", "!", "#", ">")):
            raise self._wrong(number, line)
        return Block("paragraph", self.words(number, line))

    def _items(self, lines: Sequence[Line], at: int) -> tuple[Block, int]:
        """Steps or points that follow one another; steps are numbered from 1."""
        first = _ITEM.fullmatch(lines[at][1])
        assert first is not None
        kind = "points" if first[1] == "-" else "steps"
        items: list[tuple[Block, ...]] = []
        while at < len(lines) and (item := _ITEM.fullmatch(lines[at][1])) and (item[1] == "-") == (kind == "points"):
            number = lines[at][0]
            if kind == "steps" and item[1] != f"{len(items) + 1}.":
                raise self._wrong(number, f"{item[1]} does not follow")
            at += 1
            inside: list[Line] = []
            while at < len(lines) and (lines[at][1].startswith(_INDENT) or not lines[at][1]):
                inside.append((lines[at][0], lines[at][1].removeprefix(_INDENT)))
                at += 1
            items.append((Block("paragraph", self.words(number, item[2])), *self.blocks(inside)))
        return Block(kind, items=tuple(items)), at

    def _table(self, lines: Sequence[Line]) -> Block:
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for _, line in lines]
        if len(rows) < 3 or set(rows[1]) != {"---"} or len({len(row) for row in rows}) != 1:
            raise self._wrong(lines[0][0], "a table has a head, a line of --- and rows of the same length")
        numbers = [number for number, _ in lines]
        cells = [tuple(self.words(numbers[n], cell) for cell in row) for n, row in enumerate(rows) if n != 1]
        return Block("table", rows=tuple(cells))

    def words(self, number: int, text: str, *, nested: bool = False) -> tuple[Words, ...]:
        """The pieces of a line."""
        found: list[Words] = []
        at = 0
        for match in _INLINE.finditer(text):
            found += self._plain(number, text[at : match.start()])
            found.append(self._piece(number, match, nested))
            at = match.end()
        return (*found, *self._plain(number, text[at:]))

    def _piece(self, number: int, match: re.Match[str], nested: bool) -> Words:
        kind = match.lastgroup or ""
        if kind == "target":
            piece = Words("link", target=match["target"], parts=self.words(number, match["words"], nested=True))
        elif kind == "strong":
            piece = Words("strong", parts=self.words(number, match["strong"], nested=True))
        else:
            return Words(kind, match[kind])
        if nested:
            raise self._wrong(number, match[0])
        return replace(piece, text="".join(part.text for part in piece.parts))

    def _plain(self, number: int, text: str) -> list[Words]:
        if _STRAY.search(text):
            raise self._wrong(number, text)
        return [Words("text", text)] if text else []

    def _wrong(self, number: int, what: str) -> MarkupError:
        return MarkupError(f"{self.name}:{number}: {what}")
