"""每年的承诺（第五条）: duties in force with which something was promised, for this year and not yet entered; and the ear at the lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from dutygate.base.actions.perform import system_acting
from dutygate.base.actions.sweep import Due, swept
from dutygate.base.catalogue.action import Context
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.features.lists.hooks import on_lists_changed
from dutygate.features.lists.queries.held import duties_with_support, spans_of
from dutygate.features.support.models import Pledge
from dutygate.features.support.schedule import owed
from dutygate.features.support.undertaking import held_of, lead_of


@swept
def years_begun(jurisdiction: int, today: date) -> Iterator[Due]:
    """Each duty once a year: what is repeated is owed anew."""
    directory = public_directory(jurisdiction, reference_version_of(jurisdiction))
    system = system_acting(jurisdiction, directory.jurisdiction.code)
    known = Pledge.objects.filter(jurisdiction=jurisdiction, year=today.year).values_list("duty_id", flat=True)
    for duty in duties_with_support(system, jurisdiction, today, known):
        if lead_of(duty, duty.spans) is not None and owed(held_of(duty.spans, directory), today.year):
            yield Due("support.undertake", duty.code)


@on_lists_changed
def commitments_follow(context: Context, duties: Iterable[Any]) -> None:
    """Where something was promised, or is owed already, the commitments follow the lists as an entry of their own."""
    for duty in duties:
        promised = any(one["needed"] for span in spans_of(context.acting, duty) for one in span.support)
        if promised or Pledge.objects.filter(duty=duty).exists():
            context.follow("support.undertake", duty.code)
