"""What must hold of every case, in the words of the text and without a look at ``procedure.yaml`` (Articles 1-4.4, 7, 11).

State invariants are asked of every state that the walk reaches, step invariants (``steps.py``) of every permitted action. Each has
a name that a broken procedure is reported under. Consent, findings and authority are defined here anew, not taken from the rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dutygate.law.procedure.model import CITY, Act, CaseState, Places
from dutygate.law.rules.facts import Assessment, Head, Township

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

StateTest = Callable[["Edition", CaseState], bool]
SEATS: Final = ("lead", "legal", "services")
BEFORE_APPLICATION: Final = ("none", "drafting", "consulting", "agreed")
EXIT_ITEMS: Final = {"exit_reason", "work_under_way", "taken_over_by"}
APPLIED: Final = ("applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved")


@dataclass(slots=True)
class Step:
    """One permitted action: who did it for whom (``unit`` acts, ``meant`` is whose act it is), and the case before and after.

    Nobody changes it; it is not frozen because a walk makes millions, and that would take five times as long.
    """

    edition: Edition
    places: Places
    before: CaseState
    after: CaseState
    action: str
    unit: str
    user: str
    act: Act
    changed: tuple[tuple[Township | None, Township], ...] = ()
    """Each township whose standing this changed, with how it stood before (None: it was not in the case)."""

    @property
    def meant(self) -> str:
        """The unit whose act this is: from paper, the one it was entered for."""
        return str(self.act.get("entered_for") or self.unit)


@dataclass(frozen=True, slots=True)
class Invariant:
    """One promise of the text. ``watches``: it is asked when one of these groups of a case changed; ``on``: at these actions."""

    name: str
    cites: str
    summary: str
    watches: tuple[str, ...] = ()
    on: tuple[str, ...] = ()


StepTest = Callable[[Step], bool]
STATES: Final[list[tuple[Invariant, StateTest]]] = []
STEPS: Final[list[tuple[Invariant, StepTest]]] = []


def holds(cites: str) -> Callable[[StateTest], StateTest]:
    """Register a state invariant under its function's name."""

    def register(test: StateTest) -> StateTest:
        STATES.append((Invariant(test.__name__, cites, (test.__doc__ or "").split("\n")[0]), test))
        return test

    return register


def keeps(cites: str, *watches: str, on: tuple[str, ...] = ()) -> Callable[[StepTest], StepTest]:
    """Register a step invariant: asked when a watched group changed, or at each of the actions ``on``."""

    def register(test: StepTest) -> StepTest:
        STEPS.append((Invariant(test.__name__, cites, (test.__doc__ or "").split("\n")[0], watches, on), test))
        return test

    return register


def is_approved(state: CaseState) -> bool:
    """The matter is admitted: approved, or done with that outcome."""
    return state.head.state == "approved" or (state.head.state == "done" and state.head.outcome == "approved")


def agrees(township: Township) -> bool:
    """It said yes in writing, to the text as it stands; it does not object to how that was entered; its conditions are met."""
    if township.contested or township.lapsed:
        return False
    if township.answer == "agree_with_conditions":
        return township.condition == "settled"
    return township.answer == "agree"


def must_agree(head: Head, party: Township) -> bool:
    """Whose consent it takes: in an admission everybody's; in an adjustment that of whoever is brought in, and of every township where
    burden grows; in an exit nobody's.
    """
    if head.kind == "adjustment":
        return party.joins or (head.burden and not party.department)
    return head.kind != "exit"


def was_heard(party: Township) -> bool:
    """It was asked on the text as it stands, and answered or let its time pass."""
    if not party.asked or party.lapsed:
        return False
    return party.out_of_time or (party.answer != "" and not party.contested)


def everyone_agrees(state: CaseState) -> bool:
    """Somebody is in scope; whoever must agree does, and everybody else was heard."""
    scope = [t for t in state.townships if t.in_scope]
    return len(scope) > 0 and all(agrees(t) if must_agree(state.head, t) else was_heard(t) for t in scope)


def stays_out(head: Head) -> set[str]:
    """Who is in its own cause: the applicant, and the department whose duty is to end or to change."""
    return {head.initiator, head.duty_lead} - {""}


