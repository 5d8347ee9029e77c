"""承继的答复: how a township stands in a case that takes the place of others, or of a part of one (4.1).

What a former township said holds for its part and stays readable under its name. The successor speaks for the whole from then on:
it consents without a word only where every part has consented; where a part has said nothing it owes an answer; a "no" of any part
stands until the successor itself answers otherwise. docs/explanation/units.md has the table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q

from dutygate.base.catalogue.action import Context
from dutygate.features.application.carried_text import carry_text, retire_text
from dutygate.features.application.models import Condition, ConditionStep, Opinion, Scope
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.succession import Moves

STILL_OPEN: Final = ("drafting", "consulting")
"""While townships are asked, a part that was never asked has not spoken. What was agreed later passes on as a duty on a list does."""
WORST: Final = ("open", "answered", "settled")


@dataclass(frozen=True, slots=True)
class Stand:
    """How a township stands: the columns of ``Scope`` that say so. ``rests_on``: which parts' answers stand as its own."""

    round: int = 0
    answer: str = ""
    condition: str = ""
    lapsed: bool = False
    no_reply: bool = False
    paper: str = ""
    paper_by: tuple[int, ...] = ()
    rests_on: tuple[int, ...] = field(default=(), compare=False)


def combined(parts: Sequence[Any], *, whole: bool) -> Stand:
    """How the successor of these parts (rows of ``Scope``, at least one) stands. ``whole``: no other part of it is left unasked."""
    asked = max(part.round for part in parts)
    spoken = [part for part in parts if part.round and part.answer and not part.contested]
    against = [part for part in spoken if part.answer == "disagree"]
    if against:
        return _stand(asked, against, "disagree", lapsed=all(part.lapsed for part in against))
    if not whole or len(spoken) < len(parts):
        return Stand(round=asked, no_reply=any(part.no_reply for part in parts))
    lapsed = any(part.lapsed for part in spoken)
    conditional = [part.condition for part in spoken if part.answer == "agree_with_conditions"]
    if conditional:
        worst = next((status for status in WORST if status in conditional), "open")
        return _stand(asked, spoken, "agree_with_conditions", lapsed=lapsed, condition=worst)
    return _stand(asked, spoken, "agree", lapsed=lapsed)


def _stand(asked: int, parts: Sequence[Any], answer: str, *, lapsed: bool, condition: str = "") -> Stand:
    papers = {part.paper for part in parts}
    paper = next((found for found in ("unchecked", "checked") if found in papers), "")
    entered = tuple(sorted({user for part in parts if part.paper == "unchecked" for user in part.paper_by}))
    rests_on = tuple(part.unit_id for part in parts)
    return Stand(asked, answer, condition, lapsed, paper=paper, paper_by=entered, rests_on=rests_on)


_CONCERNED: Final = Q(in_scope=True) | (~Q(part="") & Q(passed_to=None))


def townships_concerned(case_id: int, units: Collection[int]) -> frozenset[int]:
    """Those of these units that a case concerns: asked, or carrying the duty that it is about."""
    rows = Scope.objects.filter(_CONCERNED, case=case_id, unit_id__in=list(units))
    return frozenset(rows.values_list("unit_id", flat=True))


def cases_concerning(units: Collection[int]) -> Any:
    """The ids of the cases that concern one of these units, as a subquery."""
    return Scope.objects.filter(_CONCERNED, unit_id__in=list(units)).values("case")


def _concerned(row: Scope) -> bool:
    """Asked; or in an adjustment one that keeps the duty, or whose list it leaves."""
    return row.in_scope or (bool(row.part) and row.passed_to_id is None)


def carry(subject: CaseSubject, moves: Moves, context: Context) -> list[int]:
    """Let the successors stand for their parts; what was written for single townships goes along. The successors (unit ids)."""
    rows = {row.unit_id: row for row in Scope.objects.filter(case=subject.case.id).order_by("id")}
    inside = {unit for unit, row in rows.items() if _concerned(row)}
    heirs = dict.fromkeys(heir for move in moves.moves if move.former in inside for heir in move.heirs)
    staying = {move.former for move in moves.moves if move.former in move.heirs}
    for heir in heirs:
        if heir in staying:
            continue
        formers = [move.former for move in moves.moves if heir in move.heirs and move.former != heir]
        parts = [rows[unit] for unit in dict.fromkeys([*formers, heir]) if unit in inside]
        carry_text(subject, heir, [part.unit_id for part in parts], context)
        missing = set(formers) - inside | ({heir} - inside if _was_there(subject, heir, moves) else set())
        whole = not missing or subject.case.state not in STILL_OPEN or subject.directory.unit(heir).kind != "township"
        _let_stand(subject, rows.get(heir), heir, parts, whole, context)
    for move in moves.moves:
        if move.former in inside and move.former not in move.heirs:
            _let_go(subject, rows[move.former], move.main, moves)
            retire_text(subject, move.former)
    return list(heirs)


