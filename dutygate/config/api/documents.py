"""公文: the papers that one may read, one paper with what it says, and its files. Papers are drawn up on pages; they are issued by
``document.issue`` like any act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from pydantic import Field, StringConstraints

from dutygate.base.actions.naming import directory_for, named
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.documents.download import as_download
from dutygate.base.documents.storage import open_kept
from dutygate.base.organizations.directory import Directory
from dutygate.config.api import words
from dutygate.config.api.paging import LARGEST_PAGE, USUAL_PAGE, pack, unpack
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas_documents import DocumentOut, DocumentPage
from dutygate.config.api.site import Api
from dutygate.features.papers.kinds import kinds
from dutygate.features.papers.queries import FILES, cases_of_papers, page_of_papers, paper_visible, units_of_papers
from dutygate.law.rules import Finding

Id = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,19}$")]
PLAIN: Final = ("kind", "number", "title", "dated_on", "issued_at", "void", "void_reason", *FILES)


def add_documents(api: Api) -> None:
    """GET /documents, /documents/{id}, /documents/{id}/files/{file}."""

    @api.get("/documents", response=DocumentPage, operation_id="list_documents", tags=["documents"], summary="公文列表 · Papers")
    def list_documents(
        request: HttpRequest,
        case: Annotated[str, StringConstraints(max_length=40)] = "",
        kind: Annotated[str, StringConstraints(max_length=30)] = "",
        cursor: Annotated[str, StringConstraints(max_length=200)] = "",
        limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = USUAL_PAGE,
    ) -> HttpResponse:
        """The papers that your unit issued or received, newest first; all for the lead. `case` and `kind` narrow them."""
        viewer = viewer_of(request)
        before = unpack(cursor, int)
        rows = page_of_papers(viewer, limit + 1, before[0] if before else None, case=case, kind=kind)
        items = _lines(viewer, rows[:limit], words.language_of(request))
        return reply({"items": items, "next": pack(rows[limit - 1].id) if len(rows) > limit else None})

    @api.get("/documents/{id}", response=DocumentOut, operation_id="get_document", tags=["documents"], summary="一份公文 · One paper")
    def get_document(request: HttpRequest, id: Id) -> HttpResponse:
        """What it says, to whom it went, and what proves it: the digest of its content, of its files, and the entry that issued it."""
        viewer = viewer_of(request)
        row = paper_visible(viewer, int(id))
        more = {name: getattr(row, name) for name in ("content", "content_digest", "template", "template_digest")}
        return reply({**_lines(viewer, [row], words.language_of(request))[0], **more, "entry": str(row.entry)})

    @api.get(
        "/documents/{id}/files/{file}",
        operation_id="get_document_file",
        tags=["documents"],
        summary="取公文文件 · A file of a paper",
        openapi_extra={"responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}},
    )
    def get_document_file(
        request: HttpRequest, id: Id, file: Annotated[str, StringConstraints(pattern="^(docx|pdf|scan)$")]
    ) -> HttpResponse:
        """Word, PDF, or the scan of the sealed paper; 404 for what is not made or not brought yet."""
        row = paper_visible(viewer_of(request), int(id))
        opened = open_kept(getattr(row, file)) if getattr(row, file) else None
        if opened is None:
            raise NotFound([Finding("not_found", "4.4", {"subject": row.number})])
        return as_download(opened)


def _lines(viewer: ActingPost, rows: Sequence[Any], lang: str) -> list[dict[str, Any]]:
    units, cases = units_of_papers(viewer, rows), cases_of_papers(viewer, rows)
    directories = {place: directory_for(place) for place in {row.jurisdiction_id for row in rows}}
    return [_line(row, units[row.id], cases[row.id], directories[row.jurisdiction_id], lang) for row in rows]


def _line(row: Any, units: Sequence[tuple[int, str]], cases: Sequence[str], directory: Directory, lang: str) -> dict[str, Any]:
    kind = kinds().get(row.kind)
    to: Mapping[str, list[Any]] = {
        role: [named(directory, unit, row.dated_on) for unit, held in units if held == role] for role in ("to", "cc")
    }
    return {
        "id": str(row.id),
        **{name: getattr(row, name) for name in PLAIN},
        "kind_label": kind.label["en" if lang == "en" else "zh"] if kind else row.kind,
        "provision": kind.cites if kind else "4.4",
        "unit": named(directory, row.unit_id, row.dated_on),
        **to,
        "cases": list(cases),
    }
