"""RESULTS.md is written by several benches: each puts in its own part, and leaves the others as they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).parent / "RESULTS.md"
_HEADING: Final = re.compile(r"^## .*$", re.MULTILINE)


def parts(text: str) -> list[tuple[str, str]]:
    """(heading, the part with its heading) of every part, in order."""
    starts = [match.start() for match in _HEADING.finditer(text)]
    cut = [text[start:end].rstrip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [(part.partition("\n")[0], part) for part in cut]


def with_part(text: str, part: str) -> str:
    """The text with this part in the place of the one it had under that heading, or at its end."""
    heading = part.partition("\n")[0]
    known = parts(text)
    head = text[: text.find("\n## ") + 1] if known else text
    others = [(name, part.rstrip() if name == heading else old) for name, old in known]
    if heading not in dict(known):
        others.append((heading, part.rstrip()))
    return "\n\n".join([head.rstrip(), *(kept for _name, kept in others)]) + "\n"


def keeping_others(new: str, old: str) -> str:
    """A whole new text, and after it those parts of the old one that it has not."""
    for name, part in parts(old):
        if name not in dict(parts(new)):
            new = with_part(new, part)
    return new
