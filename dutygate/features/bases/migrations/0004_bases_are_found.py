"""查找: the bases that are there are put into the search index."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from dutygate.base.search.filling import fill
from dutygate.base.search.text import Text


def put(apps: Any, schema_editor: Any) -> None:
    """Title and marks as ``searching`` has them."""
    rows = apps.get_model("bases", "LegalBasis").objects.using(schema_editor.connection.alias).order_by("id")
    texts = (
        Text(row.id, row.title, " ".join((row.article, row.document_number, row.issuer, row.key, row.number_key, row.article_key)))
        for row in rows.iterator(chunk_size=500)
    )
    fill(apps, schema_editor, "basis", texts)


class Migration(migrations.Migration):
    """Rows alone."""

    dependencies: ClassVar = [("bases", "0003_keys_anew"), ("search", "0001_index")]

    operations: ClassVar = [migrations.RunPython(put, migrations.RunPython.noop)]
