"""What features above want to know: that a duty stands otherwise on the lists than before, in the action that did it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from dutygate.base.catalogue.action import Context

Listener = Callable[[Context, Iterable[Any]], None]
_listeners: Final[list[Listener]] = []


def on_lists_changed(listener: Listener) -> Listener:
    """Register a listener: (context, the duties). It brings about follow-ups and writes nothing itself."""
    _listeners.append(listener)
    return listener


def lists_changed(context: Context, duties: Iterable[Any]) -> None:
    """Tell every listener."""
    changed = list(duties)
    for listener in _listeners:
        listener(context, changed)
