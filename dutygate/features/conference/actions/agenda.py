"""编排议题（第三条）: waiting cases are put on the agenda, and taken off it with a reason, until the meeting is held."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.conference.actions.office import ConferenceSubject, MeetingAction, kept, look_at, put_on
from dutygate.features.conference.models import AgendaItem, Attendance


class Removed(Given):
    """A case that is taken off, and why."""

    case: str = Field(max_length=40)
    reason: str = Field("", max_length=300)


class AgendaGiven(Given):
    """Numbers of cases to add, and those to take off."""

    add: tuple[str, ...] = Field((), max_length=100)
    remove: tuple[Removed, ...] = Field((), max_length=100)

    @model_validator(mode="after")
    def something_once(self) -> Self:
        """Something is done, and to no case twice."""
        named = [*self.add, *(one.case for one in self.remove)]
        if not named or len(set(named)) != len(named):
            raise ValueError("name cases to add or to remove, each once")
        return self


@register_action
class Agenda(MeetingAction):
    """编排议题. Subject: the number of the meeting. Result: {items: how many are on it, version}."""

    name = "conference.agenda"
    Payload: ClassVar[type[BaseModel]] = AgendaGiven

    def resolved(self, subject: ConferenceSubject, payload: Any, door: Door) -> dict[str, Any]:
        """How the cases to add stand, and which of those to take off are not on it."""
        on_it = set(AgendaItem.objects.filter(meeting=subject.here, removed=False).values_list("case__number", flat=True))
        return {
            **super().resolved(subject, payload, door),
            **look_at(subject, door.acting, payload.add),
            "not_on_agenda": [one.case for one in payload.remove if one.case not in on_it],
        }

    def apply(self, subject: ConferenceSubject, payload: Any, context: Context) -> None:
        """What is taken off stays readable with its reason; whoever was called is told."""
        meeting = subject.here
        for one in payload.remove:
            rows = AgendaItem.objects.filter(meeting=meeting, case__number=one.case, removed=False)
            rows.update(removed=True, removed_reason=one.reason)
        put_on(meeting, subject.read["cases"], context)
        kept(meeting, context)
        called = Attendance.objects.filter(meeting=meeting, called=True).exclude(unit=context.acting.unit_id)
        context.tell("agenda_changed", called.values_list("unit_id", flat=True), title=meeting.title)
        context.result["items"] = AgendaItem.objects.filter(meeting=meeting, removed=False).count()
