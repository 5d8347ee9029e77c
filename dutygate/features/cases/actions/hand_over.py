"""工作移交: what was given to a person who leaves - tasks handed to her, cases circulated to her - goes to a colleague.

Tasks belong to units and stay where they are, with their days; what passes is who was to do or read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from pydantic import Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.actions.office import OfficeAction
from dutygate.base.organizations.actions.units import unit_here
from dutygate.base.organizations.queries import public_post_of_colleague, public_user_id
from dutygate.features.cases.models import Assignment, Circulation


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves which unit, and who takes over (None: nobody of that name has a post there)."""

    unit_id: int
    unit: str
    leaver: int
    successor: int | None


@register_action
class HandOver(OfficeAction[Leaving]):
    """工作移交. Subject: the unit's key. Result: {tasks, readings}, how many of each pass."""

    name = "post.hand_over"

    class Payload(Given):
        """User names of who leaves and of who takes over; why."""

        username: str = Field(max_length=64)
        to: str = Field(max_length=64)
        reason: str = Field("", max_length=200)

    def load(self, ref: str, payload: Any, door: Door) -> Leaving:
        """Raises NotFound for the unit, Malformed for a person whom nobody knows."""
        unit = unit_here(ref, door)
        leaver = public_user_id(payload.username)
        if leaver is None:
            raise Malformed([("username", f"no such person: {payload.username}")])
        return Leaving(unit.id, unit.key, leaver, public_post_of_colleague(unit.id, payload.to, door.today))

    def look_up(self, subject: Leaving, payload: Any, door: Door) -> Mapping[str, Any]:
        """Whether the other has a post there."""
        return {"colleague": subject.successor is not None}

    def apply(self, subject: Leaving, payload: Any, context: Context) -> None:
        """New rows for the successor; those of the leaver stay as they were, to be read later."""
        assert subject.successor is not None
        tasks = self._tasks(subject, context)
        Assignment.objects.bulk_create(
            Assignment(
                id=context.new_id(),
                jurisdiction_id=row.jurisdiction_id,
                case_id=row.case_id,
                unit_id=row.unit_id,
                task=row.task,
                user_id=subject.successor,
                kind=row.kind,
                from_on=max(row.from_on, context.on),
                to_on=row.to_on,
                assigned_by=context.acting.user_id,
            )
            for row in tasks
        )
        waiting = Circulation.objects.filter(unit=subject.unit_id, read_at=None, passed_on_at=None)
        unread = list(waiting.filter(user=subject.leaver).order_by("id"))
        has = set(waiting.filter(user=subject.successor).values_list("case_id", flat=True))
        passing = [row for row in unread if row.case_id not in has]
        Circulation.objects.bulk_create(
            Circulation(
                id=context.new_id(),
                jurisdiction_id=row.jurisdiction_id,
                case_id=row.case_id,
                unit_id=row.unit_id,
                user_id=subject.successor,
                note=row.note,
                sent_by=row.sent_by,
                sent_at=context.recorded_at,
            )
            for row in passing
        )
        Circulation.objects.filter(id__in=[row.id for row in unread]).update(passed_on_at=context.recorded_at)
        context.tell("work_handed_over", [subject.unit_id], user=payload.to)
        context.result |= {"tasks": len(tasks), "readings": len(passing)}

    def _tasks(self, subject: Leaving, context: Context) -> list[Assignment]:
        """What she was last given and still has: the newest assignment of each task of an open case, if it is hers and not over."""
        rows = Assignment.objects.filter(unit=subject.unit_id, case__closed_at=None).filter(Q(to_on=None) | Q(to_on__gte=context.on))
        newest = {(row.case_id, row.task, row.kind): row for row in rows.order_by("id")}
        return [row for row in newest.values() if row.user_id == subject.leaver]

    def subject_key(self, subject: Leaving) -> str:
        """The unit's key; the persons stand in the payload."""
        return subject.unit
