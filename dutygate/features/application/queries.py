"""Reads of applications and opinions. Another township's words are shown only when all are in (4.1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.register.prepared import Prepared
from dutygate.features.application.facts import standing_of
from dutygate.features.application.models import (
    Condition,
    ConditionStep,
    ItemText,
    Mediation,
    Opinion,
    Round,
    Safeguard,
    Scope,
    WrittenApplication,
)
from dutygate.features.cases.kinds import ADMISSION
from dutygate.features.cases.showing import keeps_untold
from dutygate.features.cases.succession import own_units

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case

__all__ = [
    "items_of",
    "mediations_of",
    "opinions_of",
    "rounds_of",
    "safeguards_of",
    "scope_of",
    "sees_all_opinions",
    "submissions_of",
    "support_revisions",
    "text_revisions",
    "untold_tasks",
]


def sees_all_opinions(viewer: ActingPost, case: Case) -> bool:
    """A township sees the others' answers once every township in scope has answered, or the consultation of an exit or an adjustment is
    concluded; everybody else who sees the case does.
    """
    if viewer.unit_kind != "township" or viewer.unit_id == case.initiator_id:
        return True
    if case.state == "drafting":
        return False
    if case.kind != ADMISSION and case.state != "consulting":
        return True  # concluded: whoever had said nothing in its time is recorded as 未反馈 (4.4)
    counted = standing_of(case)
    return counted.total > 0 and counted.silent == 0


@keeps_untold
def untold_tasks(viewer: ActingPost, case: Case) -> frozenset[str]:
    """The applicant's moves that would tell a township what another one said, before all have answered; its own words it knows."""
    if sees_all_opinions(viewer, case):
        return frozenset()
    own = next((row for row in _SCOPE.rows(case=case.id) if row.unit_id == viewer.unit_id), None)
    told = set()
    if own is not None and own.condition == "open":
        told.add("consultation.answer_conditions")
    if own is not None and (own.lapsed or own.contested):
        told.add("consultation.ask_again")
    return frozenset({"consultation.answer_conditions", "consultation.ask_again"} - told)


def _additions(viewer: ActingPost, case: Case) -> list[str]:
    """What holds for all, and what was written for the viewer's township or for one in whose place it stands."""
    return ["", *map(str, sorted(own_units(viewer, case)))]


def _read_by(viewer: ActingPost, case: Case, rows: list[Any]) -> list[Any]:
    if viewer.unit_kind != "township":
        return rows
    shown = set(_additions(viewer, case))
    return [row for row in rows if row.addition in shown]


_ITEMS: Final = Prepared(lambda case: ItemText.objects.filter(case=case, is_current=True).order_by("item", "addition"), case=int)
_SAFEGUARDS: Final = Prepared(lambda case: Safeguard.objects.filter(case=case, is_current=True).order_by("kind", "addition"), case=int)
_ROUNDS: Final = Prepared(lambda case: Round.objects.filter(case=case).order_by("number"), case=int)
_SCOPE: Final = Prepared(lambda case: Scope.objects.filter(case=case).order_by("id"), case=int)


def items_of(viewer: ActingPost, case: Case) -> list[ItemText]:
    """The current text, common and per township; a township sees its own additions and the common text."""
    return _read_by(viewer, case, _ITEMS.rows(case=case.id))


def safeguards_of(viewer: ActingPost, case: Case) -> list[Safeguard]:
    """What comes with the duty; a township sees what comes to all and to itself."""
    return _read_by(viewer, case, _SAFEGUARDS.rows(case=case.id))


def text_revisions(viewer: ActingPost, case: Case) -> list[ItemText]:
    """Every text that ever stood, oldest first, within what ``items_of`` shows."""
    rows = ItemText.objects.filter(case=case).order_by("revision", "id")
    return list(rows.filter(addition__in=_additions(viewer, case)) if viewer.unit_kind == "township" else rows)


def support_revisions(viewer: ActingPost, case: Case) -> list[Safeguard]:
    """Every safeguard that was ever promised, oldest first, within what ``safeguards_of`` shows."""
    rows = Safeguard.objects.filter(case=case).order_by("revision", "id")
    return list(rows.filter(addition__in=_additions(viewer, case)) if viewer.unit_kind == "township" else rows)


def rounds_of(viewer: ActingPost, case: Case) -> list[Round]:
    """The rounds, first to last."""
    return _ROUNDS.rows(case=case.id)


