"""页面: the case file, handed out to who may read the case."""

from __future__ import annotations

from typing import Final, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.documents.refusal import FileDamaged
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.features.casefile.contents import Moving, file_name, package_of
from dutygate.features.casefile.packing import TooLarge

DAMAGED: Final = 500
NOT_NOW: Final = 503


@with_post
@never_cache
@require_safe
def case_file(request: HttpRequest, number: str) -> HttpResponse:
    """卷宗: one zip. Raises NotFound."""
    viewer = acting_post_of(request)
    assert viewer is not None
    try:
        package = package_of(viewer, number, clock.now())
    except FileDamaged as damaged:
        return render(request, "documents/damaged.html", {"digest": str(damaged)}, status=DAMAGED)
    except (Moving, TooLarge) as error:
        return render(request, "casefile/not_now.html", {"too_large": isinstance(error, TooLarge)}, status=NOT_NOW)
    return cast(HttpResponse, FileResponse(package, as_attachment=True, filename=file_name(number), content_type="application/zip"))
