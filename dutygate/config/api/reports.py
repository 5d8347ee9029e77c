"""线索: the reports that a post may see, as its side may see them, and their files (Articles 7, 8)."""

from __future__ import annotations

from typing import Annotated, Any, BinaryIO, Final, cast

from django.http import HttpRequest, HttpResponse
from ninja import File
from ninja.files import UploadedFile
from pydantic import StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed, NotFound
from dutygate.base.documents.download import as_download
from dutygate.base.documents.storage import open_apart
from dutygate.config.api import words
from dutygate.config.api.cases import Limit
from dutygate.config.api.files import UploadBearer
from dutygate.config.api.paging import USUAL_PAGE, pack, unpack
from dutygate.config.api.people import viewer_of
from dutygate.config.api.problems import Problem
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas_reports import BroughtOut, OrderList, ReportLine, ReportOut, ReportPage
from dutygate.config.api.site import Api, ProblemError
from dutygate.features.papers.queries import order_visible, orders_of_report
from dutygate.features.supervision.keeping import hand_out, take_in
from dutygate.features.supervision.queries import Here, here, report_seen, reports_page
from dutygate.features.supervision.showing import line_of, steps_of, whole
from dutygate.law.rules import Finding

PublicId = Annotated[str, StringConstraints(max_length=40)]
LINE: Final = tuple(ReportLine.model_fields)
REST: Final = tuple(name for name in ReportOut.model_fields if name not in LINE and name not in ("actions", "expected"))


def add_reports(api: Api) -> None:
    """GET /reports, /reports/{id}, /reports/{id}/files/{number}, /reports/{id}/orders and their files; POST /reports/files."""

    @api.get("/reports", response=ReportPage, operation_id="list_reports", tags=["supervision"], summary="线索 · Reports")
    def list_reports(request: HttpRequest, limit: Limit = USUAL_PAGE, cursor: str = "") -> HttpResponse:
        """The reports that the post may see, newest first: those it examines, those of the person herself, those put to its unit."""
        viewer, lang = viewer_of(request), words.language_of(request)
        place, after = _here(viewer), unpack(cursor, str)
        rows = reports_page(viewer, place, limit + 1, after[0] if after else "")
        more = rows[limit - 1].public_id if len(rows) > limit else None
        return reply({"items": [_line(line_of(place, row, lang)) for row in rows[:limit]], "next": pack(more) if more else None})

    # Before the next one, which would take its name for an id.
    @api.post(
        "/reports/files",
        auth=UploadBearer(),
        response={201: BroughtOut},
        operation_id="create_report_file",
        tags=["supervision"],
        summary="上传线索附件 · Bring a file for a report",
    )
    def create_report_file(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> HttpResponse:
        """For a report, an answer or a correction. Its name is not kept, and nobody is told that it came. No state secrets."""
        try:
            digest = take_in(viewer_of(request), cast(BinaryIO, file), clock.now())
        except NotAllowed:
            raise ProblemError(Problem(403, "file_bringers")) from None
        return reply({"digest": digest}, 201)

    @api.get("/reports/{public_id}", response=ReportOut, operation_id="get_report", tags=["supervision"], summary="一条线索 · One report")
    def get_report(request: HttpRequest, public_id: PublicId) -> HttpResponse:
        """One report as your side may see it, with what you can do now."""
        viewer, lang = viewer_of(request), words.language_of(request)
        place = _here(viewer)
        plain = whole(place, report_seen(viewer, place, public_id), lang)
        steps = [step for step in steps_of(viewer, place, public_id, clock.now()) if step.status in ("open", "blocked", "depends")]
        rest = {name: plain.get(name) for name in REST}
        expected = next((step.expected for step in steps if step.expected), None)
        return reply({**_line(plain), **rest, "files": list(plain["files"]), "actions": [s.action for s in steps], "expected": expected})

    @api.get(
        "/reports/{public_id}/files/{number}",
        operation_id="get_report_file",
        tags=["supervision"],
        summary="取线索附件 · Get a file of a report",
        openapi_extra={"responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}},
    )
    def get_report_file(request: HttpRequest, public_id: PublicId, number: int) -> HttpResponse:
        """The bytes, if your side brought them or examines the report."""
        viewer = viewer_of(request)
        return as_download(hand_out(viewer, _here(viewer), public_id, number))

    @api.get(
        "/reports/{public_id}/orders",
        response=OrderList,
        operation_id="list_report_orders",
        tags=["supervision"],
        summary="整改通知 · Orders of correction",
    )
    def list_report_orders(request: HttpRequest, public_id: PublicId) -> HttpResponse:
        """The papers of a report, oldest first, for who examines it and for the body ordered; void ones with the reason. Issue one by
        `supervision.issue_order`.
        """
        viewer = viewer_of(request)
        place = _here(viewer)
        rows = orders_of_report(viewer, place, public_id)
        return reply({"items": [_order(row, nth) for nth, row in enumerate(rows, start=1)]})

    @api.get(
        "/reports/{public_id}/orders/{number}/files/{file}",
        operation_id="get_report_order_file",
        tags=["supervision"],
        summary="取整改通知文件 · A file of an order of correction",
        openapi_extra={"responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}},
    )
    def get_report_order_file(
        request: HttpRequest, public_id: PublicId, number: int, file: Annotated[str, StringConstraints(pattern="^(docx|pdf|scan)$")]
    ) -> HttpResponse:
        """Word, PDF or sealed paper of the order that stands at that place; 404 for what is not made or not brought yet."""
        viewer = viewer_of(request)
        row = order_visible(viewer, _here(viewer), public_id, number)
        if not getattr(row, file):
            raise NotFound([Finding("not_found", "8", {"subject": str(number)})])
        return as_download(open_apart(getattr(row, file), row.number))


def _order(row: Any, nth: int) -> dict[str, Any]:
    plain = ("number", "title", "dated_on", "content", "content_digest", "docx", "pdf", "scan", "void", "void_reason")
    return {"place": nth, **{name: getattr(row, name) for name in plain}}


def _here(viewer: ActingPost) -> Here:
    return here(viewer, local_day(clock.now()))


def _line(plain: dict[str, Any]) -> dict[str, Any]:
    light = plain["light"]
    return {
        **{name: plain.get(name) for name in LINE if name not in ("light", "due_on", "title", "action", "action_label")},
        **{name: plain.get(name) or None for name in ("title", "action", "action_label")},
        "due_on": light.get("due_on"),
        "light": light.get("light"),
    }
