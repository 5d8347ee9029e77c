"""任务核对: both answers to a task, uniform deployments, and the checks that were kept. Asking writes nothing."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja.params import functions as params
from pydantic import Field, StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.config.api import words
from dutygate.config.api.paging import LARGEST_PAGE, USUAL_PAGE, pack, unpack
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas import Shape
from dutygate.config.api.schemas_taskcheck import CheckOut, DeploymentPage, KeptPage
from dutygate.config.api.site import Api
from dutygate.features.taskcheck.checking import checked
from dutygate.features.taskcheck.forms import MOST
from dutygate.features.taskcheck.queries import checks_visible, deployments_visible
from dutygate.features.taskcheck.shown import as_kept, deployment_shown

Text = Annotated[str, StringConstraints(min_length=1, max_length=MOST, strip_whitespace=True)]
Limit = Annotated[int, Field(ge=1, le=LARGEST_PAGE)]
Cursor = Annotated[str, StringConstraints(max_length=200)]
_KEPT = ("title", "text_digest", "sender", "paper_on", "standing", "entry", "alike", "above", "emergency", "forms", "note", "kept_at")


class CheckIn(Shape):
    """A task: its title or text, the date of the paper (default: today), sender, whose list (key, code or name; townships: their own)."""

    text: Text
    paper_on: date | None = None
    sender: Annotated[str, StringConstraints(max_length=100, strip_whitespace=True)] = ""
    township: Annotated[str, StringConstraints(max_length=100)] = ""


def add_taskcheck(api: Api) -> None:
    """POST /task-check; GET /deployments, /task-checks."""

    @api.post("/task-check", response=CheckOut, operation_id="check_task", tags=["taskcheck"], summary="任务核对 · Check a task")
    def check_task(request: HttpRequest, body: Annotated[CheckIn, params.Body(...)]) -> HttpResponse:
        """Where it stands on the list of that day, and whether its form is one that Article 7 forbids. Hints for a person to judge.

        Nothing is written. `keep` is the payload with which `taskcheck.keep` keeps the answer.
        """
        on = body.paper_on or local_day(clock.now())
        found = checked(viewer_of(request), body.text, on, sender=body.sender, township=body.township)
        plain = found.as_plain(words.language_of(request))
        return reply({**_without_addresses(plain), "keep": as_kept(found.answer, found.directory)})

    @api.get("/deployments", response=DeploymentPage, operation_id="list_deployments", tags=["taskcheck"], summary="统一部署 · Deployments")
    def list_deployments(request: HttpRequest, cursor: Cursor = "", limit: Limit = USUAL_PAGE) -> HttpResponse:
        """Uniform deployments of the banner committee and the banner government, newest first."""
        rows, before = deployments_visible(viewer_of(request)), unpack(cursor, int)
        found = list((rows.filter(id__lt=before[0]) if before else rows)[: limit + 1])
        today = local_day(clock.now())
        items = [_without_addresses(deployment_shown(row, today)) for row in found[:limit]]
        return reply({"items": items, "next": pack(found[limit - 1].id) if len(found) > limit else None})

    @api.get("/task-checks", response=KeptPage, operation_id="list_task_checks", tags=["taskcheck"], summary="留存的核对结果 · Kept checks")
    def list_task_checks(request: HttpRequest, cursor: Cursor = "", limit: Limit = USUAL_PAGE) -> HttpResponse:
        """The checks that your office has kept, newest first; for the lead those of every office."""
        rows, before = checks_visible(viewer_of(request)).select_related("unit", "township"), unpack(cursor, int)
        found = list((rows.filter(id__lt=before[0]) if before else rows)[: limit + 1])
        return reply({"items": [_kept(row) for row in found[:limit]], "next": pack(found[limit - 1].id) if len(found) > limit else None})


def _kept(row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in _KEPT},
        "id": str(row.id),
        "unit": row.unit.key,
        "township": row.township.key if row.township else "",
        "deployment": str(row.deployment_id) if row.deployment_id else "",
    }


def _without_addresses(value: Any) -> Any:
    """What pages link to, and words put into quotation marks for them, are no part of the answer."""
    if isinstance(value, dict):
        return {name: _without_addresses(one) for name, one in value.items() if name not in ("href", "said")}
    return [_without_addresses(one) for one in value] if isinstance(value, list) else value
