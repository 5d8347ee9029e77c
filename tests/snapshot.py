"""Our rows as they are, to be put back, and what a piece of history adds to them, to be added again: quicker than doing it again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, models, transaction

from tests.rows import rows

T = TypeVar("T")
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Table:
    """The rows of one table, as the database driver hands them out, and where the key stands in them."""

    columns: tuple[str, ...]
    key: int
    rows: Rows


@dataclass(frozen=True)
class Snapshot:
    """Rows by table."""

    tables: dict[str, Table]

    @classmethod
    def take(cls) -> Snapshot:
        """Everything but logs, the outbox and the like: of these each test has its own.

        Numbers from a sequence (tasks) come along, and it goes on behind them.
        """
        kept = (model for model in _ours() if model.record_class != "operational")
        return cls({model._meta.db_table: found for model in kept if (found := _read(model)).rows})

    @classmethod
    def of_everything(cls) -> Snapshot:
        """All rows of our tables, logs and outbox too."""
        return cls({model._meta.db_table: _read(model) for model in _ours()})

    def restore(self) -> None:
        """Put the rows back into an empty database."""
        with transaction.atomic():
            for name, table in self.tables.items():
                if table.rows:
                    _insert(name, table.columns, table.rows)


@dataclass
class Changes:
    """Looks on at what is done: the rows of each table as they were before it was first written to."""

    before: dict[str, Table] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def seen(cls) -> Iterator[Changes]:
        """All that is done inside."""
        changes = cls()
        with connection.execute_wrapper(changes):
            yield changes

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """A statement on its way."""
        if not sql.startswith("SELECT"):
            for name in WRITTEN.findall(sql):
                if name not in self.before and name in _by_table():
                    self.before[name] = _read(_by_table()[name])
        return execute(sql, params, many, context)


WRITTEN = re.compile(r"""\b(?:INTO|UPDATE|DELETE FROM)\s+"?(\w+)""")


@dataclass(frozen=True)
class Difference:
    """What was done between two moments: by table, the keys of the rows that went or changed, and the rows that came or are changed."""

    gone: dict[str, tuple[str, Rows]]
    come: dict[str, tuple[tuple[str, ...], Rows]]

    @classmethod
    def since(cls, changes: Changes) -> Difference:
        """What has been done up to now."""
        gone: dict[str, tuple[str, Rows]] = {}
        come: dict[str, tuple[tuple[str, ...], Rows]] = {}
        for name, before in changes.before.items():
            table = _read(_by_table()[name])
            key, earlier, later = table.key, set(before.rows), set(table.rows)
            if went := [(row[key],) for row in before.rows if row not in later]:
                gone[name] = (table.columns[key], went)
            if came := [row for row in table.rows if row not in earlier]:
                come[name] = (table.columns, came)
        return cls(gone, come)

    def redo(self) -> None:
        """Do it again, where the rows are as they were before."""
        with transaction.atomic():
            for name, (key, keys) in self.gone.items():
                with connection.cursor() as cursor:
                    cursor.executemany(f"DELETE FROM {_quoted(name)} WHERE {_quoted(key)} = %s", keys)
            for name, (columns, found) in self.come.items():
                _insert(name, columns, found)


def once(known: dict[tuple[str, ...], tuple[Difference, T]], do: Callable[[], T]) -> T:
    """What ``do`` gives back, with its rows: done where the chains have not stood like this before, put there again where they have."""
    began = tuple(rows("register.Chain").order_by("id").values_list("head_hash", flat=True))
    if began in known:
        known[began][0].redo()
    else:
        with Changes.seen() as changes:
            made = do()
            known[began] = Difference.since(changes), made
    return known[began][1]


def _ours() -> Iterator[Any]:
    return (model for model in apps.get_models() if hasattr(model, "record_class"))


@cache
def _by_table() -> dict[str, Any]:
    return {model._meta.db_table: model for model in _ours()}


def _read(model: type[models.Model]) -> Table:
    """By the driver itself: what stands there is put back by the driver, too."""
    columns, key, statement = _reading(model)
    connection.ensure_connection()
    return Table(columns, key, connection.connection.execute(statement).fetchall())


@cache
def _reading(model: type[models.Model]) -> tuple[tuple[str, ...], int, str]:
    columns = tuple(field.column for field in model._meta.concrete_fields)
    return columns, columns.index(str(model._meta.pk.column)), f"SELECT {_names(columns)} FROM {_quoted(model._meta.db_table)}"


def _insert(name: str, columns: tuple[str, ...], rows: Rows) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_quoted(name)} ({_names(columns)}) VALUES ({marks})", rows)
        if connection.vendor == "postgresql" and (key := _numbered().get(name)) is not None:
            highest = max(row[columns.index(key)] for row in rows)
            on = "SELECT setval(s::regclass, greatest(%s, nextval(s::regclass))) FROM pg_get_serial_sequence(%s, %s) AS t(s)"
            cursor.execute(on, [highest, _quoted(name), key])


@cache
def _numbered() -> dict[str, str]:
    """The keys that come from a sequence, by table."""
    return {model._meta.db_table: str(model._meta.pk.column) for model in _ours() if isinstance(model._meta.pk, models.AutoField)}


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(_quoted(column) for column in columns)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
