"""转办、委托: a task is done by another person of the same unit, for good or for some days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from dutygate.base.actions.tasks import owes
from dutygate.base.catalogue.action import ActingPost, Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.queries import public_post_of_colleague
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject, relation
from dutygate.features.cases.models import Assignment


@relation("task_holder")
def _task_holder(subject: CaseSubject, acting: ActingPost) -> bool:
    """The unit owes this case something now."""
    return acting.unit_id is not None and owes(acting.unit_id, subject.case.id)


class _Assign(CaseAction):
    bumps: ClassVar[bool] = False
    kind: ClassVar[str]

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Nothing of the case's content."""
        return {}

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Whether the person named holds a post in the acting unit."""
        unit = subject.door.acting.unit_id
        user = subject.remember("colleague", lambda: public_post_of_colleague(unit, payload.user, subject.door.today))
        return {**payload.model_dump(), "colleague": user is not None}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Who does it, from which day to which."""
        unit = context.acting.unit_id
        colleague = public_post_of_colleague(unit, payload.user, context.door.today)
        assert unit is not None
        assert colleague is not None
        Assignment.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case=subject.case,
            unit_id=unit,
            task=payload.task,
            user_id=colleague,
            kind=self.kind,
            from_on=getattr(payload, "from_on", context.on),
            to_on=getattr(payload, "to_on", None),
            assigned_by=context.acting.user_id,
        )
        context.touched = {unit}
        context.tell("task_assigned", [unit], task=payload.task, user=payload.user)


@register_action
class Reassign(_Assign):
    """转办: a colleague does this task from now on."""

    name = "case.reassign"
    kind = "reassign"

    class Payload(Given):
        """``task`` is the name of the action owed, ``user`` the colleague's user name."""

        task: str = Field(max_length=60)
        user: str = Field(max_length=150)


@register_action
class StandIn(_Assign):
    """委托: a colleague stands in for this task from a day to a day."""

    name = "case.stand_in"
    kind = "stand_in"

    class Payload(Given):
        """``to_on`` is the last day."""

        task: str = Field(max_length=60)
        user: str = Field(max_length=150)
        from_on: date
        to_on: date
