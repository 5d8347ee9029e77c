"""召集（第三条）: a meeting with its day and place, or a written round with its last day; members are called in writing."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.conference.actions.office import ConferenceAction, ConferenceSubject, look_at, put_on
from dutygate.features.conference.models import Attendance, Meeting


class ConveneGiven(Given):
    """``held_on`` and ``place`` of a meeting, ``reply_by`` of a written round. ``members``: keys; none = all of the conference that day.

    ``cases``: numbers of the first items of the agenda.
    """

    form: Literal["meeting", "written"]
    title: str = Field("", max_length=200)
    held_on: date | None = None
    place: str = Field("", max_length=200)
    reply_by: date | None = None
    members: tuple[str, ...] = Field((), max_length=60)
    cases: tuple[str, ...] = Field((), max_length=100)
    note: str = Field("", max_length=2000)

    @model_validator(mode="after")
    def each_once(self) -> Self:
        """No member and no case twice."""
        if len(set(self.members)) != len(self.members) or len(set(self.cases)) != len(self.cases):
            raise ValueError("a member or a case is named twice")
        return self

    @property
    def day(self) -> date | None:
        """The day of the meeting, or the last day of the round."""
        return self.held_on if self.form == "meeting" else self.reply_by


@register_action
class Convene(ConferenceAction):
    """召集联席会议. Subject: the jurisdiction's code. Result: {meeting: number, version}."""

    name = "conference.convene"
    Payload: ClassVar[type[BaseModel]] = ConveneGiven

    def resolved(self, subject: ConferenceSubject, payload: Any, door: Door) -> dict[str, Any]:
        """strangers: of those called, who is no member on that day; and how the cases stand."""
        day = payload.day or door.today
        of_conference = subject.directory.members(day)
        called = [subject.unit(key, "members") for key in payload.members] or list(of_conference)
        subject.read["called"] = called
        strangers = [subject.key(unit) for unit in called if unit not in of_conference]
        return {"strangers": strangers, **look_at(subject, door.acting, payload.cases)}

    def apply(self, subject: ConferenceSubject, payload: Any, context: Context) -> None:
        """The meeting with its number; whoever is called is told. The lead itself is always of it."""
        rows = Meeting.objects.filter(jurisdiction=context.jurisdiction_id)
        ordinal = (rows.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0) + 1
        place = subject.directory.jurisdiction
        in_words = "联席会议书面审议" if payload.form == "written" else "联席会议"
        subject.meeting = meeting = Meeting.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            number=f"{place.code}-M-{ordinal:04d}",
            ordinal=ordinal,
            form=payload.form,
            title=payload.title or f"{place.name}职责准入{in_words}（第{ordinal}次）",
            day=payload.day,
            place=payload.place if payload.form == "meeting" else "",
            note=payload.note,
            called_on=context.on,
            status="called",
            called_at=context.recorded_at,
        )
        lead = context.acting.unit_id
        assert lead is not None
        called = list(dict.fromkeys([lead, *subject.read["called"]]))
        for unit in called:
            Attendance.objects.create(
                id=context.new_id(), jurisdiction_id=context.jurisdiction_id, meeting=meeting, unit_id=unit, called=True
            )
        put_on(meeting, subject.read["cases"], context)
        others, day = [unit for unit in called if unit != lead], meeting.day.isoformat()
        if payload.form == "written":
            context.tell("round_called", others, day=day, title=meeting.title)
        else:
            context.tell("conference_called", others, day=day, place=meeting.place, title=meeting.title)
        context.result.update({"meeting": meeting.number, "version": meeting.version})
