"""待办: whose move it is in a case, from the records of all features below (Articles 4.1-4.4).

In each state only what its tasks depend on is read: while townships are consulted one row and one count for a reply, later the
review, the decisions or the receipts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from dutygate.features.application.facts import standing_in, township_facts
from dutygate.features.cases.case_action import projects_tasks
from dutygate.features.cases.facts import CaseSubject, head_facts
from dutygate.features.decision.facts import BODIES, decision_facts, notice_standing, office_of
from dutygate.features.review.facts import SINGLE_SEATS, review_facts, sitting_in
from dutygate.law.procedure.tasks import Standing, Task, case_tasks, standing, township_tasks
from dutygate.law.rules.facts import DecisionFacts, NoticeFacts, ReviewFacts

CONSULTED: Final = ("consulting", "agreed")
REVIEWED: Final = ("applied", "reviewing", "concluded")
DECIDED: Final = ("banner_decision",)
TOLD: Final = ("approved", "refused")


class _Holders(dict[str, str]):
    """The unit behind each role, looked up when a task falls to it; "" where nobody holds it."""

    def __init__(self, subject: CaseSubject) -> None:
        super().__init__(initiator=subject.key(subject.case.initiator_id))
        self.subject = subject

    def __missing__(self, role: str) -> str:
        unit = self._holder(role)
        self[role] = "" if unit is None else self.subject.key(unit)
        return self[role]

    def _holder(self, role: str) -> int | None:
        if role in SINGLE_SEATS:
            return sitting_in(self.subject, role)
        return office_of(self.subject, role) if role in BODIES else None


@projects_tasks
def case_projection(subject: CaseSubject, units: Collection[int] | None) -> Iterable[Task]:
    """The open tasks of a case: of all units, or at least those of these units."""
    state = subject.case.state
    counted, tasks = _consulted(subject, units) if state in CONSULTED else (Standing(), [])
    review = review_facts(subject) if state in REVIEWED else ReviewFacts()
    decision = decision_facts(subject) if state in DECIDED else DecisionFacts()
    notice = _notice(subject) if state in TOLD else NoticeFacts()
    holders, points = _Holders(subject), subject.edition.focus_points
    tasks += case_tasks(subject.procedure, head_facts(subject), counted, review, decision, notice, holders, points)
    return [task for task in tasks if task.unit]


def _consulted(subject: CaseSubject, units: Collection[int] | None) -> tuple[Standing, list[Task]]:
    """The count over all townships, and the tasks of these: two queries for some units, one for all."""
    townships = township_facts(subject, units)
    counted = standing(townships, head_facts(subject)) if units is None else standing_in(subject)
    return counted, [task for township in townships for task in township_tasks(subject.case.state, township)]


def _notice(subject: CaseSubject) -> NoticeFacts:
    """Who was told does not matter here, only who still owes a receipt."""
    now = notice_standing(subject)
    return NoticeFacts(issued=now.issued, pending=frozenset(map(subject.key, now.pending)))
