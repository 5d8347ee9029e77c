"""联席会议: meetings and written rounds with their agenda, attendance, conclusions and minutes (Article 3)."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from pydantic import StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for, named
from dutygate.base.catalogue.action import ActingPost
from dutygate.config.api.cases import Limit
from dutygate.config.api.paging import USUAL_PAGE, pack, unpack
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas_meetings import MeetingOut, MeetingsOut
from dutygate.config.api.site import Api
from dutygate.features.conference.queries import (
    adopted_on_minutes,
    attendances_of,
    counted,
    items_of,
    meeting_visible,
    meetings_visible,
    minutes_of,
)

Number = Annotated[str, StringConstraints(max_length=40)]
_LINE = ("number", "title", "form", "status", "day", "place")
_MEETING = ("note", "called_on", "chair", "recorder", "minutes_number", "minutes_on")
_ITEM = ("removed", "removed_reason", "outcome", "text", "revision", "concluded_at")
_ADOPTED = ("parameter", "edition", "values", "effective_from", "source", "guided_by")


def add_meetings(api: Api) -> None:
    """GET /meetings, /meetings/{number}."""

    @api.get("/meetings", response=MeetingsOut, operation_id="list_meetings", tags=["conference"], summary="联席会议 · Meetings")
    def list_meetings(request: HttpRequest, limit: Limit = USUAL_PAGE, cursor: str = "") -> HttpResponse:
        """The meetings and written rounds that the post may read, newest first."""
        viewer = viewer_of(request)
        after = unpack(cursor, int)
        rows = meetings_visible(viewer)
        rows = counted(viewer, rows.filter(id__lt=after[0]) if after else rows).order_by("-id")
        found = list(rows[: limit + 1])
        more = found[limit - 1].id if len(found) > limit else None
        return reply({"items": [_line(row) for row in found[:limit]], "next": pack(more) if more else None})

    @api.get("/meetings/{number}", response=MeetingOut, operation_id="get_meeting", tags=["conference"], summary="一次会议 · One meeting")
    def get_meeting(request: HttpRequest, number: Number) -> HttpResponse:
        """One meeting. What was settled on a case of the post's own unit is left out until the minutes are finished."""
        viewer = viewer_of(request)
        meeting_visible(viewer, number)
        row = counted(viewer, meetings_visible(viewer).filter(number=number)).get()
        return reply({**_line(row), **_whole(viewer, row), "expected": {"meeting": row.version}})


def _line(row: Any) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _LINE}, "items": row.items_now, "concluded": row.concluded}


def _whole(viewer: ActingPost, row: Any) -> dict[str, Any]:
    today, directory = local_day(clock.now()), directory_for(row.jurisdiction_id)
    return {
        **{name: getattr(row, name) for name in _MEETING},
        "minutes": minutes_of(viewer, row, today),
        "attendance": [
            {"unit": named(directory, one.unit_id, row.day), "called": one.called, "how": one.how, "person": one.person, "note": one.note}
            for one in attendances_of(viewer, row)
        ],
        "agenda": [
            {
                "case": item.case.number,
                "title": item.case.title,
                "initiator": named(directory, item.case.initiator_id, today),
                **{name: getattr(item, name) for name in _ITEM},
            }
            for item in items_of(viewer, row)
        ],
        "adopted": [{name: getattr(one, name) for name in _ADOPTED} for one in adopted_on_minutes(viewer, [row])],
    }