def scope_of(viewer: ActingPost, case: Case) -> list[Scope]:
    """The townships and how they stand; for a township whose turn it still is, its own row alone."""
    own = None if sees_all_opinions(viewer, case) else own_units(viewer, case)
    return [row for row in _SCOPE.rows(case=case.id) if own is None or row.unit_id in own]


@dataclass(frozen=True, slots=True)
class Proposed:
    """拟作的变动 in the lists (unit ids): who is to have the duty as the case says, or to lose it in an exit; whom it leaves besides."""

    townships: tuple[int, ...]
    leaving: tuple[int, ...]


def proposed_by(viewer: ActingPost, case: Case) -> Proposed:
    """What an exit or an adjustment would bring about, whatever has been decided: one query.

    A township that asks for its own duty to end or change is no party that is asked: it is the one that the case is about.
    """
    rows = list(Scope.objects.filter(case=case.id).order_by("id").values_list("unit_id", "unit__kind", "part", "in_scope"))
    if all(kind != "township" for _unit, kind, _part, _inside in rows):
        return Proposed((case.initiator_id,), ())
    taking = tuple(unit for unit, _kind, part, inside in rows if inside and not part)
    return Proposed(taking, tuple(unit for unit, _kind, part, _inside in rows if part == "leaves"))


def townships_applied_for(viewer: ActingPost, cases: Collection[Case]) -> dict[int, set[int]]:
    """Case id -> the ids of the townships in scope, of cases that the viewer may read: one query for all of them."""
    found: dict[int, set[int]] = {case.id: set() for case in cases}
    for case_id, unit_id in Scope.objects.filter(case__in=list(found), in_scope=True).values_list("case_id", "unit_id"):
        found[case_id].add(unit_id)
    return found


_OPINIONS: Final = Prepared(lambda case: Opinion.objects.filter(case=case).order_by("id"), case=int)
_CONDITIONS: Final = Prepared(lambda case: Condition.objects.filter(case=case).order_by("ordinal", "id"), case=int)
_STEPS: Final = Prepared(lambda case: ConditionStep.objects.filter(case=case).order_by("id"), case=int)
_SUBMITTED: Final = Prepared(lambda case: WrittenApplication.objects.filter(case=case).order_by("ordinal"), case=int)


def opinions_of(viewer: ActingPost, case: Case) -> list[dict[str, Any]]:
    """Every written answer ever given, oldest first, with its conditions and the words about them."""
    own = None if sees_all_opinions(viewer, case) else own_units(viewer, case)
    opinions = [row for row in _OPINIONS.rows(case=case.id) if own is None or row.unit_id in own]
    attached: dict[int, list[Condition]] = {}
    for condition in _CONDITIONS.rows(case=case.id) if opinions else ():
        attached.setdefault(condition.opinion_id, []).append(condition)
    said: dict[tuple[int, int], list[ConditionStep]] = {}
    for step in _STEPS.rows(case=case.id):
        said.setdefault((step.unit_id, step.round), []).append(step)
    return [{"opinion": o, "conditions": attached.get(o.id, []), "steps": said.get((o.unit_id, o.round), [])} for o in opinions]


def submissions_of(viewer: ActingPost, case: Case) -> list[WrittenApplication]:
    """Each time the application was submitted."""
    return _SUBMITTED.rows(case=case.id)


@dataclass(frozen=True, slots=True)
class MediationLine:
    """组织协调: when and where, who was there (unit ids), the minutes; ``scan`` is a digest or ""."""

    held_on: date
    place: str
    present: tuple[int, ...]
    minutes: str
    scan: str


def mediations_of(viewer: ActingPost, case: Case) -> tuple[MediationLine, ...]:
    """The meetings of a case that the viewer may read, oldest first. A township that was not there reads none: what others said there is
    theirs (4.1), until every answer is open to it anyhow.
    """
    rows = Mediation.objects.filter(case=case.id).order_by("id").values_list("held_on", "place", "present", "minutes", "scan")
    lines = [MediationLine(held_on, place, tuple(present), minutes, scan) for held_on, place, present, minutes, scan in rows]
    if not lines or sees_all_opinions(viewer, case):
        return tuple(lines)
    own = own_units(viewer, case)
    return tuple(line for line in lines if set(own) & set(line.present))
