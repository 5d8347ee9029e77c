"""未办结的办件 of a jurisdiction: how many run under another edition than the one that begins, and their tasks brought up to date."""

from __future__ import annotations

from dutygate.features.cases.models import Case


def open_under_others(jurisdiction_id: int, edition: str) -> int:
    """How many open cases run under another edition (Article 11)."""
    return Case.objects.filter(jurisdiction=jurisdiction_id, closed_at__isnull=True).exclude(edition=edition).count()
