"""任席位."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from django.db.models import F
from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations import facts
from dutygate.base.organizations.actions.office import OfficeAction
from dutygate.base.organizations.facts import UnitSubject
from dutygate.base.organizations.models import Seat
from dutygate.base.organizations.terms import MANY_UNITS, OPEN_END, SeatName


@dataclass(frozen=True, slots=True)
class SeatSubject:
    """席位 of a jurisdiction, and the unit that is to take it."""

    jurisdiction_id: int
    jurisdiction: str
    seat: str
    unit: UnitSubject


class SeatGiven(Given):
    """``unit``: the key of a unit of the jurisdiction or of its parent. ``valid_to``: the first day on which it is over."""

    seat: SeatName
    unit: str = Field(max_length=80)
    valid_from: date | None = None
    valid_to: date = OPEN_END
    document: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def not_backwards(self) -> Self:
        """A time of office has at least one day."""
        if self.valid_from is not None and self.valid_to <= self.valid_from:
            raise ValueError("valid_to must come after valid_from")
        return self


@register_action
class TakeSeat(OfficeAction[SeatSubject]):
    """任席位（第一条、第三条、第四条（三））. Subject: the code of the jurisdiction in which the seat is.

    A seat of one unit passes to the new one on that day; ``member`` may be held by several at once.
    """

    name = "unit.take_seat"
    bumps_reference = True
    Payload: ClassVar[type[BaseModel]] = SeatGiven

    def load(self, ref: str, payload: Any, door: Door) -> SeatSubject:
        """Raises Malformed for a unit that belongs neither here nor to the parent."""
        unit = facts.unit_may_sit(payload.unit, door.jurisdiction_id)
        if ref != door.chain:
            raise Malformed([("subject", "the code of the jurisdiction")])
        if unit is None:
            raise Malformed([("unit", "no unit of this jurisdiction or of its parent has this key")])
        return SeatSubject(door.jurisdiction_id, door.chain, payload.seat, unit)

    def look_up(self, subject: SeatSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """The unit's days and seats, and when the present holder's time began."""
        start = payload.valid_from or door.on
        return {
            "valid_from": start,
            "unit_kind": subject.unit.kind,
            "unit_from": subject.unit.valid_from,
            "unit_to": subject.unit.valid_to,
            "seats_held": facts.seats_held(subject.jurisdiction_id, subject.unit.id, start),
            "seat_from": facts.seat_from(subject.jurisdiction_id, subject.seat, door.today),
        }

    def apply(self, subject: SeatSubject, payload: Any, context: Context) -> None:
        """End the previous holder's time on that day, take back what would begin later, add the new one."""
        start = payload.valid_from or context.on
        if subject.seat not in MANY_UNITS:
            held = Seat.objects.filter(jurisdiction_id=subject.jurisdiction_id, seat=subject.seat)
            held.filter(valid_from__gte=start).update(valid_to=F("valid_from"))
            held.filter(valid_from__lt=start, valid_to__gt=start).update(valid_to=start)
        row = Seat.objects.create(
            id=context.new_id(),
            jurisdiction_id=subject.jurisdiction_id,
            seat=subject.seat,
            unit_id=subject.unit.id,
            valid_from=start,
            valid_to=payload.valid_to,
            document=payload.document,
        )
        context.result |= {"id": str(row.id)}

    def subject_key(self, subject: SeatSubject) -> str:
        """The jurisdiction's code; the seat stands in the payload."""
        return subject.jurisdiction