def _was_there(subject: CaseSubject, unit_id: int, moves: Moves) -> bool:
    """Whether the successor existed before the change, so that a part of it is none of the former units."""
    return subject.directory.unit(unit_id).valid_from < moves.on


def _let_stand(subject: CaseSubject, row: Scope | None, unit_id: int, parts: Sequence[Scope], whole: bool, context: Context) -> None:
    """One that keeps the duty, or whose list it leaves, is asked where a part of it is; else it stands as they do (4.4, 4.5)."""
    case = subject.case
    if row is None:
        row = Scope(id=context.new_id(), jurisdiction_id=case.jurisdiction_id, case=case, unit_id=unit_id)
    asked = [part for part in parts if part.in_scope and not part.part] or [part for part in parts if part.in_scope]
    stand = combined(asked, whole=whole) if asked else Stand()
    kept = sorted({part.part for part in asked or parts})
    row.in_scope, row.part, row.joins = bool(asked), kept[0], any(part.joins for part in asked)
    row.left_reason, row.passed_to_id = "", None
    row.round, row.answer, row.condition, row.lapsed, row.contested = stand.round, stand.answer, stand.condition, stand.lapsed, False
    row.paper, row.paper_by, row.no_reply = stand.paper, list(stand.paper_by), stand.no_reply
    row.version += 1
    row.save()
    if stand.answer:
        _restate(subject, row, stand, context)


def _let_go(subject: CaseSubject, row: Scope, heir: int, moves: Moves) -> None:
    """The former township's row says for good how it stood."""
    row.in_scope, row.part, row.passed_to_id, row.version = False, "", heir, row.version + 1
    row.left_reason = f"机构变更，由{subject.directory.name_on(heir, moves.on)}承继（{moves.document}）"
    row.save()


def _restate(subject: CaseSubject, row: Scope, stand: Stand, context: Context) -> None:
    """The successor's standing as an opinion of its own, made of those on which it rests, with conditions and what was said of them."""
    said = [(unit, opinion) for unit in stand.rests_on if (opinion := _last(subject, unit)) is not None]
    several = len(stand.rests_on) > 1 or stand.rests_on[0] != row.unit_id
    opinion = Opinion(
        id=context.new_id(),
        jurisdiction_id=subject.case.jurisdiction_id,
        case=subject.case,
        unit_id=row.unit_id,
        round=row.round,
        ordinal=row.version,
        revision=min((opinion.revision for _unit, opinion in said), default=subject.case.revision),
        answer=stand.answer,
        reason="\n".join(_of(subject, unit, opinion.reason, several) for unit, opinion in said if opinion.reason),
        replied_at=context.at,
        entered_by_unit=row.unit_id,
        carried_from=[opinion.id for _unit, opinion in said],
    )
    opinion.save(force_insert=True)
    if stand.answer == "agree_with_conditions":
        _carry_conditions(subject, opinion, stand, several, context)


def _last(subject: CaseSubject, unit_id: int) -> Opinion | None:
    return Opinion.objects.filter(case=subject.case.id, unit_id=unit_id).order_by("-ordinal").first()


def _of(subject: CaseSubject, unit_id: int, text: str, several: bool) -> str:
    return f"（{subject.directory.name_on(unit_id, subject.door.today)}）{text}" if several else text


def _carry_conditions(subject: CaseSubject, opinion: Opinion, stand: Stand, several: bool, context: Context) -> None:
    owner = {"jurisdiction_id": opinion.jurisdiction_id, "case_id": opinion.case_id, "unit_id": opinion.unit_id}
    conditions: list[Condition] = []
    steps: list[ConditionStep] = []
    for unit in stand.rests_on:
        last = _last(subject, unit)
        if last is None or last.answer != "agree_with_conditions":
            continue
        for text, status in _conditions_of(last):
            conditions.append(
                Condition(
                    id=context.new_id(),
                    **owner,
                    opinion=opinion,
                    ordinal=len(conditions) + 1,
                    text=_of(subject, unit, text, several),
                    status=status,
                )
            )
        for step in ConditionStep.objects.filter(case=opinion.case_id, unit_id=unit, round=last.round).order_by("id"):
            kept = {name: getattr(step, name) for name in ("kind", "text", "at", "revision", "document_number", "scan")}
            steps.append(ConditionStep(id=context.new_id(), **owner, round=opinion.round, **kept))
    Condition.objects.bulk_create(conditions)
    ConditionStep.objects.bulk_create(steps)


def _conditions_of(opinion: Opinion) -> Iterable[tuple[str, str]]:
    return Condition.objects.filter(opinion=opinion).order_by("ordinal").values_list("text", "status")
