"""Statements of the ORM that are built once and afterwards only filled in.

Building a query costs several times what the database needs to answer it. Those that acts and pages run again and again are therefore
built on their first use, once for each kind of database, and kept as SQL with places for the values. What they ask stays readable as a
queryset, beside the rule it belongs to; nothing of what they find is kept. A query whose shape depends on what is asked, or that is
run seldom, stays a queryset.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, cast

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query import ModelIterable
from django.db.models.sql import UpdateQuery

from dutygate.base.register.alias import current_alias


@dataclass(frozen=True, slots=True)
class _Built:
    """A statement. A parameter is a constant, or the name of a value with what makes the driver's value of it."""

    sql: str
    parameters: tuple[tuple[str, Any], ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]

    def filled(self, values: dict[str, Any]) -> list[Any]:
        return [adapt(values[name]) if name else adapt for name, adapt in self.parameters]


class _Statement:
    """``build`` makes the queryset of its parameters, ``kinds`` are their types (int, str, date, datetime). A parameter is never None."""

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], **kinds: type) -> None:
        self._build = build
        self._kinds = kinds
        self._built: dict[str, _Built] = {}

    def statement(self) -> str:
        """The SQL for the database that is worked on."""
        return self._ready()[1].sql

    def _ready(self) -> tuple[BaseDatabaseWrapper, _Built]:
        connection = connections[current_alias()]
        built = self._built.get(connection.vendor)
        if built is None:
            built = self._built[connection.vendor] = self._make(connection)
        return connection, built

    def _make(self, connection: BaseDatabaseWrapper) -> _Built:
        stand_ins = {name: _stand_in(kind, n) for n, (name, kind) in enumerate(self._kinds.items())}
        compiler = self._compiler(self._build(**stand_ins), connection)
        sql, parameters = compiler.as_sql()
        named = tuple(_named(parameter, stand_ins, connection) for parameter in parameters)
        if {name for name, _ in named if name} != set(stand_ins):
            raise TypeError(f"not every one of {sorted(stand_ins)} stands in: {sql}")
        converters = compiler.get_converters([expression for expression, _sql, _alias in compiler.select or ()])
        return _Built(sql, named, tuple((place, tuple(found), expression) for place, (found, expression) in converters.items()))

    def _compiler(self, queryset: models.QuerySet[Any, Any], connection: BaseDatabaseWrapper) -> Any:
        return queryset.query.get_compiler(connection=connection)


class PreparedChange(_Statement):
    """A change whose shape never changes: the rows of the queryset get the values of ``to``."""

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], to: Mapping[str, Any], **kinds: type) -> None:
        super().__init__(build, **kinds)
        self._to = to

    def make(self, **values: Any) -> int:
        """Change them; how many there were."""
        connection, built = self._ready()
        with connection.cursor() as cursor:
            cursor.execute(built.sql, built.filled(values))
            return int(cursor.rowcount)

    def _compiler(self, queryset: models.QuerySet[Any, Any], connection: BaseDatabaseWrapper) -> Any:
        query = cast(UpdateQuery, queryset.query.chain(UpdateQuery))
        query.add_update_values(dict(self._to))
        return query.get_compiler(connection=connection)


class Prepared(_Statement):
    """A query whose shape never changes. With ``values_list`` the rows are tuples, otherwise records."""

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], **kinds: type) -> None:
        super().__init__(build, **kinds)
        self._record: type[models.Model] | None = None
        self._columns: tuple[str, ...] = ()

    def rows(self, **values: Any) -> list[Any]:
        """Every row."""
        connection, built = self._ready()
        with connection.cursor() as cursor:
            cursor.execute(built.sql, built.filled(values))
            return [self._read(row, built, connection) for row in cursor.fetchall()]

    def first(self, **values: Any) -> Any:
        """The first row, or None. Meant for queries that find at most one."""
        connection, built = self._ready()
        with connection.cursor() as cursor:
            cursor.execute(built.sql, built.filled(values))
            row = cursor.fetchone()
        return None if row is None else self._read(row, built, connection)

    def _read(self, row: Sequence[Any], built: _Built, connection: BaseDatabaseWrapper) -> Any:
        values = list(row)
        for place, converters, expression in built.converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return tuple(values) if self._record is None else self._record.from_db(connection.alias, self._columns, values)

    def _compiler(self, queryset: models.QuerySet[Any, Any], connection: BaseDatabaseWrapper) -> Any:
        if queryset._iterable_class is ModelIterable:
            self._columns = tuple(field.attname for field in queryset.model._meta.concrete_fields)
            self._record = queryset.model
            queryset = queryset.values_list(*self._columns)
        return super()._compiler(queryset, connection)


def _stand_in(kind: type, n: int) -> Any:
    """What stands for a value while a statement is built: inside even the smallest integer column, and nobody's id, name or day."""
    if kind is int:
        return 32_001 + n
    if kind is datetime:
        return datetime(1900, 1, 1 + n, tzinfo=UTC)
    return date(1, 1, 1 + n) if kind is date else f"\ue000{n}"


def _named(parameter: Any, stand_ins: dict[str, Any], connection: BaseDatabaseWrapper) -> tuple[str, Any]:
    """(name, how to make the driver's value) of a stand-in, or ("", the constant). PostgreSQL's whole numbers have types of their own."""
    day, moment = connection.ops.adapt_datefield_value, connection.ops.adapt_datetimefield_value
    for name, value in stand_ins.items():
        if isinstance(value, datetime):
            if parameter == moment(value):
                return name, moment
        elif isinstance(value, date) and parameter == day(value):
            return name, day
        if not isinstance(parameter, bool) and parameter == value:
            return name, type(parameter)
    return "", parameter


@lru_cache(maxsize=256)
def _insertion(model: type[models.Model]) -> tuple[str, str, tuple[Any, ...]]:
    fields = tuple(field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField))
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = f"({', '.join(['%s'] * len(fields))})"
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ', places, fields  # noqa: S608 - names of our own


@lru_cache(maxsize=256)
def _change(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    every = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    fields = tuple(field for field in every if not names or field.attname in names)
    changes = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {changes} WHERE "{_key(model).column}" = %s', (*fields, _key(model))  # noqa: S608


def _key(model: type[models.Model]) -> Any:
    assert model._meta.pk is not None
    return model._meta.pk


def _values(row: models.Model, fields: Sequence[Any], connection: BaseDatabaseWrapper) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


def insert(*rows: models.Model) -> None:
    """Add rows of one kind with the ids that they have: one statement, however many."""
    if not rows:
        return
    connection = connections[current_alias()]
    sql, places, fields = _insertion(type(rows[0]))
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(sql + places, _values(rows[0], fields, connection))
        elif connection.vendor == "sqlite":  # it limits the parameters of a statement
            cursor.executemany(sql + places, [_values(row, fields, connection) for row in rows])
        else:  # each statement is a message to the server and back
            cursor.execute(sql + ", ".join([places] * len(rows)), [value for row in rows for value in _values(row, fields, connection)])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def rewrite(row: models.Model, *names: str) -> None:
    """Write these columns of a row that was read under the head's lock, or all. Raises RuntimeError when it is gone."""
    connection = connections[current_alias()]
    sql, fields = _change(type(row), names)
    with connection.cursor() as cursor:
        cursor.execute(sql, _values(row, fields, connection))
        if cursor.rowcount != 1:
            raise RuntimeError(f"{type(row).__name__} {row.pk} is gone although the head was locked")
