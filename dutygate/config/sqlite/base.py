"""Django's SQLite backend, durable (WAL, synchronous=FULL) and with its writers in a queue.

A write outside a transaction stands in the queue for its one statement; BEGIN keeps the place until commit, rollback or
close. Reads never queue. Beyond Django's options there is `queue_timeout`, in seconds (default 10).
"""

import re
import sqlite3
import weakref
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.backends.sqlite3 import base

from dutygate.base.search.text import pairs_in_a_row
from dutygate.config.sqlite.queue import Place, WritersQueue, queue_for

_FIRST_WORD = re.compile(r"\s*(\w+)")
_READS = {"SELECT", "PRAGMA", "EXPLAIN", "VALUES", "ATTACH", "DETACH", "COMMIT", "END", "ROLLBACK", "RELEASE"}
_WRITE_IN_WITH = re.compile(r"\b(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def writes(sql: str) -> bool:
    """Does `sql` take SQLite's write lock, or open a transaction that will? In doubt, yes."""
    word = _FIRST_WORD.match(sql)
    first = word[1].upper() if word else ""
    if first == "WITH":
        return _WRITE_IN_WITH.search(sql) is not None
    return first not in _READS


class QueuedCursor(base.SQLiteCursorWrapper):
    """A cursor whose writes take a place in the queue first."""

    def __init__(self, connection: sqlite3.Connection, place: Place) -> None:
        super().__init__(connection)
        self._place = place

    def execute(self, query: str, params: Any = None) -> Any:
        return self._in_turn(query, super().execute, query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        return self._in_turn(query, super().executemany, query, param_list)

    def _in_turn(self, query: str, run: Callable[..., Any], *arguments: Any) -> Any:
        if not self.connection.in_transaction and writes(query):
            self._place.take()
        try:
            return run(*arguments)
        finally:
            if self._place.taken and not self.connection.in_transaction:
                self._place.leave()


def _queue_of(settings_dict: dict[str, Any]) -> WritersQueue | None:
    """Looked up at each turn, because tests rename the database; None for one in memory that only its connection sees."""
    name = str(settings_dict["NAME"])
    return None if name == ":memory:" else queue_for(name)


class DatabaseWrapper(base.DatabaseWrapper):
    """See the module."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        timeout = float(settings_dict.get("OPTIONS", {}).get("queue_timeout", 10))
        self.place = Place(partial(_queue_of, settings_dict), timeout)
        # A thread that ends in the middle of a transaction drops its connection without closing it.
        weakref.finalize(self, self.place.leave).atexit = False

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params.pop("queue_timeout", None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA synchronous=FULL")
        # What the triggers of the search index call, and nothing else: see dutygate.base.search.storage.
        connection.create_function("dutygate_pairs", 1, pairs_in_a_row, deterministic=True)
        # The journal mode is kept in the file. Asking is free; changing it needs the file alone, so it queues.
        if connection.execute("PRAGMA journal_mode").fetchone()[0] not in {"wal", "memory"}:
            self.place.take()
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            finally:
                self.place.leave()
        return connection

    def create_cursor(self, name: str | None = None) -> QueuedCursor:
        place = self.place
        cursor: QueuedCursor = self.connection.cursor(factory=lambda connection: QueuedCursor(connection, place))
        return cursor

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave_unless_in_transaction()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave_unless_in_transaction()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self.place.leave()

    def _leave_unless_in_transaction(self) -> None:
        """A COMMIT that failed (a deferred constraint) leaves the transaction open, and the place taken, for the rollback."""
        if self.connection is None or not self.connection.in_transaction:
            self.place.leave()
