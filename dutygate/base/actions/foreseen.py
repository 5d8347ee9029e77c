"""先看后面的步骤: what the rules of a later step say to a case as it stands, whatever its state; nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass

from dutygate.base.actions.now import Now
from dutygate.base.catalogue.registry import action_named
from dutygate.law.rules import RULES, Finding
from dutygate.law.rules.facts import Acting


@dataclass(frozen=True, slots=True)
class Asked:
    """One rule of that step, and what it found; () = it will find nothing."""

    rule: str
    cites: str
    findings: tuple[Finding, ...]


def foreseen(now: Now, action: str) -> tuple[Asked, ...]:
    """Every rule of an action for the viewer, in the order of the procedure. Rules that judge only what its form brings are left out.

    Raises KeyError for an action that the edition does not know.
    """
    viewer = now.door.acting
    acting = Acting(viewer.user_key, viewer.unit, now.looked.relations(now.procedure.roles_of(action)))
    fields = set(action_named(action).Payload.model_fields)
    rows = [row for row in now.procedure.rows[action] if row.by & acting.relations]
    guards = [guard for guard in dict.fromkeys(g for row in rows for g in row.guards) if not set(RULES[guard].asks) & fields]
    facts = now.looked.facts(acting, frozenset(group for guard in guards for group in RULES[guard].needs))
    return tuple(Asked(guard, RULES[guard].cites, tuple(RULES[guard].check(facts))) for guard in guards)
