"""待办: the projection of open tasks, brought up to date inside ``perform`` and computed anew by ``tasks verify``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connections

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.models import OpenTask
from dutygate.base.register.alias import current_alias
from dutygate.base.register.prepared import insert
from dutygate.law.procedure.table import Procedure
from dutygate.law.regulation.edition import Edition
from dutygate.law.workdays.calendar import Calendar


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """One task that should be open: action, unit id, seat."""

    action: str
    unit_id: int
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The subject whose tasks are kept, and what their time limits are taken from."""

    subject_id: int
    subject: str
    jurisdiction_id: int
    track: str
    edition: Edition
    procedure: Procedure
    calendar: Callable[[], Calendar]
    mandated: bool = False


# Every action on a case asks this, therefore as SQL.
_OPEN = "SELECT id, action, unit_id, seat FROM actions_opentask"
_DONE = "DELETE FROM actions_opentask"


def sync(board: Board, wanted: Collection[Wanted], on: date, units: Collection[int] | None = None) -> None:
    """Make the open tasks of a subject equal to ``wanted``: of these units only, or of all (None). At most three statements."""
    where, whose = " WHERE subject_id = %s", [board.subject_id]
    if units is not None:
        where, whose = f"{where} AND unit_id IN ({', '.join(['%s'] * len(units))})", [*whose, *units]
    with connections[current_alias()].cursor() as cursor:
        if not wanted:
            cursor.execute(_DONE + where, whose)
            return
        cursor.execute(_OPEN + where, whose)
        present = {Wanted(action, unit, seat): key for key, action, unit, seat in cursor.fetchall()}
        gone = [key for task, key in present.items() if task not in wanted]
        if gone:
            cursor.executemany(f"{_DONE} WHERE id = %s", [[key] for key in gone])
    insert(*(_row(board, task, on) for task in sorted(wanted) if task not in present))


def _row(board: Board, task: Wanted, on: date) -> OpenTask:
    limit = board.procedure.limit(task.action, board.mandated)
    days = board.edition.parameter(limit, board.track) if limit else None
    due = board.calendar().add_working_days(on, days) if isinstance(days, int) and not isinstance(days, bool) else None
    return OpenTask(
        jurisdiction_id=board.jurisdiction_id,
        subject_id=board.subject_id,
        subject=board.subject,
        action=task.action,
        unit_id=task.unit_id,
        seat=task.seat,
        opened_on=on,
        due_on=due.day if due else None,
        provisional=due.provisional if due else False,
    )


def owes(unit_id: int, subject_id: int) -> bool:
    """Whether a unit owes this subject something now."""
    return OpenTask.objects.filter(subject_id=subject_id, unit_id=unit_id).exists()


Compute = Callable[[date], Iterable[tuple[int, str, Collection[Wanted]]]]
_sources: Final[list[Compute]] = []


def task_source(compute: Compute) -> Compute:
    """Register who can compute all open tasks anew on a day, as (subject id, subject, tasks); the features do."""
    _sources.append(compute)
    return compute


@dataclass(frozen=True, slots=True)
class TaskProblem:
    """One open task that is missing, or that the records do not ask for. ``wrong``: missing, stray, or orphan (its subject is gone)."""

    subject: str
    wrong: str
    task: Wanted | None = None

    def __str__(self) -> str:
        if self.task is None:
            return f"{self.subject}: tasks of a subject that does not exist"
        return f"{self.subject}: {self.wrong} task {self.task.action} of unit {self.task.unit_id} {self.task.seat}".rstrip()


def verify_tasks(today: date | None = None, progress: Callable[[int], None] | None = None) -> list[TaskProblem]:
    """Differences between the projection and what the records say: an empty list when they agree.

    ``today`` tells who sits in the seats; the present day if it is not given. ``progress`` hears how many subjects were looked at.
    """
    day = local_day(clock.now()) if today is None else today
    problems: list[TaskProblem] = []
    seen: set[int] = set()
    stored: dict[int, set[Wanted]] = {}
    names: dict[int, str] = {}
    for subject_id, subject, action, unit, seat in OpenTask.objects.values_list("subject_id", "subject", "action", "unit_id", "seat"):
        stored.setdefault(subject_id, set()).add(Wanted(action, unit, seat))
        names[subject_id] = subject
    for compute in _sources:
        for subject_id, subject, wanted in compute(day):
            seen.add(subject_id)
            present = stored.get(subject_id, set())
            problems += [TaskProblem(subject, "missing", task) for task in sorted(set(wanted) - present)]
            problems += [TaskProblem(subject, "stray", task) for task in sorted(present - set(wanted))]
            if progress is not None:
                progress(len(seen))
    return problems + [TaskProblem(names[s], "orphan") for s in sorted(set(stored) - seen)]


def public_owed_by(unit_id: int) -> int:
    """How many open tasks a unit has."""
    return OpenTask.objects.filter(unit_id=unit_id).count()
