"""待办之转版: under an edition that another one has replaced every open case is to be moved by the lead (Article 11).

It follows what was entered (``edition.begin``), not the day: time alone opens no task. An edition of a release that nobody here has
published opens none either; its cases are told so when they are refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dutygate.base.register.law_here import law_here
from dutygate.features.cases.case_action import TASKS_FOLLOW, projects_tasks
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.review.facts import sitting_in
from dutygate.law.procedure.tasks import Task

MOVE = "edition.move_case"
TASKS_FOLLOW.add("edition.begin")


def must_move(subject: CaseSubject) -> bool:
    """Whether the case runs under another edition than the newest that has begun here."""
    begun = [one for one in law_here(subject.case.jurisdiction_id, subject.door.reference_version).published if one.begun]
    return bool(begun) and subject.case.closed_at is None and begun[-1].edition != subject.case.edition


@projects_tasks
def move_projection(subject: CaseSubject, units: Collection[int] | None) -> Iterable[Task]:
    """The lead's task to move the case, for as long as it is needed."""
    if not must_move(subject):
        return []
    lead = sitting_in(subject, "lead")
    return [] if lead is None else [Task(MOVE, subject.key(lead))]
