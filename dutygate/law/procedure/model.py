"""A whole case as one immutable value, and how each unit stands to it: what ``law check`` walks (Articles 3, 4.1-4.4).

``CaseState`` holds the same groups that ``features/*/facts.py`` fill from the tables, so that a walked state and a stored case can
be compared field by field. What each action does to it stands in ``effects.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tasks import Task, open_tasks
from dutygate.law.rules.facts import Acting, ApplicationFacts, DecisionFacts, Facts, Head, NoticeFacts, ReviewFacts, Township

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

Act = Mapping[str, Any]
ON: Final = date(2024, 7, 1)
# What a face looks up of the duty before a case is opened (4.4, 4.5), and what the case then keeps.
DUTY_MARKS: Final = (
    *("kind", "duty_in_force", "has_standing", "burden", "mandated"),
    *("reason", "from_track", "by_township", "duty_lead"),
)
CITY: Final = "city_government"

PAPER_BY_INITIATOR: Final = ("consultation.reply", "consultation.change_reply", "consultation.settle_conditions")


@dataclass(frozen=True, slots=True)
class CaseState:
    """One case. ``none_concerned``: the conclusion records why no other department is concerned (4.2)."""

    head: Head = Head("none")
    application: ApplicationFacts = ApplicationFacts()
    townships: tuple[Township, ...] = ()
    review: ReviewFacts = ReviewFacts()
    decision: DecisionFacts = DecisionFacts()
    notice: NoticeFacts = NoticeFacts()
    none_concerned: bool = False

    def having(
        self,
        *,
        head: Head | None = None,
        application: ApplicationFacts | None = None,
        townships: tuple[Township, ...] | None = None,
        review: ReviewFacts | None = None,
        decision: DecisionFacts | None = None,
        notice: NoticeFacts | None = None,
        none_concerned: bool | None = None,
    ) -> CaseState:
        """The case with these groups in place of its own (``dataclasses.replace``, five times as fast: the walk does little else)."""
        return CaseState(
            self.head if head is None else head,
            self.application if application is None else application,
            self.townships if townships is None else townships,
            self.review if review is None else review,
            self.decision if decision is None else decision,
            self.notice if notice is None else notice,
            self.none_concerned if none_concerned is None else none_concerned,
        )

    def township(self, unit: str) -> Township | None:
        """How that township stands in the case, or None."""
        for township in self.townships:
            if township.unit == unit:
                return township
        return None

    def seated(self, seat: str) -> str:
        """The unit that sits in a seat in this case, or ""."""
        for name, unit in self.review.seats:
            if name == seat:
                return unit
        return ""


@dataclass(frozen=True, slots=True)
class Places:
    """Who is who: kinds of units, the usual seats, the members of the conference and the offices of the bodies.

    ``kinds``: unit -> relations that it always holds (department, township, banner_committee ...). ``members``: units of the
    conference that may take a seat in another's stead.
    """

    kinds: Mapping[str, frozenset[str]]
    seats: tuple[tuple[str, str], ...]
    members: frozenset[str]
    bodies: Mapping[str, str] = field(default_factory=dict)

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit, in order of names."""
        return tuple(sorted(self.kinds))


def banner_bodies(edition: Edition, track: str) -> tuple[str, ...]:
    """The bodies of the banner whose outcome this track needs (Articles 1, 4.3); the city comes after them."""
    return tuple(body for body in edition.deciding_bodies(track) if body != CITY)


def parties(state: CaseState) -> frozenset[str]:
    """相关各方, who must be told in writing (4.2, 4.4): the applicant, every township and department ever asked, the members of the
    conference with those who took a seat in this case; of an exit or adjustment also who carries and who leads the duty, noted when the
    case was opened; but not the unit that leads the case, for it tells.
    """
    conference = {unit for _, unit in state.review.seats} | state.review.members
    asked = {t.unit for t in state.townships if t.asked} | {a.unit for a in state.review.asked}
    concerned = frozenset() if state.notice.issued else state.notice.required
    return frozenset({state.head.initiator} | conference | asked | concerned) - {state.seated("lead")}


