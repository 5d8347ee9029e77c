"""另有事项: things that wait for somebody and are named nowhere but on their own pages. The desk and the mail say how many, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from dutygate.base.catalogue.action import ActingPost


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many, and the route of the page on which they stand."""

    count: int
    route: str


Look = Callable[[ActingPost, date], Waiting]
_looks: Final[list[Look]] = []


def says_what_waits(look: Look) -> Look:
    """Register who knows of such things: (viewer, day) -> how many wait for her."""
    _looks.append(look)
    return look


def waiting_for(viewer: ActingPost, today: date) -> list[Waiting]:
    """What waits for the viewer, each kind of which there is at least one."""
    return [found for look in _looks if (found := look(viewer, today)).count]
