"""登记簿: heads to print, and entries with their hashes for whoever checks them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from pydantic import Field, StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for, named
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.register.queries import EntryLine, entries_page, heads_of, sealed_of
from dutygate.config.api.paging import LARGEST_PAGE, USUAL_PAGE, pack, unpack
from dutygate.config.api.people import viewer_of
from dutygate.config.api.problems import Problem
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas_register import EntryPage, HeadsOut
from dutygate.config.api.site import Api, ProblemError
from dutygate.features.cases.showing import titles_of

_IDS = ("user_id", "post_id", "unit_id", "on_behalf_of", "entered_for", "caused_by")


def add_register(api: Api) -> None:
    """GET /register/head, /register/entries."""

    @api.get(
        "/register/head", response=HeadsOut, operation_id="get_register_head", tags=["register"], summary="登记簿链头 · Heads to print"
    )
    def get_register_head(request: HttpRequest) -> HttpResponse:
        """The heads of your chain and of the common one; `dutygate register verify --head` takes the printed line."""
        heads = heads_of(viewer_of(request))
        return reply(
            {"heads": [{"chain": h.chain, "seq": h.seq, "hash": h.hash, "recorded_at": h.recorded_at, "printed": h.printed} for h in heads]}
        )

    @api.get("/register/entries", response=EntryPage, operation_id="list_register_entries", tags=["register"], summary="登记 · Entries")
    def list_register_entries(
        request: HttpRequest,
        cursor: Annotated[str, StringConstraints(max_length=200)] = "",
        limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = USUAL_PAGE,
    ) -> HttpResponse:
        """For the lead and the audit administrator: all fields that the hashes cover. What is sealed only of cases that you may see."""
        viewer, today = viewer_of(request), local_day(clock.now())
        directory = directory_for(viewer.jurisdiction_id)
        seats = directory.seats_of(viewer.unit_id, today) if viewer.unit_id is not None else frozenset()
        after = unpack(cursor, int)
        try:
            rows = entries_page(viewer, seats, limit + 1, after[0] if after else 0)
        except NotAllowed:
            raise ProblemError(Problem(403, "register_readers")) from None
        shown = rows[:limit]
        visible = titles_of(viewer, (row.subject for row in shown))
        sealed = sealed_of(viewer, viewer.jurisdiction, [row.seq for row in shown if row.subject in visible]) if visible else {}
        items = [
            {**_fields(row, viewer.jurisdiction), "unit": named(directory, row.unit_id, today), "sealed": _sealed(row, sealed)}
            for row in shown
        ]
        return reply({"items": items, "next": pack(shown[-1].seq) if len(rows) > limit else None})


def _fields(row: EntryLine, chain: str) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(row, name) for name in row.__slots__}
    return {"chain": chain, **fields, **{name: None if fields[name] is None else str(fields[name]) for name in _IDS}}


def _sealed(row: EntryLine, sealed: dict[int, Any]) -> dict[str, Any] | None:
    if row.seq not in sealed:
        return None
    found = sealed[row.seq]
    if found is None:
        return {"erased": True, "payload": None, "result": None, "findings": None}
    return {"erased": False, "payload": found.get("payload"), "result": found.get("result"), "findings": found.get("findings")}
