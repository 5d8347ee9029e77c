"""待办: the projection of open tasks, brought up to date inside ``perform`` and computed anew by ``tasks verify``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connections

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.models import ClosedTask, OpenTask
from dutygate.base.actions.reference import on_reference_changed
from dutygate.base.catalogue.action import Door
from dutygate.base.register.alias import current_alias
from dutygate.base.register.prepared import Prepared, insert
from dutygate.law.procedure.table import Procedure, procedure_of
from dutygate.law.regulation.edition import Edition
from dutygate.law.workdays.calendar import WARNING_DAYS, Calendar
from dutygate.law.workdays.limits import UNCHANGED, Ends, Timing, limit_ends


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """One task that should be open: action, unit id, seat."""

    action: str
    unit_id: int
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The subject whose tasks are kept, and what their time limits are taken from.

    ``timing`` says what was done to its time, None where nothing was. ``edition_of`` gives the edition by the day on which a task was
    opened, where the subject has none of its own.
    """

    subject_id: int
    subject: str
    jurisdiction_id: int
    track: str
    edition: Edition
    procedure: Procedure
    calendar: Callable[[], Calendar]
    mandated: bool = False
    timing: Callable[[], Timing] | None = None
    edition_of: Callable[[date], Edition] | None = None

    def ends(self, action: str, opened: date, closed: date | None = None, *, seat: str = "") -> Ends | None:
        """When a task that was opened on that day is due, or None where no limit holds."""
        edition = self.edition if self.edition_of is None else self.edition_of(opened)
        procedure = self.procedure if self.edition_of is None else procedure_of(edition)
        limit = procedure.limit(action, self.mandated, seat)
        days = edition.parameter(limit, self.track) if limit else None
        if not isinstance(days, int) or isinstance(days, bool):
            return None
        timing = self.timing() if self.timing is not None and procedure.stands_still(action) else UNCHANGED
        if limit not in EXTENDED:
            timing = Timing(timing.stops)
        return limit_ends(self.calendar(), opened, days, timing, warning=warning_days(edition, self.track), closed=closed)

    def paused_on(self, action: str) -> date | None:
        """Since which day the time of such a task stands still, or None."""
        return self.timing().paused_on if self.timing is not None and self.procedure.stands_still(action) else None

    def times(self, action: str, opened: date, seat: str = "") -> Times:
        """(due_on, warn_on, provisional, paused_on) as the row of an open task holds them."""
        ends = self.ends(action, opened, seat=seat)
        return (*((ends.due, ends.warn, ends.provisional) if ends else (None, None, False)), self.paused_on(action))


EXTENDED: Final = ("review", "legal_review")
"""The limits that ``review.extend`` lengthens: that of the review and of the legal review inside it, not that of a department asked."""
Times = tuple[date | None, date | None, bool, date | None]


def warning_days(edition: Edition, track: str) -> int:
    """How many last working days are yellow."""
    found = edition.parameter("warning_days", track) if "warning_days" in edition.parameters else None
    return found if isinstance(found, int) and not isinstance(found, bool) else WARNING_DAYS


# Every action on a case asks this, therefore as SQL.
_OPEN = "SELECT id, action, unit_id, seat, opened_on, due_on, warn_on, provisional, paused_on FROM actions_opentask"
_DONE = "DELETE FROM actions_opentask"


