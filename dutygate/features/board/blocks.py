"""看板的一块: one table of figures with its bars, as the page, the files and the print show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

WIDE: Final = 1000
"""The whole width of a bar, in units of its drawing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure in words; ``href`` opens the rows behind it, "" where there are none."""

    said: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of figures; ``whole``: what the others add up to. ``cites``: the provision behind its name."""

    name: str
    cells: tuple[Cell, ...]
    whole: bool = False
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, or two: ``long`` is its length out of ``WIDE``, ``beside`` that of a lighter one behind it (None: there is none)."""

    name: str
    said: str
    long: int
    beside: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """``columns`` are the headings, that of the names first. ``about`` says what is counted; ``empty`` what it means that nothing is.

    ``lead``: figures that follow on ``about``; ``words``: so many columns behind the first hold words and no figures.
    ``apart``: it stands on the page alone and goes into no file (reports, which are confidential).
    """

    key: str
    title: str
    cites: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    empty: str
    legend: str = ""
    apart: bool = False
    lead: tuple[Cell, ...] = ()
    words: int = 0

    @property
    def lines(self) -> list[tuple[Row, list[tuple[str, Cell]]]]:
        """Each row with its cells, each under the heading of its column."""
        return [(row, list(zip(self.columns[1:], row.cells, strict=True))) for row in self.rows]


def bars_of(figures: Iterable[tuple[str, int]]) -> tuple[Bar, ...]:
    """A bar for each figure, the largest as wide as there is room. Whatever is not nought is seen."""
    named = list(figures)
    most = max((figure for _name, figure in named), default=0)
    return tuple(Bar(name, str(figure), length(figure, most)) for name, figure in named) if most else ()


def length(figure: int, most: int) -> int:
    """How long a bar is out of ``WIDE``."""
    return 0 if figure <= 0 or most <= 0 else max(4, round(WIDE * figure / most))


def figure(count: int, href: str) -> Cell:
    """A count with the way to its rows; a nought leads nowhere."""
    return Cell(str(count), href if count else "")


def behind(what: str, base: dict[str, Any], **narrowed: Any) -> str:
    """The address of the rows behind a figure. ``base`` says which board; "" narrows nothing."""
    asked = {**base, **{name: value for name, value in narrowed.items() if value != ""}}
    return f"{reverse('board_rows', args=[what])}?{urlencode(asked)}"


def texts(rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    """The rows as cells of a file."""
    return tuple((row.name, *(cell.said for cell in row.cells)) for row in rows)
