"""办过的待办: whether each was done in time, and how late; a part of what a case's register shows (Article 3)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from dutygate.base.actions.now import PastTask, past_tasks_of_subject
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.kinds import action_in
from dutygate.features.cases.section import of_another_township


def past_lines(found: CaseScene) -> list[dict[str, Any]]:
    """{label, cites, unit, opened_on, due_on, closed_on, words, late, provisional} of what the reader may see; one query."""
    procedure, directory, on = found.now.procedure, found.reading.directory, found.reading.on
    return [
        {
            "label": action_in(procedure, task.action, found.case.kind, found.lang),
            "cites": procedure.cites(task.action) if task.action in procedure else "",
            "unit": directory.name_on(task.unit_id, on) if task.unit_id in directory.units else "",
            "opened_on": task.opened_on,
            "due_on": task.due_on,
            "closed_on": task.closed_on,
            "provisional": task.provisional,
            "late": task.done and _days_late(found, task) > 0,
            "words": _words(found, task),
        }
        for task in past_tasks_of_subject(found.viewer, found.case.id)
        if not of_another_township(found.viewer, found.reading, task.unit_id)
    ]


def _days_late(found: CaseScene, task: PastTask) -> int:
    """Working days after its last one; 0 in time."""
    if task.due_on is None or task.closed_on <= task.due_on:
        return 0
    return max(1, found.reading.directory.calendar().working_days_between(task.due_on, task.closed_on))


def _words(found: CaseScene, task: PastTask) -> str:
    if not task.done:
        return gettext("没有办，后来不用办了")
    if task.due_on is None:
        return gettext("已办，没有规定时限")
    late = _days_late(found, task)
    return gettext("超期 %(days)s 个工作日办结") % {"days": late} if late else gettext("按期办结")
