"""原来的登记: before a basis is described otherwise, what the registry said of it is put by (second clock)."""

from __future__ import annotations

from typing import Any, Final

from dutygate.base.catalogue.action import Context
from dutygate.features.bases.models import BasisChange, BasisReading, LegalBasis

KEPT: Final = ("title", "kind", "issuer", "document_number", "article", "in_force_from", "in_force_to", "repealed_on", "confirmed")


def keep_reading(row: LegalBasis, cause: str, reason: str, context: Context, *, change: BasisChange | None = None) -> None:
    """Put by how the basis reads now; call it before the change."""
    BasisReading.objects.create(
        id=context.new_id(),
        jurisdiction_id=row.jurisdiction_id,
        basis=row,
        details=details_of(row),
        cause=cause,
        reason=reason,
        change=change,
        unit_id=context.acting.unit_id,
        recorded_to=context.recorded_at,
    )


def details_of(row: LegalBasis) -> dict[str, Any]:
    """How the registry describes a basis, as plain values."""
    return {name: _plain(getattr(row, name)) for name in KEPT}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
