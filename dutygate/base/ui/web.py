"""页面: large text and high contrast, and the page that says "busy, nothing was changed"; 403, 404 and 500 go by their templates' names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from dutygate.base.ui.display import COOKIE, SWITCHES, public_switched

A_YEAR = 365 * 24 * 3600


def busy(request: HttpRequest, retry_after: int = 5) -> HttpResponse:
    """503 with Retry-After (seconds)."""
    response = render(request, "503.html", {"seconds": retry_after}, status=503)
    response["Retry-After"] = str(retry_after)
    return response


@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """显示: switch large text or high contrast on or off; kept in a cookie of this browser, nothing about the person."""
    wanted = request.POST.get("next", "/")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(wanted if ours else "/")
    on = public_switched(request)
    switch = request.POST.get("switch", "")
    if switch in SWITCHES:
        on ^= {switch}
    response.set_cookie(COOKIE, "-".join(sorted(on)), max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response
