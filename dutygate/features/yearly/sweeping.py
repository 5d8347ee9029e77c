"""十二月（第四条（四））: in the month that the edition names, the sweep reminds of the yearly review, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dutygate.base.actions.sweep import Due, swept
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.features.lists.queries import public_something_in_force
from dutygate.features.yearly.models import LookReminder
from dutygate.features.yearly.queries import public_month


@swept
def month_has_come(jurisdiction: int, today: date) -> Iterator[Due]:
    """In that month, where some duty is in force and nobody was reminded yet."""
    if today.month != public_month(jurisdiction, today) or not public_something_in_force(jurisdiction, today):
        return
    if not LookReminder.objects.filter(jurisdiction=jurisdiction, year=today.year).exists():
        code = public_directory(jurisdiction, reference_version_of(jurisdiction)).jurisdiction.code
        yield Due("duty.remind_review", code, {"year": today.year})
