"""乡镇所附条件（第四条（一））: answered by the department, settled by the township, open until then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.application.facts import own_row
from dutygate.features.application.models import Condition, ConditionStep, Scope
from dutygate.features.cases.case_action import CaseAction, resolve_unit
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.paper import PaperGiven

CURRENT = ("open", "answered")


def _step(subject: CaseSubject, row: Scope, kind: str, text: str, context: Context, **paper: str) -> None:
    ConditionStep.objects.create(
        id=context.new_id(),
        jurisdiction_id=subject.case.jurisdiction_id,
        case=subject.case,
        unit_id=row.unit_id,
        round=row.round,
        kind=kind,
        text=text,
        at=context.at,
        revision=subject.case.revision,
        **paper,
    )


def _set(row: Scope, status: str, standing: str, **more: Any) -> None:
    Condition.objects.filter(case=row.case_id, unit_id=row.unit_id, opinion__round=row.round, status__in=CURRENT).update(status=status)
    Scope.objects.filter(id=row.id).update(condition=standing, version=row.version + 1, **more)


@register_action
class AnswerConditions(CaseAction):
    """回应乡镇条件: what the department will do about all open conditions of one township."""

    name = "consultation.answer_conditions"
    bumps: ClassVar[bool] = False

    class Payload(Given):
        """Which township, and the answer in words."""

        township: str = Field(min_length=1, max_length=80)
        answer: str = Field(min_length=1, max_length=4000)

    def _row(self, subject: CaseSubject, payload: Any) -> Scope | None:
        return own_row(subject, resolve_unit(subject.directory, payload.township, "township").id)

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """The township by key."""
        return {**payload.model_dump(), "township": resolve_unit(subject.directory, payload.township, "township").key}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The township's move next."""
        row = self._row(subject, payload)
        assert row is not None
        _set(row, "answered", "answered")
        _step(subject, row, "answered", payload.answer, context)
        context.touched = {row.unit_id}
        context.tell("conditions_answered", [row.unit_id])


@register_action
class SettleConditions(CaseAction):
    """确认条件: the township accepts the answer or withdraws its conditions, and so agrees to the text as it stands; or keeps them."""

    name = "consultation.settle_conditions"
    bumps: ClassVar[bool] = False

    class Payload(PaperGiven):
        """accept, withdraw or keep, with a word on it."""

        settlement: Literal["accept", "withdraw", "keep"]
        text: str = Field("", max_length=4000)

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """The text and the township's own row."""
        acting = subject.acting or subject.door.acting
        row = own_row(subject, acting.unit_id)
        return {"revision": subject.case.revision, "reply": row.version if row else 0}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Settled: the consent counts for the text as it stands. Kept: the department answers again."""
        row = own_row(subject, self.effective(subject, payload, context.door).unit_id)
        assert row is not None
        if payload.settlement == "keep":
            _set(row, "open", "open")
        else:
            status = "accepted" if payload.settlement == "accept" else "withdrawn"
            _set(row, status, "settled", lapsed=False, **self._standing(row, payload, context))
        paper_of = {"document_number": payload.document_number, "scan": payload.scan}
        _step(subject, row, payload.settlement, payload.text, context, **paper_of)
        context.touched = {row.unit_id}
        context.tell("conditions_settled", [subject.case.initiator_id], township=subject.key(row.unit_id), settlement=payload.settlement)

    @staticmethod
    def _standing(row: Scope, payload: Any, context: Context) -> dict[str, Any]:
        """A settlement on paper is a paper of its own, whose original is to be seen beside that of the answer."""
        if not payload.entered_for:
            return {}
        return {"paper": "unchecked", "paper_by": sorted({*row.paper_by, context.acting.user_id})}
