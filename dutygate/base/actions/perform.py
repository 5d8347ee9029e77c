"""``perform``: the one door. Pages, API, command line, imports, sweep and follow-ups all end here.

Order: transaction, head of the chain locked, kept answer of the same request, {load, decide, apply, follow-ups}, entry appended,
head moved, answer kept, commit. What the law refuses is entered too; everything else that goes wrong leaves no trace in the chain,
and one line in the security log. A refusal finds nothing changed yet, unless a follow-up is refused: see _through_the_door.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from django.db import OperationalError, connections, transaction
from pydantic import BaseModel, ValidationError

from dutygate.base.actions import clock, security
from dutygate.base.actions.days import local_day
from dutygate.base.actions.models import IdempotencyKey
from dutygate.base.actions.outcome import Outcome, keep, recall, was_done
from dutygate.base.actions.reference import reference_changed
from dutygate.base.actions.step import Call, RefusedStep, apply_step, door_of, load_and_decide
from dutygate.base.catalogue.action import ActingPost, Context
from dutygate.base.catalogue.errors import Busy, Malformed, NotAllowed, NotDone, NotFound, Refused
from dutygate.base.catalogue.registry import action_named
from dutygate.base.notices import outbox
from dutygate.base.organizations.queries import public_acting_post, public_children
from dutygate.base.register.alias import current_alias
from dutygate.base.register.append import Head, NewEntry, append, lock_head
from dutygate.base.register.chains import COMMON, bump_reference, code_beside, keep_edition, open_chain, open_confidential
from dutygate.law.regulation.canonical import canonical, digest
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules import Finding

FACES: Final = frozenset({"page", "api", "cli"})
_editions_kept: Final[set[tuple[str, str]]] = set()


def system_acting(jurisdiction_id: int = 0, jurisdiction: str = "common") -> ActingPost:
    """The system itself (first set-up, follow-ups, the daily sweep): no person, no post."""
    return ActingPost(None, None, None, "system", "system", jurisdiction_id, jurisdiction, "system")


@dataclass(slots=True)
class _Chain:
    """The head as it moves on within one transaction, and whether anything was changed yet. ``beside``: of a confidential chain the head
    of its jurisdiction's, which tells the version of units, seats and calendar.
    """

    head: Head
    changed: bool = False
    beside: Head | None = None

    @property
    def reference_version(self) -> int:
        """Which snapshot of units, seats and calendar holds."""
        return (self.beside or self.head).reference_version


class _RefusedLate(Exception):
    """Something that an action brings about is refused, after the action itself has changed the records."""


def perform(
    acting: ActingPost,
    action: str,
    subject: str,
    payload: Mapping[str, Any] | BaseModel,
    *,
    expected: Mapping[str, int] | None = None,
    at: datetime | None = None,
    key: str | None = None,
    via: str = "cli",
) -> Outcome:
    """Do one action, or say why not.

    ``subject`` names what is acted on (case number, unit key, jurisdiction code); ``expected`` what the person had before her;
    ``at`` when it was done, if that was earlier than now (paper); ``key`` makes a repeated request harmless.
    Raises Malformed, NotFound, NotAllowed, Conflict, Refused (entered in the register) or Busy.
    """
    try:
        call = _call(acting, action, subject, payload, expected, at, via)
        return _through_the_door(call, key, _request_digest(call, at) if key else "")
    except Refused:
        raise
    except OperationalError as error:
        raise Busy(detail=str(error)) from error
    except NotDone as error:
        if _is_confidential(action):
            raise  # not even that somebody tried
        codes = [f.code for f in error.findings]
        security.note(error.code, user_id=acting.user_id, post_id=acting.post_id, action=action, subject=subject[:80], findings=codes)
        raise


def _is_confidential(name: str) -> bool:
    try:
        return action_named(name).confidential
    except KeyError:
        return False


def _call(
    acting: ActingPost,
    name: str,
    subject: str,
    payload: Mapping[str, Any] | BaseModel,
    expected: Mapping[str, int] | None,
    at: datetime | None,
    via: str,
) -> Call:
    try:
        action = action_named(name)
    except KeyError:
        raise Malformed([("action", name)], "unknown_action") from None
    if action.internal and via in FACES:
        raise NotAllowed([Finding("not_your_role", "4", {"action": name, "by": ["system"]})])
    now = clock.now()
    done = now if at is None else at
    if done.tzinfo is None:
        raise Malformed([("at", "a time needs its zone")])
    if done > now:
        raise Malformed([("at", "lies in the future")])
    given, plain = as_sealed(action.Payload, payload)
    if action.draws:
        given, plain = as_sealed(action.Payload, {**plain, **{name: secrets.token_hex(16) for name in action.draws}})
    return Call(action, acting, subject, given, plain, done, now, via, None, expected, via in FACES)


def as_sealed(model: type[BaseModel], payload: Mapping[str, Any] | BaseModel) -> tuple[BaseModel, dict[str, Any]]:
    """The payload as its entry will hold it: only what was said, NFC, keys in order. A replay reads exactly this again."""
    first = payload if isinstance(payload, model) else _validated(model, payload)
    try:
        plain: dict[str, Any] = json.loads(canonical(first.model_dump(mode="json", exclude_unset=True)))
    except TypeError as error:
        raise Malformed([("payload", str(error))]) from None
    return _validated(model, plain), plain


def _validated(model: type[BaseModel], payload: Any) -> BaseModel:
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        problems = [(".".join(str(part) for part in e["loc"]) or "payload", e["msg"]) for e in error.errors()]
        raise Malformed(problems) from None


def _request_digest(call: Call, at: datetime | None) -> str:
    said = {name: value for name, value in call.plain.items() if name not in call.action.draws}
    asked = {"action": call.action.name, "subject": call.subject, "payload": said, "at": at.isoformat() if at else None}
    return digest({**asked, "expected": dict(call.expected) if call.expected is not None else None})


def _through_the_door(call: Call, key: str | None, request: str) -> Outcome:
    """Once; a second time from the start, with a savepoint, when the refusal came late. Most actions never need one."""
    try:
        return _in_one_transaction(call, key, request, savepoint=False)
    except _RefusedLate:
        return _in_one_transaction(call, key, request, savepoint=True)


def _in_one_transaction(call: Call, key: str | None, request: str, *, savepoint: bool) -> Outcome:
    alias = current_alias()
    with transaction.atomic(using=alias):
        key_of_chain = call.action.chain_key(call.subject, call.acting)
        # Always in this order, so that two writers never wait for each other.
        beside = _lock(code_beside(key_of_chain)) if call.action.confidential else None
        head = _lock(key_of_chain)
        if head is None:
            raise NotFound([Finding("not_found", "4", {"subject": call.subject})])
        if key and (kept := _kept_answer(call.acting, key, request)) is not None:
            return recall(kept)
        for earlier in (head, beside):
            if earlier is not None and earlier.recorded_at is not None and earlier.recorded_at > call.recorded_at:
                call = replace(call, recorded_at=earlier.recorded_at)
        _still_in_post(call)
        chain = _Chain(head, beside=beside)
        answer: Outcome | Refused
        try:
            with transaction.atomic(using=alias) if savepoint else nullcontext():
                answer = _run(call, chain)
        except RefusedStep as refused:
            if chain.changed and not savepoint:
                raise _RefusedLate from None
            append(head, _refusal(call, refused))
            _keep_edition(refused.edition)
            answer = Refused(refused.findings)
        if key:
            _keep_answer(call, key, request, answer)
    if isinstance(answer, Refused):
        raise answer
    return answer


def _lock(key: str) -> Head | None:
    """The head, locked. The common chain and confidential ones are opened by the first action that needs them."""
    head = lock_head(key)
    if head is None and key == COMMON:
        open_chain(COMMON, None)
        head = lock_head(key)
    elif head is None and code_beside(key) != key and open_confidential(code_beside(key)) is not None:
        head = lock_head(key)
    return head


def _still_in_post(call: Call) -> None:
    """A post may have ended since the page was opened or the token issued."""
    acting = call.acting
    if acting.post_id is None:
        return
    current = public_acting_post(acting.post_id, local_day(call.recorded_at))
    if current is None or current.user_id != (acting.user_id if acting.on_behalf_of is None else current.user_id):
        raise NotAllowed([Finding("post_ended", "3")])


def _run(call: Call, chain: _Chain) -> Outcome:
    """One action and everything it brings about, each as an entry of its own."""
    head = chain.head
    door = door_of(call, head.key, head.jurisdiction_id, chain.reference_version)
    loaded = load_and_decide(call, door)
    chain.changed = True
    _keep_edition(loaded.edition)  # before the records: a case that is opened may point to a text that nothing was decided under yet
    context = apply_step(call, loaded, head.next_id())
    action = call.action
    subject = action.subject_key(loaded.subject)
    entry = _entry(call, subject, "permitted", loaded.edition.digest, action.entered_for(loaded.subject, call.payload, door))
    sealed = {"payload": call.plain, "result": context.result}
    chain.head = append(head, NewEntry(**entry, sealed=sealed), bump_reference=action.bumps_reference)
    if action.bumps_reference:
        bump_reference(public_children(head.jurisdiction_id))
        reference_changed(replace(door, reference_version=chain.head.reference_version), action.name)
    outbox.put(
        context.messages,
        jurisdiction_id=door.jurisdiction_id,
        subject=subject,
        entry_id=context.entry_id,
        recorded_at=call.recorded_at,
    )
    outcome = Outcome(
        action.name,
        subject,
        subject if action.confidential else f"{head.key}/{chain.head.seq}",
        "" if action.confidential else f"{head.key}:{chain.head.seq}:{chain.head.hash}",
        loaded.permit.cites,
        loaded.permit.to,
        call.recorded_at,
        context.result,
    )
    _follow_up(call, context, chain)
    return outcome


def _follow_up(call: Call, context: Context, chain: _Chain) -> None:
    for follow in context.follow_ups:
        action = action_named(follow.action)
        acting = call.acting if not action.internal else _as_system(call.acting, context.jurisdiction_id)
        payload, plain = as_sealed(action.Payload, follow.payload)
        step = Call(
            action, acting, follow.subject, payload, plain, call.at, call.recorded_at, "follow-up", context.entry_id, follow.expected
        )
        _run(replace(step, signed=call.signed or call.action.signs), chain)


def _as_system(acting: ActingPost, jurisdiction_id: int) -> ActingPost:
    return replace(system_acting(jurisdiction_id, acting.jurisdiction), user_id=None)


def _entry(call: Call, subject: str, outcome: str, edition: str, entered_for: int | None) -> dict[str, Any]:
    acting = call.acting
    return {
        "at": call.at,
        "recorded_at": call.recorded_at,
        "user_id": acting.user_id,
        "post_id": acting.post_id,
        "unit_id": acting.unit_id,
        "on_behalf_of": acting.on_behalf_of,
        "entered_for": entered_for,
        "via": call.via,
        "caused_by": call.caused_by,
        "action": call.action.name,
        "subject": subject,
        "outcome": outcome,
        "payload_version": call.action.payload_version,
        "edition": edition,
    }


def _refusal(call: Call, refused: RefusedStep) -> NewEntry:
    findings = [f.as_dict() for f in refused.findings]
    sealed = {"payload": call.plain, "findings": findings}
    entry = _entry(call, call.subject or refused.subject, "refused", refused.edition.digest, refused.entered_for)
    return NewEntry(**entry, sealed=sealed)


def _keep_edition(edition: Edition) -> None:
    """Once for each process and database; a test or a replay on another database starts anew."""
    mark = (str(connections[current_alias()].settings_dict["NAME"]), edition.digest)
    if mark not in _editions_kept:
        keep_edition(edition)
        transaction.on_commit(lambda: _editions_kept.add(mark), using=current_alias())


def forget_kept_editions() -> None:
    """Forget what this process believes to be kept: for tests that empty the tables."""
    _editions_kept.clear()


def _kept_answer(acting: ActingPost, key: str, request: str) -> str | None:
    row = IdempotencyKey.objects.filter(user_id=acting.user_id or 0, key=key).values_list("digest", "answer").first()
    if row is None:
        return None
    if row[0] != request:
        raise Malformed([("key", "used before for another request")], "key_reused")
    return row[1]


def done_under(acting: ActingPost, key: str) -> bool:
    """Whether an act was done on a request with that key; a refusal does not count."""
    row = IdempotencyKey.objects.filter(user_id=acting.user_id or 0, key=key).values_list("answer", flat=True).first() if key else None
    return row is not None and was_done(row)


def _keep_answer(call: Call, key: str, request: str, answer: Outcome | Refused) -> None:
    IdempotencyKey.objects.create(
        user_id=call.acting.user_id or 0, key=key, digest=request, answer=keep(answer), recorded_at=call.recorded_at.astimezone(UTC)
    )


__all__ = ["Outcome", "perform", "system_acting"]
