"""Days of documents: a paper that is entered today was not written tomorrow."""

from __future__ import annotations

from datetime import date

from dutygate.base.catalogue.errors import Malformed
from dutygate.features.cases.facts import CaseSubject


def not_to_come(subject: CaseSubject, **days: date | None) -> None:
    """Raises Malformed, with the field, for a day after that of the entry: a mistake in it could not be corrected later."""
    late = [name for name, day in days.items() if day is not None and day > subject.door.today]
    if late:
        raise Malformed([(name, "lies in the future") for name in late])
