"""Which database the register and the actions work on: the default one, or the scratch one of a replay."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

_alias: Final[ContextVar[str]] = ContextVar("dutygate_alias", default="default")


def current_alias() -> str:
    """The alias in use by this thread or task."""
    return _alias.get()


@contextmanager
def working_on(alias: str) -> Iterator[None]:
    """Work on another database for a while."""
    token = _alias.set(alias)
    try:
        yield
    finally:
        _alias.reset(token)


class AliasRouter:
    """Sends reads and writes to ``current_alias``; the scratch database of a replay is not migrated by ``migrate``."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Where to read."""
        return _alias.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Where to write."""
        return _alias.get()

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:
        """Rows of both are the same data."""
        return True
