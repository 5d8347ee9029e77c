"""乡镇答复（第四条（一））: agree, agree with conditions, disagree; in writing, township by township, nothing overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints

from dutygate.base.catalogue.action import Context
from dutygate.base.catalogue.registry import register_action
from dutygate.base.register.prepared import insert, rewrite
from dutygate.features.application.facts import keep_row, own_row
from dutygate.features.application.models import Condition, Opinion, Scope
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.paper import PaperGiven


class ReplyGiven(PaperGiven):
    """The answer, its reason or its conditions; on paper with number, date and scan."""

    answer: Literal["agree", "agree_with_conditions", "disagree"]
    reason: str = Field("", max_length=4000)
    conditions: tuple[Annotated[str, StringConstraints(min_length=1, max_length=2000)], ...] = Field((), max_length=20)


@register_action
class Reply(CaseAction):
    """答复征求意见: this township's answer to the text as it stands."""

    name = "consultation.reply"
    bumps: ClassVar[bool] = False
    Payload = ReplyGiven

    def row(self, subject: CaseSubject, payload: Any) -> Scope:
        """The township's row. The relation has made sure that there is one."""
        row = own_row(subject, self.effective(subject, payload, subject.door).unit_id)
        assert row is not None
        return row

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """The revision of the text and the township's own row: other townships' replies do not disturb it."""
        acting = subject.acting or subject.door.acting
        row = own_row(subject, acting.unit_id)
        return {"revision": subject.case.revision, "reply": row.version if row else 0}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One new opinion; the township's standing follows it."""
        case, row = subject.case, self.row(subject, payload)
        row.version += 1
        opinion = Opinion(
            id=context.new_id(),
            jurisdiction_id=case.jurisdiction_id,
            case=case,
            unit_id=row.unit_id,
            round=row.round,
            ordinal=row.version,
            revision=case.revision,
            answer=payload.answer,
            reason=payload.reason,
            document_number=payload.document_number,
            signed_on=payload.signed_on,
            scan=payload.scan,
            replied_at=context.at,
            entered_by=context.acting.user_id,
            entered_by_unit=context.acting.unit_id,
        )
        insert(opinion)
        with_conditions = payload.answer == "agree_with_conditions"
        if with_conditions:
            insert(*(_condition(opinion, n, text, context) for n, text in enumerate(payload.conditions, start=1)))
        row.answer, row.condition = payload.answer, "open" if with_conditions else ""
        row.lapsed = row.contested = False
        row.paper, row.paper_by = ("unchecked", [context.acting.user_id]) if payload.entered_for else ("", [])
        rewrite(row, "answer", "condition", "lapsed", "contested", "paper", "paper_by", "version")
        keep_row(subject, row)
        context.touched = {row.unit_id}
        if payload.entered_for:
            context.tell("entered_for_you", [row.unit_id], answer=payload.answer)
        context.result["expected"] = {"revision": case.revision, "reply": row.version}


def _condition(opinion: Opinion, ordinal: int, text: str, context: Context) -> Condition:
    owner = {"jurisdiction_id": opinion.jurisdiction_id, "case_id": opinion.case_id, "unit_id": opinion.unit_id}
    return Condition(id=context.new_id(), **owner, opinion=opinion, ordinal=ordinal, text=text, status="open")


@register_action
class ChangeReply(Reply):
    """变更答复: a new answer before the consultation is concluded; the earlier one stays readable."""

    name = "consultation.change_reply"
