"""What follows inside ``perform`` when units, seats, posts or the calendar changed: whoever keeps something derived from them is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dutygate.base.catalogue.action import Door

Listener = Callable[[Door, str], None]
_listeners: Final[list[Listener]] = []


def on_reference_changed(listener: Listener) -> Listener:
    """Register a listener: (the door with the new reference version, name of the action)."""
    _listeners.append(listener)
    return listener


def reference_changed(door: Door, action: str) -> None:
    """Tell every listener. What they write is derived; a replay tells them too, since acts on open tasks rest on it."""
    for listener in _listeners:
        listener(door, action)