def stays_temporary(head: Head) -> bool:
    """It is temporary, and the duty that it is about was so before."""
    return head.track == "temporary" and head.from_track in ("", "temporary")


def is_exit(state: CaseState) -> bool:
    """Nothing is handed over: what Articles 1, 5 and 7 ask of a hand-over is not asked."""
    return state.head.kind == "exit"


def finding_of(state: CaseState, seat: str) -> Assessment | None:
    """What the unit that sits there found, if it is not in its own cause."""
    unit = state.seated(seat)
    found = [a for a in state.review.assessments if (a.seat, a.unit) == (seat, unit) and unit not in stays_out(state.head)]
    return found[0] if found else None


@holds("4.1")
def approved_with_every_consent(edition: Edition, state: CaseState) -> bool:
    """What is approved, everybody whose consent it takes agreed to in writing, as it stands, and everybody else was heard on."""
    return not is_approved(state) or everyone_agrees(state)


@holds("4.2")
def approved_with_originals_seen(edition: Edition, state: CaseState) -> bool:
    """No admission rests on a paper reply whose original nobody saw."""
    return not is_approved(state) or all(t.paper != "unchecked" for t in state.townships if t.in_scope)


@holds("4.1")
def applied_with_eleven_items(edition: Edition, state: CaseState) -> bool:
    """From the application on, all eleven items stand in it; of an exit, its own."""
    applied = state.head.state in APPLIED or is_approved(state)
    if is_exit(state):
        return not applied or (set(edition.exit_items) >= EXIT_ITEMS and state.application.filled >= set(edition.exit_items))
    return not applied or (len(edition.items) == 11 and state.application.filled >= set(edition.items))


@holds("1")
def applied_with_basis_mode_and_need(edition: Edition, state: CaseState) -> bool:
    """From the application on: a basis in force that carries it, entrusted or assigned, and why it must be the township."""
    if is_exit(state) or (state.head.state not in APPLIED and not is_approved(state)):
        return True
    app = state.application
    basis = bool(app.basis_kinds) and not app.basis_not_in_force and (state.head.track == "temporary" or app.basis_kinds != {"policy"})
    return basis and state.head.mode in ("entrust", "assign") and app.necessity_stated


@holds("5")
def applied_with_safeguards(edition: Edition, state: CaseState) -> bool:
    """From the application on, money, technique and training are each addressed, and "none needed" has a reason."""
    if is_exit(state) or (state.head.state not in APPLIED and not is_approved(state)):
        return True
    return state.application.addressed >= {"funding", "technical", "training"} and not state.application.none_needed_without_reason


@holds("4.2")
def approved_after_joint_review(edition: Edition, state: CaseState) -> bool:
    """Each seat found on all five points, on the text as it stands, and no seat was the applicant."""
    if not is_approved(state):
        return True
    if len(edition.focus_points) != 5 or not set(SEATS) <= {seat for seat, _ in state.review.seats}:
        return False
    found = [finding_of(state, seat) for seat, _ in state.review.seats]
    return all(a is not None and a.points >= set(edition.focus_points) and not a.lapsed for a in found)


@holds("3")
def paused_in_review_alone(edition: Edition, state: CaseState) -> bool:
    """The clock of a review stands still while it is under way, and at no other time."""
    review = state.review
    return state.head.state == "reviewing" or not (review.paused or review.pauses or review.extensions)


@holds("4.2")
def approved_after_departments(edition: Edition, state: CaseState) -> bool:
    """Other departments were asked and answered or let the time pass, or the reason why none is concerned is recorded."""
    if not is_approved(state):
        return True
    return all(a.status != "open" for a in state.review.asked) and (bool(state.review.asked) or state.none_concerned)


@holds("1")
def never_an_excluded_power(edition: Edition, state: CaseState) -> bool:
    """No case that hands over is of a class that Article 1 leaves out, at any time."""
    power = edition.exclusions.classes.get(state.head.declared_class)
    return state.head.state == "none" or is_exit(state) or (power is not None and power.effect != "stop")


