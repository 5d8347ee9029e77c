"""形成审核意见（第四条（二））: what goes up to the banner, with every dissent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import refer
from dutygate.base.register.prepared import Prepared
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.review.facts import seats_in
from dutygate.features.review.lapses import conclusion_superseded
from dutygate.features.review.models import Assessment, CommentRequest, ReviewConclusion
from dutygate.features.review.timing import review_over


def dissent_from(subject: CaseSubject, outcome: str) -> list[dict[str, str]]:
    """不同意见: what the sitting units wrote whose recommendation is another, in the order of the seats."""
    rows = Assessment.objects.filter(case=subject.case.id, is_current=True).exclude(recommends=outcome)
    words = {(seat, unit): text for seat, unit, text in rows.values_list("seat", "unit_id", "text")}
    sitting = [(seat, unit) for seat, unit in seats_in(subject) if unit is not None and (seat, unit) in words]
    return [{"seat": seat, "unit": subject.key(unit), "text": words[seat, unit]} for seat, unit in sitting]


_ASSESSMENTS: Final = Prepared(lambda case: Assessment.objects.filter(case=case).values_list("id"), case=int)
_COMMENTS: Final = Prepared(lambda case: CommentRequest.objects.filter(case=case).exclude(answered_at=None).values_list("id"), case=int)


@register_action
class Conclude(CaseAction):
    """形成审核意见: to admit or not. Dissent is written into it by the system, not by whoever concludes."""

    name = "review.conclude"

    class Payload(Given):
        """The outcome, its text, and, when no department was asked, why no other is concerned."""

        outcome: Literal["admit", "not_admit"]
        text: str = Field("", max_length=20000)
        no_other_concerned: str = Field("", max_length=2000)

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """The case, and everything that was found and said on it: nothing may come in unseen while it is concluded."""
        case = subject.case.id
        return {
            "case": subject.case.version,
            "assessments": len(_ASSESSMENTS.rows(case=case)),
            "comments": len(_COMMENTS.rows(case=case)),
        }

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One current conclusion; the applicant and the seats are told."""
        conclusion_superseded(subject.case)
        review_over(subject.case, context)
        ReviewConclusion.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case_id=subject.case.id,
            outcome=payload.outcome,
            text=payload.text,
            no_other_concerned=payload.no_other_concerned,
            dissent=dissent_from(subject, payload.outcome),
            concluded_at=context.at,
        )
        scans = Assessment.objects.filter(case=subject.case.id).exclude(scan="").order_by("id").values_list("scan", flat=True)
        refer(subject.case, scans, context)
        seated = {unit for _, unit in seats_in(subject) if unit is not None}
        context.tell("review_concluded", seated | {subject.case.initiator_id}, outcome=payload.outcome)
