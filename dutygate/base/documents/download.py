"""取文件: a kept file as an answer to a browser or a program; never shown inside a page of ours, whatever it holds."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from dutygate.base.documents.storage import Opened


def as_download(opened: Opened) -> HttpResponse:
    """The bytes to be kept under their name; the digest is the ETag."""
    response = HttpResponse(opened.data, content_type=opened.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(opened.name)}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["ETag"] = f'"{opened.digest}"'
    return response
