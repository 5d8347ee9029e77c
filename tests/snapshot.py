"""All our rows as they are, to be put back into an empty database: quicker than making them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction


@dataclass(frozen=True)
class Snapshot:
    """Rows by table: (column names, rows), as the database driver hands them out."""

    tables: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]

    @classmethod
    def take(cls) -> Snapshot:
        """Everything that stands in our tables. Rows with numbers from a database sequence are left out: there must be none."""
        tables = {}
        for model in apps.get_models():
            if getattr(model, "record_class", "operational") == "operational":
                continue  # logs, outbox, whether this is a demonstration: each test has its own
            columns = tuple(field.column for field in model._meta.concrete_fields)
            table = model._meta.db_table
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {_names(columns)} FROM {connection.ops.quote_name(table)}")
                rows = cursor.fetchall()
            if rows:
                assert "Auto" not in model._meta.pk.get_internal_type(), f"{table} takes its ids from a sequence"
                tables[table] = (columns, rows)
        return cls(tables)

    def restore(self) -> None:
        """Put the rows back."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table, (columns, rows) in self.tables.items():
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({_names(columns)}) VALUES ({marks})", rows)


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(connection.ops.quote_name(column) for column in columns)