@holds("7")
def never_the_handling_of_emergencies(edition: Edition, state: CaseState) -> bool:
    """No case that hands over is the handling of an emergency, at any time."""
    return state.head.state == "none" or is_exit(state) or not state.head.handles_emergency


@holds("1")
def approved_as_not_excluded(edition: Edition, state: CaseState) -> bool:
    """The legal seat found: no excluded power, no emergency; and no unit that sat there found otherwise."""
    if not is_approved(state) or is_exit(state):
        return True
    legal = finding_of(state, "legal")
    if legal is None or (legal.excluded_power, legal.emergency) != ("none", "none"):
        return False
    return all("found" not in (a.excluded_power, a.emergency) for a in state.review.assessments if a.seat == "legal")


@holds("1")
def approved_as_necessary(edition: Edition, state: CaseState) -> bool:
    """The lead's finding on whether it must be the township is there."""
    lead = finding_of(state, "lead")
    return not is_approved(state) or is_exit(state) or (lead is not None and bool(lead.necessity))


@holds("4.3")
def approved_by_the_right_authority(edition: Edition, state: CaseState) -> bool:
    """Temporary with an end, or its exit: the committee and the government, not the city. All else: the government's review, then the city.

    Of a duty that is regular, and of one that is to be, the city decides.
    """
    if not is_approved(state):
        return True
    outcomes = dict(state.decision.outcomes)
    if stays_temporary(state.head):
        both = {"banner_committee": "for", "banner_government": "for"}
        return (state.head.has_end or is_exit(state)) and outcomes == both
    wanted = {body: "for" for body in edition.deciding_bodies("regular")}
    return "banner_government" in wanted and CITY in wanted and outcomes == wanted


@holds("1")
def city_after_the_banner(edition: Edition, state: CaseState) -> bool:
    """The city decides when the banner has endorsed, and never a temporary matter with an end."""
    if state.head.state != "city_decision":
        return True
    banner = [body for body in edition.deciding_bodies("regular" if state.head.from_track else state.head.track) if body != CITY]
    temporary = stays_temporary(state.head) and (state.head.has_end or is_exit(state))
    return not temporary and all(state.decision.outcome_of(body) == "for" for body in banner)


@holds("4.2")
def refused_by_somebody(edition: Edition, state: CaseState) -> bool:
    """Refused: the conclusion is not to admit, or a body was against."""
    refused = state.head.state == "refused" or (state.head.state == "done" and state.head.outcome == "refused")
    return not refused or state.review.conclusion == "not_admit" or "against" in dict(state.decision.outcomes).values()


@holds("4.2")
def sent_up_to_admit(edition: Edition, state: CaseState) -> bool:
    """What lies before the banner or the city has a conclusion, and it is to admit."""
    return state.head.state not in ("banner_decision", "city_decision", "approved") or state.review.conclusion == "admit"


@holds("4.4")
def done_when_all_have_acknowledged(edition: Edition, state: CaseState) -> bool:
    """Done: decided, every party was told in writing, and every receipt is in."""
    if state.head.state != "done":
        return True
    told = {state.head.initiator} | {t.unit for t in state.townships if t.asked} | {unit for _, unit in state.review.seats}
    complete = state.notice.issued and not state.notice.pending and told - {state.seated("lead")} <= state.notice.required
    return complete and state.head.outcome in ("approved", "refused")


@holds("4.1")
def withdrawn_before_a_decision(edition: Edition, state: CaseState) -> bool:
    """Withdrawn: no body has decided."""
    return state.head.state != "withdrawn" or not state.decision.outcomes


@holds("4.4")
def told_after_the_decision(edition: Edition, state: CaseState) -> bool:
    """Notice is given of a decision, not before there is one."""
    return not state.notice.issued or state.head.state in ("approved", "refused", "done")


@holds("4.3")
def outcome_belongs_to_the_state(edition: Edition, state: CaseState) -> bool:
    """An outcome stands in approved, refused, withdrawn and done, and nowhere else."""
    expected = {"approved": ("approved",), "refused": ("refused",), "withdrawn": ("withdrawn",), "done": ("approved", "refused")}
    return state.head.outcome in expected.get(state.head.state, ("",))
