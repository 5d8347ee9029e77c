"""图上的字: how wide a text is, roughly, and where it is broken; enough for boxes and labels that must not overlap."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WIDE: Final = 1.0
_NARROW: Final = 0.52
# One Chinese character with the punctuation that may not begin a line, or one word with the space behind it.
_TOKEN: Final = re.compile(r"[（“《]*[\u2e80-\u9fff][，。、：；）”》？]*|[^\s\u2e80-\u9fff（“《]+\s*|\s+|.")


def width(text: str, size: float) -> float:
    """The width of a text in pixels at a font size, on the safe side for the usual sans-serif faces."""
    return size * sum(_WIDE if unicodedata.east_asian_width(character) in "WFA" else _NARROW for character in text)


def wrap(text: str, size: float, limit: float) -> list[str]:
    """The lines of a text that are no wider than ``limit``; a single long word may be."""
    lines: list[str] = []
    line = ""
    for token in _TOKEN.findall(text):
        if line and width((line + token).rstrip(), size) > limit:
            lines.append(line.rstrip())
            line = token.lstrip()
        else:
            line += token
    return [*lines, line.rstrip()] if line.strip() else lines


def balanced(text: str, size: float, limit: float) -> list[str]:
    """The same number of lines, of about the same length: no last line of one character."""
    lines = wrap(text, size, limit)
    while len(lines) > 1 and limit > 2 * size and len(narrower := wrap(text, size, limit - size / 2)) == len(lines):
        lines, limit = narrower, limit - size / 2
    return lines
