"""法定依据: the registry with search, one basis with what changed it and what rests on it, and what a change of it would touch."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from pydantic import Field, StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for, named
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.directory import Directory
from dutygate.config.api.paging import LARGEST_PAGE, USUAL_PAGE, pack, unpack
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas_bases import BasisOut, BasisPage, RestingDuty
from dutygate.config.api.site import Api
from dutygate.features.bases.queries import (
    bases_of_text,
    basis_visible,
    cases_resting_on,
    changes_of,
    duties_of_change,
    duties_resting,
    page_of_bases,
    readings_before,
    version_of,
)
from dutygate.features.bases.wording import basis_line
from dutygate.law.rules import Finding

Key = Annotated[str, StringConstraints(max_length=40)]
Words = Annotated[str, StringConstraints(max_length=100, strip_whitespace=True)]
Limit = Annotated[int, Field(ge=1, le=LARGEST_PAGE)]
Cursor = Annotated[str, StringConstraints(max_length=200)]
MOST_CASES = 1000
_LINE = ("title", "kind", "issuer", "document_number", "article", "in_force_from", "in_force_to", "repealed_on", "confirmed")
_CHANGE = (
    *("kind", "article", "on", "document", "document_number", "issuer", "replacements", "duties", "note"),
    *("recorded_at", "voided_at", "voided_reason"),
)


def add_bases(api: Api) -> None:
    """GET /bases, /bases/{key}, /bases/{key}/touched."""

    @api.get("/bases", response=BasisPage, operation_id="list_bases", tags=["bases"], summary="法定依据 · Legal bases")
    def list_bases(
        request: HttpRequest, q: Words = "", confirmed: bool | None = None, cursor: Cursor = "", limit: Limit = USUAL_PAGE
    ) -> HttpResponse:
        """The bases that you may see, newest first. `q`: words of title, number, issuer or article, in any spelling."""
        before, today = unpack(cursor, int), local_day(clock.now())
        rows = page_of_bases(viewer_of(request), q, confirmed, limit + 1, before[0] if before else None)
        items = [_line(row, today) for row in rows[:limit]]
        return reply({"items": items, "next": pack(rows[limit - 1].id) if len(rows) > limit else None})

    @api.get("/bases/{key}", response=BasisOut, operation_id="get_basis", tags=["bases"], summary="一条依据 · One legal basis")
    def get_basis(request: HttpRequest, key: Key) -> HttpResponse:
        """A basis with the other articles of its text, its amendments and repeals, and the duties and cases that rest on it."""
        viewer, today = viewer_of(request), local_day(clock.now())
        row = basis_visible(viewer, _number(key))
        directory = directory_for(row.jurisdiction_id)
        return reply(
            {
                "basis": _line(row, today),
                "proposed_by": named(directory, row.proposed_by_id, today),
                "articles": [_line(other, today) for other in bases_of_text(viewer, row) if other.id != row.id],
                "changes": [_change(change) for change in changes_of(viewer, row)],
                "readings": [
                    {"recorded_to": r.recorded_to, "cause": r.cause, "reason": r.reason, "details": r.details}
                    for r in readings_before(viewer, row)
                ],
                "duties": [_duty(one, directory, today) for one in duties_resting(viewer, row, today)],
                "cases": [case.number for case in cases_resting_on(viewer, row, MOST_CASES)],
                "expected": {"basis": version_of(viewer, row)},
            }
        )

    @api.get(
        "/bases/{key}/touched",
        response=list[RestingDuty],
        operation_id="list_duties_touched",
        tags=["bases"],
        summary="所涉事项 · What a change would touch",
    )
    def list_duties_touched(request: HttpRequest, key: Key, on: date, article: Words | None = None) -> HttpResponse:
        """The duties that `basis.amend` or `basis.repeal` from that day on must name. `article`: that of the basis; "" = the whole text."""
        viewer, today = viewer_of(request), local_day(clock.now())
        row = basis_visible(viewer, _number(key))
        found = duties_of_change(viewer, row, row.article if article is None else article, on)
        directory = directory_for(row.jurisdiction_id)
        return reply([_duty(one, directory, today) for one in found])


def _number(key: str) -> int:
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise NotFound([Finding("not_found", "1", {"subject": key})])
    return int(key)


def _line(row: Any, today: date) -> dict[str, Any]:
    holds = basis_line(row, today)["holds"] == "now"
    return {"basis": str(row.id), **{name: getattr(row, name) for name in _LINE}, "in_force": holds}


def _change(change: Any) -> dict[str, Any]:
    successor = None if change.successor_id is None else str(change.successor_id)
    return {"change": str(change.id), **{name: getattr(change, name) for name in _CHANGE}, "successor": successor}


def _duty(one: Any, directory: Directory, today: date) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "lead_unit": named(directory, one.lead_unit_id, today),
        "townships": [named(directory, unit, today) for unit in one.townships],
        "how": one.how,
    }
