"""Tables for a terminal, where a Chinese character is as wide as two others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Head and rows with their columns in line, two spaces between. A row of one cell is a title, and widens no column."""
    lines = [list(head), *(list(row) for row in rows)]
    whole = [line for line in lines if len(line) == len(head)]
    widths = [max(_width(line[column]) for line in whole) for column in range(len(head))]
    return "\n".join("  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=False)).rstrip() for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
