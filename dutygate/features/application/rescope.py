"""范围的调整 (Articles 4.1, 4.4, 4.5): who is asked about an adjustment. More townships are consulted, fewer are told.

A township that would carry the duty from now on is asked, and must agree; one that carries it already is asked where the text changes for
it; one whose list the duty leaves is told, and asked only where nobody else is: then it is the other side.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import F

from dutygate.base.catalogue.action import Context
from dutygate.base.organizations.queries import public_directory
from dutygate.features.application.models import SILENT, Scope
from dutygate.features.application.proposal import burdens, by_township, differences, judged
from dutygate.features.cases.duties import DutyNow
from dutygate.features.cases.facts import CaseSubject, duty_of
from dutygate.features.cases.kinds import ADJUSTMENT, EXIT
from dutygate.features.lists.queries import revision_standing

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case

KEEPS, LEAVES, ASKED = "keeps", "leaves", ""


def rescoped(subject: CaseSubject) -> bool:
    """Whether the scope follows from what the case proposes: an adjustment that a department asks for, or that had to be opened."""
    case, duty = subject.case, duty_of(subject)
    return case.kind == ADJUSTMENT and duty is not None and not by_township(case, duty)


def beyond_reach(subject: CaseSubject, named: Collection[int]) -> dict[int, str]:
    """Townships that cannot be in this case, and why, with {} for the township: a duty leaves only the lists on which it stands, and a
    township asks for its own.
    """
    duty = duty_of(subject)
    if duty is None:
        return {}
    if by_township(subject.case, duty):
        return dict.fromkeys(named, "a township applies for itself alone: {}")
    inside = set(duty.holders)
    return {unit: "does not carry the duty: {}" for unit in named if subject.case.kind == EXIT and unit not in inside}


def rewritten(case: Case, duty: DutyNow, context: Context) -> tuple[bool, bool]:
    """Whether anything that townships judge reads otherwise than on their lists, and whether that may be more for them: three queries and
    one.
    """
    revision = revision_standing(context.acting, duty.id, context.on)
    directory = public_directory(context.jurisdiction_id, context.door.reference_version)
    keys = {unit: directory.unit(unit).key for unit in duty.holders}
    found = differences(context.acting, case, duty, revision, keys)
    return judged(context.edition, found), burdens(context.edition, found)


def rescope(case: Case, duty: DutyNow, named: Collection[int] | None, joining: Collection[int], context: Context) -> None:
    """Bring the other side of an adjustment up to date after its text was written, and say whether the case adds burden.

    ``named``: all townships that are to have the duty; None: as before, and whoever is ``joining``.
    """
    rows = {row.unit_id: row for row in Scope.objects.filter(case=case.id).order_by("id")}
    wanted = _target(rows, duty, named) | set(joining)
    otherwise, case.burden = rewritten(case, duty, context)
    others = otherwise and bool(wanted & set(duty.holders)) or bool(wanted - set(duty.holders))
    fresh = []
    for unit in dict.fromkeys((*duty.holders, *rows, *sorted(wanted))):
        row = rows.get(unit)
        holds, stays = unit in duty.holders, unit in wanted
        if row is not None and row.left_reason and not stays:
            continue  # it was taken out while it was asked: nothing changes for it
        part = LEAVES if holds and not stays else KEEPS if holds and not otherwise else ASKED
        in_scope = not others if part == LEAVES else stays and part == ASKED
        if row is None:
            row = Scope(id=context.new_id(), jurisdiction_id=case.jurisdiction_id, case=case, unit_id=unit)
            fresh.append(row)
        _set(row, part=part, joins=stays and not holds, in_scope=in_scope, known=row not in fresh)
    Scope.objects.bulk_create(fresh)


def _target(rows: dict[int, Scope], duty: DutyNow, named: Collection[int] | None) -> set[int]:
    """Who is to have the duty: as named, or as it was before this edit."""
    if named is not None:
        return set(named)
    return {unit for unit, row in rows.items() if row.part == KEEPS or (row.part == ASKED and row.in_scope)}


def _set(row: Scope, *, part: str, joins: bool, in_scope: bool, known: bool) -> None:
    """Who is asked anew has said nothing yet; whatever changes of a row that is known is written."""
    before = (row.part, row.joins, row.in_scope)
    row.part, row.joins, row.in_scope = part, joins, in_scope
    if not known or before == (part, joins, in_scope):
        return
    again: dict[str, Any] = {**SILENT, "round": 0, "left_reason": ""} if in_scope and not before[2] else {}
    Scope.objects.filter(id=row.id).update(part=part, joins=joins, in_scope=in_scope, version=F("version") + 1, **again)
