"""待办: what my unit owes, the most urgent first; and how a task reads anywhere."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from pydantic import Field, StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for, label_in, light_of, named, newest_procedure
from dutygate.base.actions.now import TaskRow, own_tasks
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_jurisdictions
from dutygate.config.api import words
from dutygate.config.api.paging import LARGEST_PAGE, USUAL_PAGE, pack, unpack
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas import TaskPage
from dutygate.config.api.site import Api
from dutygate.features.cases.showing import titles_of
from dutygate.law.procedure.table import Procedure


def add_tasks(api: Api) -> None:
    """GET /tasks."""

    @api.get("/tasks", response=TaskPage, operation_id="list_tasks", tags=["tasks"], summary="待办 · My unit's open tasks")
    def list_tasks(
        request: HttpRequest,
        cursor: Annotated[str, StringConstraints(max_length=200)] = "",
        limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = USUAL_PAGE,
    ) -> HttpResponse:
        """What waits for your unit, with light, days left and the provision; the most urgent first."""
        viewer, lang, today = viewer_of(request), words.language_of(request), local_day(clock.now())
        rows = own_tasks(viewer, limit + 1, _after(cursor))
        shown = rows[:limit]
        titles = titles_of(viewer, (row.subject for row in shown))
        places = {place.code: place.id for place in public_jurisdictions()} if shown else {}
        codes = {row.subject.partition("-")[0] for row in shown}
        directories = {code: directory_for(places.get(code, viewer.jurisdiction_id)) for code in codes}
        procedure = newest_procedure()
        items = [
            {**task_line(row, directories[row.subject.partition("-")[0]], procedure, today, lang), "title": titles.get(row.subject, "")}
            for row in shown
        ]
        last = shown[-1] if len(rows) > limit else None
        return reply({"items": items, "next": pack((last.due_on or date.max).isoformat(), last.id) if last else None})


def _after(cursor: str) -> tuple[date, int] | None:
    parts = unpack(cursor, str, int)
    if parts is None:
        return None
    try:
        return date.fromisoformat(parts[0]), parts[1]
    except ValueError:
        raise Malformed([("cursor", "not a cursor of this list")]) from None


def task_line(task: TaskRow, directory: Directory, procedure: Procedure, today: date, lang: str) -> dict[str, Any]:
    """One task: who owes what, since when, until when."""
    return {
        "subject": task.subject,
        "action": task.action,
        "label": label_in(procedure.labels.get(task.action), lang, task.action),
        "provision": procedure.cites(task.action),
        "unit": named(directory, task.unit_id, today),
        "seat": task.seat,
        **light_of(directory, task, today),
    }
