"""记录化为事实: what the rules of administration look at (Article 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, Q

from dutygate.base.organizations.models import Post, Seat, Unit, UnitCode, UnitName
from dutygate.base.organizations.terms import MANY_UNITS
from dutygate.base.register.prepared import Prepared


@dataclass(frozen=True, slots=True)
class UnitSubject:
    """机构 as the subject of an action."""

    id: int
    key: str
    kind: str
    jurisdiction_id: int
    valid_from: date
    valid_to: date


_UNIT: Final = Prepared(
    lambda key: Unit.objects.filter(key=key).values_list("id", "key", "kind", "jurisdiction_id", "valid_from", "valid_to"), key=str
)


def unit_subject(key: str) -> UnitSubject | None:
    """The unit of that key, or None."""
    row = _UNIT.first(key=key)
    return UnitSubject(*row) if row else None


def unit_may_sit(key: str, jurisdiction_id: int) -> UnitSubject | None:
    """The unit of that key if it belongs to the jurisdiction or to its parent, or None."""
    near = Q(jurisdiction_id=jurisdiction_id) | Q(jurisdiction__children=jurisdiction_id)
    row = Unit.objects.filter(near, key=key).values_list("id", "key", "kind", "jurisdiction_id", "valid_from", "valid_to").first()
    return UnitSubject(*row) if row else None


_HELD: Final = Prepared(
    lambda user, start, end: (
        Post.objects.filter(user_id=user, valid_from__lt=end, valid_to__gt=start)
        .filter(valid_to__gt=F("valid_from"))
        .values_list("unit_id", "kind")
    ),
    user=int,
    start=date,
    end=date,
)


def kinds_held(user_id: int, start: date, end: date) -> frozenset[str]:
    """The kinds of posts that a person holds anywhere on some day of [start, end)."""
    return frozenset(kind for _unit, kind in _HELD.rows(user=user_id, start=start, end=end))


def holds_here(user_id: int, unit_id: int, kind: str, start: date, end: date) -> bool:
    """Whether the person holds that post in that unit on some day of [start, end)."""
    return (unit_id, kind) in _HELD.rows(user=user_id, start=start, end=end)


def post_to_end(user_id: int, unit_id: int, kind: str, day: date) -> int | None:
    """The post that is still to end on ``day`` or later: the one in force then, else the next one to begin."""
    held = Post.objects.filter(user_id=user_id, unit_id=unit_id, kind=kind, valid_to__gt=day).filter(valid_to__gt=F("valid_from"))
    return held.order_by("valid_from").values_list("id", flat=True).first()


def named_from(unit_id: int, on: date) -> date | None:
    """When the name that is in use on ``on`` began: a new one must begin later; names for days to come give way."""
    held = UnitName.objects.filter(unit_id=unit_id, valid_from__lte=on, valid_to__gt=F("valid_from"))
    return held.order_by("-valid_from").values_list("valid_from", flat=True).first()


def code_holder(code: str, start: date, except_unit: int | None) -> str:
    """The key of another unit that has this code on some day from ``start`` on, or ""."""
    held = UnitCode.objects.filter(code=code, valid_to__gt=start).filter(valid_to__gt=F("valid_from"))
    if except_unit is not None:
        held = held.exclude(unit_id=except_unit)
    return held.values_list("unit__key", flat=True).first() or ""


def seats_held(jurisdiction_id: int, unit_id: int, start: date) -> frozenset[str]:
    """The seats that a unit holds in a jurisdiction on some day from ``start`` on."""
    held = Seat.objects.filter(jurisdiction_id=jurisdiction_id, unit_id=unit_id, valid_to__gt=start)
    return frozenset(held.filter(valid_to__gt=F("valid_from")).values_list("seat", flat=True))


def seat_from(jurisdiction_id: int, seat: str, on: date) -> date | None:
    """When the present holder's time in a single-unit seat began; None for a seat of many units, or an empty one."""
    if seat in MANY_UNITS:
        return None
    held = Seat.objects.filter(jurisdiction_id=jurisdiction_id, seat=seat, valid_from__lte=on, valid_to__gt=F("valid_from"))
    return held.order_by("-valid_from").values_list("valid_from", flat=True).first()
