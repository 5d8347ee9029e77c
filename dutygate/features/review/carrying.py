"""承继的审核: seats, assessments and questions to departments, when a unit of the review is merged or split (Articles 3, 4.2).

What was found stays under the former unit's name, and stands as the successor's where that one now sits in the same seat.
"""

from __future__ import annotations

from dutygate.base.catalogue.action import Context
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.succession import Move, Moves
from dutygate.features.review.facts import member_seat, seating
from dutygate.features.review.models import Assessment, CommentRequest, FocusFinding, Substitution


def carry(subject: CaseSubject, moves: Moves, context: Context) -> None:
    """For each former unit: its place as a substitute, its assessments, the question it had not answered."""
    for move in moves.moves:
        _carry_substitutions(subject, move, moves, context)
        _carry_assessments(subject, move, context)
        _carry_question(subject, move, context)


def _seat_now(subject: CaseSubject, seat: str, move: Move) -> str:
    """An appointed member's seat is called by its unit, and so by the successor's name now."""
    return member_seat(subject.key(move.main)) if seat == member_seat(subject.key(move.former)) else seat


def _carry_substitutions(subject: CaseSubject, move: Move, moves: Moves, context: Context) -> None:
    if not subject.case.substituted:
        return
    last = {row.seat: row for row in Substitution.objects.filter(case=subject.case.id).order_by("id")}
    for seat, row in last.items():
        named = _seat_now(subject, seat, move)
        if row.unit_id != move.former and named == seat:
            continue
        Substitution.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case_id=subject.case.id,
            seat=named,
            unit_id=move.main if row.unit_id == move.former else row.unit_id,
            former_id=row.unit_id,
            reason=f"机构变更（{moves.document}）",
            substituted_at=context.at,
        )


def _carry_assessments(subject: CaseSubject, move: Move, context: Context) -> None:
    """A copy under the successor's name where it sits there now and has not assessed for that seat itself."""
    sitting = seating(subject.case, subject.directory, context.door.today)
    current = Assessment.objects.filter(case=subject.case.id, is_current=True)
    own = set(current.filter(unit_id=move.main).values_list("seat", flat=True))
    for made in list(current.filter(unit_id=move.former).order_by("id")):
        seat = _seat_now(subject, made.seat, move)
        if sitting.get(seat) != move.main or seat in own:
            continue
        findings = list(FocusFinding.objects.filter(assessment=made).order_by("id"))
        former = made.id
        Assessment.objects.filter(id=former).update(is_current=False)
        made.id, made.seat, made.unit_id, made.carried_from = context.new_id(), seat, move.main, former
        made.entered_by_unit = move.main
        made.save(force_insert=True)
        for finding in findings:
            finding.id, finding.assessment_id = context.new_id(), made.id
        FocusFinding.objects.bulk_create(findings)


def _carry_question(subject: CaseSubject, move: Move, context: Context) -> None:
    """What was not answered yet is asked of the successor, in the time that was given; unless it was asked itself, or applies."""
    row = CommentRequest.objects.filter(case=subject.case.id, unit_id=move.former, answered_at=None, passed_to=None).first()
    if row is None:
        return
    CommentRequest.objects.filter(id=row.id).update(passed_to=move.main)
    asked = CommentRequest.objects.filter(case=subject.case.id, unit_id=move.main).exists()
    if not asked and move.main != subject.case.initiator_id:
        row.id, row.unit_id, row.passed_to_id = context.new_id(), move.main, None
        row.save(force_insert=True)
