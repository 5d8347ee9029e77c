"""页面: papers and their files; letterheads, templates and numbers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from dutygate.base.actions import facing
from dutygate.base.actions.facing import not_yours, page_of, viewer_of

__all__ = ["act", "not_yours", "page_of", "viewer_of"]


def act(
    request: HttpRequest,
    action: str,
    place: object,
    back: str,
    done: object,
    params: dict[str, str],
    label: str = "",
    expected: dict[str, int] | None = None,
) -> HttpResponse:
    """The form of an action on papers; its subject is the viewer's jurisdiction."""
    return facing.act(request, action, viewer_of(request).jurisdiction, place, back, done, params, expected, label)
