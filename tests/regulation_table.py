"""docs/explanation/regulation.md: which tests hold what the regulation asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).parents[1] / "docs" / "explanation" / "regulation.md"
NAMED: Final = re.compile(r"`([\w/]+\.py::test_\w+)`")


def rows() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(the articles of a row, the tests that it names), row by row."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and cells[0] not in ("article", "---"):
            yield tuple(part.strip() for part in cells[0].split(",")), tuple(NAMED.findall(cells[3]))


def named() -> frozenset[str]:
    """Every test in the table."""
    return frozenset(test for _, tests in rows() for test in tests)
