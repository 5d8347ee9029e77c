"""Every business row of one case, byte by byte: what a refused action must leave alone (all articles)."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, models

from dutygate.base.actions.models import OpenTask
from dutygate.base.actions.replay import replayed_models
from dutygate.base.register.models import Chain

THROUGH = {
    "review_focusfinding": "assessment_id IN (SELECT id FROM review_assessment WHERE case_id = %s)",
    "lists_dutyrevision": "duty_id IN (SELECT id FROM lists_duty WHERE case_id = %s)",
    "lists_listentry": "duty_id IN (SELECT id FROM lists_duty WHERE case_id = %s)",
    "cases_case": "id = %s",
}
"""Tables of a case that do not name it themselves."""

Rows = dict[str, list[tuple[Any, ...]]]


@cache
def _questions() -> tuple[tuple[str, str, bool], ...]:
    """(table, query, whether it asks for the case): rows of the case where there are such, else how many rows there are and the last."""
    found = []
    for model in replayed_models():
        table = model._meta.db_table
        where = THROUGH.get(table) or ("case_id = %s" if _names_case(model) else "")
        if where:
            found.append((table, f"SELECT * FROM {table} WHERE {where} ORDER BY id", True))
        else:
            found.append((table, f"SELECT COUNT(*), MAX(id) FROM {table}", False))
    found.append((OpenTask._meta.db_table, f"SELECT * FROM {OpenTask._meta.db_table} WHERE subject_id = %s ORDER BY id", True))
    return tuple(found)


def _names_case(model: type[models.Model]) -> bool:
    return any(field.column == "case_id" for field in model._meta.concrete_fields)


def rows_of(case_id: int) -> Rows:
    """Table -> its rows of this case, in the order of their ids."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table, query, of_case in _questions():
            cursor.execute(query, [case_id] if of_case else [])
            rows[table] = cursor.fetchall()
    return rows


def changed(before: Rows, after: Rows) -> list[str]:
    """The tables in which anything differs."""
    return [table for table in before if before[table] != after[table]]


def entries_in(key: str) -> int:
    """How many entries a chain holds, by its head."""
    return Chain.objects.values_list("seq", flat=True).get(key=key)
