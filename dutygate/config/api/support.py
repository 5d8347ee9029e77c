"""保障台账: commitments with sums, and one commitment (Article 5)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from pydantic import Field, StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for, named
from dutygate.base.organizations.directory import Directory
from dutygate.config.api.paging import LARGEST_PAGE, USUAL_PAGE, pack, unpack
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas_support import CommitmentOut, CommitmentPage
from dutygate.config.api.site import Api
from dutygate.features.lists.places import unit_read
from dutygate.features.lists.queries import duty_by_code
from dutygate.features.support.actions.answer import sheet_ref
from dutygate.features.support.lights import light_of
from dutygate.features.support.queries import (
    Sums,
    Wanted,
    answers_of,
    commitment_by_ref,
    deliveries_of,
    last_word,
    page_of_commitments,
    public_reference,
    sums,
)

Key = Annotated[str, StringConstraints(max_length=80)]
Light = Literal["late", "disputed", "unconfirmed", "open", "kept"]
Kind = Literal["funding", "technical", "training", "other"]


def add_support(api: Api) -> None:
    """GET /commitments, /commitments/{ref}."""

    @api.get(
        "/commitments",
        response=CommitmentPage,
        operation_id="list_commitments",
        tags=["support"],
        summary="保障台账 · What is owed, with sums",
    )
    def list_commitments(
        request: HttpRequest,
        department: Key = "",
        township: Key = "",
        duty: Key = "",
        year: Annotated[int, Field(ge=2000, le=2200)] | None = None,
        kind: Kind | None = None,
        state: Light | None = None,
        cursor: Annotated[str, StringConstraints(max_length=200)] = "",
        limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = USUAL_PAGE,
    ) -> HttpResponse:
        """A department's own, a township's own, for the lead its jurisdiction, for the city its banners. Units by key or name."""
        viewer, today = viewer_of(request), local_day(clock.now())
        start = min((unpack(cursor, int) or [0])[0], 10**9)
        wanted = Wanted(
            department=unit_read(viewer, department, "department")[1].id if department else None,
            township=unit_read(viewer, township, "township")[1].id if township else None,
            duty=duty_by_code(viewer, duty).id if duty else None,
            year=year,
            kind=kind or "",
            light=state or "",
        )
        rows = page_of_commitments(viewer, wanted, today, start=start, limit=limit + 1)
        places = {place: directory_for(place) for place in {row.jurisdiction_id for row in rows[:limit]}}
        found = sums(viewer, wanted, today)
        return reply(
            {
                "items": [_line(row, places[row.jurisdiction_id], today) for row in rows[:limit]],
                "sums": {measure: sums_out(found.get(measure, Sums())) for measure in ("fen", "item")},
                "next": pack(start + limit) if len(rows) > limit else None,
            }
        )

    @api.get(
        "/commitments/{ref}",
        response=CommitmentOut,
        operation_id="get_commitment",
        tags=["support"],
        summary="一项承诺 · One commitment",
    )
    def get_commitment(request: HttpRequest, ref: Key) -> HttpResponse:
        """A commitment (150721-B-0001.3) with what was given on it and what was said of that."""
        viewer, today = viewer_of(request), local_day(clock.now())
        row = commitment_by_ref(viewer, ref)
        directory = directory_for(row.jurisdiction_id)
        deliveries = deliveries_of(viewer, [row])
        names = {one.id: f"{ref}.{one.ordinal}" for one in deliveries}
        return reply(
            {
                "commitment": _line(row, directory, today),
                "case": row.case.number if row.case is not None else None,
                "deliveries": [_delivery(one, names[one.id]) for one in deliveries],
                "answers": [_answer(word, names[word.delivery_id], directory, today) for word in answers_of(viewer, deliveries)],
                "sheet": sheet_ref(directory.unit(row.township_id), row.year),
                "expected": {"sheet": last_word(viewer, row.township_id, row.year)},
            }
        )


def sums_out(one: Sums) -> dict[str, int]:
    """Quantities of one measure."""
    return {
        "commitments": one.lines,
        "promised": one.due,
        "delivered": one.delivered,
        "confirmed": one.confirmed,
        "disputed": one.disputed,
        "to_come": one.open,
        "unanswered": one.unanswered,
    }


def _line(row: Any, directory: Directory, today: date) -> dict[str, Any]:
    return {
        "commitment": public_reference(row),
        "pledge": row.pledge.code,
        "duty": row.duty.code,
        "title": row.duty.title,
        "department": named(directory, row.department_id, today),
        "township": named(directory, row.township_id, today),
        **{name: getattr(row, name) for name in ("year", "kind", "measure", "note", "due_on", "delivered", "confirmed", "disputed")},
        "promised": row.promised - row.released,
        "to_come": row.promised - row.released - row.delivered,
        "state": light_of(row, today),
    }


def _delivery(one: Any, name: str) -> dict[str, Any]:
    said = ("amount", "given", "voucher_number", "delivered_on", "scan", "confirmed", "disputed")
    unanswered = one.amount - one.confirmed - one.disputed - one.refused
    return {"delivery": name, **{field: getattr(one, field) for field in said}, "not_received": one.refused, "unanswered": unanswered}


def _answer(word: Any, name: str, directory: Directory, today: date) -> dict[str, Any]:
    return {
        "delivery": name,
        **{field: getattr(word, field) for field in ("answer", "amount", "rest", "reason", "at")},
        "unit": named(directory, word.unit_id, today),
        "on_paper": word.entered_by_unit is not None,
    }
