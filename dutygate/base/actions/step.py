"""One action inside the door: load, decide, apply. The same code for the first time and for a replay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from dutygate.base.actions.days import local_day
from dutygate.base.catalogue.action import ActingPost, Action, Context, Door
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, Refused
from dutygate.base.register.chains import as_decided
from dutygate.law.procedure.engine import Permit, Refuse, decide
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import Edition, package_editions
from dutygate.law.rules import Finding
from dutygate.law.rules.facts import Acting
from dutygate.law.rules.signing import second_signature


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it stands at the door. ``strict``: a person's page or program, which must say what it was based on.

    ``payload`` is the action's model, ``plain`` the same as its entry holds it. ``signed``: a second person has signed it (3).
    """

    action: Action[Any]
    acting: ActingPost
    subject: str
    payload: Any
    plain: Mapping[str, Any]
    at: datetime
    recorded_at: datetime
    via: str
    caused_by: int | None = None
    expected: Mapping[str, int] | None = None
    strict: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A call whose subject was found and that the law has permitted."""

    subject: Any
    door: Door
    edition: Edition
    permit: Permit


class RefusedStep(Refused):
    """A refusal together with what its entry needs to know."""

    def __init__(self, findings: tuple[Finding, ...], subject: str, edition: Edition, entered_for: int | None) -> None:
        super().__init__(findings)
        self.subject = subject
        self.edition = edition
        self.entered_for = entered_for


def door_of(call: Call, chain: str, jurisdiction_id: int | None, reference_version: int) -> Door:
    """What the hooks of the action are told about the call."""
    owner = jurisdiction_id if jurisdiction_id is not None else call.acting.jurisdiction_id
    return Door(call.acting, chain, owner, reference_version, local_day(call.at), local_day(call.recorded_at))


def load_and_decide(call: Call, door: Door) -> Loaded:
    """Find the subject and ask the law.

    Raises NotFound, NotAllowed, Conflict (wrong state, stale page), Malformed (nothing expected where something must be), RefusedStep.
    """
    action = call.action
    subject = action.load(call.subject, call.payload, door)
    state = action.state(subject)
    edition = _knowing(action, state, action.edition(subject, door))
    procedure = procedure_of(edition)
    relations = action.relations(subject, call.payload, door, procedure.roles_of(action.name))
    acting = Acting(call.acting.user_key, action.acts_as(subject, call.payload, door), relations)
    facts = action.facts(subject, call.payload, door, acting, procedure.needs(action.name, state))
    answer = decide(edition, action.name, state, acting, facts, door.on)
    findings = _alone(call, subject, edition) if isinstance(answer, Permit) else answer.findings
    if isinstance(answer, Refuse) and answer.kind == "role":
        raise NotAllowed(findings)
    if isinstance(answer, Refuse) and answer.kind == "state":
        raise Conflict(findings)
    _check_expected(call, action.basis(subject))
    if isinstance(answer, Permit) and not findings:
        return Loaded(subject, door, edition, answer)
    raise RefusedStep(findings, action.subject_key(subject), edition, action.entered_for(subject, call.payload, door))


def _alone(call: Call, subject: Any, edition: Edition) -> tuple[Finding, ...]:
    """What is said to one person who does alone what a second one must sign (3). The system signs nothing."""
    if call.signed or call.acting.post_id is None:
        return ()
    return tuple(second_signature(edition, call.action.name, call.action.track(subject)))


def ask_ahead(
    action: Action[Any], door: Door, subject: str, payload: Any, plain: Mapping[str, Any], expected: Mapping[str, int] | None
) -> None:
    """What the law says now to an act that a second person is to sign. Raises as ``load_and_decide``; what it was based on must be said."""
    day = datetime.combine(door.today, time(), UTC)
    load_and_decide(Call(action, door.acting, subject, payload, plain, day, day, "follow-up", None, expected, True, True), door)


def _knowing(action: Action[Any], state: str, edition: Edition) -> Edition:
    """The edition that decides. Raises Conflict where a case stands under one that has no such action.

    A published edition may be older than the program: of what is no step of a case it says nothing then, and the program's own decides.
    """
    if action.name in procedure_of(edition):
        return edition
    if state != "none":
        raise Conflict([Finding("unknown_to_edition", "11", {"action": action.name, "edition": edition.id})])
    return as_decided([one for one in package_editions().values() if one.content_published][-1])


def _check_expected(call: Call, basis: Mapping[str, int]) -> None:
    if not basis:
        return
    if call.expected is None:
        if call.strict:
            raise Malformed([("expected", f"required: {sorted(basis)}")], "expected_missing")
        return
    if dict(call.expected) != dict(basis):
        cites = "4.1"
        raise Conflict([Finding("stale", cites, {"expected": _words(call.expected), "present": _words(basis)})])


def _words(tokens: Mapping[str, int]) -> str:
    return ", ".join(f"{name}={tokens[name]}" for name in sorted(tokens))


def apply_step(call: Call, loaded: Loaded, entry_id: int) -> Context:
    """Change the records, move the subject, bring its tasks up to date. Returns the context with what it brought about."""
    context = Context(loaded.door, entry_id, call.at, call.recorded_at, loaded.edition, loaded.permit.to)
    call.action.apply(loaded.subject, call.payload, context)
    call.action.attach(loaded.subject, call.payload, context)
    call.action.move(loaded.subject, context)
    call.action.project(loaded.subject, context)
    return context
