"""清单的沿革: what a list shows moves into the revision to which an entry points. First the columns, empty."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

UNIT = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "organizations.unit", "verbose_name": "主管部门"}


class Migration(migrations.Migration):
    """Columns of the revision; a duty may be without a case and without a department."""

    dependencies: ClassVar = [("lists", "0001_initial")]

    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="listentry", name="list_entry_once"),
        migrations.AddField("duty", "origin", models.CharField("来源", max_length=20, default="admitted")),
        migrations.AlterField("duty", "track", models.CharField("类别", max_length=20, blank=True)),
        migrations.AlterField("duty", "mode", models.CharField("方式", max_length=20, blank=True)),
        migrations.AlterField("duty", "document_number", models.CharField("批准文号", max_length=80, blank=True)),
        migrations.AlterField("duty", "lead_unit", models.ForeignKey(null=True, **UNIT)),
        migrations.AlterField(
            "duty",
            "case",
            models.OneToOneField(
                "cases.Case", on_delete=django.db.models.deletion.PROTECT, null=True, related_name="+", verbose_name="办件"
            ),
        ),
        migrations.AddField("dutyrevision", "title", models.CharField("职责名称", max_length=200, default=""), preserve_default=False),
        migrations.AddField("dutyrevision", "track", models.CharField("类别", max_length=20, blank=True, default=""), preserve_default=False),
        migrations.AddField("dutyrevision", "mode", models.CharField("方式", max_length=20, blank=True, default=""), preserve_default=False),
        migrations.AddField(
            "dutyrevision",
            "acts_in_name_of",
            models.CharField("以谁的名义", max_length=100, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField("dutyrevision", "lead_unit", models.ForeignKey(null=True, **UNIT)),
        migrations.AddField("dutyrevision", "co_leads", models.JSONField("共同主管部门", default=list)),
        migrations.AddField(
            "dutyrevision", "document_number", models.CharField("批准文号", max_length=80, blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "dutyrevision", "category", models.CharField("事项类别", max_length=60, blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "dutyrevision", "level", models.CharField("确定层级", max_length=20, blank=True, default=""), preserve_default=False
        ),
        migrations.AddField("dutyrevision", "columns", models.JSONField("清单栏目", default=dict)),
        migrations.AddField(
            "dutyrevision",
            "case",
            models.ForeignKey(
                "cases.Case",
                on_delete=django.db.models.deletion.PROTECT,
                null=True,
                related_name="+",
                db_index=False,
                verbose_name="办件",
            ),
        ),
        migrations.AddField(
            "listentry",
            "revision",
            models.ForeignKey("lists.DutyRevision", on_delete=django.db.models.deletion.PROTECT, null=True, related_name="entries"),
        ),
    ]
