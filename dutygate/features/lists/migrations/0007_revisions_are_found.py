"""查找: the revisions that are there are put into the search index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import migrations

from dutygate.base.search.filling import fill
from dutygate.base.search.text import Text

COLUMNS = ("upper_department", "upper_duties", "township_duties", "taken_over_by", "working_method")


def put(apps: Any, schema_editor: Any) -> None:
    """Title, marks and content as ``searching`` has them."""
    fill(apps, schema_editor, "duty", _texts(apps, schema_editor.connection.alias))


def _texts(apps: Any, alias: str) -> Iterator[Text]:
    for row in apps.get_model("lists", "DutyRevision").objects.using(alias).select_related("duty").order_by("id").iterator(chunk_size=500):
        said = (row.items.get("content"), *(row.columns.get(name) for name in COLUMNS))
        marks = f"{row.duty.code} {row.document_number} {row.category}"
        yield Text(row.id, row.title, marks, "\n".join(str(one) for one in said if one))


class Migration(migrations.Migration):
    """Rows alone."""

    dependencies: ClassVar = [("lists", "0006_imports_corrections_publications"), ("search", "0001_index")]

    operations: ClassVar = [migrations.RunPython(put, migrations.RunPython.noop)]
