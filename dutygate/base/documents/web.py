"""页面: a scan handed out to who may read it. What is not hers does not exist; what is no longer whole is not handed out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.documents.download import as_download
from dutygate.base.documents.refusal import FileDamaged
from dutygate.base.documents.storage import open_file
from dutygate.base.organizations.sessions import acting_post_of, with_post

DAMAGED = 500


@with_post
@never_cache
@require_safe
def file(request: HttpRequest, digest: str) -> HttpResponse:
    """扫描件: the bytes, checked against the digest each time. Raises NotFound."""
    viewer = acting_post_of(request)
    assert viewer is not None
    try:
        return as_download(open_file(viewer, digest))
    except FileDamaged:
        return render(request, "documents/damaged.html", {"digest": digest}, status=DAMAGED)
