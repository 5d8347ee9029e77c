"""Cursor pages: a cursor is opaque to the caller, and says after which row to go on."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, Final

from dutygate.base.catalogue.errors import Malformed

LARGEST_PAGE: Final = 200
USUAL_PAGE: Final = 50
_LARGEST_ID: Final = 2**63 - 1


def pack(*parts: str | int) -> str:
    """The cursor that stands after a row."""
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def unpack(cursor: str, *kinds: type) -> list[Any] | None:
    """The parts of a cursor, None for "". Raises Malformed for what is none of ours."""
    if not cursor:
        return None
    try:
        parts = json.loads(base64.urlsafe_b64decode((cursor + "=" * (-len(cursor) % 4)).encode("ascii")))
        fits = isinstance(parts, list) and [type(part) for part in parts] == list(kinds)
    except (ValueError, binascii.Error, RecursionError):
        fits = False
    if not fits or any(isinstance(part, int) and not 0 <= part <= _LARGEST_ID for part in parts):
        raise Malformed([("cursor", "not a cursor of this list")])
    return list(parts)
