"""What a payload means in the words of the law's own model, and what must come of it: written anew, not taken from the features."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dutygate.law.procedure.effects import effect
from dutygate.law.procedure.engine import Permit
from dutygate.law.procedure.model import CaseState, parties
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting
from dutygate.law.workdays.calendar import Calendar
from tests.proof.machine_memory import BASES, MARKS, Corrected, Memory, Payload, bases_of
from tests.rows import rows

LAPSING_MARKS = {"track", "ends_on", "mode"}
INSIDE = {"acts_in_name_of": "division", "necessity": "content"}


@dataclass(frozen=True)
class Teller:
    """What is needed to understand a payload: who sends it, the case as it stands, and what is remembered of it."""

    edition: Edition
    state: CaseState
    memory: Memory
    user: str
    unit: str
    colleagues: frozenset[str]
    unit_ids: Mapping[str, int]
    calendar: Calendar
    today: date


def meaning(action: str, payload: Payload, teller: Teller) -> dict[str, Any]:
    """The act as rules, invariants and effects read it. What only ``outcome_of`` needs stands under names with a leading underscore."""
    tell = _MEANINGS.get(action)
    act = dict(payload) if tell is None else tell(payload, teller)
    if payload.get("entered_for"):
        act["entered_for"] = payload["entered_for"]
    return act


def outcome_of(edition: Edition, before: CaseState, action: str, acting: Acting, act: Mapping[str, Any], permit: Permit) -> CaseState:
    """The case after a permitted action, by ``effects``. Four things are said here that a payload of the walk cannot say:

    an opened case has its name and perhaps its necessity at once; an edit that changes nothing changes nothing; while drafting a
    township may leave the scope by an edit; the same negotiated opinion written twice, or a word corrected that no rule reads, undoes
    nothing.
    """
    if act.get("_nothing"):
        return before
    after = effect(edition, before, action, acting, {**act, "items": (*act.get("items", ()), *act.get("_days", ()))}, permit)
    if action == "case.open":
        written = {"filled": ("name",), "necessity_stated": act["_necessity"]}
        after = effect(edition, after, "application.edit", acting, written, Permit("drafting", ""))
    if leaving := act.get("_leaving"):
        after = effect(edition, after, "consultation.narrow", acting, {"townships": leaving}, Permit(after.head.state, ""))
    if act.get("_same_opinion"):
        after = replace(after, review=before.review)
    return after


def _open(payload: Payload, teller: Teller) -> dict[str, Any]:
    act = {name: payload[name] for name in ("track", "declared_class", "mode") if name in payload}
    act["handles_emergency"] = bool(payload.get("handles_emergency"))
    return {**act, "has_end": payload.get("ends_on") is not None, "_necessity": bool(payload.get("necessity"))}


def _edit(payload: Payload, teller: Teller) -> dict[str, Any]:
    memory, state, edition = teller.memory, teller.state, teller.edition
    items, everybody, filled, emptied = _texts(payload, memory)
    marks = {m: payload[m] for m in MARKS if m in payload and (payload[m] is not None or m == "ends_on") and payload[m] != memory.marks[m]}
    support = [(key, given) for key, given in _supports(payload) if memory.safeguards.get(key) != given]
    per_township = {
        unit: {item for item, text in texts.items() if text != memory.texts.get((item, unit), "")}
        for unit, texts in payload.get("per_township", {}).items()
    }
    for (_, township), _given in support:
        (per_township.setdefault(township, set()) if township else everybody).add("safeguards")
    if payload.get("bases") is not None and bases_of(payload) != memory.bases:
        everybody.add("legal_basis")
    everybody |= {INSIDE[m] for m in marks if m in INSIDE}
    items = everybody.union(*per_township.values())
    judged = {item.id for item in edition.items.values() if item.judged_by_townships}
    scope = {t.unit for t in state.townships if t.in_scope}
    for_all = bool(everybody & judged) or bool(LAPSING_MARKS & marks.keys())
    touched = scope if for_all else {unit for unit in scope if per_township.get(unit, set()) & judged}
    named = (*(payload.get("townships") or ()), *payload.get("add_townships", ()))
    joining = [unit for unit in dict.fromkeys(named) if unit not in scope]
    leaving = sorted(scope - set(payload["townships"])) if payload.get("townships") is not None else []
    after = replace_memory(memory, payload)
    act: dict[str, Any] = {name: payload[name] for name in ("declared_class", "handles_emergency") if payload.get(name) is not None}
    act |= {m: marks[m] for m in ("track", "mode") if m in marks}
    if "ends_on" in marks:
        act |= {"has_end": marks["ends_on"] is not None, "_days": ("ends_on",)}
    act |= {"items": tuple(sorted(items)), "filled": tuple(filled), "emptied": tuple(emptied), **_application(after)}
    act |= {"touches": tuple(sorted(touched)), "add_townships": tuple(joining), "_leaving": tuple(leaving)}
    return {**act, "_nothing": not (items or marks or joining or leaving)}


def _texts(payload: Payload, memory: Memory) -> tuple[set[str], set[str], list[str], list[str]]:
    everybody: set[str] = set()
    filled, emptied = [], []
    for item, text in payload.get("items", {}).items():
        old = memory.title if item == "name" else memory.texts.get((item, ""), "")
        if text == old or (item == "name" and not text):
            continue
        everybody.add(item)
        if text and not old:
            filled.append(item)
        if old and not text:
            emptied.append(item)
    return set(), everybody, filled, emptied


def _supports(payload: Payload) -> list[tuple[tuple[str, str], tuple[bool, int | None, str]]]:
    return [
        ((s["kind"], s.get("township", "")), (s["needed"], s.get("amount_fen"), s.get("note", ""))) for s in payload.get("safeguards", ())
    ]


def replace_memory(memory: Memory, payload: Payload) -> Memory:
    """The memory as it would be after this edit."""
    copy = replace(memory, marks=dict(memory.marks), texts=dict(memory.texts), safeguards=dict(memory.safeguards))
    copy.edited(payload)
    return copy


def _application(memory: Memory) -> dict[str, Any]:
    kinds = frozenset(BASES[name]["kind"] for name in memory.bases)
    bare = frozenset(kind for (kind, _), (needed, _, note) in memory.safeguards.items() if not needed and not note)
    return {
        "necessity_stated": bool(memory.marks["necessity"]),
        "basis_kinds": kinds,
        "basis_not_in_force": frozenset(BASES[name]["title"] for name in memory.bases if "in_force_to" in BASES[name]),
        "addressed": frozenset(kind for kind, _ in memory.safeguards),
        "none_needed_without_reason": bare,
    }


def _conclude(payload: Payload, teller: Teller) -> dict[str, Any]:
    return {**payload, "_same_opinion": payload["negotiated_opinion"] == teller.memory.texts.get(("negotiated_opinion", ""))}


def _assess(payload: Payload, teller: Teller) -> dict[str, Any]:
    return {**payload, "points": tuple(payload.get("points", {}))}


def _decide(payload: Payload, teller: Teller) -> dict[str, Any]:
    """A township that another body has left out cannot be approved any more by naming it."""
    ends, until = teller.memory.marks["ends_on"], payload.get("expires_on")
    named = payload.get("townships") if payload["outcome"] == "for" else None
    if named is not None:
        scope = {t.unit for t in teller.state.townships if t.in_scope}
        out = {t for t in scope for limit in teller.memory.limits.values() if t not in limit}
        named = tuple(t for t in named if t not in out)
    return {**payload, "townships": named, "ends_later": bool(ends and until and until > ends)}


def _notice(payload: Payload, teller: Teller) -> dict[str, Any]:
    """Nobody named: everybody who must be told. The tables tell the departments that were asked, and all members, too."""
    members = (teller.state.review.members | {a.unit for a in teller.state.review.asked}) - {teller.state.seated("lead")}
    everybody = tuple(sorted(parties(teller.state) | members))
    return {**payload, "addressees": payload.get("addressees") or everybody}


def _hand(payload: Payload, teller: Teller) -> dict[str, Any]:
    return {**payload, "colleague": payload["user"] in teller.colleagues}


def _move(payload: Payload, teller: Teller) -> dict[str, Any]:
    """Every case runs under the edition in force."""
    target = payload.get("to") or teller.edition.id
    return {**payload, "target": target, "target_in_force": target == teller.edition.id, "same": True, "unknown": ()}


def _urge(payload: Payload, teller: Teller) -> dict[str, Any]:
    """What the tables say of the task: who owes it since when, until when, and when it was urged."""
    named = {"subject": teller.memory.number, "action": payload["task"], "unit_id": teller.unit_ids.get(payload["unit"])}
    row = rows("actions.OpenTask", **named, seat=payload.get("seat", "")).first()
    if row is None:
        return {**payload, "task_open": False, "timely": True, "urged_on": ""}
    light = row.due_on and teller.calendar.light(row.opened_on, row.due_on, teller.today)
    urged = rows("cases.Urge", case=row.subject_id, unit=row.unit_id, task=row.action, seat=row.seat, opened_on=row.opened_on).last()
    near = urged is not None and teller.calendar.working_days_between(urged.urged_on, teller.today) < 3
    return {
        **payload,
        "task_open": True,
        "timely": row.paused_on is None and light in ("yellow", "red"),
        "urged_on": near and "lately" or "",
    }


def _check(payload: Payload, teller: Teller) -> dict[str, Any]:
    """Whoever entered any of its papers is no second person."""
    entered = teller.memory.papers.get(payload["township"], set())
    return {**payload, "entered_by": teller.user if teller.user in entered else next(iter(entered), "")}


def _correct(payload: Payload, teller: Teller) -> dict[str, Any]:
    memory = teller.memory
    word = memory.words.get((payload["target"], payload["field"]))
    document = payload.get("document_number", "")
    correction = Corrected(
        payload["target"],
        payload["field"],
        payload["new"],
        word.value if word else "",
        word.serial if word else 0,
        teller.user,
        payload.get("reason", ""),
        document,
    )
    return _correction(correction, memory)


def _confirm(payload: Payload, teller: Teller) -> dict[str, Any]:
    number = payload["correction"]
    if not 0 < number <= len(teller.memory.corrections):
        return {"field": "", "pending": False}
    correction = teller.memory.corrections[number - 1]
    word = teller.memory.words.get((correction.target, correction.field))
    same = word is not None and word.serial == correction.serial and word.value == correction.old
    act = _correction(correction, teller.memory)
    return {**act, "entered_by": correction.user, "pending": same and not correction.confirmed}


def _correction(correction: Corrected, memory: Memory) -> dict[str, Any]:
    kind, _, rest = correction.target.partition(":")
    word = memory.words.get((correction.target, correction.field))
    new_document = bool(correction.document) and (word is None or correction.document != word.document)
    act: dict[str, Any] = {"field": correction.field, "reason": correction.reason, "new_document": new_document}
    if kind == "opinion":
        act |= {"township": rest, "value": correction.new}
    if kind == "decision":
        body, _, submission = rest.partition(":")
        act |= {"body": body if submission == str(memory.submissions) else ""}  # an outcome on an earlier submission counts no more
    if (kind, correction.field) not in (("opinion", "answer"), ("decision", "outcome")):
        act |= {"field": f"{kind} {correction.field}", "_nothing": True}
    return act


_MEANINGS: dict[str, Callable[[Payload, Teller], dict[str, Any]]] = {
    "case.open": _open,
    "application.edit": _edit,
    "consultation.conclude": _conclude,
    "review.assess": _assess,
    "decision.record": _decide,
    "notice.issue": _notice,
    "case.reassign": _hand,
    "case.stand_in": _hand,
    "case.urge": _urge,
    "record.check_original": _check,
    "edition.move_case": _move,
    "record.correct": _correct,
    "record.confirm": _confirm,
}
