"""会议 of a case as a reader wants it: the excerpts of the meetings that dealt with it (Article 3)."""

from __future__ import annotations

from typing import Any

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.cases.sections import Reading, section
from dutygate.features.conference.queries import excerpts_of


@section("meetings")
def meetings_section(viewer: ActingPost, reading: Reading) -> list[dict[str, Any]]:
    """[{meeting, title, form, day, place, status, outcome, text, revision, minutes_number, minutes_on}], oldest first."""
    return [
        {
            "meeting": item.meeting.number,
            "title": item.meeting.title,
            "form": item.meeting.form,
            "day": item.meeting.day,
            "place": item.meeting.place,
            "status": item.meeting.status,
            "outcome": item.outcome,
            "text": item.text,
            "revision": item.revision,
            "minutes_number": item.meeting.minutes_number,
            "minutes_on": item.meeting.minutes_on,
        }
        for item in excerpts_of(viewer, reading.case)
    ]
