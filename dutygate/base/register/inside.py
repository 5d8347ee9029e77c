"""What a unit keeps to itself: actions whose payloads only the unit that made the entry may read, for it is said to nobody yet."""

from __future__ import annotations

from typing import Final

INSIDE: Final[set[str]] = set()


def keeps_inside(*actions: str) -> None:
    """Register such actions."""
    INSIDE.update(actions)