def sync(
    board: Board, wanted: Collection[Wanted], on: date, units: Collection[int] | None = None, *, done: tuple[str, int | None] | None = None
) -> None:
    """Make the open tasks of a subject equal to ``wanted``: of these units only, or of all (None). At most three statements, and one more
    for each other last day that some of them get. ``done``: the (action, unit) that was just done; what else goes away has fallen away.
    """
    where, whose = " WHERE subject_id = %s", [board.subject_id]
    if units is not None:
        where, whose = f"{where} AND unit_id IN ({', '.join(['%s'] * len(units))})", [*whose, *units]
    with connections[current_alias()].cursor() as cursor:
        cursor.execute(_OPEN + where, whose)
        rows = [_Row(row[0], Wanted(*row[1:4]), _day(row[4]), _times(row[5:])) for row in cursor.fetchall()]
        gone = [row for row in rows if row.task not in wanted]
        if gone and not wanted:
            cursor.execute(_DONE + where, whose)
        elif gone:
            cursor.executemany(f"{_DONE} WHERE id = %s", [[row.id] for row in gone])
    _move((row.id, row.times, board.times(row.task.action, row.opened_on, row.task.seat)) for row in rows if row.task in wanted)
    present = {row.task for row in rows}
    insert(*(_new(board, task, on) for task in sorted(wanted) if task not in present))
    insert(*(_closed(board, row, on, done) for row in gone))


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    task: Wanted
    opened_on: date
    times: Times


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _times(stored: Sequence[Any]) -> Times:
    due, warn, paused = (None if stored[place] is None else _day(stored[place]) for place in (0, 1, 3))
    return due, warn, bool(stored[2]), paused


def _move(rows: Iterable[tuple[int, Times, Times]]) -> None:
    """Give each row (id, as stored, as it should be) its times."""
    alike: dict[Times, list[int]] = {}
    for row_id, stored, times in rows:
        if stored != times:
            alike.setdefault(times, []).append(row_id)
    for (due, warn, provisional, paused), ids in alike.items():
        for start in range(0, len(ids), 500):
            moved = OpenTask.objects.filter(pk__in=ids[start : start + 500])
            moved.update(due_on=due, warn_on=warn, provisional=provisional, paused_on=paused)


def _new(board: Board, task: Wanted, on: date) -> OpenTask:
    due, warn, provisional, paused = board.times(task.action, on, task.seat)
    return OpenTask(
        jurisdiction_id=board.jurisdiction_id,
        subject_id=board.subject_id,
        subject=board.subject,
        action=task.action,
        unit_id=task.unit_id,
        seat=task.seat,
        opened_on=on,
        due_on=due,
        warn_on=warn,
        provisional=provisional,
        paused_on=paused,
    )


def _closed(board: Board, row: _Row, on: date, done: tuple[str, int | None] | None) -> ClosedTask:
    closed = max(on, row.opened_on)
    ends = board.ends(row.task.action, row.opened_on, closed, seat=row.task.seat)
    return ClosedTask(
        jurisdiction_id=board.jurisdiction_id,
        subject_id=board.subject_id,
        subject=board.subject,
        action=row.task.action,
        unit_id=row.task.unit_id,
        seat=row.task.seat,
        opened_on=row.opened_on,
        due_on=ends.due if ends else None,
        provisional=ends.provisional if ends else False,
        closed_on=closed,
        done=done == (row.task.action, row.task.unit_id),
    )


_OWES: Final = Prepared(
    lambda subject, unit: OpenTask.objects.filter(subject_id=subject, unit_id=unit).values_list("id")[:1], subject=int, unit=int
)


def owes(unit_id: int, subject_id: int) -> bool:
    """Whether a unit owes this subject something now."""
    return bool(_OWES.rows(subject=subject_id, unit=unit_id))


def opened_on(subject_id: int, action: str, unit_id: int, seat: str) -> date | None:
    """The day since which a unit owes a subject this action, or None if it does not."""
    rows = OpenTask.objects.filter(subject_id=subject_id, action=action, unit_id=unit_id, seat=seat)
    return rows.values_list("opened_on", flat=True).first()


Compute = Callable[[date], Iterable[tuple[Board, Collection[Wanted]]]]
Boards = Callable[[Door, Collection[int]], Iterable[Board]]
_sources: Final[list[Compute]] = []
_boards: Final[list[Boards]] = []


def task_source(compute: Compute) -> Compute:
    """Register who can compute all open tasks anew on a day, as (board, tasks); the features do."""
    _sources.append(compute)
    return compute


def board_source(boards: Boards) -> Boards:
    """Register who knows the boards of subjects: (door, ids of subjects) -> those of them that are its own."""
    _boards.append(boards)
    return boards


