"""查找: the cases that are there are put into the search index, with what their applications say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import migrations

from dutygate.base.search.filling import fill
from dutygate.base.search.text import Text


def put(apps: Any, schema_editor: Any) -> None:
    """Title, number and content as ``searching`` has them."""
    fill(apps, schema_editor, "case", _texts(apps, schema_editor.connection.alias))


def _texts(apps: Any, alias: str) -> Iterator[Text]:
    cases = apps.get_model("cases", "Case").objects.using(alias).order_by("id").values_list("id", "title", "number")
    items = apps.get_model("application", "ItemText").objects.using(alias).filter(item="content", addition="", is_current=True)
    for case, title, number in cases.iterator(chunk_size=500):
        yield Text(case, title, number, items.filter(case_id=case).values_list("text", flat=True).first() or "")


class Migration(migrations.Migration):
    """Rows alone."""

    dependencies: ClassVar = [("application", "0002_who_entered_what_stands_on_paper"), ("cases", "0001_initial"), ("search", "0001_index")]

    operations: ClassVar = [migrations.RunPython(put, migrations.RunPython.noop)]
