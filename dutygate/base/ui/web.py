"""页面: the one that says "busy, nothing was changed"; 403, 404 and 500 are found by their templates' names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def busy(request: HttpRequest, retry_after: int = 5) -> HttpResponse:
    """503 with Retry-After (seconds)."""
    response = render(request, "503.html", {"seconds": retry_after}, status=503)
    response["Retry-After"] = str(retry_after)
    return response
