"""退出清单（第四条（四））: a duty leaves the lists of its townships, from a day that does not come before the written notice."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.lists.actions.of_a_duty import Key, OfADuty
from dutygate.features.lists.history import Cells, set_cells, show_span
from dutygate.features.lists.hooks import lists_changed


class EndGiven(Given):
    """From whose lists, and the first day on which it no longer stands there."""

    townships: tuple[Key, ...] = Field(min_length=1)
    valid_to: date


@register_action
class End(OfADuty):
    """退出清单. Subject: the case's number. Result: {duty}. What held before that day stays readable, and so does every revision."""

    name = "duty.end"
    kind = "exit"
    Payload: ClassVar[type[BaseModel]] = EndGiven

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Nothing holds in these cells from that day on; also what was to begin later does not."""
        duty = self.duty(subject)
        townships = [self.township(subject, key) for key in payload.townships]
        set_cells(context, [Cells(duty.id, township, payload.valid_to) for township in townships])
        show_span(duty)
        context.result["duty"] = duty.code
        lists_changed(context, [duty])
        told = {*townships, subject.case.initiator_id, *([duty.lead_unit_id] if duty.lead_unit_id else [])}
        context.tell("duty_ended", told, duty=duty.code, valid_to=payload.valid_to.isoformat())
