"""Where the pairs of characters lie: SQLite keeps them in a full-text table by triggers, PostgreSQL in a GIN index. No extension is needed.

SQLite's full-text table keeps no text and no places (``content=''``, ``detail=none``), only which pair is in which row: a third of the
size, and enough, because the text is looked at again. ``LIKE`` on its own trigram table is no way: with one or two Chinese characters it
silently finds nothing. Every category of characters is part of a pair, so that quotes, % and _ are found like any other.

The triggers call ``dutygate_pairs``, which our own connections have (config/sqlite): another program can read the file, not write there.
A migration that remakes the table ``search_searchtext`` on SQLite loses its triggers and has to call ``make`` again.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE: Final = "search_searchtext"
_SQLITE: Final = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_pairs USING fts5(pairs, content='', columnsize=0, detail='none',
       tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")""",
    """CREATE TRIGGER IF NOT EXISTS search_text_added AFTER INSERT ON search_searchtext BEGIN
         INSERT INTO search_pairs (rowid, pairs) VALUES (new.id, dutygate_pairs(new.text)); END""",
    """CREATE TRIGGER IF NOT EXISTS search_text_gone AFTER DELETE ON search_searchtext BEGIN
         INSERT INTO search_pairs (search_pairs, rowid, pairs) VALUES ('delete', old.id, dutygate_pairs(old.text)); END""",
    """CREATE TRIGGER IF NOT EXISTS search_text_changed AFTER UPDATE OF text ON search_searchtext WHEN old.text <> new.text BEGIN
         INSERT INTO search_pairs (search_pairs, rowid, pairs) VALUES ('delete', old.id, dutygate_pairs(old.text));
         INSERT INTO search_pairs (rowid, pairs) VALUES (new.id, dutygate_pairs(new.text)); END""",
)
_SQLITE_GONE: Final = (
    "DROP TRIGGER IF EXISTS search_text_added",
    "DROP TRIGGER IF EXISTS search_text_gone",
    "DROP TRIGGER IF EXISTS search_text_changed",
    "DROP TABLE IF EXISTS search_pairs",
)
# Its price is set high so that it is asked of the index, and not of row after row where LIKE alone would do.
_POSTGRESQL: Final = (
    """CREATE OR REPLACE FUNCTION dutygate_pairs(told text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
         SELECT coalesce(array_agg(DISTINCT one || other), '{}')
         FROM unnest((string_to_array(told, NULL))[:length(told) - 1], (string_to_array(told, NULL))[2:]) AS neighbours(one, other) $$""",
    "CREATE INDEX IF NOT EXISTS search_pairs ON search_searchtext USING gin (dutygate_pairs(text))",
)
_POSTGRESQL_GONE: Final = ("DROP INDEX IF EXISTS search_pairs", "DROP FUNCTION IF EXISTS dutygate_pairs(text)")


def make(connection: BaseDatabaseWrapper) -> None:
    """Make what keeps the pairs, where it is missing."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take it away again; the texts stay."""
    _run(connection, _SQLITE_GONE if connection.vendor == "sqlite" else _POSTGRESQL_GONE)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
