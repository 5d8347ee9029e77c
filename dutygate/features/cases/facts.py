"""From records to the plain facts of the rules. Features above register what they know; nothing here looks upward.

A *group* is one of ``law.rules.facts.GROUPS``; its provider is asked only when a guard of the action needs it. A *relation* is a role
of ``procedure.yaml``; its provider says whether the acting unit holds it towards the case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from dutygate.base.catalogue.action import ActingPost, Door
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import as_decided, edition_by_digest
from dutygate.base.register.law_here import law_here
from dutygate.features.cases.duties import DutyNow, duty_on
from dutygate.features.cases.models import Case
from dutygate.law.procedure.table import Procedure, procedure_of
from dutygate.law.regulation.edition import Edition, NoEditionInForce
from dutygate.law.rules.facts import Acting, Facts, Head

OPEN_END: Final = date(9999, 12, 31)


@dataclass(slots=True)
class CaseSubject:
    """A case at the door: its row, the directory of its jurisdiction, and what providers already read (``memo``).

    ``kept`` is what an action wrote and holds as it now stands: all else in the memo is forgotten after the change.
    """

    case: Case
    directory: Directory
    door: Door
    memo: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    acting: ActingPost | None = None

    @property
    def edition(self) -> Edition:
        """The edition under which the case was opened."""
        return edition_by_digest(self.case.edition_digest)

    @property
    def procedure(self) -> Procedure:
        """Its procedure table."""
        return procedure_of(self.edition)

    def key(self, unit_id: int) -> str:
        """A unit's key, as the rules name it."""
        return self.directory.unit(unit_id).key

    def remember(self, name: str, read: Callable[[], Any]) -> Any:
        """Read once for each call."""
        if name not in self.memo:
            self.memo[name] = read()
        return self.memo[name]


GroupProvider = Callable[[CaseSubject, ActingPost, Mapping[str, Any]], Any]
RelationProvider = Callable[[CaseSubject, ActingPost], bool]
_groups: Final[dict[str, GroupProvider]] = {}
_relations: Final[dict[str, RelationProvider]] = {}


def provides(group: str) -> Callable[[GroupProvider], GroupProvider]:
    """Register the provider of a facts group: (subject, acting, act) -> the group's value."""

    def register(provider: GroupProvider) -> GroupProvider:
        _groups[group] = provider
        return provider

    return register


def relation(role: str) -> Callable[[RelationProvider], RelationProvider]:
    """Register how to tell whether the acting unit holds a role towards a case."""

    def register(provider: RelationProvider) -> RelationProvider:
        _relations[role] = provider
        return provider

    return register


def subject_of(case: Case, door: Door) -> CaseSubject:
    """The case with its directory."""
    return CaseSubject(case, public_directory(case.jurisdiction_id, door.reference_version), door)


def head_facts(subject: CaseSubject) -> Head:
    """办件 as the rules see it."""
    case = subject.case
    return Head(
        state=case.state,
        kind=case.kind,
        track=case.track,
        outcome=case.outcome,
        initiator=subject.key(case.initiator_id),
        declared_class=case.declared_class,
        handles_emergency=case.handles_emergency,
        mode=case.mode,
        has_end=case.ends_on is not None,
        returned=case.returned,
        edition_in_force=holds_on(subject.edition, subject.door.on, subject.door),
        **_of_duty(subject),
    )


def duty_of(subject: CaseSubject) -> DutyNow | None:
    """The duty that an exit or an adjustment is about, as it stands on the day of the act; None for an admission. Read once a call."""
    case, code = subject.case, subject.case.duty_id
    if code is None:
        return None
    duty: DutyNow | None = subject.remember("duty", lambda: duty_on(case.jurisdiction_id, code, subject.door.on))
    return duty


def _of_duty(subject: CaseSubject) -> dict[str, Any]:
    """What is said of an exit or an adjustment alone."""
    case, duty = subject.case, duty_of(subject)
    if duty is None:
        return {}
    township = subject.directory.unit(case.initiator_id).kind == "township"
    return {
        "duty_in_force": case.initiator_id in duty.holders if township else duty.in_force,
        "burden": case.burden,
        "mandated": case.mandated,
        "reason": case.reason,
        "from_track": case.from_track,
        "by_township": township,
        "duty_lead": "" if duty.lead is None else subject.key(duty.lead),
    }


def edition_on(day: date, door: Door) -> Edition:
    """The edition in force on a day where the door leads, those that were published there counted. Raises NoEditionInForce."""
    law = law_here(door.jurisdiction_id, door.reference_version)
    found = law.edition_on(day)
    if day != door.today and law.adopted and found != law.edition_on(door.today):
        return found  # what is decided today says nothing of a day on which other numbers held
    return as_decided(found)


def holds_on(edition: Edition, day: date, door: Door) -> bool:
    """Whether this edition is the one in force on a day; before the first of all editions none is."""
    try:
        return edition_on(day, door).id == edition.id
    except NoEditionInForce:
        return False


def present_edition(own: Edition, door: Door) -> Edition:
    """The edition in force where the door leads; a case's own where there is none."""
    try:
        return edition_on(door.today, door)
    except NoEditionInForce:
        return own


def build_facts(subject: CaseSubject, acting: Acting, act: Mapping[str, Any], needs: frozenset[str]) -> Facts:
    """The facts for one decision: the head always, each group only when asked for."""
    facts = Facts(subject.edition, acting, subject.door.on, head_facts(subject), act)
    for group in needs:
        setattr(facts, group, _groups[group](subject, subject.acting or subject.door.acting, act))
    return facts


def relations_of(subject: CaseSubject, acting: ActingPost, roles: frozenset[str]) -> frozenset[str]:
    """Which of these roles the acting unit holds. People of the offices only: administrators have none in a case."""
    if acting.kind == "system":
        return roles & {"system"}
    if acting.kind not in ("handler", "signatory"):
        return frozenset()
    return frozenset(role for role in roles if role in _relations and _relations[role](subject, acting))


@relation("initiator")
def _initiator(subject: CaseSubject, acting: ActingPost) -> bool:
    return subject.case.initiator_id == acting.unit_id
