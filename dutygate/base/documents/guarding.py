"""公式注入: in text with separators a cell that begins like a formula is calculated by whoever opens it; a mark before it makes it text."""

from __future__ import annotations

from typing import Final

_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_MARK: Final = "'"


def guarded(cell: str) -> str:
    """Marked as text where a spreadsheet would calculate it."""
    return _MARK + cell if cell.lstrip(_MARK).startswith(_BEGINS) else cell


def unguarded(cell: str) -> str:
    """As it was before ``guarded``."""
    return cell[1:] if cell[:1] == _MARK and cell.lstrip(_MARK).startswith(_BEGINS) else cell