@on_reference_changed
def due_days_follow(door: Door, action: str) -> None:
    """A year that is loaded, or a day that is set, moves the last days of what is open, and those that were provisional of what is done."""
    if not action.startswith("calendar."):
        return
    open_rows = list(OpenTask.objects.filter(jurisdiction_id=door.jurisdiction_id).order_by("id"))
    past_rows = list(ClosedTask.objects.filter(jurisdiction_id=door.jurisdiction_id, provisional=True).order_by("id"))
    subjects = {row.subject_id for row in open_rows} | {past.subject_id for past in past_rows}
    known = {board.subject_id: board for boards in _boards for board in boards(door, subjects)}
    _move(
        (
            row.id,
            (row.due_on, row.warn_on, row.provisional, row.paused_on),
            known[row.subject_id].times(row.action, row.opened_on, row.seat),
        )
        for row in open_rows
        if row.subject_id in known
    )
    for past in past_rows:
        board = known.get(past.subject_id)
        ends = board.ends(past.action, past.opened_on, past.closed_on, seat=past.seat) if board is not None else None
        if ends is not None and (ends.due, ends.provisional) != (past.due_on, past.provisional):
            ClosedTask.objects.filter(pk=past.id).update(due_on=ends.due, provisional=ends.provisional)


@dataclass(frozen=True, slots=True)
class TaskProblem:
    """One open task that is missing, or that the records do not ask for. ``wrong``: missing, stray, due (another last day than its own),
    or orphan (its subject is gone).
    """

    subject: str
    wrong: str
    task: Wanted | None = None

    def __str__(self) -> str:
        if self.task is None:
            return f"{self.subject}: tasks of a subject that does not exist"
        if self.wrong == "due":
            return f"{self.subject}: wrong last day of task {self.task.action} of unit {self.task.unit_id} {self.task.seat}".rstrip()
        return f"{self.subject}: {self.wrong} task {self.task.action} of unit {self.task.unit_id} {self.task.seat}".rstrip()


def verify_tasks(today: date | None = None, progress: Callable[[int], None] | None = None) -> list[TaskProblem]:
    """Differences between the projection and what the records say: an empty list when they agree.

    ``today`` tells who sits in the seats; the present day if it is not given. ``progress`` hears how many subjects were looked at.
    """
    day = local_day(clock.now()) if today is None else today
    problems: list[TaskProblem] = []
    seen: set[int] = set()
    stored: dict[int, dict[Wanted, tuple[date, Times]]] = {}
    names: dict[int, str] = {}
    columns = ("subject_id", "subject", "action", "unit_id", "seat", "opened_on", "due_on", "warn_on", "provisional", "paused_on")
    for subject_id, subject, action, unit, seat, opened, *times in OpenTask.objects.values_list(*columns):
        stored.setdefault(subject_id, {})[Wanted(action, unit, seat)] = (opened, _times(times))
        names[subject_id] = subject
    for compute in _sources:
        for board, wanted in compute(day):
            seen.add(board.subject_id)
            present = stored.get(board.subject_id, {})
            problems += [TaskProblem(board.subject, "missing", task) for task in sorted(set(wanted) - set(present))]
            problems += [TaskProblem(board.subject, "stray", task) for task in sorted(set(present) - set(wanted))]
            problems += [TaskProblem(board.subject, "due", t) for t in sorted(set(wanted) & set(present)) if _misses(board, t, present[t])]
            if progress is not None:
                progress(len(seen))
    return problems + [TaskProblem(names[s], "orphan") for s in sorted(set(stored) - seen)]


def _misses(board: Board, task: Wanted, stored: tuple[date, Times]) -> bool:
    """Whether its last day is another than its limit and the calendar say; one kept by an earlier release knows no first yellow day."""
    opened, times = stored
    due, warn, provisional, paused = board.times(task.action, opened, task.seat)
    return times != (due, times[1] and warn, provisional, paused)


def public_owed_by(unit_id: int) -> int:
    """How many open tasks a unit has."""
    return OpenTask.objects.filter(unit_id=unit_id).count()
