"""催办（第三条）: the applicant or the lead asks a unit to do what is nearly due or late. Nothing follows from it by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from dutygate.base.actions.tasks import opened_on
from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.directory import UnitInfo
from dutygate.features.cases.case_action import CaseAction, resolve_unit
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.models import Urge
from dutygate.features.cases.urging import last_urged, urgency


@register_action
class UrgeTask(CaseAction):
    """催办 one open task of one unit."""

    name = "case.urge"
    bumps: ClassVar[bool] = False

    class Payload(Given):
        """``task`` is the name of the action owed, ``unit`` who owes it, ``seat`` the seat or body as which it does, or ""."""

        task: str = Field(min_length=1, max_length=60)
        unit: str = Field(min_length=1, max_length=120)
        seat: str = Field("", max_length=120)
        text: str = Field("", max_length=500)

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Nothing of the case's content."""
        return {}

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Whether the task is open, may be urged today, and was not a short while ago. Raises Malformed for an unknown unit."""
        unit = self._unit(subject, payload)
        opened = opened_on(subject.case.id, payload.task, unit.id, payload.seat)
        if opened is None:
            return {**payload.model_dump(), "task_open": False, "timely": True, "urged_on": ""}
        last = last_urged(subject).get((payload.task, unit.id, payload.seat, opened))
        found = urgency(subject, payload.task, payload.seat, opened, last, subject.door.today)
        days = {"urged_from": found.since.isoformat() if found.since else "", "urged_on": found.lately.isoformat() if found.lately else ""}
        return {**payload.model_dump(), "task_open": True, "timely": found.timely, **days}

    def _unit(self, subject: CaseSubject, payload: Any) -> UnitInfo:
        found: UnitInfo = subject.remember("urged unit", lambda: resolve_unit(subject.directory, payload.unit, "unit"))
        return found

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """It is on record, and the unit is told."""
        unit = self._unit(subject, payload)
        opened = opened_on(subject.case.id, payload.task, unit.id, payload.seat)
        assert opened is not None
        assert context.acting.unit_id is not None
        Urge.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case=subject.case,
            unit_id=unit.id,
            task=payload.task,
            seat=payload.seat,
            opened_on=opened,
            text=payload.text,
            urged_on=context.door.today,
            by_unit_id=context.acting.unit_id,
            urged_by=context.acting.user_id,
        )
        context.touched = {unit.id}
        context.tell("task_urged", [unit.id], task=payload.task, unit=context.acting.unit, reason=payload.text)
