from typing import Any

from django.db import migrations, models

from dutygate.base.search import storage


def make(apps: Any, schema_editor: Any) -> None:
    storage.make(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    storage.remove(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name": "查找索引",
                "indexes": [models.Index(fields=["kind", "id"], name="search_text_kind")],
            },
        ),
        migrations.RunPython(make, remove),
    ]
