"""公布的事项、变动: of the publications that are there, with the ids that the action gives them; and found by their words."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from dutygate.base.search.filling import fill
from dutygate.features.lists.publishing import changes_between, text_of


def put(apps: Any, schema_editor: Any) -> None:
    """Publication by publication, in the order in which they were made."""
    alias = schema_editor.connection.alias
    publications = apps.get_model("lists", "Publication").objects.using(alias).order_by("id")
    lists, entries, changes = (apps.get_model("lists", name).objects.using(alias) for name in ("PublishedList", "PublishedEntry", "PublishedChange"))
    newest: dict[tuple[str, int], tuple[Any, Any]] = {}
    for publication in publications.iterator(chunk_size=20):
        own = list(lists.filter(publication=publication.id).order_by("id"))
        next_id = publication.id + len(own) + 1
        rows = []
        for one in own:
            for place, row in enumerate(one.content["rows"]):
                said = {"section": row["section"], "code": row["code"], "title": row["title"]}
                rows.append(entries.model(id=next_id, jurisdiction_id=one.jurisdiction_id, published_list_id=one.id, place=place, row=row, **said))
                next_id += 1
        entries.bulk_create(rows, batch_size=500)
        fill(apps, schema_editor, "published", (text_of(row.id, row.row) for row in rows))
        for one in own:
            key = (publication.list_name, one.township_id)
            day, before = newest.get(key, (publication.as_of, None))
            if day <= publication.as_of:
                found = changes_between(before, one.content)
                newest[key] = (publication.as_of, one.content)
            else:
                found = []
            changes.bulk_create(
                changes.model(id=next_id + place, jurisdiction_id=one.jurisdiction_id, published_list_id=one.id, place=place, **change)
                for place, change in enumerate(found)
            )
            next_id += len(found)


class Migration(migrations.Migration):
    """Rows alone."""

    dependencies: ClassVar = [("lists", "0009_published_rows"), ("search", "0001_index")]

    operations: ClassVar = [migrations.RunPython(put, migrations.RunPython.noop)]
