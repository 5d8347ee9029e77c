"""An index of its own, in memory, of texts that are in no database: for measuring how well rows are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connections
from django.db.utils import load_backend

from dutygate.base.register.alias import working_on
from dutygate.base.search import storage
from dutygate.base.search.index import put
from dutygate.base.search.models import SearchText
from dutygate.base.search.text import Text

ALIAS: Final = "search-apart"
ENGINE: Final = "dutygate.config.sqlite"
"""The program's own backend, by name: it brings the function that makes pairs."""


@contextmanager
def indexed_apart(texts: Iterable[Text]) -> Iterator[None]:
    """Inside, searching looks through these texts and nothing else; gone afterwards. The settings' database is not opened."""
    # Known to this thread alone and to no setting: nobody else can come upon it.
    settings = {**connections.settings["default"], "ENGINE": ENGINE, "NAME": ":memory:", "OPTIONS": {}}
    connection = load_backend(ENGINE).DatabaseWrapper(settings, ALIAS)
    connections[ALIAS] = connection
    try:
        with connection.schema_editor() as editor:
            editor.create_model(SearchText)
        storage.make(connection)
        with working_on(ALIAS):
            put("apart", texts)
            yield
    finally:
        connection.close()
        del connections[ALIAS]
