"""清单的沿革: every entry has its revision; of what is known now, one row a day."""

from __future__ import annotations

import datetime
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

OPEN_MOMENT = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)


class Migration(migrations.Migration):
    """After the rows: on PostgreSQL no table is altered in the transaction that filled it."""

    dependencies: ClassVar = [("lists", "0003_revisions_say_what_duties_said")]

    operations: ClassVar = [
        migrations.AlterField(
            "listentry",
            "revision",
            models.ForeignKey("lists.DutyRevision", on_delete=django.db.models.deletion.PROTECT, related_name="entries"),
        ),
        migrations.AddConstraint(
            "listentry",
            models.UniqueConstraint(
                fields=["duty", "township", "valid_from"], condition=models.Q(recorded_to=OPEN_MOMENT), name="list_entry_known_once"
            ),
        ),
    ]
