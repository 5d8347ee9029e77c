"""一个机构手里有什么: what it carries, leads or takes part in, by codes and numbers; asked before a change names what passes (4.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dutygate.base.organizations.changing import tells_held
from dutygate.base.organizations.facts import UnitSubject
from dutygate.features.application.carrying import cases_concerning
from dutygate.features.cases.succession import open_numbers
from dutygate.features.lists.passing import duties_held


@tells_held("duties")
def public_duties_held(unit: UnitSubject, on: date) -> Iterable[str]:
    """The codes of the duties that a township carries or a department leads or shares, on that day or later."""
    return duties_held(unit.jurisdiction_id, unit.id, unit.key, on)


@tells_held("cases")
def public_cases_held(unit: UnitSubject, on: date) -> Iterable[str]:
    """The numbers of the open cases in which a unit takes part, or in whose scope it is; as they are now."""
    return open_numbers(unit.jurisdiction_id, [unit.id], cases_concerning([unit.id]))
