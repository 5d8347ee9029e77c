"""待办提醒（第三条）: units are reminded of open tasks before their last day, on it and after it, once each and on working days only.

Nothing is decided by time. After days off, or days on which no sweep ran, each task is reminded of once, at the point that it has reached
by then; points that were passed over are not made up for. What stands still is not reminded of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from dutygate.base.actions.models import OpenTask, TaskReminder
from dutygate.base.actions.sweep import Due, swept
from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.actions.office import OfficeAction
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.base.register.law_here import edition_in_force
from dutygate.law.regulation.edition import Edition, NoEditionInForce
from dutygate.law.workdays.calendar import Calendar

BEFORE: Final = "remind_before"
AT_ONCE: Final = 2000
"""Tasks named in one entry."""
Key = tuple[int, int, str, str, date, str]


@dataclass(frozen=True, slots=True)
class ReminderSubject:
    """The jurisdiction whose units are reminded."""

    jurisdiction_id: int
    jurisdiction: str


class TaskNamed(BaseModel):
    """One open task: the number of its case (or the code of its duty), action, unit key, seat, last day, and the point it has reached."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str = Field(max_length=80)
    action: str = Field(max_length=60)
    unit: str = Field(max_length=120)
    seat: str = Field("", max_length=120)
    due_on: date
    point: str = Field(pattern="^(before|due|late)$")


def point_of(calendar: Calendar, opened_on: date, due_on: date, today: date, before: int) -> str:
    """The point that a task has reached, or "". The day on which it was opened is none."""
    if today > due_on:
        return "late"
    if today == due_on:
        return "due"
    return "before" if today > opened_on and calendar.working_days_between(today, due_on) <= before else ""


def days_before(edition: Edition) -> int:
    """How many working days before the last one units are reminded; 0 where the edition sets none."""
    found = edition.parameter(BEFORE) if BEFORE in edition.parameters else None
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def due_reminders(jurisdiction_id: int, version: int, edition: Edition, today: date) -> dict[Key, OpenTask]:
    """Every reminder that is due on a day and was not given: {(subject, unit, action, seat, last day, point): task}; {} on a day off."""
    calendar, before = public_directory(jurisdiction_id, version).calendar(), days_before(edition)
    if not calendar.is_workday(today):
        return {}
    horizon = calendar.add_working_days(today, before + 1).day
    rows = OpenTask.objects.filter(jurisdiction_id=jurisdiction_id, due_on__lte=horizon, paused_on=None).order_by("due_on", "id")
    found: dict[Key, OpenTask] = {}
    for row in rows:
        assert row.due_on is not None
        if point := point_of(calendar, row.opened_on, row.due_on, today, before):
            found[(row.subject_id, row.unit_id, row.action, row.seat, row.due_on, point)] = row
    given = TaskReminder.objects.filter(jurisdiction_id=jurisdiction_id, subject_id__in=rows.order_by().values("subject_id"))
    for key in given.values_list("subject_id", "unit_id", "action", "seat", "due_on", "point"):
        found.pop(key, None)
    return found


@register_action
class Remind(OfficeAction[ReminderSubject]):
    """待办提醒 of many tasks at once: one entry, one message for each. Subject: the jurisdiction's code. Of the system alone."""

    name = "task.remind"
    internal = True

    class Payload(Given):
        """The tasks."""

        tasks: tuple[TaskNamed, ...] = Field(min_length=1, max_length=AT_ONCE)

    def load(self, ref: str, payload: Any, door: Door) -> ReminderSubject:
        """Raises Malformed when the subject is no jurisdiction's code."""
        if ref != door.chain:
            raise Malformed([("subject", "the code of the jurisdiction")])
        return ReminderSubject(door.jurisdiction_id, door.chain)

    def subject_key(self, subject: ReminderSubject) -> str:
        """The jurisdiction's code."""
        return subject.jurisdiction

    def look_up(self, subject: ReminderSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """How many of those named are not due, or were reminded of already."""
        return {"not_due": len(payload.tasks) - len(self._found(subject, payload, door))}

    def _found(self, subject: ReminderSubject, payload: Any, door: Door) -> list[tuple[TaskNamed, Key]]:
        directory = public_directory(door.jurisdiction_id, door.reference_version)
        due = due_reminders(door.jurisdiction_id, door.reference_version, self.edition(subject, door), door.today)
        known = {(row.subject, *key[1:]): key for key, row in due.items()}
        named = [
            (task, (task.subject, directory.by_key(task.unit).id, task.action, task.seat, task.due_on, task.point))
            for task in payload.tasks
        ]
        return [(task, known[wanted]) for task, wanted in named if wanted in known]

    def apply(self, subject: ReminderSubject, payload: Any, context: Context) -> None:
        """The reminders are on record, and each unit is told of each of its tasks."""
        found = self._found(subject, payload, context.door)
        TaskReminder.objects.bulk_create(
            TaskReminder(
                id=context.new_id(),
                jurisdiction_id=context.jurisdiction_id,
                subject_id=key[0],
                unit_id=key[1],
                action=key[2],
                seat=key[3],
                due_on=key[4],
                point=key[5],
                reminded_on=context.door.today,
            )
            for _task, key in found
        )
        for task, key in found:
            self._tell(context, task, key[1])
        context.result["reminded"] = len(found)

    @staticmethod
    def _tell(context: Context, task: TaskNamed, unit: int) -> None:
        last = task.due_on.isoformat()
        if task.point == "before":
            context.tell("task_due_soon", [unit], about=task.subject, task=task.action, day=last)
        elif task.point == "due":
            context.tell("task_due_today", [unit], about=task.subject, task=task.action, day=last)
        else:
            context.tell("task_late", [unit], about=task.subject, task=task.action, day=last)


@swept
def reminders(jurisdiction_id: int, today: date) -> Iterator[Due]:
    """What is due today, in entries of at most so many tasks."""
    version = reference_version_of(jurisdiction_id)
    try:
        edition = edition_in_force(today, jurisdiction_id, version)
    except NoEditionInForce:
        return
    directory = public_directory(jurisdiction_id, version)
    tasks = [
        _named(directory.unit(row.unit_id).key, row, key[5]) for key, row in due_reminders(jurisdiction_id, version, edition, today).items()
    ]
    for start in range(0, len(tasks), AT_ONCE):
        yield Due("task.remind", directory.jurisdiction.code, {"tasks": tasks[start : start + AT_ONCE]})


def _named(unit: str, row: OpenTask, point: str) -> dict[str, Any]:
    assert row.due_on is not None
    return {
        "subject": row.subject,
        "action": row.action,
        "unit": unit,
        "due_on": row.due_on.isoformat(),
        "point": point,
        **({"seat": row.seat} if row.seat else {}),
    }
