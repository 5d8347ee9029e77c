"""What exits and adjustments must keep, in the words of the text (Articles 4.4, 4.5): no side holds the other, none is passed over,
and nothing becomes permanent without the city.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dutygate.law.procedure.invariants import APPLIED, Step, holds, is_approved, keeps, must_agree
from dutygate.law.procedure.model import CITY, CaseState

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

OF_A_DUTY: Final = ("exit", "adjustment")
CODED: Final = {
    "exit": {"done", "task_changed", "law_changed", "people_reject", "safeguards_not_kept", "other"},
    "adjustment": {"task_changed", "law_changed", "unit_changed", "people_reject", "safeguards_not_kept", "other"},
}
ONWARD: Final = (("reviewing", "concluded"), ("concluded", "banner_decision"))


@holds("4.5")
def permanent_by_the_city_alone(edition: Edition, state: CaseState) -> bool:
    """Temporary work is regular only after the banner government reviewed it and the city decided for it."""
    head = state.head
    if not is_approved(state) or head.kind != "adjustment" or (head.from_track, head.track) != ("temporary", "regular"):
        return True
    return state.decision.outcome_of(CITY) == "for" and state.decision.outcome_of("banner_government") == "for"


@holds("4.5")
def regular_stays_regular(edition: Edition, state: CaseState) -> bool:
    """No adjustment makes a regular duty temporary, at any time; an exit goes the road of its duty."""
    head = state.head
    if head.kind == "adjustment":
        return head.state == "none" or head.from_track != "regular" or head.track == "regular"
    return head.kind != "exit" or head.track == head.from_track


@holds("4.4")
def changes_for_a_coded_reason(edition: Edition, state: CaseState) -> bool:
    """No exit or adjustment is open without one of the reasons of its kind."""
    return state.head.kind not in OF_A_DUTY or state.head.reason in CODED[state.head.kind]


@holds("4.4")
def applied_for_with_the_other_side_asked(edition: Edition, state: CaseState) -> bool:
    """From the application on, somebody other than the applicant was asked."""
    if state.head.kind not in OF_A_DUTY or not (state.head.state in APPLIED or is_approved(state)):
        return True
    return any(t.in_scope and t.asked and t.unit != state.head.initiator for t in state.townships)


@keeps("4.4", "head")
def opened_with_standing(step: Step) -> bool:
    """A department that leads the duty or a township that carries it opens, in its own name, a duty that is in force; where a law or a
    unit changed the lead or the legal seat opens an adjustment in the department's.
    """
    head = step.after.head
    if step.action != "case.open" or head.kind not in OF_A_DUTY:
        return True
    if head.mandated:
        return head.kind == "adjustment" and head.duty_in_force and step.unit in (step.before.seated("lead"), step.before.seated("legal"))
    wanted = "township" if head.by_township else "department"
    return head.duty_in_force and head.has_standing and head.initiator == step.unit and wanted in step.places.kinds[step.unit]


@keeps("4.4", on=("case.open",))
def other_reasons_are_in_words(step: Step) -> bool:
    """ "Other" says too little by itself."""
    return step.after.head.reason != "other" or bool(step.act.get("reason_words"))


@keeps("4.4", "head")
def waited_for_the_other_side(step: Step) -> bool:
    """The consultation ends when each whose consent it does not take has answered, or had its whole time on this text, and when its
    conditions were answered.
    """
    if (step.before.head.state, step.after.head.state) != ("consulting", "agreed"):
        return True
    for party in step.before.townships:
        if not party.in_scope or must_agree(step.before.head, party):
            continue
        silent = not party.answer or party.contested
        if silent and (not party.out_of_time or step.before.application.changed_since_round):
            return False
        if not silent and party.answer == "agree_with_conditions" and party.condition == "open":
            return False
    return True


@keeps("4.4", "townships")
def objections_are_not_asked_away(step: Step) -> bool:
    """An answer that stands goes by the word of who gave it or by a correction, not by asking once more."""
    for before, after in step.changed:
        stood = before is not None and before.in_scope and before.answer and not before.lapsed and not before.contested
        if stood and not after.answer and not must_agree(step.before.head, after) and step.meant != after.unit:
            return False
    return True


@keeps("4.4", "head")
def ended_and_changed_while_in_force(step: Step) -> bool:
    """What has ended meanwhile is neither concluded on favourably, nor sent up to the banner, nor approved by anybody."""
    before, after = step.before.head, step.after.head
    if before.kind not in OF_A_DUTY or before.state == after.state:
        return True
    onward = (before.state, after.state) in ONWARD and step.after.review.conclusion == "admit"
    return before.duty_in_force or not (onward or after.state == "approved")


@keeps("4.4", on=("notice.issue",))
def who_carries_and_who_leads_are_told(step: Step) -> bool:
    """The notice names everybody who carried or led the duty when the case was opened, asked or not."""
    return step.before.notice.required - {step.unit} <= set(step.act["addressees"])


@keeps(
    "4.5",
    on=(
        *("application.edit", "application.submit", "application.take_back", "consultation.request", "consultation.answer_conditions"),
        *("consultation.ask_again", "consultation.narrow", "consultation.conclude"),
    ),
)
def nobody_applies_in_anothers_stead(step: Step) -> bool:
    """But the lead seat, and only where a law or a unit changed and the adjustment had to be opened."""
    head = step.before.head
    mandated = head.mandated and head.kind == "adjustment" and step.unit == step.before.seated("lead")
    return step.unit == head.initiator or mandated
