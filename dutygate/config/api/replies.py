"""Answers as JSON: text as it is, days and times in ISO 8601, times in UTC with all their digits."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpResponse


def reply(data: Any, status: int = 200) -> HttpResponse:
    """The JSON answer."""
    body = json.dumps(data, ensure_ascii=False, default=plain).encode("utf-8", "replace")
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")


def plain(value: Any) -> Any:
    """What json itself has no form for."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
