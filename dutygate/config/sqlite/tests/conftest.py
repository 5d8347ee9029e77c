"""A database of their own for the tests of the queue, whatever database the run is on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from dutygate.config.sqlite.tests.writer import description

ALIAS = "queued"


@pytest.fixture
def database(tmp_path: Path, django_db_blocker: Any) -> Iterator[Callable[..., Path]]:
    """Makes the database with a table `tally`; called again with other options, reopens it with them."""
    path = tmp_path / "queued.sqlite3"

    def open_with(**options: Any) -> Path:
        if ALIAS in connections.settings:
            connections[ALIAS].close()
            del connections[ALIAS]
        connections.settings[ALIAS] = description(path, **options)
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS tally (id INTEGER PRIMARY KEY, who TEXT, asked_at REAL)")
        return path

    with django_db_blocker.unblock():
        open_with()
        yield open_with
        connections[ALIAS].close()
        del connections[ALIAS], connections.settings[ALIAS]
