"""记录化为事实: on which laws the duties rest that stand on a list on a day or will (Article 4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef

from dutygate.features.bases.resting import Citing, duties_rest_on_bases
from dutygate.features.lists.models import OPEN_MOMENT, DutyRevision, ListEntry


def duties_citing(jurisdiction_id: int, on: date) -> list[Citing]:
    """What the lists of a jurisdiction say from a day on of duties that name a basis, as it is known now: one for each revision."""
    holds = ListEntry.objects.filter(revision=OuterRef("pk"), recorded_to=OPEN_MOMENT, valid_to__gt=on)
    rows = DutyRevision.objects.filter(Exists(holds), jurisdiction=jurisdiction_id).exclude(bases=[]).order_by("duty", "revision")
    return [Citing(*row) for row in rows.values_list("id", "duty__code", "title", "track", "lead_unit_id", "bases")]


def townships_holding(revisions: Iterable[int], on: date) -> Mapping[int, Iterable[int]]:
    """The townships (unit ids) on whose lists these revisions stand from a day on."""
    rows = ListEntry.objects.filter(revision__in=list(revisions), recorded_to=OPEN_MOMENT, valid_to__gt=on)
    found: dict[int, dict[int, None]] = {}
    for revision, township in rows.order_by("township__key", "id").values_list("revision", "township"):
        found.setdefault(revision, {})[township] = None
    return found


duties_rest_on_bases(duties_citing, townships_holding)
