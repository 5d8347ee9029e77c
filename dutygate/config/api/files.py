"""文件: brought in before the action that refers to them, and handed out again to who may read them."""

from __future__ import annotations

from typing import Annotated, BinaryIO, Final, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File
from ninja.files import UploadedFile
from pydantic import StringConstraints

from dutygate.base.actions import clock
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.documents.download import as_download
from dutygate.base.documents.storage import LARGEST, open_file, store
from dutygate.config.api.people import Bearer, viewer_of
from dutygate.config.api.problems import Problem
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas import FileOut
from dutygate.config.api.site import Api, ProblemError
from dutygate.features.casefile.contents import Moving, file_name, package_of
from dutygate.features.casefile.packing import TooLarge

ENVELOPE: Final = 64 * 1024
"""What the form around a file may add."""


class UploadBearer(Bearer):
    """The same, and before a byte of an upload is read: its kind and its size."""

    def authenticate(self, request: HttpRequest, token: str) -> ActingPost | None:
        """Raises ProblemError: 413, 415."""
        found = super().authenticate(request, token)
        if found is not None and request.content_type != "multipart/form-data":
            raise ProblemError(Problem(415, "unsupported_media_type", params={"wanted": "multipart/form-data"}))
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if found is not None and (not length.isdecimal() or int(length[:20]) > LARGEST + ENVELOPE):
            raise ProblemError(Problem(413, "too_large"))
        return found


def add_files(api: Api) -> None:
    """POST /files, GET /files/{digest}, GET /cases/{number}/file."""

    @api.post(
        "/files",
        auth=UploadBearer(),
        response={201: FileOut},
        operation_id="create_file",
        tags=["files"],
        summary="上传文件 · Bring a file",
    )
    def create_file(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> HttpResponse:
        """PDF, PNG, JPEG, docx or xlsx of at most 20 MiB, without macros or scripts. Never bring state secrets here."""
        try:
            row = store(viewer_of(request), str(file.name or ""), cast(BinaryIO, file), clock.now())
        except NotAllowed:
            raise ProblemError(Problem(403, "file_bringers")) from None
        return reply({"digest": row.digest, "name": row.name, "media_type": row.media_type, "size": row.size}, 201)

    @api.get(
        "/files/{digest}",
        operation_id="get_file",
        tags=["files"],
        summary="取文件 · Get a file",
        openapi_extra={"responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}},
    )
    def get_file(request: HttpRequest, digest: Annotated[str, StringConstraints(max_length=64)]) -> HttpResponse:
        """The bytes, if you brought them or may see a case that refers to them. They are checked against the digest each time."""
        return as_download(open_file(viewer_of(request), digest))

    @api.get(
        "/cases/{number}/file",
        operation_id="get_case_file",
        tags=["cases"],
        summary="导出卷宗 · Case file",
        openapi_extra={"responses": {200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}}},
    )
    def get_case_file(request: HttpRequest, number: Annotated[str, StringConstraints(max_length=40)]) -> FileResponse:
        """One case as one zip: what you may see of it, scans, entries and their proof. `dutygate case verify` checks it anywhere."""
        try:
            package = package_of(viewer_of(request), number, clock.now())
        except (Moving, TooLarge) as error:
            large = isinstance(error, TooLarge)
            raise ProblemError(Problem(413, "case_too_large") if large else Problem(503, "case_moving")) from None
        return FileResponse(package, as_attachment=True, filename=file_name(number), content_type="application/zip")
