"""``text__holds=words``: every word stands in the text. Asked of the pairs of characters first, then of the text itself."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup

from dutygate.base.search.text import pairs

Sql = tuple[str, tuple[Any, ...]]


class Holds(Lookup):
    """For ``SearchText.text`` alone. A word of one character has no pair: for it only the text is read."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Sql:
        """Without an index: what every other way must agree with."""
        text, given = self.process_lhs(compiler, connection)
        patterns = [f"%{connection.ops.prep_for_like_query(word)}%" for word in self.rhs]
        said = " AND ".join([rf"{text} LIKE %s ESCAPE '\'"] * len(patterns))
        return said, tuple(value for pattern in patterns for value in (*given, pattern))

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> Sql:
        """The pairs in the full-text table beside it, then the place of the word in the text."""
        text, given = self.process_lhs(compiler, connection)
        said = " AND ".join([f"instr({text}, %s) > 0"] * len(self.rhs))
        values = tuple(value for word in self.rhs for value in (*given, word))
        wanted = self._pairs()
        if not wanted:
            return said, values
        row = f'"{self.lhs.alias}"."id"'
        found = f"{row} IN (SELECT rowid FROM search_pairs WHERE search_pairs MATCH %s)"  # noqa: S608 - names of our own
        return f"{found} AND {said}", (match(wanted), *values)

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Sql:
        """The pairs in the GIN index, then LIKE."""
        said, values = self.as_sql(compiler, connection)
        wanted = self._pairs()
        if not wanted:
            return said, values
        text, given = self.process_lhs(compiler, connection)
        return f"dutygate_pairs({text}) @> %s::text[] AND {said}", (*given, list(wanted), *values)

    def _pairs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(pair for word in self.rhs for pair in pairs(word)))


def match(wanted: tuple[str, ...]) -> str:
    """A question to the full-text table: all of these pairs."""
    return " AND ".join(f'"{pair.replace(chr(34), chr(34) * 2)}"' for pair in wanted)
