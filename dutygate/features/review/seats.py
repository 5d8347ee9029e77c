"""Seats as people and programs name them in a payload (Article 3)."""

from __future__ import annotations

from dutygate.base.catalogue.errors import Malformed
from dutygate.features.cases.case_action import resolve_unit
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.review.facts import MEMBER, member_seat, seats_of_unit

SEAT_LENGTH = 100


def resolve_seat(subject: CaseSubject, named: str, acting_unit: int | None) -> str:
    """The seat as the rules name it. "member" is the acting unit's own appointed seat; "member:" takes a unit by key, code or name.

    An unknown word is left as it is: the rules say what is wrong with it. Raises Malformed for an unknown unit, or when "member" may
    be one of several.
    """
    if named == MEMBER:
        held = [seat for seat in seats_of_unit(subject, acting_unit) if seat.startswith(f"{MEMBER}:")]
        if len(held) > 1:
            raise Malformed([("seat", f"one of: {', '.join(held)}")])
        return held[0] if held else named
    if named.startswith(f"{MEMBER}:"):
        return member_seat(resolve_unit(subject.directory, named.partition(":")[2], "seat").key)
    return named
