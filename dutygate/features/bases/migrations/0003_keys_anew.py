"""The normal form of titles, numbers and articles has grown: what stands in the columns is computed anew, as a replay would."""

from django.db import migrations

from dutygate.features.bases.recognition import basis_key


def compute(apps, schema_editor):
    bases = apps.get_model('bases', 'LegalBasis').objects.using(schema_editor.connection.alias)
    rows = []
    for row in bases.order_by('id').iterator(chunk_size=2000):
        row.key, row.number_key, row.article_key = basis_key(row.title, row.document_number, row.article)
        rows.append(row)
    bases.bulk_update(rows, ['key', 'number_key', 'article_key'], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('bases', '0002_changes_of_law'),
    ]

    operations = [
        migrations.RunPython(compute, migrations.RunPython.noop),
    ]
