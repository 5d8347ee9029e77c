"""What others are told, as plain values to be compared with and without a report (Article 8): answers of the API, rows of every table."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client

from tests.world import World

FLEETING = (
    re.compile(rb'name="(?:csrfmiddlewaretoken|_mark|_key)" value="[^"]*"'),
    re.compile(rb'nonce="[^"]*"|"csrfToken": "[^"]*"'),
    re.compile(rb"\d{1,2}:\d{2}(?::\d{2})?"),
    re.compile(rb"D:\d{14}"),
)
PACKED = b"PK\x03\x04"
API = (
    *("reports", "cases", "tasks", "tasks?limit=1", "register/head", "register/entries?limit=200", "law/provisions", "law/questions"),
    *("duties", "bases", "openapi.json", "law/editions", "documents", "documents?kind=correction_order", "board"),
)


def plain_of(body: bytes) -> bytes:
    if body.startswith(PACKED):  # an office document: its parts, without the times at which they were packed
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(name.encode() + packed.read(name) for name in packed.namelist())
    for pattern in FLEETING:
        body = pattern.sub(b"", body)
    return body


def answers(world: World, secrets: dict[str, str]) -> dict[str, tuple[int, bytes]]:
    """What the API answers to each of them."""
    found = {}
    for who, secret in secrets.items():
        for path in API:
            response = Client(HTTP_AUTHORIZATION=f"Bearer {secret}").get(f"/api/v1/{path}")
            found[f"{who} {path}"] = (response.status_code, plain_of(response.content))
    return found


def tables() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that is not the reports' own, without sessions."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in ("supervision", "sessions", "axes", "auth", "contenttypes") or getattr(model, "confidential", False):
            continue
        rows = model._default_manager.order_by("pk")
        if model._meta.db_table == "register_entry":
            rows = rows.exclude(chain__key__endswith="-s")
        if model._meta.db_table == "register_chain":
            rows = rows.exclude(key__endswith="-s")
        columns = [
            f.attname for f in model._meta.concrete_fields if f.attname not in ("last_used_at", "last_login", "must_change_password")
        ]
        found[model._meta.db_table] = list(rows.values_list(*columns))
    return found


def sequences() -> dict[str, Any]:
    """Where every sequence of PostgreSQL stands: a number that was drawn and is in no row tells as much as a row. {} on SQLite."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
        return dict(cursor.fetchall())
