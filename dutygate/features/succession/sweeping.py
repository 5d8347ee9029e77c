"""到期生效: changes of units whose day has come take effect, found by the daily sweep; also those of days on which nothing ran."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dutygate.base.actions.sweep import Due, swept
from dutygate.base.organizations.queries.changes import public_changes_due


@swept
def changes_due(jurisdiction: int, today: date) -> Iterable[Due]:
    """Every change that has not taken effect, earliest day first. Once it has, it is not due any more."""
    return [Due("unit.take_effect", ref) for place, _code, ref in public_changes_due(today) if place == jurisdiction]
