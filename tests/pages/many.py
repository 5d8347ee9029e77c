"""Thousands of cases in a moment: every row that belongs to the cases there are is copied inside the database, with other numbers."""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.db import connection

from dutygate.base.search.index import rebuild

CASE: Final = "cases.Case"
STEP: Final = 10**13
"""Between the id of a row and that of its next copy: more than all ids of one chain take up."""
NEAR: Final = 10_000
"""The same where ids are small: entries, tasks, case numbers."""
HEADS: Final = {"subject": 12, "number": 12, "code": 9}
"""Columns that name the case or the duty, 150721-2026-0001 or 150721-D-0001: how long it is before the running number."""


def belongs(model: Any) -> bool:
    """Whether rows of it belong to a case, by a chain of foreign keys."""
    return model._meta.label == CASE or any(
        field.is_relation and field.related_model is not model and belongs(field.related_model) for field in model._meta.concrete_fields
    )


def copy_cases(copies: int, apart: int = 1) -> None:
    """Each case that is there gets so many copies, with all that was said, decided and owed about it.

    ``apart``: for copies of copies, how many of each there are already.
    """
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not model.__module__.startswith("dutygate."):
                continue
            if belongs(model) or model._meta.label in ("register.Entry", "actions.OpenTask"):
                cursor.execute(_copying(model, apart), [copies])
    rebuild()


def _copying(model: Any, apart: int) -> str:
    table, near = model._meta.db_table, not belongs(model)
    columns = [field.column for field in model._meta.concrete_fields]
    shown = [_copied(model, field, NEAR if near else STEP, apart) for field in model._meta.concrete_fields]
    only = " WHERE r.subject IN (SELECT number FROM cases_case)" if model._meta.label == "register.Entry" else ""
    into = ", ".join(f'"{column}"' for column in columns)
    numbers = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < %s)"
    # The rows are read first: SQLite may otherwise come upon those that it has just put in.
    source = f'(SELECT * FROM "{table}" r{only}) r'
    return f'INSERT INTO "{table}" ({into}) {numbers} SELECT {", ".join(shown)} FROM n, {source}'


def _copied(model: Any, field: Any, step: int, apart: int) -> str:
    column = f'r."{field.column}"'
    if field.primary_key or (step == NEAR and field.column == "seq"):
        return f"{column} + n.k * {step * apart}"
    if (field.is_relation and belongs(field.related_model)) or field.column == "subject_id":
        return f"{column} + n.k * {STEP * apart}"
    if field.column in HEADS and (field.unique or field.column == "subject"):
        head = HEADS[field.column]
        return f"substr({column}, 1, {head}) || (n.k * {NEAR * apart} + CAST(substr({column}, {head + 1}) AS INTEGER))"
    return column
