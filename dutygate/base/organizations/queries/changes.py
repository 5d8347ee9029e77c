"""读机构变更: changes on record of the jurisdictions that an administrator or the lead looks at, and those whose day has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.cards import Period
from dutygate.base.organizations.changing import change_ref
from dutygate.base.organizations.models import UnitSuccession
from dutygate.base.organizations.queries.units import places_of


@dataclass(frozen=True, slots=True)
class SuccessionLine(Period):
    """承继: one former unit and one successor (keys and ids) of a change. ``effective_at`` is None while its day lies ahead."""

    ref: str
    kind: str
    former_id: int
    former: str
    successor_id: int
    successor: str
    main: bool
    ends: bool
    what: str
    takes: dict[str, list[str]]
    document: str
    effective_at: datetime | None


def successions_of(viewer: ActingPost, key: str, on: date) -> tuple[SuccessionLine, ...]:
    """What a unit came from and what it went into, within the viewer's jurisdictions; newest first, taken back ones left out."""
    return _lines(viewer, on, Q(from_unit__key=key) | Q(to_unit__key=key))


def changes_in(viewer: ActingPost, code: str, on: date) -> tuple[SuccessionLine, ...]:
    """Every change on record of one of the viewer's jurisdictions, newest first."""
    return _lines(viewer, on, Q(jurisdiction__code=code))


def _lines(viewer: ActingPost, on: date, wanted: Q) -> tuple[SuccessionLine, ...]:
    places = [place.id for place in places_of(viewer, on)]
    rows = UnitSuccession.objects.filter(wanted, jurisdiction__in=places, valid_to__gt=F("valid_from")).order_by("-valid_from", "-id")
    found = rows.values_list(
        *("valid_from", "valid_to", "jurisdiction__code", "change", "kind", "from_unit_id", "from_unit__key", "to_unit_id"),
        *("to_unit__key", "main", "ends", "what", "takes", "document", "effective_at"),
    )
    return tuple(SuccessionLine(start, end, change_ref(code, number), *rest) for start, end, code, number, *rest in found)


def public_changes_due(on: date) -> list[tuple[int, str, str]]:
    """Changes whose day has come and that have not taken effect: (jurisdiction id, its code, change), in the order of their days."""
    rows = UnitSuccession.objects.filter(effective_at=None, valid_from__lte=on, valid_to__gt=F("valid_from"))
    found: Iterable[tuple[int, str, int]] = rows.order_by("valid_from", "id").values_list("jurisdiction_id", "jurisdiction__code", "change")
    return list(dict.fromkeys((place, code, change_ref(code, number)) for place, code, number in found))
