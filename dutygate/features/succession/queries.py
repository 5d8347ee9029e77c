"""一个机构手里有什么: what it carries, leads or takes part in, by codes and numbers; asked before a change names what passes (4.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dutygate.base.actions import tasks
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.notices import receipts
from dutygate.base.organizations.changing import tells_held
from dutygate.base.organizations.facts import UnitSubject
from dutygate.base.organizations.passing import OFFICE_POSTS
from dutygate.base.organizations.queries.changes import tokens_in_use
from dutygate.features.application.carrying import cases_concerning
from dutygate.features.cases.succession import open_numbers
from dutygate.features.lists.passing import duties_held
from dutygate.law.rules import Finding

CHANGERS: Final = ("system_admin", "security_admin")


@tells_held("duties")
def public_duties_held(unit: UnitSubject, on: date) -> Iterable[str]:
    """The codes of the duties that a township carries or a department leads or shares, on that day or later."""
    return duties_held(unit.jurisdiction_id, unit.id, unit.key, on)


@tells_held("cases")
def public_cases_held(unit: UnitSubject, on: date) -> Iterable[str]:
    """The numbers of the open cases in which a unit takes part, or in whose scope it is; as they are now."""
    return open_numbers(unit.jurisdiction_id, [unit.id], cases_concerning([unit.id]))


@dataclass(frozen=True, slots=True)
class Touched:
    """变更会动到什么: what a unit has in hand, by numbers and codes alone, since administrators see no business content.

    ``cases``: numbers of open cases, ``duties``: codes, ``tasks`` and ``receipts``: how many it owes.
    """

    key: str
    cases: tuple[str, ...]
    duties: tuple[str, ...]
    tasks: int
    receipts: int
    tokens: int


def touched_by(viewer: ActingPost, unit: UnitSubject, on: date, moment: datetime) -> Touched:
    """What would pass to the successors of a unit of the viewer's jurisdictions. Raises NotAllowed for whoever changes no units."""
    if viewer.kind not in CHANGERS and viewer.kind not in OFFICE_POSTS:
        raise NotAllowed([Finding("not_your_role", "3", {"action": "unit.merge", "by": list(CHANGERS)})])
    return Touched(
        unit.key,
        tuple(public_cases_held(unit, on)),
        tuple(public_duties_held(unit, on)),
        tasks.public_owed_by(unit.id),
        receipts.public_owed_by(unit.id),
        tokens_in_use(viewer, unit.id, moment),
    )
