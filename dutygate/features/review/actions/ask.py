"""征求部门意见与听取专家意见（第四条（二））: who else is concerned is asked in writing, and answers once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.directory import UnitInfo
from dutygate.features.cases.case_action import CaseAction, add_parties, resolve_unit
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.paper import PaperGiven
from dutygate.features.review.facts import sitting_in
from dutygate.features.review.models import CommentRequest, ExpertHearing
from dutygate.features.review.on_paper import PaperAction
from dutygate.features.review.timing import reply_by_of

NOT_ASKED_HERE: Final = frozenset({"township", "oversight"})  # townships are consulted (4.1); oversight examines (8)


@register_action
class AskDepartment(CaseAction):
    """征求部门意见: each department has the edition's time from the day on which it is entered, however old the letter is."""

    name = "review.ask_department"

    class Payload(Given):
        """Departments by key, code or name, and what they are asked."""

        departments: tuple[str, ...] = Field(min_length=1, max_length=100)
        question: str = Field("", max_length=4000)

    def asked(self, subject: CaseSubject, payload: Any) -> list[UnitInfo]:
        """The departments named, each once. Raises Malformed."""
        units = {u.id: u for u in (resolve_unit(subject.directory, ref, "departments") for ref in payload.departments)}
        if others := [u.key for u in units.values() if u.kind in NOT_ASKED_HERE]:
            raise Malformed([("departments", f"not a department: {', '.join(others)}")])
        return list(units.values())

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Departments as the rules name them."""
        return {"departments": tuple(unit.key for unit in self.asked(subject, payload)), "question": payload.question}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One request each; they become parties and are told the last day."""
        units = [unit.id for unit in self.asked(subject, payload)]
        reply_by = reply_by_of(subject, context.door.today)
        CommentRequest.objects.bulk_create(
            CommentRequest(
                id=context.new_id(),
                jurisdiction_id=context.jurisdiction_id,
                case_id=subject.case.id,
                unit_id=unit,
                question=payload.question,
                asked_on=context.on,
                counted_from=context.door.today,
                reply_by=reply_by,
            )
            for unit in units
        )
        add_parties(subject.case, units, "department", context)
        context.tell("comment_asked", units, reply_by=reply_by.isoformat() if reply_by else "")


@register_action
class Comment(PaperAction):
    """反馈部门意见: once, also late. On paper the lead enters it for the department (代录)."""

    name = "review.comment"
    bumps: ClassVar[bool] = False

    class Payload(PaperGiven):
        """The department's opinion in writing."""

        text: str = Field(min_length=1, max_length=8000)

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """{"asked": 1 while the answer of the unit whose act it is is awaited, 2 once it is given, 0 when it was not asked}."""
        row = self._request(subject, (subject.acting or subject.door.acting).unit_id)
        return {"asked": 0 if row is None else 1 if row.answered_at is None else 2}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The answer stands in its request; the lead is told, on paper the department too."""
        unit = self.entered_for(subject, payload, context.door) or context.acting.unit_id
        row = self._request(subject, unit)
        assert row is not None
        row.answered_at = context.at
        row.text = payload.text
        row.answered_by = context.acting.user_id
        row.entered_by_unit = context.acting.unit_id
        row.document_number = payload.document_number
        row.signed_on = payload.signed_on
        row.scan = payload.scan
        row.save()
        lead = sitting_in(subject, "lead")
        context.touched = {u for u in (row.unit_id, lead) if u is not None}
        context.tell("comment_given", [lead] if lead is not None else [], unit=subject.key(row.unit_id))
        if row.unit_id != context.acting.unit_id:
            context.tell("comment_entered_for_you", [row.unit_id], document_number=payload.document_number)

    @staticmethod
    def _request(subject: CaseSubject, unit: int | None) -> CommentRequest | None:
        if unit is None:
            return None
        read = lambda: CommentRequest.objects.filter(case=subject.case.id, unit_id=unit).first()  # noqa: E731
        found: CommentRequest | None = subject.remember(f"comment request {unit}", read)
        return found


@register_action
class HearExpert(CaseAction):
    """听取专家意见: who was heard, on which day, and what the expert said."""

    name = "review.hear_expert"

    class Payload(Given):
        """The expert, unit or field, and the opinion."""

        expert: str = Field(min_length=1, max_length=60)
        affiliation: str = Field("", max_length=120)
        opinion: str = Field(min_length=1, max_length=8000)
        heard_on: date

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Raises Malformed for a day to come."""
        if payload.heard_on > subject.door.today:
            raise Malformed([("heard_on", "lies in the future")])
        return super().act(subject, payload)

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Kept for the seats to read."""
        ExpertHearing.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case_id=subject.case.id,
            name=payload.expert,
            affiliation=payload.affiliation,
            opinion=payload.opinion,
            heard_on=payload.heard_on,
        )
