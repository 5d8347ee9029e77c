"""登记议题结论、起草会议纪要（第三条）: what the meeting settled, item by item, and its minutes, open until they are finished.

A conclusion of the meeting changes nothing in the case: 审核意见 and decision are steps of their own (decision 0023).
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.search.index import put
from dutygate.features.cases.queries import public_parties
from dutygate.features.conference.actions.office import ConferenceSubject, MeetingAction, kept
from dutygate.features.conference.models import AgendaItem, Attendance
from dutygate.features.conference.searching import text_of


class ItemGiven(Given):
    """``outcome``: to admit (agree) or not, or 下次再议; ``text``: what was settled."""

    case: str = Field(max_length=40)
    outcome: Literal["admit", "not_admit", "next_time"]
    text: str = Field("", max_length=4000)


@register_action
class ConcludeItem(MeetingAction):
    """登记议题结论. Subject: the number of the meeting. Recorded anew it takes the place of the one before. Result: {version}."""

    name = "conference.conclude_item"
    Payload: ClassVar[type[BaseModel]] = ItemGiven

    def resolved(self, subject: ConferenceSubject, payload: Any, door: Door) -> dict[str, Any]:
        """Whether the case is on the agenda."""
        rows = AgendaItem.objects.filter(meeting=subject.here, case__number=payload.case, removed=False)
        subject.read["item"] = rows.select_related("case").first()
        return {**super().resolved(subject, payload, door), "on_agenda": subject.read["item"] is not None}

    def apply(self, subject: ConferenceSubject, payload: Any, context: Context) -> None:
        """With the version of the application that was dealt with."""
        item = subject.read["item"]
        item.outcome, item.text, item.revision = payload.outcome, payload.text, item.case.revision
        item.concluded_at = context.recorded_at
        item.save()
        kept(subject.here, context)


class MinutesGiven(Given):
    """The text as typed. ``finish``: from now on nothing of this meeting is changed, and its cases get their excerpts."""

    text: str = Field("", max_length=60_000)
    finish: bool = False
    number: str = Field("", max_length=80)
    dated_on: date | None = None


@register_action
class WriteMinutes(MeetingAction):
    """起草会议纪要. Subject: the number of the meeting. Result: {finished, version}."""

    name = "conference.minutes"
    Payload: ClassVar[type[BaseModel]] = MinutesGiven

    def resolved(self, subject: ConferenceSubject, payload: Any, door: Door) -> dict[str, Any]:
        """Which items have no conclusion yet."""
        rows = AgendaItem.objects.filter(meeting=subject.here, removed=False, outcome="").order_by("ordinal")
        found = list(rows.values_list("case__number", flat=True)) if payload.finish else []
        return {**super().resolved(subject, payload, door), "without_conclusion": found}

    def apply(self, subject: ConferenceSubject, payload: Any, context: Context) -> None:
        """Finished: members are told, and of each case its parties; its conclusions can be looked up."""
        meeting = subject.here
        said: dict[str, Any] = {"minutes": payload.text, "minutes_number": payload.number, "minutes_on": payload.dated_on}
        if payload.finish:
            said |= {"status": "closed", "closed_at": context.recorded_at, "minutes_on": payload.dated_on or context.on}
        kept(meeting, context, **said)
        context.result["finished"] = payload.finish
        if payload.finish:
            self._tell(meeting, context)

    def _tell(self, meeting: Any, context: Context) -> None:
        called = Attendance.objects.filter(meeting=meeting, called=True).exclude(unit=context.acting.unit_id)
        context.tell("minutes_finished", called.values_list("unit_id", flat=True), title=meeting.title)
        items = list(AgendaItem.objects.filter(meeting=meeting, removed=False).select_related("case", "meeting").order_by("ordinal"))
        for item in items:
            parties = [unit for unit in public_parties(item.case) if unit != context.acting.unit_id]
            context.tell("conference_dealt_with", parties, about=item.case.number, title=meeting.title)
        put("ruling", [text_of(item) for item in items])
