"""The one clock. Everything else is handed its time; only a demonstration database may run on another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final

from dutygate.base.register.chains import is_demo


class NotADemo(RuntimeError):
    """Somebody tried to set the clock of a real register."""


_clock: Final[ContextVar[Callable[[], datetime] | None]] = ContextVar("dutygate_clock", default=None)


def now() -> datetime:
    """The present moment, aware, UTC, microseconds."""
    clock = _clock.get()
    return datetime.now(UTC) if clock is None else clock().astimezone(UTC)


def is_set() -> bool:
    """Whether another clock tells the time."""
    return _clock.get() is not None


@contextmanager
def other_clock(clock: Callable[[], datetime]) -> Iterator[None]:
    """Let time be told by ``clock`` for a while. Raises NotADemo unless the database was made as a demonstration."""
    if not is_demo():
        raise NotADemo("only a demonstration database may be given another clock")
    token = _clock.set(clock)
    try:
        yield
    finally:
        _clock.reset(token)
