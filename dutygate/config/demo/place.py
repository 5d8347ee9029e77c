"""The database in which a demo stands, or is to stand: never one with anything real in it.

Asked in plain SQL, since the tables may be of another version, or of another program, and nothing may be changed before it is known.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.organizations.queries import forget_directories
from dutygate.config.demo.performing import VIA

INSTALLATION = "register_installation"


class Standing(Enum):
    """What a database holds. ``PART``: a demo that was interrupted, or is of another version of the story."""

    EMPTY = "empty"
    WHOLE = "a whole demo"
    PART = "a part of a demo"
    REAL = "a real register"
    STRANGE = "tables of another program"


def standing(planned: int) -> Standing:
    """What the default database holds. ``planned``: how many entries a whole demo has made itself."""
    tables = set(connection.introspection.table_names())
    if INSTALLATION not in tables:
        return Standing.STRANGE if tables - _own_tables() else Standing.EMPTY
    if _one(f"SELECT COUNT(*) FROM {INSTALLATION} WHERE is_demo"):  # noqa: S608 - a constant
        made = _one("SELECT COUNT(*) FROM register_entry WHERE via = %s", VIA)
        return Standing.WHOLE if made == planned else Standing.PART
    held = ("register_chain", "register_entry", "organizations_user")
    return Standing.REAL if any(_one(f"SELECT COUNT(*) FROM {table}") for table in held) else Standing.EMPTY  # noqa: S608 - constants


def make_room(found: Standing) -> None:
    """Tables of this version, with nothing in them. Raises ValueError where a demo has no place."""
    if found in (Standing.REAL, Standing.STRANGE):
        raise ValueError(f"the database holds {found.value}")
    up_to_date()
    if found is not Standing.EMPTY:
        call_command("flush", interactive=False, verbosity=0)
    forget_directories()
    forget_kept_editions()


def up_to_date() -> None:
    """The tables of this version."""
    call_command("migrate", interactive=False, verbosity=0)


def _own_tables() -> set[str]:
    """Every table that this program makes: what a first start leaves that was interrupted."""
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}


def _one(sql: str, *params: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]
