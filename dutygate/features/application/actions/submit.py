"""提交书面申请（第四条（一））: to the lead, with all eleven items; taken back until it is accepted."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.application.models import WrittenApplication
from dutygate.features.cases.case_action import CaseAction, add_parties
from dutygate.features.cases.facts import CaseSubject


@register_action
class Submit(CaseAction):
    """提交书面申请: signed by the department; the conference's members may read it from now on."""

    name = "application.submit"

    class Payload(Given):
        """The day it was signed, and its number."""

        signed_on: date
        document_number: str = Field("", max_length=80)

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One more written application; the lead is told."""
        case = subject.case
        WrittenApplication.objects.create(
            id=context.new_id(),
            jurisdiction_id=case.jurisdiction_id,
            case=case,
            ordinal=WrittenApplication.objects.filter(case=case).count() + 1,
            revision=case.revision,
            document_number=payload.document_number,
            signed_on=payload.signed_on,
            submitted_at=context.at,
        )
        case.returned = False
        members = subject.directory.members(context.door.today)
        add_parties(case, members, "seat", context)
        context.tell("applied", members[:1])


@register_action
class TakeBack(CaseAction):
    """撤回申请: before it is accepted; the application goes back to the department as it was."""

    name = "application.take_back"

    class Payload(Given):
        """A reason, if there is one to give."""

        reason: str = Field("", max_length=2000)

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The last written application counts as taken back."""
        rows = WrittenApplication.objects.filter(case=subject.case, taken_back_at=None)
        rows.update(taken_back_at=context.recorded_at)
