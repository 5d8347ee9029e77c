"""What features above want to know: that the text of a case changes, since a review's findings lapse with what they were found on;
that an exit or an adjustment is opened, since it begins with what stands on the lists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from dutygate.base.catalogue.action import Context
from dutygate.features.cases.facts import CaseSubject

if TYPE_CHECKING:
    from dutygate.features.cases.duties import DutyNow
    from dutygate.features.cases.models import Case

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


Opened = Callable[["Case", "DutyNow", Context], None]
_opened: Final[list[Opened]] = []


def on_opened(listener: Opened) -> Opened:
    """Register who writes the first text of an exit or an adjustment, from the duty as it stands: (case, duty, context)."""
    _opened.append(listener)
    return listener


def opened(case: Case, duty: DutyNow, context: Context) -> None:
    """Tell every listener."""
    for listener in _opened:
        listener(case, duty, context)
