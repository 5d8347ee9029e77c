"""读: what was written in the review, for somebody who may see the case.

Who reads what of a case that she may see: every party reads the conclusion, the returns and the refusal. Whoever sits in a seat of
this case (the applicant never) and the city read assessments, comments and hearings at any time; a department asked reads its own
comment. Everybody else (applicant, townships, departments) reads them once a conclusion stands, and not again while a return has
undone it. Administrators read nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.db.models import QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.base.register.prepared import Prepared
from dutygate.features.cases.duties import in_own_cause
from dutygate.features.cases.queries import CONTENT_POSTS, parties_of
from dutygate.features.cases.succession import own_units
from dutygate.features.review.facts import comment_status, seating, sitting_units
from dutygate.features.review.models import (
    Assessment,
    CommentRequest,
    ExpertHearing,
    FocusFinding,
    ReturnNotice,
    ReviewConclusion,
    ReviewExtension,
    ReviewPause,
    ReviewRefusal,
    Substitution,
)
from dutygate.features.review.timing import standing_day

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case


@dataclass(frozen=True, slots=True)
class PointLine:
    """审核重点: what was found on one point, and whether that was changed afterwards."""

    point: str
    finding: str
    text: str
    lapsed: bool


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """审核 of one seat. ``superseded``: the same unit has assessed anew. ``entered_by_unit`` differs from ``unit_id`` on paper."""

    seat: str
    unit_id: int
    recommends: str
    necessity: str
    excluded_power: str
    excluded_power_reason: str
    emergency: str
    emergency_reason: str
    still_temporary: bool | None
    text: str
    revision: int
    assessed_at: datetime
    entered_by_unit: int | None
    document_number: str
    scan: str
    superseded: bool
    points: tuple[PointLine, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class CommentLine:
    """相关部门意见. ``status`` on the day asked for: answered, open, or no_reply (未反馈, never 无意见)."""

    unit_id: int
    question: str
    asked_on: date
    reply_by: date | None
    status: str
    answered_at: datetime | None
    text: str
    entered_by_unit: int | None
    document_number: str
    scan: str


@dataclass(frozen=True, slots=True)
class HearingLine:
    """专家意见."""

    expert: str
    affiliation: str
    opinion: str
    heard_on: date


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """退回补正: all gaps of one notice, each {item, text}."""

    state: str
    gaps: Sequence[Mapping[str, str]]
    returned_at: datetime


@dataclass(frozen=True, slots=True)
class ConclusionLine:
    """审核意见 that stands. ``dissent``: {seat, unit, text} each."""

    outcome: str
    text: str
    no_other_concerned: str
    dissent: Sequence[Mapping[str, str]]
    concluded_at: datetime


@dataclass(frozen=True, slots=True)
class SubstitutionLine:
    """回避与顶替: ``unit_id`` sits in ``seat`` instead of ``former_id`` (None: nobody sat there), and why."""

    seat: str
    unit_id: int
    former_id: int | None
    reason: str
    substituted_at: datetime


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """不予准入: reasons, each {text, provision}."""

    reasons: Sequence[Mapping[str, str]]
    document_number: str
    dated_on: date | None
    refused_at: datetime


@dataclass(frozen=True, slots=True)
class TimeLine:
    """延长、暂停 of a review: ``days`` of an extension, 0 of a pause; ``until`` the day on which a pause ended, None while it lasts."""

    on: date
    days: int
    reason: str
    until: date | None
    resume_reason: str


_ASSESSMENT = tuple(name for name in AssessmentLine.__dataclass_fields__ if name not in ("superseded", "points"))
_COMMENT = ("unit_id", "question", "asked_on", "reply_by", "answered_at", "text", "entered_by_unit", "document_number", "scan")


def _reads_content(viewer: ActingPost) -> bool:
    return viewer.kind == "system" or viewer.kind in CONTENT_POSTS


_CONCLUDED: Final = Prepared(lambda case: ReviewConclusion.objects.filter(case=case, is_current=True).values_list("id")[:1], case=int)


def reads_review(viewer: ActingPost, case: Case, directory: Directory, on: date) -> bool:
    """Whether assessments, comments of others and hearings of a case that she sees are open to the viewer now."""
    if not _reads_content(viewer):
        return False
    if viewer.kind == "system" or viewer.jurisdiction_id == directory.jurisdiction.parent_id:
        return True
    if viewer.unit_id in sitting_units(case, directory, on) - in_own_cause(case, on):
        return True
    return bool(_CONCLUDED.rows(case=case.id))


def seats_of(viewer: ActingPost, case: Case, directory: Directory, on: date) -> tuple[tuple[str, int | None], ...]:
    """席位 of this case and the units that sit in them, substitutes included; open to whoever sees the case."""
    return tuple(seating(case, directory, on).items()) if _reads_content(viewer) else ()


def substitutions_of(viewer: ActingPost, case: Case) -> tuple[SubstitutionLine, ...]:
    """回避与顶替, oldest first; open to whoever sees the case. No query where there was none."""
    if not case.substituted or not _reads_content(viewer):
        return ()
    rows = Substitution.objects.filter(case=case.id).order_by("id")
    return tuple(SubstitutionLine(*row) for row in rows.values_list("seat", "unit_id", "former_id", "reason", "substituted_at"))


def review_begun(viewer: ActingPost, case: Case) -> bool:
    """Whether a case that the viewer sees was ever accepted or returned."""
    seated = any(role == "seat" for _, role in parties_of(viewer, case))
    return _reads_content(viewer) and (seated or ReturnNotice.objects.filter(case=case.id).exists())


_FINDINGS: Final = Prepared(
    lambda case: (
        FocusFinding.objects.filter(assessment__case=case).order_by("id").values_list("assessment_id", "point", "finding", "text", "lapsed")
    ),
    case=int,
)
_ASSESSMENTS: Final = Prepared(lambda case: Assessment.objects.filter(case=case).order_by("id"), case=int)
_COMMENTS: Final = Prepared(
    lambda case: CommentRequest.objects.filter(case=case, passed_to=None).order_by("id").values_list(*_COMMENT), case=int
)


def assessments_of(viewer: ActingPost, case: Case, directory: Directory, on: date) -> tuple[AssessmentLine, ...]:
    """Every assessment in the order of entry, superseded ones too; three queries at most."""
    if not reads_review(viewer, case, directory, on):
        return ()
    points: dict[int, list[PointLine]] = {}
    for made, point, finding, text, lapsed in _FINDINGS.rows(case=case.id):
        points.setdefault(made, []).append(PointLine(point, finding, text, lapsed))
    return tuple(_assessment_line(row, points) for row in _ASSESSMENTS.rows(case=case.id))


def _assessment_line(row: Assessment, points: Mapping[int, Sequence[PointLine]]) -> AssessmentLine:
    written = {name: getattr(row, name) for name in _ASSESSMENT}
    return AssessmentLine(**written, superseded=not row.is_current, points=tuple(points.get(row.id, ())))


def comments_of(viewer: ActingPost, case: Case, directory: Directory, on: date) -> tuple[CommentLine, ...]:
    """相关部门意见 in the order of asking, as they stand on ``on``; a department asked sees at least its own."""
    if not _reads_content(viewer):
        return ()
    own = None if reads_review(viewer, case, directory, on) else own_units(viewer, case)
    day = standing_day(case, on)
    return tuple(
        CommentLine(unit, question, asked_on, reply_by, comment_status(answered_at, reply_by, day), answered_at, *rest)
        for unit, question, asked_on, reply_by, answered_at, *rest in _COMMENTS.rows(case=case.id)
        if own is None or unit in own
    )


def hearings_of(viewer: ActingPost, case: Case, directory: Directory, on: date) -> tuple[HearingLine, ...]:
    """专家意见, oldest first."""
    if not reads_review(viewer, case, directory, on):
        return ()
    rows = ExpertHearing.objects.filter(case=case.id).order_by("id").values_list("name", "affiliation", "opinion", "heard_on")
    return tuple(HearingLine(*row) for row in rows)


def returns_of(viewer: ActingPost, case: Case) -> tuple[ReturnLine, ...]:
    """退回补正, oldest first."""
    if not _reads_content(viewer):
        return ()
    rows = ReturnNotice.objects.filter(case=case.id).order_by("id").values_list("state", "gaps", "returned_at")
    return tuple(ReturnLine(*row) for row in rows)


def conclusion_of(viewer: ActingPost, case: Case) -> ConclusionLine | None:
    """审核意见 that stands, or None."""
    if not _reads_content(viewer):
        return None
    rows = ReviewConclusion.objects.filter(case=case.id, is_current=True)
    row = rows.values_list("outcome", "text", "no_other_concerned", "dissent", "concluded_at").first()
    return ConclusionLine(*row) if row else None


def times_of(viewer: ActingPost, case: Case) -> tuple[TimeLine, ...]:
    """延长、暂停 in the order of the days; open to whoever sees the case. No query where there was none."""
    if not case.retimed or not _reads_content(viewer):
        return ()
    more = ReviewExtension.objects.filter(case=case.id).order_by("id").values_list("extended_on", "days", "reason")
    stops = ReviewPause.objects.filter(case=case.id).order_by("id")
    lines = [TimeLine(on, days, reason, None, "") for on, days, reason in more]
    lines += [TimeLine(on, 0, *said) for on, said in _stops(stops)]
    return tuple(sorted(lines, key=lambda line: line.on))


def _stops(rows: QuerySet[ReviewPause]) -> list[tuple[date, tuple[str, date | None, str]]]:
    return [(row.paused_on, (row.reason, row.resumed_on, row.resume_reason)) for row in rows]


def refusal_of(viewer: ActingPost, case: Case) -> RefusalLine | None:
    """不予准入 after the review, or None."""
    if not _reads_content(viewer):
        return None
    row = ReviewRefusal.objects.filter(case=case.id).values_list("reasons", "document_number", "dated_on", "refused_at").first()
    return RefusalLine(*row) if row else None
