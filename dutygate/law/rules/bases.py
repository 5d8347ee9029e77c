"""Legal bases that change (Articles 1, 4.5): what a change of the law rests on, and that nothing that rests on the law is passed over.

``facts.act`` holds the payload and what the action looked up for it; each rule says which keys it reads.
"""

from __future__ import annotations

from datetime import date

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule


def _day(value: object) -> date | None:
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))


@rule(cites="1")
def basis_is_confirmed(facts: Facts) -> list[Finding]:
    """修改、废止、更正的，应当是已经确认的依据。Reads ``confirmed``, ``name``."""
    return [] if facts.act["confirmed"] else [Finding("basis_not_confirmed", "1", {"basis": facts.act["name"]})]


@rule(cites="4.5", asks=("on",))
def basis_held_until_then(facts: Facts) -> list[Finding]:
    """修改、废止之前，依据应当现行有效。Reads ``on``, ``in_force_from``, ``ends_on``, ``name``."""
    on, first, end = (_day(facts.act[name]) for name in ("on", "in_force_from", "ends_on"))
    assert on is not None
    if (first is None or first < on) and (end is None or on < end):
        return []
    return [Finding("basis_did_not_hold", "4.5", {"basis": facts.act["name"], "day": on.isoformat()})]


@rule(cites="4.5", asks=("document",))
def change_rests_on_document(facts: Facts) -> list[Finding]:
    """修改、废止以公布的文件为准。Reads ``document``."""
    return [] if facts.act["document"] else [Finding("change_without_document", "4.5")]


@rule(cites="4.5", asks=("successor",))
def successor_takes_over_in_time(facts: Facts) -> list[Finding]:
    """替代的依据应当是另一条，并且到那一天已经施行。Reads ``successor``, ``successor_is_itself``, ``successor_from``, ``on``."""
    on, first = _day(facts.act["on"]), _day(facts.act["successor_from"])
    assert on is not None
    if not facts.act["successor"] or (not facts.act["successor_is_itself"] and (first is None or first <= on)):
        return []
    return [Finding("successor_not_in_force", "4.5", {"basis": facts.act["successor"], "day": on.isoformat()})]


@rule(cites="4.5", serves=("lawful", "dynamic"), asks=("duties",))
def every_resting_duty_named(facts: Facts) -> list[Finding]:
    """依据变了，所有以它为据的事项都要列出来，一件不漏。Reads ``resting`` (codes found), ``duties`` (codes named)."""
    missed = sorted(set(facts.act["resting"]) - set(facts.act["duties"]))
    return [Finding("resting_duty_not_named", "4.5", {"duty": code}) for code in missed]
