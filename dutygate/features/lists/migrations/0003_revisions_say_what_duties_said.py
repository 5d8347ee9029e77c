"""清单的沿革: until now a duty had one revision; it says what the duty said, and the duty's entries point to it.

The rows become those that a replay of their entries makes today.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations
from django.db.models import OuterRef, Subquery

SHOWN = ("title", "track", "mode", "acts_in_name_of", "lead_unit_id", "co_leads", "document_number", "case_id")


def fill(apps: Any, schema_editor: Any) -> None:
    """One duty after the other into its revision; the entries of all in one statement."""
    alias = schema_editor.connection.alias
    duties, revisions, entries = (apps.get_model("lists", name) for name in ("Duty", "DutyRevision", "ListEntry"))
    for duty in duties.objects.using(alias).order_by("id").iterator(chunk_size=500):
        revisions.objects.using(alias).filter(duty=duty).update(**{name: getattr(duty, name) for name in SHOWN})
    first = revisions.objects.using(alias).filter(duty=OuterRef("duty"), revision=1).values("id")[:1]
    entries.objects.using(alias).update(revision=Subquery(first))


class Migration(migrations.Migration):
    """Rows alone."""

    dependencies: ClassVar = [("lists", "0002_revisions_in_entries")]

    operations: ClassVar = [migrations.RunPython(fill, migrations.RunPython.noop)]
