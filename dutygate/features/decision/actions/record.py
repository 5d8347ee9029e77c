"""登记决定（第四条（三））: each body's outcome as its document says; the state moves when all needed have spoken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.features.application.facts import township_facts
from dutygate.features.cases.case_action import resolve_unit
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.paper import PaperGiven
from dutygate.features.decision.days import not_to_come
from dutygate.features.decision.facts import CITY, bodies_of, left_by, standing_decisions
from dutygate.features.decision.models import Decision, Submission
from dutygate.features.review.facts import sitting_in
from dutygate.features.review.lapses import conclusion_superseded
from dutygate.features.review.on_paper import PaperAction

Body = Literal["banner_committee", "banner_government", "city_government"]
Outcome = Literal["for", "against", "return"]
Ref = Annotated[str, StringConstraints(min_length=1, max_length=80)]
NOT_TO_COME = ("dated_on", "published_on", "sent_on", "signed_on")


class Reason(Given):
    """Why not, or why it goes back, and on which provision ("" where it rests on none)."""

    text: str = Field(min_length=1, max_length=2000)
    provision: str = Field("", max_length=20)


class DecisionGiven(Given):
    """What one document says on one case. ``townships``: to which it is limited, none = all; ``expires_on``: the last day, included."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = Field((), max_length=50)
    townships: tuple[Ref, ...] | None = Field(None, min_length=1, max_length=1000)
    effective_on: date | None = None
    expires_on: date | None = None

    @model_validator(mode="after")
    def days_in_order(self) -> Self:
        """It cannot expire before it takes effect."""
        if self.effective_on and self.expires_on and self.expires_on < self.effective_on:
            raise ValueError("expires_on must not come before effective_on")
        return self


@register_action
class RecordDecision(PaperAction):
    """登记决定: for, against or return, by the office of that body; on paper by the lead. Result: {body, outcome}."""

    name = "decision.record"
    bumps: ClassVar[bool] = False

    class Payload(DecisionGiven, PaperGiven):
        """The body, its outcome, number and dates; on paper ``signed_on`` and scan besides."""

        body: Body
        dated_on: date | None = None
        published_on: date | None = None
        sent_on: date | None = None
        reply_by: date | None = None

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Townships as keys, without those that another body has left out; whether the end is later than that applied for."""
        not_to_come(subject, **{name: getattr(payload, name) for name in NOT_TO_COME})
        if unknown := [r.provision for r in payload.reasons if r.provision and r.provision not in subject.edition.provisions]:
            raise Malformed([("reasons", f"no such provision: {', '.join(unknown)}")])
        applied, decided = subject.case.ends_on, payload.expires_on
        return {
            **super().act(subject, payload),
            "townships": self._still_possible(subject, payload),
            "ends_later": applied is not None and decided is not None and decided > applied,
        }

    def _named(self, subject: CaseSubject, payload: Any) -> list[str] | None:
        """The townships that the document names, by key; None = all."""
        if payload.townships is None or payload.outcome != "for":
            return None
        return list(dict.fromkeys(resolve_unit(subject.directory, ref, "townships").key for ref in payload.townships))

    def _still_possible(self, subject: CaseSubject, payload: Any) -> list[str] | None:
        """What both bodies approve must not be nothing at all: a township that the other has left out does not count."""
        named = self._named(subject, payload)
        if named is None:
            return None
        scope = [t.unit for t in subject.remember("townships", lambda: township_facts(subject)) if t.in_scope]
        dropped = set(scope) - set(left_by(subject, standing_decisions(subject), scope))
        return [key for key in named if key not in dropped]

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """The submission, and how often the acting office has spoken on it: the other body does not disturb it."""
        mine = bodies_of(subject, (subject.acting or subject.door.acting).unit_id)
        recorded = sum(1 for row in standing_decisions(subject) if row.body in mine)
        return {"submission": subject.case.submissions, "recorded": recorded}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One decision. A return ends the submission, and the conclusion no longer goes up."""
        case = subject.case
        lying = Submission.objects.filter(case=case.id, ordinal=case.submissions, closed_at=None)
        unit_id = self.effective(subject, payload, context.door).unit_id
        assert unit_id is not None
        Decision.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case_id=case.id,
            submission=lying.get(to="city" if payload.body == CITY else "banner"),
            body=payload.body,
            unit_id=unit_id,
            outcome=payload.outcome,
            document_number=payload.document_number,
            decided_on=payload.dated_on,
            effective_on=payload.effective_on,
            expires_on=payload.expires_on,
            published_on=payload.published_on,
            sent_on=payload.sent_on,
            reply_by=payload.reply_by,
            recorded_at=context.recorded_at,
            reasons=[reason.model_dump() for reason in payload.reasons],
            townships=self._named(subject, payload),
            scan=payload.scan,
            entered_by=context.acting.user_id,
            entered_by_unit=context.acting.unit_id,
        )
        if context.to == "reviewing":
            lying.update(closed_at=context.recorded_at)
            conclusion_superseded(case)
        self._tell(subject, payload, context, unit_id)

    def _tell(self, subject: CaseSubject, payload: Any, context: Context, unit_id: int) -> None:
        lead = sitting_in(subject, "lead")
        told = [unit for unit in (lead, subject.case.initiator_id) if unit is not None]
        context.tell("decided", told, body=payload.body, outcome=payload.outcome, state=context.to)
        if payload.entered_for:
            context.tell("entered_for_you", [unit_id], outcome=payload.outcome)
        context.result.update(body=payload.body, outcome=payload.outcome)
