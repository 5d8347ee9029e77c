"""Whose move it is: the open tasks of a case, from the same facts that the rules look at (Articles 4.1-4.4).

One pure function answers for the whole case; its two halves (`township_tasks`, `case_tasks`) let one township's reply be
brought up to date without reading the other townships.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from dutygate.law.procedure.table import Procedure
from dutygate.law.rules.facts import DecisionFacts, Head, NoticeFacts, ReviewFacts, Township
from dutygate.law.rules.kinds import banner_decides, consent_needed, own_cause

TOWNSHIP_ACTIONS: Final = ("consultation.reply", "consultation.settle_conditions")


@dataclass(frozen=True, slots=True, order=True)
class Task:
    """待办: one action that one unit owes a case. ``seat``: the seat or body it owes it as, or ""."""

    action: str
    unit: str
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many parties in scope stand where. ``broken``: lapsed, contested or never asked; these need a new round.

    ``against`` and ``consenting`` count what the case rests on: where no consent is needed (an exit, an adjustment without burden)
    nobody is against, and whoever has answered counts. ``unheeded``: silent where no consent is needed; after the consultation they
    are the 未反馈.
    """

    total: int = 0
    silent: int = 0
    against: int = 0
    broken: int = 0
    condition_open: int = 0
    consenting: int = 0
    unheeded: int = 0


ADMISSION: Final = Head("")


def _broken(township: Township) -> bool:
    return not township.asked or (bool(township.answer) and (township.lapsed or township.contested))


def _counts(head: Head, party: Township) -> bool:
    """It has said all that the case rests on. Where no consent is needed: an answer to this text, its conditions answered."""
    if consent_needed(head, party):
        return party.consents
    unanswered = party.answer == "agree_with_conditions" and party.condition == "open"
    return party.answered and not party.lapsed and not unanswered


def standing(townships: Iterable[Township], head: Head = ADMISSION) -> Standing:
    """Count the parties in scope. The tables count the same in SQL; a test compares the two."""
    scope = [t for t in townships if t.in_scope]
    return Standing(
        total=len(scope),
        silent=sum(1 for t in scope if t.asked and not t.answer),
        against=sum(1 for t in scope if t.answer == "disagree" and consent_needed(head, t)),
        broken=sum(1 for t in scope if _broken(t)),
        condition_open=sum(1 for t in scope if t.condition == "open" and t.answer == "agree_with_conditions"),
        consenting=sum(1 for t in scope if _counts(head, t)),
        unheeded=sum(1 for t in scope if t.asked and not t.answer and not consent_needed(head, t)),
    )


def township_tasks(state: str, township: Township) -> list[Task]:
    """What one township owes: an answer while it is silent, a word on the department's answer to its conditions."""
    if state != "consulting" or not township.in_scope or not township.asked:
        return []
    if not township.answer or township.contested:
        return [Task("consultation.reply", township.unit)]
    if township.condition == "answered":
        return [Task("consultation.settle_conditions", township.unit)]
    return []


@dataclass(frozen=True, slots=True)
class _View:
    head: Head
    standing: Standing
    review: ReviewFacts
    decision: DecisionFacts
    notice: NoticeFacts
    points: frozenset[str]


def _assessed(view: _View, seat: str, unit: str) -> bool:
    made = next((a for a in view.review.assessments if a.seat == seat and a.unit == unit), None)
    return made is not None and view.points <= made.points - made.lapsed


def _review_complete(view: _View) -> bool:
    seats = all(_assessed(view, seat, unit) for seat, unit in view.review.seats)
    # Time alone opens no task: a department out of time keeps its own, late, and the lead may conclude without one.
    return seats and all(a.status == "answered" for a in view.review.asked)


def _own_seats(view: _View) -> list[str]:
    return [seat for seat, unit in view.review.seats if unit in own_cause(view.head)]


def _needs_new_round(view: _View) -> bool:
    s = view.standing
    return s.broken > 0 or (s.against > 0 and s.silent == 0)


def _all_consent(view: _View) -> bool:
    """Time alone opens no task: whoever is silent keeps its own, late, and the consultation may be concluded without one. Once it is,
    they no longer count.
    """
    s = view.standing
    passed_over = s.unheeded if view.head.state != "consulting" else 0
    return 0 < s.total == s.consenting + passed_over


WHEN: Final[dict[str, Callable[[_View], bool]]] = {
    "": lambda view: True,
    "condition_open": lambda view: view.standing.condition_open > 0,
    "all_consent": _all_consent,
    "not_all_consent": _needs_new_round,
    "seat_in_own_cause": lambda view: bool(_own_seats(view)),
    "lead_not_in_own_cause": lambda view: "lead" not in _own_seats(view),
    "review_complete": _review_complete,
    "paused": lambda view: view.review.paused,
    "to_admit": lambda view: view.review.conclusion == "admit",
    "not_to_admit": lambda view: view.review.conclusion == "not_admit",
    "banner_for": lambda view: (
        not banner_decides(view.head) and all(view.decision.outcome_of(body) == "for" for body in view.decision.needed)
    ),
    "not_issued": lambda view: not view.notice.issued,
}


def _seat_tasks(view: _View, action: str) -> list[Task]:
    own = _own_seats(view)
    # A seat that nobody holds ("") owes nothing and blocks the conclusion, until a member is put into it.
    open_seats = [(seat, unit) for seat, unit in view.review.seats if unit and seat not in own and not _assessed(view, seat, unit)]
    return [Task(action, unit, seat) for seat, unit in open_seats]


def case_tasks(
    procedure: Procedure,
    head: Head,
    counted: Standing,
    review: ReviewFacts,
    decision: DecisionFacts,
    notice: NoticeFacts,
    holders: Mapping[str, str],
    points: Iterable[str],
) -> list[Task]:
    """All tasks but the townships' own. ``holders``: the unit behind each role (initiator, lead, bodies)."""
    view = _View(head, counted, review, decision, notice, frozenset(points))
    tasks: list[Task] = []
    for template in procedure.tasks:
        if template.state != head.state or template.each == "township":
            continue
        if template.each == "seat":
            tasks += _seat_tasks(view, template.action)
        elif template.each == "department":
            tasks += [Task(template.action, a.unit) for a in review.asked if a.status != "answered"]
        elif template.each == "body":
            waiting = [body for body in decision.needed if not decision.outcome_of(body)]
            tasks += [Task(template.action, holders[body], body) for body in waiting]
        elif template.each == "unit":
            tasks += [Task(template.action, unit) for unit in sorted(notice.pending)]
        elif WHEN[template.when](view):
            seat = template.role if template.role not in ("initiator",) else ""
            tasks.append(Task(template.action, holders[template.role], seat))
    return tasks


def open_tasks(
    procedure: Procedure,
    head: Head,
    townships: Iterable[Township],
    review: ReviewFacts,
    decision: DecisionFacts,
    notice: NoticeFacts,
    holders: Mapping[str, str],
    points: Iterable[str],
) -> frozenset[Task]:
    """Every open task of a case. ``tasks verify`` compares the stored projection with this."""
    all_townships = tuple(townships)
    tasks = [task for township in all_townships for task in township_tasks(head.state, township)]
    tasks += case_tasks(procedure, head, standing(all_townships, head), review, decision, notice, holders, points)
    return frozenset(tasks)
