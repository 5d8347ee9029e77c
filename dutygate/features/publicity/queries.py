"""读: how offices may be reached. What was published, everybody may read; who keeps it is the lead."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, F, Max

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.cases.sections import directory_now
from dutygate.features.publicity.models import PublicContact


def public_contacts(units: Collection[int], on: date) -> dict[int, PublicContact]:
    """Unit (id) -> how it may be reached on a day. One query."""
    rows = PublicContact.objects.filter(unit__in=units, valid_from__lte=on, valid_to__gt=on).order_by("id")
    return {row.unit_id: row for row in rows}


def public_contacts_version(jurisdiction: int) -> tuple[int, int, datetime | None]:
    """How many rows, the newest, and when it was recorded: whatever is added makes it another."""
    said = PublicContact.objects.filter(jurisdiction=jurisdiction).aggregate(count=Count("id"), newest=Max("id"), at=Max("recorded_at"))
    return said["count"], said["newest"] or 0, said["at"]


def keeps_contacts(viewer: ActingPost, on: date) -> bool:
    """Whether the viewer's unit publishes them: the lead (Article 3)."""
    if viewer.unit_id is None or viewer.kind not in ("handler", "signatory"):
        return False
    return "lead" in directory_now(viewer).seats_of(viewer.unit_id, on)


def contacts_of(viewer: ActingPost, on: date) -> dict[int, PublicContact]:
    """Unit (id) -> its contact as it holds or will hold first, in the viewer's jurisdiction."""
    kept = PublicContact.objects.filter(jurisdiction=viewer.jurisdiction_id, valid_to__gt=on).exclude(valid_to=F("valid_from"))
    found: dict[int, PublicContact] = {}
    for row in kept.order_by("valid_from", "id"):
        found.setdefault(row.unit_id, row)
    return found
