"""登记到会情况（第三条）: who was there for each member that was called, who was absent, who sat in. With it the meeting was held."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.features.conference.actions.office import ConferenceSubject, MeetingAction, kept
from dutygate.features.conference.models import Attendance


class Came(Given):
    """One unit: ``present`` and ``absent`` of members that were called, ``sits_in`` of anybody else; ``person`` says who came."""

    unit: str = Field(max_length=80)
    how: Literal["present", "absent", "sits_in"]
    person: str = Field("", max_length=100)
    note: str = Field("", max_length=200)


class AttendanceGiven(Given):
    """The whole list; recorded anew it takes the place of the one before. ``chair`` and ``recorder``: 主持人、记录人."""

    attendance: tuple[Came, ...] = Field(min_length=1, max_length=200)
    chair: str = Field("", max_length=60)
    recorder: str = Field("", max_length=60)

    @model_validator(mode="after")
    def each_once(self) -> Self:
        """No unit twice."""
        if len({one.unit for one in self.attendance}) != len(self.attendance):
            raise ValueError("a unit is named twice")
        return self


@register_action
class RecordAttendance(MeetingAction):
    """登记到会情况. Subject: the number of the meeting. Result: {present, version}."""

    name = "conference.attendance"
    Payload: ClassVar[type[BaseModel]] = AttendanceGiven

    def resolved(self, subject: ConferenceSubject, payload: Any, door: Door) -> dict[str, Any]:
        """Who of those called is missing from the list, who has no name, how many came. Raises Malformed for a member that "sits in"."""
        meeting = subject.here
        called = set(Attendance.objects.filter(meeting=meeting, called=True).values_list("unit_id", flat=True))
        came = {subject.unit(one.unit, "attendance"): one for one in payload.attendance}
        for unit, one in came.items():
            if (unit in called) == (one.how == "sits_in"):
                raise Malformed([("attendance", f"not for this action: {one.unit} {one.how}")])
        subject.read["came"] = came
        return {
            **super().resolved(subject, payload, door),
            "form": meeting.form,
            "day": meeting.day,
            "missing": sorted(subject.key(unit) for unit in called - came.keys()),
            "nameless": sorted(one.unit for one in came.values() if one.how != "absent" and not one.person),
            "present": sum(one.how == "present" for one in came.values()),
            "absent": sum(one.how == "absent" for one in came.values()),
        }

    def apply(self, subject: ConferenceSubject, payload: Any, context: Context) -> None:
        """One row for each unit; whoever sat in by an earlier list and does not by this one is taken out."""
        meeting, came = subject.here, subject.read["came"]
        rows = {row.unit_id: row for row in Attendance.objects.filter(meeting=meeting)}
        for unit, row in rows.items():
            if not row.called and unit not in came:
                row.delete()
        for unit, one in came.items():
            known = rows.get(unit)
            row = known or Attendance(
                id=context.new_id(), jurisdiction_id=context.jurisdiction_id, meeting=meeting, unit_id=unit, called=False
            )
            row.how, row.person, row.note = one.how, one.person, one.note
            row.save(force_insert=known is None)
        kept(meeting, context, status="held", chair=payload.chair, recorder=payload.recorder)
        context.result["present"] = sum(one.how == "present" for one in came.values())
