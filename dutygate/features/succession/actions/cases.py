"""办件由承继机构承接（第四条（一））: every open case of a unit that changed, as an entry of its own; ended ones may be read."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.catalogue.registry import register_action
from dutygate.base.notices import receipts
from dutygate.base.organizations.actions.office import OfficeAction, office_edition
from dutygate.base.organizations.changing import Change, change_of
from dutygate.features.application import carrying as opinions
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.succession import Move, Moves, open_numbers, pass_parties, pass_reading
from dutygate.features.review import carrying as review
from dutygate.features.succession.moves import moves_for, units_of
from dutygate.law.regulation.edition import Edition


class OfChange(Given):
    """Which change: "150721.change-3"."""

    change: str = Field(max_length=60)


class PassesOn(OfficeAction[Change]):
    """What follows a change of units. Subject: the jurisdiction's code."""

    internal = True
    Payload = OfChange

    def load(self, ref: str, payload: Any, door: Door) -> Change:
        """The change that took effect. Raises NotFound."""
        found = change_of(payload.change, door.jurisdiction_id)
        if found is None or not found.effective:
            raise NotFound
        return found

    def subject_key(self, subject: Change) -> str:
        """The jurisdiction's code."""
        return subject.ref.partition(".")[0]


@register_action
class PassOnCases(PassesOn):
    """办件由承继机构承接: finds the cases. Result: {open: how many follow, ended: how many may be read}."""

    name = "unit.pass_on_cases"

    def apply(self, subject: Change, payload: Any, context: Context) -> None:
        """An entry follows for each open case; of ended ones the successor becomes a reader."""
        units = units_of(subject)
        passed = 0
        for number in open_numbers(context.jurisdiction_id, units, opinions.cases_concerning(units)):
            moves = moves_for(subject, "cases", number)
            if moves.moves:
                passed += 1
                context.follow("case.pass_on", number, **_as_given(moves, context))
        dissolved = moves_for(subject, "cases", "") if subject.rows[0].ends else None
        ended = pass_reading(context.jurisdiction_id, dissolved, context) if dissolved else 0
        context.result |= {"open": passed, "ended": ended}


def _as_given(moves: Moves, context: Context) -> dict[str, Any]:
    """Ids as text: they pass 2^53."""
    return {
        "change": moves.change,
        "on": moves.on,
        "document": moves.document,
        "moves": [{"former": str(move.former), "heirs": [str(heir) for heir in move.heirs]} for move in moves.moves],
    }


class MoveGiven(Given):
    """A former unit and those that stand in its place, the main one first (ids)."""

    former: str
    heirs: tuple[str, ...] = Field(min_length=1)


@register_action
class PassOnCase(CaseAction):
    """当事单位变更: parties, the applicant's place, answers, assessments, questions, receipts and tasks of one open case.

    It is decided under the edition in force, which knows it, whatever the case was opened under; the case stays under its own.
    """

    name = "case.pass_on"
    internal = True

    class Payload(Given):
        """What the change means for this case."""

        change: str
        on: date
        document: str
        moves: tuple[MoveGiven, ...]

    def edition(self, subject: CaseSubject, door: Door) -> Edition:
        """The edition in force on the day of the act."""
        return office_edition(door)

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Everybody concerned is told."""
        moves = _moves(payload)
        case = subject.case
        concerned = opinions.townships_concerned(case.id, [move.former for move in moves.moves])
        present = pass_parties(case, moves, concerned, context)
        opinions.carry(subject, moves, context)
        review.carry(subject, moves, context)
        for move in moves.moves:
            if move.former not in move.heirs:
                receipts.pass_on(context, case.id, move.former, move.heirs)
        there = [move for move in moves.moves if move.former in present]
        for move in there:
            told = {*move.heirs, case.initiator_id}
            context.tell("case_passed_on", told, former=subject.key(move.former), unit=subject.key(move.main))
        context.result["stand_in"] = {subject.key(move.former): [subject.key(heir) for heir in move.heirs] for move in there}


def _moves(payload: Any) -> Moves:
    moves = [Move(int(given.former), int(given.heirs[0]), tuple(map(int, given.heirs[1:]))) for given in payload.moves]
    return Moves(tuple(moves), payload.change, payload.on, payload.document)
