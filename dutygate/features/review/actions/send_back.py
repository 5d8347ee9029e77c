"""退回补正（第四条（二））: once, with the list of everything that is to be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.review.lapses import conclusion_superseded
from dutygate.features.review.models import ReturnNotice
from dutygate.features.review.timing import review_over


class Gap(Given):
    """One thing to correct: the item it stands in ("" for the application as a whole), and what is missing or wrong."""

    item: str = Field("", max_length=30)
    text: str = Field(min_length=1, max_length=2000)


@register_action
class Return(CaseAction):
    """退回补正: the conclusion, if there was one, no longer stands; assessments and comments do, until what they judged is changed."""

    name = "review.return"

    class Payload(Given):
        """All gaps in one notice."""

        gaps: tuple[Gap, ...] = Field((), max_length=100)

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Raises Malformed for an item that the edition does not know."""
        if unknown := [gap.item for gap in payload.gaps if gap.item and gap.item not in subject.edition.items_of(subject.case.kind)]:
            raise Malformed([("gaps", f"no such item: {', '.join(unknown)}")])
        return super().act(subject, payload)

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One notice with all gaps, and the case is marked returned."""
        case = subject.case
        gaps = [gap.model_dump() for gap in payload.gaps]
        ReturnNotice.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case_id=case.id,
            state=case.state,
            gaps=gaps,
            returned_at=context.at,
        )
        conclusion_superseded(case)
        review_over(case, context)
        case.returned = True
        context.tell("review_returned", [case.initiator_id], gaps=gaps)
