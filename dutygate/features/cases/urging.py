"""可以催办的待办 (Article 3): open tasks in their last working days or late, that were not urged a short while ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dutygate.base.actions.tasks import warning_days
from dutygate.features.cases.case_action import board_of
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.models import Urge

INTERVAL = "urge_interval"


@dataclass(frozen=True, slots=True)
class Urgency:
    """How an open task stands on a day: whether it may be urged for its time, since when (None: never), and when it was, if too lately."""

    timely: bool
    since: date | None
    lately: date | None


def urgency(subject: CaseSubject, action: str, seat: str, opened_on: date, last: date | None, today: date) -> Urgency:
    """``last``: the day on which this task was urged last, or None."""
    due, warn, _provisional, paused = board_of(subject).times(action, opened_on, seat)
    timely = due is not None and warn is not None and paused is None and today >= warn
    lately = last is not None and subject.directory.calendar().working_days_between(last, today) < _interval(subject)
    return Urgency(timely, None if paused is not None else warn, last if lately else None)


def _interval(subject: CaseSubject) -> int:
    edition, track = subject.edition, subject.case.track
    found = edition.parameter(INTERVAL, track) if INTERVAL in edition.parameters else None
    return found if isinstance(found, int) and not isinstance(found, bool) else warning_days(edition, track)


def last_urged(subject: CaseSubject) -> dict[tuple[str, int, str, date], date]:
    """(action, unit, seat, day of opening) -> the day on which that task was urged last; one query."""
    rows = Urge.objects.filter(case=subject.case.id).order_by("id").values_list("task", "unit_id", "seat", "opened_on", "urged_on")
    return {(task, unit, seat, opened): urged for task, unit, seat, opened, urged in rows}
