"""程序图的形状: boxes, arrows, ports and rails of the diagram, with their sizes in pixels (Article 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from dutygate.law.procedure.graph import Move, Through

NAME: Final = 16.0
SMALL: Final = 13.0
LINE: Final = 15.5
BOLD: Final = 1.08
BOX: Final = 258.0
PAD: Final = 9.0
LABEL: Final = 146.0
RAIL: Final = 12.0
MARGIN: Final = 12.0
INDENT: Final = 34.0
FEW: Final = 3
"""From so many moves on, an action that alone leads to a box is named there once, and not at each box it leaves."""

Side = Literal["left", "right"]


@dataclass(slots=True)
class Box:
    """A state. ``below``: whether its article stands below its name, because beside it there is no room.

    ``now``: what marks it as the current one, "" if it is not. ``inside``: each move that stays, with its lines of text.
    """

    state: str
    name: str
    article: str
    final: bool
    below: bool
    now: str
    inside: list[tuple[Move, list[str]]]
    strip: int
    x: float = 0
    y: float = 0
    height: float = 0


@dataclass(slots=True)
class Arrow:
    """One or several moves from one box to another. ``label``: lines of text at (x, y of the last line), ``anchor`` start or end."""

    moves: tuple[Move, ...]
    points: list[tuple[float, float]]
    main: bool
    label: list[str] = field(default_factory=list)
    at: tuple[float, float] = (0, 0)
    anchor: str = "start"


@dataclass(slots=True)
class Beside:
    """贯穿全程, below the road: its title and each action with its lines, at its place."""

    title: str
    entries: list[tuple[Through, list[str], float, float]]
    y: float = 0
    height: float = 0


@dataclass(slots=True)
class Diagram:
    """Everything at its place, in pixels."""

    lang: str
    width: float
    height: float
    boxes: dict[str, Box]
    arrows: list[Arrow]
    beside: Beside
    start: tuple[float, float]


@dataclass(slots=True)
class Port:
    """A place at the side of a box where a rail begins or ends. ``up``: whether the other end lies above."""

    box: Box
    side: Side
    incoming: bool
    up: bool
    lines: list[str]
    y: float = 0

    @property
    def height(self) -> float:
        return 9 + LINE * len(self.lines) if self.lines else 13


@dataclass(slots=True)
class Rail:
    """All moves that come to one box through one channel."""

    channel: int
    target: Box
    end: Port
    starts: list[tuple[Port, Move]]
    lane: int = 0
