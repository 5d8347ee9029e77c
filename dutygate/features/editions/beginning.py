"""到日施行: published editions whose first day has come begin, looked for by the daily sweep (Article 11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dutygate.base.actions.sweep import Due, swept
from dutygate.features.editions.queries import public_not_begun


@swept
def beginning(jurisdiction: int, today: date) -> Iterator[Due]:
    """Every published edition of which it was not entered yet that it began."""
    for code, edition in public_not_begun(jurisdiction, today):
        yield Due("edition.begin", code, {"edition": edition})
