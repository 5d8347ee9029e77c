"""Many duties on a list, for counts of queries and for pages: copies of one that came about as the law wants it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from dutygate.base.register.prepared import insert
from dutygate.features.lists.models import Duty, DutyRevision, ListEntry
from dutygate.features.lists.searching import be_found


def copies_of(duty: Duty, count: int, **changed: Any) -> None:
    """So many more duties like this one, on the lists of the same townships. ``changed``: fields of the duty's entries."""
    case, entries = duty.case, list(ListEntry.objects.filter(duty=duty).order_by("id"))
    revision = DutyRevision.objects.get(duty=duty)
    models = (type(case), Duty, DutyRevision, ListEntry)
    start = 1 + max(model._default_manager.order_by("-id").values_list("id", flat=True)[0] for model in models)
    numbers = range(Duty.objects.count() + 1, Duty.objects.count() + 1 + count)
    for place, number in enumerate(numbers):
        base = start + place * (len(entries) + 2)
        _again(type(case), case, id=base, number=f"150721-1999-{number:04d}")
        _again(Duty, duty, id=base, code=f"150721-D-{number:04d}", case_id=base, title=f"{duty.title}{number}")
        _again(DutyRevision, revision, id=base, duty_id=base, title=f"{duty.title}{number}", case_id=base)
        for ordinal, entry in enumerate(entries, start=1):
            _again(ListEntry, entry, **{"id": base + ordinal, "duty_id": base, "revision_id": base, "ordinal": number, **changed})

    be_found(DutyRevision.objects.filter(id__gte=start).select_related("duty"))


def _again(model: type[Model], row: Any, **changed: Any) -> None:
    kept = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    insert(model(**{**kept, **changed}))
