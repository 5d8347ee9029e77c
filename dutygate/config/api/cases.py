"""办件: the list, one case whole, and what can be done on it now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from pydantic import Field, StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for, named
from dutygate.base.actions.now import Step
from dutygate.base.actions.saying import found_in_words
from dutygate.base.organizations.queries import public_names_of
from dutygate.base.register.chains import edition_by_digest
from dutygate.config.api import words
from dutygate.config.api.paging import LARGEST_PAGE, USUAL_PAGE, pack, unpack
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas import CaseOut, CasePage, NowOut, SignaturesOut
from dutygate.config.api.site import Api
from dutygate.config.api.tasks import task_line
from dutygate.features.cases.duties import duty_code
from dutygate.features.cases.kinds import action_in, state_in
from dutygate.features.cases.queries import prepared_in
from dutygate.features.cases.sections import Reading, sections_of
from dutygate.features.cases.showing import HEAD, LINE, Filters, now_on, page_of_cases, reading_of
from dutygate.law.procedure.table import procedure_of

Number = Annotated[str, StringConstraints(max_length=40)]
Word = Annotated[str, StringConstraints(max_length=30)]
Limit = Annotated[int, Field(ge=1, le=LARGEST_PAGE)]
Cursor = Annotated[str, StringConstraints(max_length=200)]


def add_cases(api: Api) -> None:
    """GET /cases, /cases/{number}, /cases/{number}/actions, /cases/{number}/signatures."""

    @api.get("/cases", response=CasePage, operation_id="list_cases", tags=["cases"], summary="办件列表 · Cases")
    def list_cases(
        request: HttpRequest,
        state: Word = "",
        track: Word = "",
        kind: Word = "",
        q: Annotated[str, StringConstraints(max_length=100, strip_whitespace=True)] = "",
        cursor: Cursor = "",
        limit: Limit = USUAL_PAGE,
    ) -> HttpResponse:
        """The cases that you may see, newest first. Every word of `q` stands in the title, the number or the content."""
        before = unpack(cursor, int)
        rows = page_of_cases(viewer_of(request), Filters(state, track, q, kind), limit + 1, before[0] if before else None)
        lang, today = words.language_of(request), local_day(clock.now())
        directories = {row.jurisdiction_id: None for row in rows}
        found = {place: directory_for(place) for place in directories}
        items = [_line(row, found[row.jurisdiction_id], today, lang) for row in rows[:limit]]
        return reply({"items": items, "next": pack(rows[limit - 1].id) if len(rows) > limit else None})

    @api.get("/cases/{number}", response=CaseOut, operation_id="get_case", tags=["cases"], summary="一卷 · One case")
    def get_case(request: HttpRequest, number: Number) -> HttpResponse:
        """All of a case that you may see. A township sees the other townships' opinions only after all are in."""
        viewer = viewer_of(request)
        reading = reading_of(viewer, number, clock.now())
        return reply({"case": _head(reading, words.language_of(request)), "sections": sections_of(viewer, reading)})

    @api.get(
        "/cases/{number}/actions",
        response=NowOut,
        operation_id="get_case_actions",
        tags=["cases"],
        summary="现在可以做 · What can be done now",
    )
    def get_case_actions(request: HttpRequest, number: Number) -> HttpResponse:
        """For every action: may you now, what to send back as `expected`, what blocks it; and whose move it is."""
        lang = words.language_of(request)
        reading, now, waiting = now_on(viewer_of(request), number, clock.now())
        case = reading.case
        return reply(
            {
                "number": case.number,
                "state": case.state,
                "state_label": state_in(now.procedure, case.state, case.kind, lang),
                "actions": [_step(step, reading, lang) for step in now.steps],
                "waiting": [task_line(task, reading.directory, now.procedure, reading.on, lang) for task in waiting.tasks],
                "unseen_townships": waiting.unseen,
            }
        )

    @api.get(
        "/cases/{number}/signatures",
        response=SignaturesOut,
        operation_id="list_case_signatures",
        tags=["cases"],
        summary="经办与签发 · Prepared for signature",
    )
    def list_case_signatures(request: HttpRequest, number: Number) -> HttpResponse:
        """What your own unit has prepared for a second person to sign, the newest first, with what will be done; nobody else's."""
        viewer = viewer_of(request)
        rows = prepared_in(viewer, reading_of(viewer, number, clock.now()).case)
        names = public_names_of({person for row in rows for person in (row.prepared_by, row.ended_by) if person is not None})
        return reply({"items": [_prepared(row, names) for row in rows]})


def _prepared(row: Any, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("ordinal", "action", "payload", "status", "prepared_at", "ended_at", "reason")},
        "based_on": row.expected,
        "prepared_by": names.get(row.prepared_by, ""),
        "ended_by": names.get(row.ended_by or 0, ""),
    }


def _step(step: Step, reading: Reading, lang: str) -> dict[str, Any]:
    provision = edition_by_digest(reading.case.edition_digest).provisions.get(step.cites)
    return {
        "action": step.action,
        "label": action_in(procedure_of(edition_by_digest(reading.case.edition_digest)), step.action, reading.case.kind, lang),
        "provision": step.cites,
        "provision_label": provision.label.in_language(lang) if provision else "",
        "status": step.status,
        "on_paper": step.on_paper,
        "second_signature": step.second,
        "expected": step.expected,
        "findings": [found_in_words(finding, lang) for finding in step.findings],
    }


def _line(case: Any, directory: Any, on: Any, lang: str) -> dict[str, Any]:
    procedure = procedure_of(edition_by_digest(case.edition_digest))
    plain = {name: getattr(case, name) for name in LINE}
    return {
        **plain,
        "state_label": state_in(procedure, case.state, case.kind, lang),
        "initiator": named(directory, case.initiator_id, on),
    }


def _head(reading: Reading, lang: str) -> dict[str, Any]:
    case = reading.case
    plain = {name: getattr(case, name) for name in (*HEAD, "version")}
    plain["duty"] = duty_code(case)
    return {**_line(case, reading.directory, reading.on, lang), **plain, "jurisdiction": reading.directory.jurisdiction.code}
