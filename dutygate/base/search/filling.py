"""For migrations: rows that were there before the index was, put into it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dutygate.base.search.text import Text, kept


def fill(apps: Any, schema_editor: Any, kind: str, texts: Iterable[Text]) -> None:
    """Let these rows be found. ``apps`` as the migration has them."""
    model = apps.get_model("search", "SearchText")
    rows = (model(id=text.id, kind=kind, text=kept(text)) for text in texts)
    model.objects.using(schema_editor.connection.alias).bulk_create(rows, batch_size=300, ignore_conflicts=True)
