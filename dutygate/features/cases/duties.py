"""所涉事项 (Articles 4.4, 4.5): the duty that an exit or an adjustment is about. The lists, further up, know it; a case asks here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dutygate.base.catalogue.errors import NotFound
from dutygate.law.rules import Finding


@dataclass(frozen=True, slots=True)
class DutyNow:
    """A duty as it stands on a day. Units are ids.

    ``holders`` are the townships on whose lists it holds that day, ``ends_on`` the last day of the latest of these entries, None while
    open. ``lead`` is None for a duty that no department has handed over. ``declared_class`` and ``necessity`` are those of the case that
    admitted it, or "".
    """

    id: int
    code: str
    title: str
    track: str
    mode: str
    acts_in_name_of: str
    lead: int | None
    partners: tuple[str, ...]
    holders: tuple[int, ...]
    list_name: str
    section: str
    ends_on: date | None
    declared_class: str
    necessity: str

    @property
    def in_force(self) -> bool:
        """Whether it binds some township that day."""
        return bool(self.holders)


ReadDuty = Callable[[int, str | int, date], "DutyNow | None"]
_read: Final[list[ReadDuty]] = []


def tells_duty(read: ReadDuty) -> ReadDuty:
    """Register who knows the duties: (jurisdiction id, code or id, day) -> the duty as it stands, or None; the lists do."""
    _read[:] = [read]
    return read


def duty_on(jurisdiction_id: int, duty: str | int, on: date) -> DutyNow | None:
    """A duty of that jurisdiction by its code or its id, as it stands on a day, or None."""
    return _read[0](jurisdiction_id, duty, on) if _read else None


def duty_code(case: Any) -> str:
    """The code of the duty that an exit or an adjustment is about, "" for an admission."""
    return "" if case.duty_id is None else str(case.duty.code)


def in_own_cause(case: Any, on: date) -> frozenset[int]:
    """Who assesses nothing in a case (ids, Article 3): whoever applies, and the department whose duty it is about."""
    duty = None if case.duty_id is None else duty_on(case.jurisdiction_id, case.duty_id, on)
    return frozenset({case.initiator_id} | ({duty.lead} if duty is not None and duty.lead is not None else set()))


def duty_required(jurisdiction_id: int, code: str, on: date) -> DutyNow:
    """The same. Raises NotFound."""
    found = duty_on(jurisdiction_id, code, on)
    if found is None:
        raise NotFound([Finding("not_found", "4.4", {"subject": code})])
    return found
