"""当事单位承继: who stands in whose place in a case, after units were merged or split or handed a function over (Articles 1, 3, 4.1).

What a unit said stays under its name; what it still owed, and the right to correct what it entered, is its successor's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from dutygate.base.catalogue.action import ActingPost, Context
from dutygate.features.cases.case_action import add_parties
from dutygate.features.cases.models import Case, CaseSuccession, Party


@dataclass(frozen=True, slots=True)
class Move:
    """One unit (id) that others stand for: ``main`` before all, ``others`` beside it (parts of a township that was split)."""

    former: int
    main: int
    others: tuple[int, ...] = ()

    @property
    def heirs(self) -> tuple[int, ...]:
        """All that stand in its place."""
        return (self.main, *self.others)


@dataclass(frozen=True, slots=True)
class Moves:
    """What one change of units means for a case: from which day, by which document."""

    moves: tuple[Move, ...]
    change: str
    on: date
    document: str

    def of(self, unit_id: int) -> Move | None:
        """What becomes of a unit."""
        return next((move for move in self.moves if move.former == unit_id), None)


def open_numbers(jurisdiction_id: int, units: Iterable[int], scoped: Any) -> list[str]:
    """The numbers of the cases under way in which one of these units takes part, or that ``scoped`` (ids) names; oldest first."""
    parties = Party.objects.filter(unit_id__in=list(units)).values("case")
    found = Case.objects.filter(Q(id__in=parties) | Q(id__in=scoped), jurisdiction=jurisdiction_id, closed_at=None)
    return list(found.order_by("id").values_list("number", flat=True))


def pass_parties(case: Case, moves: Moves, concerned: Iterable[int], context: Context) -> frozenset[int]:
    """Whoever stands in a unit's place takes part as it did; an applicant's place goes to its main successor.

    ``concerned``: units that the case concerns although they do not take part yet (townships not asked). Returns the former units
    that had a part in it.
    """
    parties = list(Party.objects.filter(case=case).order_by("id").values_list("unit_id", "role"))
    for unit_id, role in parties:
        move = moves.of(unit_id)
        if move is not None:
            add_parties(case, move.heirs, role, context)
    mine = moves.of(case.initiator_id)
    if mine is not None:
        case.initiator_id = mine.main
    present = {unit_id for unit_id, _role in parties} | set(concerned)
    rows = [
        _link(context, case.id, case.jurisdiction_id, move.former, heir, moves)
        for move in moves.moves
        if move.former in present
        for heir in move.heirs
        if heir != move.former
    ]
    CaseSuccession.objects.bulk_create(rows)
    case.passed_on = case.passed_on or bool(rows)
    return frozenset(move.former for move in moves.moves if move.former in present)


def pass_reading(jurisdiction_id: int, moves: Moves, context: Context) -> int:
    """Whoever stands in a unit's place may read its ended cases, and correct what it entered there. How many cases that are."""
    formers = [move.former for move in moves.moves]
    rows = Party.objects.filter(unit_id__in=formers, case__jurisdiction=jurisdiction_id, case__closed_at__isnull=False).order_by("id")
    found = list(rows.values_list("case_id", "unit_id", "role"))
    heirs = {heir for move in moves.moves for heir in move.heirs}
    there = set(Party.objects.filter(unit_id__in=heirs, case__jurisdiction=jurisdiction_id).values_list("case_id", "unit_id", "role"))
    parties: dict[tuple[int, int, str], Party] = {}
    links: dict[tuple[int, int, int], CaseSuccession] = {}
    place = {"jurisdiction_id": jurisdiction_id}
    for case_id, former, role in found:
        move = moves.of(former)
        for heir in move.heirs if move else ():
            if (case_id, heir, role) not in there and (case_id, heir, role) not in parties:
                parties[case_id, heir, role] = Party(id=context.new_id(), **place, case_id=case_id, unit_id=heir, role=role)
            if heir != former and (case_id, former, heir) not in links:
                links[case_id, former, heir] = _link(context, case_id, jurisdiction_id, former, heir, moves)
    Party.objects.bulk_create(parties.values(), batch_size=500)
    CaseSuccession.objects.bulk_create(links.values(), batch_size=500)
    ended = sorted({case_id for case_id, _former, _heir in links})
    for start in range(0, len(ended), 500):
        Case.objects.filter(id__in=ended[start : start + 500]).update(passed_on=True)
    return len(ended)


def _link(context: Context, case_id: int, jurisdiction_id: int, former: int, heir: int, moves: Moves) -> CaseSuccession:
    move = moves.of(former)
    return CaseSuccession(
        id=context.new_id(),
        jurisdiction_id=jurisdiction_id,
        case_id=case_id,
        from_unit_id=former,
        to_unit_id=heir,
        main=move is not None and heir == move.main,
        on=moves.on,
        document=moves.document,
        change=moves.change,
    )


def successions_in(case: Case) -> list[CaseSuccession]:
    """The rows of a case, oldest first; no query where there are none."""
    return list(CaseSuccession.objects.filter(case=case).order_by("id")) if case.passed_on else []


def stand_ins(case: Case) -> dict[int, int]:
    """Former unit -> the unit that stands in its place now, over several changes; {} where there was none."""
    found: dict[int, int] = {}
    for row in successions_in(case):
        if not row.main:
            continue
        found = {former: row.to_unit_id if heir == row.from_unit_id else heir for former, heir in found.items()}
        found[row.from_unit_id] = row.to_unit_id
    return {former: heir for former, heir in found.items() if former != heir}


def stands_for(case: Case, unit_id: int) -> int:
    """Who stands in a unit's place in a case; itself where nobody does."""
    return stand_ins(case).get(unit_id, unit_id)


def own_units(viewer: ActingPost, case: Case) -> frozenset[int]:
    """The viewer's unit, and those in whose place it stands in this case, wholly or for a part."""
    own = {viewer.unit_id} - {None}
    for row in reversed(successions_in(case)):
        if row.to_unit_id in own:
            own.add(row.from_unit_id)
    return frozenset(unit for unit in own if unit is not None)
