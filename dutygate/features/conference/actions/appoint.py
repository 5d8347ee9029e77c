"""增补成员单位（第三条“等部门”）: a further member of the conference, from a day on, on finished minutes or a document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.actions.seats import SeatSubject, TakeSeat
from dutygate.base.organizations.queries import public_directory
from dutygate.base.organizations.terms import OPEN_END
from dutygate.features.cases.case_action import TASKS_FOLLOW
from dutygate.features.conference.queries import meeting_visible

TASKS_FOLLOW.add("conference.appoint_member")


class AppointGiven(Given):
    """``unit`` by key. ``valid_to``: the first day on which it is over. ``meeting``: the number of the one whose minutes it rests on."""

    unit: str = Field(max_length=80)
    seat: Literal["member"] = "member"
    valid_from: date | None = None
    valid_to: date = OPEN_END
    document: str = Field("", max_length=120)
    meeting: str = Field("", max_length=40)

    @model_validator(mode="after")
    def not_backwards(self) -> Self:
        """A time of office has at least one day."""
        if self.valid_from is not None and self.valid_to <= self.valid_from:
            raise ValueError("valid_to must come after valid_from")
        return self


@register_action
class AppointMember(TakeSeat):
    """增补成员单位. Subject: the jurisdiction's code. Result: {id: of the seat}."""

    name = "conference.appoint_member"
    Payload: ClassVar[type[BaseModel]] = AppointGiven

    def relations(self, subject: SeatSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """By the seats held on the day of entry: it is the lead that enters it, not an administrator."""
        acting = door.acting
        if acting.unit_id is None or acting.kind not in ("handler", "signatory"):
            return frozenset()
        return roles & public_directory(door.jurisdiction_id, door.reference_version).seats_of(acting.unit_id, door.today)

    def look_up(self, subject: SeatSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Also how the meeting stands on whose minutes it rests. Raises NotFound."""
        status = ""
        if payload.meeting:
            directory = public_directory(door.jurisdiction_id, door.reference_version)
            status = meeting_visible(door.acting, payload.meeting, directory).status
        return {**super().look_up(subject, payload, door), "status": status}

    def apply(self, subject: SeatSubject, payload: Any, context: Context) -> None:
        """A seat of a member, with what it rests on; the unit is told."""
        rests_on = "；".join(filter(None, (payload.document, payload.meeting)))
        super().apply(subject, payload.model_copy(update={"document": rests_on}), context)
        start = payload.valid_from or context.on
        context.tell("member_appointed", [subject.unit.id], day=start.isoformat(), document=rests_on)
