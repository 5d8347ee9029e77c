import datetime

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="passed_from",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.post",
                verbose_name="转自",
            ),
        ),
        migrations.CreateModel(
            name="UnitSuccession",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("valid_from", models.DateField(verbose_name="起")),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="止（不含）")),
                ("change", models.IntegerField(verbose_name="变更序号")),
                ("kind", models.CharField(max_length=20, verbose_name="种类")),
                ("main", models.BooleanField(default=False, verbose_name="主要承继")),
                ("ends", models.BooleanField(default=False, verbose_name="原机构撤销")),
                ("founds", models.BooleanField(default=False, verbose_name="新设承继机构")),
                ("takes", models.JSONField(default=dict, verbose_name="承接的事项")),
                ("what", models.TextField(blank=True, verbose_name="承接的职能")),
                ("document", models.CharField(max_length=200, verbose_name="依据文件")),
                ("effective_at", models.DateTimeField(null=True, verbose_name="生效登记时间")),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="organizations.unit",
                        verbose_name="原机构",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.jurisdiction",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="organizations.unit",
                        verbose_name="承继机构",
                    ),
                ),
            ],
            options={"verbose_name": "机构承继", "abstract": False},
        ),
        migrations.AddIndex(
            model_name="unitsuccession",
            index=models.Index(fields=["jurisdiction", "change"], name="unit_succession_change"),
        ),
        migrations.AddConstraint(
            model_name="unitsuccession",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))), name="unitsuccession_not_backwards"
            ),
        ),
    ]
