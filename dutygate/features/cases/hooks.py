"""What features above want to know when the text of a case changes: a review's findings lapse with what they were found on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dutygate.base.catalogue.action import Context
from dutygate.features.cases.facts import CaseSubject

Listener = Callable[[CaseSubject, frozenset[str], Context], None]
_listeners: Final[list[Listener]] = []


def on_text_changed(listener: Listener) -> Listener:
    """Register a listener: (subject, names of changed items and marks, context)."""
    _listeners.append(listener)
    return listener


def text_changed(subject: CaseSubject, changed: frozenset[str], context: Context) -> None:
    """Tell every listener."""
    for listener in _listeners:
        listener(subject, changed, context)
