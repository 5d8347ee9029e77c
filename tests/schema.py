"""The tables of a database as they are: taken down to the ground, and described so that two ways to make them can be compared."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection

Described = dict[str, dict[str, Any]]


def described() -> Described:
    """Table -> its columns (type, whether NULL, default), its constraints and indexes, and on SQLite its triggers. Order does not count."""
    with connection.cursor() as cursor:
        return {table: _table(cursor, table) for table in connection.introspection.table_names(cursor)}


_known: dict[tuple[str, ...], dict[str, Any]] = {}
"""On SQLite by the very statements: Django reads them anew each time, which takes seconds for all tables."""


def _table(cursor: Any, table: str) -> dict[str, Any]:
    if connection.vendor != "sqlite":
        return _looked_at(cursor, table)
    cursor.execute("SELECT coalesce(sql, name) FROM sqlite_master WHERE tbl_name = %s ORDER BY name", [table])
    made_by = tuple(sql for (sql,) in cursor.fetchall())
    if made_by not in _known:
        _known[made_by] = _looked_at(cursor, table)
    return _known[made_by]


def _looked_at(cursor: Any, table: str) -> dict[str, Any]:
    columns = {
        one.name: (one.type_code, one.display_size, one.precision, one.scale, one.null_ok, one.default, one.collation)
        for one in connection.introspection.get_table_description(cursor, table)
    }
    found = connection.introspection.get_constraints(cursor, table)
    constraints = {
        name if _named(name) else f"{one['columns']} {one['foreign_key']}": {
            told: (tuple(value) if isinstance(value, list) else value) for told, value in one.items() if told != "definition"
        }
        for name, one in found.items()
    }
    return {"columns": columns, "constraints": constraints, "triggers": _triggers(cursor, table)}


def _named(constraint: str) -> bool:
    """Whether it has a name of its own: what SQLite numbers has none."""
    return not constraint.startswith("__unnamed") and re.fullmatch(r"fk_\d+", constraint) is None


def _triggers(cursor: Any, table: str) -> list[str]:
    if connection.vendor != "sqlite":
        return []
    cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s ORDER BY name", [table])
    return [sql for (sql,) in cursor.fetchall()]


def without_tables() -> None:
    """Take everything away that is in the database, outside any transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
            return
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%%'")
        virtual = [name for (name,) in cursor.fetchall()]
        for name in (*virtual, *connection.introspection.table_names(cursor)):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)}")
        cursor.execute("PRAGMA foreign_keys = ON")


def differences(one: Described, other: Described) -> list[str]:
    """What the two do not have alike, by table."""
    found = [f"{table} is missing" for table in sorted(set(one) ^ set(other))]
    for table in sorted(set(one) & set(other)):
        for part in one[table]:
            here, there = one[table][part], other[table][part]
            if isinstance(here, dict):
                names = sorted(name for name in {*here, *there} if here.get(name) != there.get(name))
                found += [f"{table}.{name}: {here.get(name)} | {there.get(name)}" for name in names]
            elif here != there:
                found.append(f"{table} {part}: {here} | {there}")
    return found
