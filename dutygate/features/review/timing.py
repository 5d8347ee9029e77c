"""审核时限 (Article 3): more time, standstills, and what moves with them. What a pause does to each open task stands in the procedure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from dutygate.base.actions.reference import on_reference_changed
from dutygate.base.catalogue.action import Context, Door
from dutygate.features.cases.case_action import board_of, tells_timing
from dutygate.features.cases.facts import CaseSubject, subject_of
from dutygate.features.review.models import CommentRequest, ReviewExtension, ReviewPause
from dutygate.law.workdays.limits import UNCHANGED, More, Stop, Timing

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case

COMMENT: Final = "review.comment"


@tells_timing
def timing_of_review(case: Case) -> Timing:
    """Every pause and extension of a case, in the order of entry: two queries, none where there was neither."""
    if not case.retimed:
        return UNCHANGED
    stops = ReviewPause.objects.filter(case=case.id).order_by("id").values_list("paused_on", "resumed_on")
    more = ReviewExtension.objects.filter(case=case.id).order_by("id").values_list("extended_on", "days")
    return Timing(tuple(Stop(*row) for row in stops), tuple(More(*row) for row in more))


def marks_of(case: Case) -> tuple[bool, int, int]:
    """(paused, pauses, extensions) of the review that is under way, as the rules read them; a case that was withdrawn has none."""
    if not case.retimed or case.closed_at is not None:
        return False, 0, 0
    pauses = list(ReviewPause.objects.filter(case=case.id, is_current=True).values_list("resumed_on", flat=True))
    return None in pauses, len(pauses), ReviewExtension.objects.filter(case=case.id, is_current=True).count()


def standing_day(case: Case, day: date) -> date:
    """The day on which the clock of the review stands: that of the pause while it is paused, else ``day`` itself."""
    return timing_of_review(case).paused_on or day if case.retimed else day


def reply_by_of(subject: CaseSubject, counted_from: date) -> date | None:
    """The last day for a department that was asked on that day, or None where no limit holds."""
    ends = board_of(subject).ends(COMMENT, counted_from)
    return ends.due if ends else None


def review_over(case: Case, context: Context) -> None:
    """With its conclusion or return a review is over: a pause ends that day, and the next review begins without any."""
    if not case.retimed:
        return
    ReviewPause.objects.filter(case=case.id, resumed_on=None).update(resumed_on=context.door.today)
    for model in (ReviewPause, ReviewExtension):
        model.objects.filter(case=case.id, is_current=True).update(is_current=False)


def move_replies(subject: CaseSubject, since: date) -> None:
    """The last days of the departments that have not answered; who was out of time on ``since`` stays so."""
    rows = CommentRequest.objects.filter(case=subject.case.id, answered_at=None, passed_to=None, reply_by__gte=since)
    for row in rows:
        reply_by = reply_by_of(subject, row.counted_from or row.asked_on)
        if reply_by != row.reply_by:
            CommentRequest.objects.filter(pk=row.id).update(reply_by=reply_by)


@on_reference_changed
def replies_follow_the_calendar(door: Door, action: str) -> None:
    """A year that is loaded, or a day that is set, moves also the last days that departments were told."""
    if not action.startswith("calendar."):
        return
    rows = CommentRequest.objects.filter(jurisdiction=door.jurisdiction_id, answered_at=None, passed_to=None, reply_by__gte=door.today)
    for row in rows.filter(case__closed_at=None).select_related("case").order_by("id"):
        reply_by = reply_by_of(subject_of(row.case, door), row.counted_from or row.asked_on)
        if reply_by != row.reply_by:
            CommentRequest.objects.filter(pk=row.id).update(reply_by=reply_by)
