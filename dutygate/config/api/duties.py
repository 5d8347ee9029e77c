"""清单与事项: a township's list on a day, and one duty."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from pydantic import Field, StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for, named
from dutygate.base.organizations.directory import Directory
from dutygate.config.api.paging import LARGEST_PAGE, USUAL_PAGE, pack, unpack
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas_lists import DutiesFound, DutyOut, TownshipDuties
from dutygate.config.api.site import Api
from dutygate.features.lists.places import unit_read
from dutygate.features.lists.queries import duties_of_township, duty_by_code, newest_token, revisions_of, townships_of
from dutygate.features.lists.queries.finding import FoundDuty, duties_found

Code = Annotated[str, StringConstraints(max_length=80)]
_LINE = (
    "code",
    "title",
    "list_name",
    "section",
    "track",
    "mode",
    "acts_in_name_of",
    "document_number",
    "ordinal",
    "valid_from",
    "last_day",
)
_DUTY = (
    "code",
    "origin",
    "title",
    "track",
    "mode",
    "acts_in_name_of",
    "co_leads",
    "list_name",
    "document_number",
    "admitted_on",
    "ends_on",
)
_REVISION = (
    "revision",
    "title",
    "track",
    "document_number",
    "category",
    "level",
    "columns",
    "items",
    "additions",
    "bases",
    "support",
)


def add_duties(api: Api) -> None:
    """GET /townships/{code}/duties, /duties, /duties/{code}."""

    @api.get(
        "/townships/{code}/duties",
        response=TownshipDuties,
        operation_id="list_township_duties",
        tags=["duties"],
        summary="乡镇清单 · A township's list on a day",
    )
    def list_township_duties(request: HttpRequest, code: Code, on: date | None = None) -> HttpResponse:
        """What binds a township on a day (default: today). `code`: nine-digit code, key or name."""
        viewer, today = viewer_of(request), local_day(clock.now())
        directory, unit = unit_read(viewer, code, "township")
        day = on or today
        lines = duties_of_township(viewer, unit.id, day)
        items = [{**{n: getattr(line, n) for n in _LINE}, "lead_unit": named(directory, line.lead_unit_id, day)} for line in lines]
        return reply({"township": named(directory, unit.id, day), "on": day, "items": items})

    @api.get("/duties", response=DutiesFound, operation_id="find_duties", tags=["duties"], summary="查找事项 · Find duties")
    def find_duties(
        request: HttpRequest,
        q: Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)],
        on: date | None = None,
        cursor: Annotated[str, StringConstraints(max_length=200)] = "",
        limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = USUAL_PAGE,
    ) -> HttpResponse:
        """The duties on any township's list of a day (default: today) in whose name, numbers or content every word of `q` stands."""
        viewer, day = viewer_of(request), on or local_day(clock.now())
        start = min((unpack(cursor, int) or [0])[0], 10**9)
        found = duties_found(viewer, q, day, start=start, limit=limit + 1)
        directories = {place: directory_for(place) for place in {duty.jurisdiction_id for duty in found[:limit]}}
        items = [_found(duty, directories[duty.jurisdiction_id], day) for duty in found[:limit]]
        return reply({"on": day, "items": items, "next": pack(start + limit) if len(found) > limit else None})

    @api.get("/duties/{code}", response=DutyOut, operation_id="get_duty", tags=["duties"], summary="事项 · One duty")
    def get_duty(request: HttpRequest, code: Code) -> HttpResponse:
        """A duty with the townships on whose lists it stands or stood, and its text as it was admitted."""
        viewer, today = viewer_of(request), local_day(clock.now())
        duty = duty_by_code(viewer, code)
        directory = directory_for(duty.jurisdiction_id)
        return reply(
            {
                **{name: getattr(duty, name) for name in _DUTY},
                "lead_unit": named(directory, duty.lead_unit_id, today),
                "case": duty.case.number if duty.case is not None else None,
                "townships": [_entry(entry, directory, today) for entry in townships_of(viewer, duty)],
                "revisions": [{name: getattr(r, name) for name in _REVISION} for r in revisions_of(viewer, duty)],
                "expected": {"duty": newest_token(viewer, duty)},
            }
        )


def _found(duty: FoundDuty, directory: Directory, day: date) -> dict[str, Any]:
    return {
        **{name: getattr(duty, name) for name in ("code", "title", "sections", "valid_from", "last_day")},
        "lead_unit": named(directory, duty.lead_unit_id, day),
        "townships": [named(directory, unit, day) for unit in duty.townships],
    }


def _entry(entry: Any, directory: Directory, today: date) -> dict[str, Any]:
    last = None if entry.valid_to.year == 9999 else date.fromordinal(entry.valid_to.toordinal() - 1)
    return {
        "township": named(directory, entry.township_id, today),
        "section": entry.section,
        "valid_from": entry.valid_from,
        "last_day": last,
    }
