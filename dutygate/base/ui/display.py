"""How somebody wants pages to look: kept in a cookie of the browser, put on the page by the server."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest

COOKIE: Final = "display"
SWITCHES: Final = ("contrast", "large")


def public_switched(request: HttpRequest) -> set[str]:
    """Which switches are on in this browser."""
    return set(request.COOKIES.get(COOKIE, "").split("-")) & set(SWITCHES)


def display(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: {display: {large, contrast, classes}}."""
    on = public_switched(request)
    return {"display": {**{name: name in on for name in SWITCHES}, "classes": " ".join(sorted(on))}}
