"""撤回事项: the department gives the matter up before anybody has decided on it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.models import Party


@register_action
class Withdraw(CaseAction):
    """撤回事项: everything said so far stays readable, all parties are told."""

    name = "case.withdraw"

    class Payload(Given):
        """The reason, in writing."""

        reason: str = Field("", max_length=2000)

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Tell every party; the state is moved by the door."""
        units = Party.objects.filter(case=subject.case).values_list("unit_id", flat=True)
        context.tell("case_withdrawn", units, reason=payload.reason)