def holders(state: CaseState, places: Places) -> dict[str, str]:
    """The one unit behind each role that a task may fall to."""
    return {"initiator": state.head.initiator, **dict(places.seats), **dict(state.review.seats), **places.bodies}


def tasks_of(edition: Edition, state: CaseState, places: Places) -> frozenset[Task]:
    """Every open task of the case (待办)."""
    return open_tasks(
        procedure_of(edition),
        state.head,
        state.townships,
        state.review,
        state.decision,
        state.notice,
        holders(state, places),
        edition.focus_points,
    )


def relations(state: CaseState, unit: str, places: Places) -> frozenset[str]:
    """The roles that a unit holds towards the case whatever it does: all but ``task_holder`` and ``entered_it``."""
    held = set(places.kinds.get(unit, frozenset()))
    if unit == state.head.initiator:
        held.add("initiator")
    elif state.head.mandated and unit == state.seated("lead"):
        held.add("lead_in_stead")
    if any(t.unit == unit and t.asked for t in state.townships):
        held.add("township_asked")
    seats = state.review.seats or places.seats
    held |= {seat for seat, sitting in seats if sitting == unit}
    if unit in places.members and not held & {"lead", "legal", "services"}:
        held.add("member")
    if any(asked.unit == unit for asked in state.review.asked):
        held.add("department_asked")
    if unit in (state.notice.required if state.notice.issued else parties(state)):
        held.add("notified")
    return frozenset(held)


def paper_relations(state: CaseState, unit: str, action: str, act: Act, places: Places) -> frozenset[str]:
    """The roles in which a unit enters another's act from paper (代录): those of the other, its own do not count; or none.

    The lead may enter any unit's act but its own, unless the case is its own; the initiator a township's words.
    """
    other = act.get("entered_for")
    if not other or other == unit:
        return frozenset()
    if unit == state.seated("lead") != state.head.initiator:
        return relations(state, str(other), places) - {"lead", "department"}
    if unit == state.head.initiator and action in PAPER_BY_INITIATOR:
        return relations(state, str(other), places) & {"township_asked"}
    return frozenset()


def entered_by(state: CaseState, act: Act, places: Places) -> frozenset[str]:
    """Who entered what a correction is about (``entered_it``): the township itself, for a paper entry the lead or the applicant; a body."""
    if act.get("field") == "outcome":
        return frozenset({places.bodies[str(act["body"])]})
    township = state.township(str(act.get("township")))
    if township is None:
        return frozenset()
    return frozenset({state.seated("lead"), state.head.initiator}) if township.paper else frozenset({township.unit})


def resolved(state: CaseState, act: Act) -> Act:
    """The act with what the face works out before asking: does a correction turn non-consent or non-approval into its opposite?"""
    if act.get("field") == "answer":
        township = state.township(str(act.get("township")))
        opposite = township is not None and not township.consents and act.get("value") == "agree"
        return {**act, "to_opposite": opposite}
    if act.get("field") == "outcome":
        return {**act, "to_opposite": state.decision.outcome_of(str(act.get("body"))) in ("against", "return")}
    return act


def declared(head: Head, act: Act) -> Head:
    """The head of a case that is not yet open, with what the face looked up of its duty."""
    marks = {name: act[name] for name in DUTY_MARKS if name in act}
    return replace(head, **marks) if marks else head


def facts_for(edition: Edition, state: CaseState, acting: Acting, act: Act) -> Facts:
    """All groups of facts, as the rules see this state. Before the notice is issued, ``notice.required`` says who it must name."""
    act = resolved(state, act)
    notice = state.notice if state.notice.issued else NoticeFacts(required=parties(state))
    return Facts(
        edition,
        acting,
        ON,
        state.head if state.head.state != "none" else declared(state.head, act),
        act,
        application=state.application,
        townships=state.townships,
        own=state.township(str(act.get("entered_for") or acting.unit)),
        target=state.township(str(act.get("township"))),
        review=state.review,
        decision=state.decision,
        notice=notice,
    )
