"""不予准入（第四条（二））: in writing, with reasons, of which at least one cites a provision."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.kinds import ADMISSION
from dutygate.features.review.models import ReviewRefusal


class Reason(Given):
    """Why, and on which provision ("" where the reason rests on none)."""

    text: str = Field(min_length=1, max_length=2000)
    provision: str = Field("", max_length=20)


@register_action
class Refuse(CaseAction):
    """不予准入 after a conclusion not to admit. The written notice to all parties is an act of its own."""

    name = "review.refuse"

    class Payload(Given):
        """Reasons, number and date of the letter."""

        reasons: tuple[Reason, ...] = Field((), max_length=50)
        document_number: str = Field("", max_length=80)
        dated_on: date | None = None

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The refusal with its reasons; the applicant is told."""
        reasons = [reason.model_dump() for reason in payload.reasons]
        ReviewRefusal.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case_id=subject.case.id,
            reasons=reasons,
            document_number=payload.document_number,
            dated_on=payload.dated_on,
            refused_at=context.at,
        )
        told = [subject.case.initiator_id]
        if subject.case.kind == ADMISSION:
            context.tell("review_refused", told, reasons=reasons)
        else:
            context.tell("change_refused", told, reasons=reasons)
