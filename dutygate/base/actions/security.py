"""The security log: what was tried and is no business of the register. Rate-limited, so that nobody can flood it."""

from __future__ import annotations

import threading
import time
from typing import Any, Final

from dutygate.base.actions import clock
from dutygate.base.actions.models import SecurityEvent
from dutygate.base.register.prepared import insert

PER_MINUTE: Final = 60
_lock = threading.Lock()
_window: dict[tuple[int | None, str], tuple[int, int]] = {}


def note(kind: str, *, user_id: int | None = None, post_id: int | None = None, address: str = "", **detail: Any) -> bool:
    """Write one line, unless this user or address already wrote 60 this minute. Returns whether it was written.

    Call it outside a transaction that may roll back. ``detail`` must be plain values without personal content.
    """
    minute = int(time.monotonic() // 60)
    who = (user_id, address)
    with _lock:
        if len(_window) > 10_000:
            _window.clear()
        seen_minute, count = _window.get(who, (minute, 0))
        count = count + 1 if seen_minute == minute else 1
        _window[who] = (minute, count)
    if count > PER_MINUTE:
        return False
    insert(SecurityEvent(recorded_at=clock.now(), kind=kind, user_id=user_id, post_id=post_id, address=address[:64], detail=detail))
    return True
