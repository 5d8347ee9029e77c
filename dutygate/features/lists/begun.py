"""列入时依据已废止（第四条（五））: a law was repealed before a duty began; the adjustment opens on the day on which it begins.

A repeal opens an adjustment for each duty that is in force. What was not in force then is looked for by the daily sweep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef

from dutygate.base.actions.sweep import Due, swept
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.features.bases.adjusting import adjusted_for, adjusted_now, adjustment_of
from dutygate.features.bases.facts import repeal_of
from dutygate.features.cases.duties import duty_on
from dutygate.features.lists.models import OPEN_MOMENT, DutyRevision, ListEntry

LOOKED_BACK: Final = 60
"""So many days back a first day is looked at: the sweep may have been off."""


@swept
def begun_on_what_was_repealed(jurisdiction: int, today: date) -> Iterator[Due]:
    """Every duty handed over by a department that began lately, rests on what was repealed by now, and was never adjusted for it."""
    holds = ListEntry.objects.filter(revision=OuterRef("pk"), recorded_to=OPEN_MOMENT, valid_from__lte=today, valid_to__gt=today)
    rows = DutyRevision.objects.filter(Exists(holds), jurisdiction=jurisdiction, duty__origin="admitted").exclude(bases=[])
    lately = rows.filter(duty__admitted_on__gt=today - timedelta(days=LOOKED_BACK), duty__admitted_on__lte=today)
    texts: dict[str, list[Mapping[str, Any]]] = {}
    for code, bases in lately.order_by("duty", "revision").values_list("duty__code", "bases"):
        texts.setdefault(code, []).extend(bases)
    for code, named in texts.items():
        change = repeal_of(jurisdiction, named, today)
        if change is None or code in adjusted_now(jurisdiction, [code]) | adjusted_for(change, [code]):
            continue
        duty = duty_on(jurisdiction, code, today)
        if duty is not None and duty.in_force and duty.lead is not None:
            directory = public_directory(jurisdiction, reference_version_of(jurisdiction))
            yield Due("case.open", directory.jurisdiction.code, adjustment_of(change, code, directory.unit(duty.lead).key))
