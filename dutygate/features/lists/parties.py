"""相关各方 of a duty: whom its end concerns (Article 4.4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dutygate.features.lists.expiring import ends_by_time

if TYPE_CHECKING:
    from dutygate.features.lists.duty_action import DutySubject


def parties_of_duty(subject: DutySubject, on: date) -> list[int]:
    """Unit ids: its department and partners, every township that holds it until its last day, the conference's seats.

    In the place of a unit that was dissolved since stands its successor.
    """
    duty, directory = subject.duty, subject.directory
    found: list[int] = [] if duty.lead_unit_id is None else [duty.lead_unit_id]
    found += [directory.by_key(key).id for key in duty.co_leads]
    if duty.ends_on is not None:
        found += ends_by_time(duty.id, duty.ends_on).order_by("township").values_list("township_id", flat=True)
    seats = directory.seats(on)
    found += [seats[seat] for seat in ("lead", "legal", "services") if seat in seats]
    return list(dict.fromkeys(directory.stands_for(unit) for unit in found))
