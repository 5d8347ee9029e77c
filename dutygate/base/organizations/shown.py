"""Who acts, as the head of every page shows it, and where that post may go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from dutygate.base.organizations.queries import PostLine, public_directory, public_post_lines_of
from dutygate.base.organizations.sessions import acting_post_of, person_of, today
from dutygate.base.register.chains import reference_version_of
from dutygate.base.ui.nav import public_places


def acting(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: {acting: {unit_name, label, jurisdiction_name} or None, nav_places}; read only by pages that show it."""
    if not hasattr(request, "session") or request.path.startswith("/api/"):
        return {}
    places = SimpleLazyObject(lambda: public_places(acting_post_of(request), request.path, lambda: _seats(request)))
    return {"acting": SimpleLazyObject(lambda: _line(request)), "nav_places": places}


def post_lines(request: HttpRequest) -> tuple[PostLine, ...]:
    """Every post of who is signed in, read once for each request."""
    found: tuple[PostLine, ...] | None = getattr(request, "_post_lines", None)
    if found is None:
        user = person_of(request)
        found = public_post_lines_of(user.id, today()) if user else ()
        request._post_lines = found  # type: ignore[attr-defined]
    return found


def _seats(request: HttpRequest) -> frozenset[str]:
    """The seats that the unit of a handler or signatory holds in its own jurisdiction; a township holds none (Article 3)."""
    held = acting_post_of(request)
    if held is None or held.unit_id is None or held.kind not in ("handler", "signatory") or held.unit_kind == "township":
        return frozenset()
    return public_directory(held.jurisdiction_id, reference_version_of(held.jurisdiction_id)).seats_of(held.unit_id, today())


def _line(request: HttpRequest) -> dict[str, Any] | None:
    held = acting_post_of(request)
    line = next((p for p in post_lines(request) if held is not None and p.post_id == held.post_id), None)
    if line is None:
        return None
    return {"unit_name": line.unit_name, "label": gettext(line.label), "jurisdiction_name": line.jurisdiction_name, "kind": line.kind}
