"""``decide``: the only place that says whether an action may be done. Pure: no tables, no clock, nothing remembered."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from dutygate.law.procedure.table import OTHERWISE, SAME, Row, procedure_of
from dutygate.law.rules.facts import Acting, Facts
from dutygate.law.rules.registry import CONDITIONS, RULES, Finding, check

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition


@dataclass(frozen=True, slots=True)
class Permit:
    """It may be done; the case is then in state ``to``."""

    to: str
    cites: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """It may not be done. ``kind``: "role" (not for this unit), "state" (not now), "rule" (the law's own reasons)."""

    kind: str
    findings: tuple[Finding, ...]


_watchers: Final[list[Callable[[str, bool], None]]] = []


def watch(watcher: Callable[[str, bool], None]) -> Callable[[], None]:
    """Be told (action, permitted) of every decision; returns the function that ends it. For the coverage report."""
    _watchers.append(watcher)
    return lambda: _watchers.remove(watcher)


def decide(edition: Edition, action: str, state: str, acting: Acting, facts: Facts, on: date) -> Permit | Refuse:
    """May ``acting`` do ``action`` in ``state``? Raises KeyError for an action that the edition does not know.

    The order is that of the answers people need: is it yours at all, is it its time, and only then the rules.
    ``on`` is the day of the act in the jurisdiction's own time zone.
    """
    procedure = procedure_of(edition)
    facts.on = on
    if action in procedure.offices:
        row: Row | None = procedure.offices[action]
        if row is not None and not row.by & acting.relations:
            answer: Permit | Refuse = Refuse("role", (_not_your_role(action, row.cites, row.by),))
            return _told(action, answer)
    else:
        possible = procedure.roles_of(action)
        if not possible & acting.relations:
            return _told(action, Refuse("role", (_not_your_role(action, procedure.cites(action), possible),)))
        row = procedure.row_for(action, state, acting.relations)
    if row is None:
        return _told(action, Refuse("state", (Finding("not_in_this_state", procedure.cites(action), {"action": action, "state": state}),)))
    findings = [finding for guard in row.guards for finding in check(guard, facts)]
    if findings:
        return _told(action, Refuse("rule", tuple(findings)))
    return _told(action, Permit(_target(row, state, facts), row.cites))


def preview(
    edition: Edition, action: str, state: str, acting: Acting, facts: Facts, fields: Collection[str]
) -> tuple[Finding, ...] | Refuse:
    """What blocks an action before its form is filled in: () = it is open to ``acting`` now.

    ``fields`` are the names of the action's payload: rules that judge one of them are left until it is filled in.
    """
    procedure = procedure_of(edition)
    possible = procedure.roles_of(action)
    if not possible & acting.relations:
        return Refuse("role", (_not_your_role(action, procedure.cites(action), possible),))
    row = procedure.row_for(action, state, acting.relations)
    if row is None:
        return Refuse("state", (Finding("not_in_this_state", procedure.cites(action), {"action": action, "state": state}),))
    ready = [guard for guard in row.guards if not set(RULES[guard].asks) & set(fields)]
    return tuple(finding for guard in ready for finding in RULES[guard].check(facts))


def _target(row: Row, state: str, facts: Facts) -> str:
    for question, target in row.to:
        if question == OTHERWISE or CONDITIONS[question][0](facts):
            return state if target == SAME else target
    return state


def _not_your_role(action: str, cites: str, by: frozenset[str]) -> Finding:
    return Finding("not_your_role", cites, {"action": action, "by": sorted(by)})


def _told(action: str, answer: Permit | Refuse) -> Permit | Refuse:
    for watcher in _watchers:
        watcher(action, isinstance(answer, Permit))
    return answer
