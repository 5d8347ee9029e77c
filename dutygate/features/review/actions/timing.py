"""延长、暂停、恢复审核（第三条）: the lead changes the time of a review, with a reason and within what the edition allows."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.queries import public_parties
from dutygate.features.review.models import ReviewExtension, ReviewPause
from dutygate.features.review.timing import move_replies


class WithReason(Given):
    """Why."""

    reason: str = Field("", max_length=2000)


class _TimeAction(CaseAction):
    """Counts from the day of entry, however old the paper is: nobody stops a clock for days that are over."""

    Payload: ClassVar[type[BaseModel]] = WithReason

    def told(self, subject: CaseSubject) -> set[int]:
        """Everybody who takes part in the case, but the townships: nothing is awaited of them now."""
        units, case = subject.directory.units, subject.case
        return {u for u in public_parties(case) if u == case.initiator_id or (u in units and units[u].kind != "township")}


@register_action
class Extend(_TimeAction):
    """延长审核时限: what is open of the review ends by so many working days later."""

    name = "review.extend"

    class Payload(WithReason):
        """``days`` in working days."""

        days: int = Field(ge=1, le=366)

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The extension is on record; the open tasks follow."""
        ReviewExtension.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case_id=subject.case.id,
            days=payload.days,
            reason=payload.reason,
            extended_on=context.door.today,
        )
        subject.case.retimed = True
        context.tell("review_extended", self.told(subject), days=payload.days, reason=payload.reason)


@register_action
class Pause(_TimeAction):
    """暂停审核: the clock stands still from today on; the work itself may go on."""

    name = "review.pause"

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The pause is on record, and everybody is told."""
        ReviewPause.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case_id=subject.case.id,
            reason=payload.reason,
            paused_on=context.door.today,
        )
        subject.case.retimed = True
        context.tell("review_paused", self.told(subject), reason=payload.reason)


@register_action
class Resume(_TimeAction):
    """恢复审核: the clock goes on today, and every last day moves by as many working days as it stood still."""

    name = "review.resume"

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The pause has its end; the departments that were asked have as much more time."""
        paused = ReviewPause.objects.get(case=subject.case.id, resumed_on=None)
        ReviewPause.objects.filter(pk=paused.id).update(resumed_on=context.door.today, resume_reason=payload.reason)
        move_replies(subject, paused.paused_on)
        context.tell("review_resumed", self.told(subject), reason=payload.reason)
