"""What may be handed to a township at all (Articles 1, 7, 11): checked when a case is opened, edited and submitted."""

from __future__ import annotations

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.kinds import is_exit
from dutygate.law.rules.registry import Finding, rule


@rule(cites="1", asks=("declared_class",))
def not_an_excluded_power(facts: Facts) -> list[Finding]:
    """行政处罚、行政许可、行政强制等权力事项不得准入: a declared class with effect "stop" ends here.

    An exit is not held up by it: what should never have been handed over must be able to leave (4.4). So with emergencies. An adjustment
    that has to be opened, of a duty whose class no case has declared, is opened, and the class is declared with its text.
    """
    if is_exit(facts.head):
        return []
    declared = facts.act.get("declared_class") or facts.head.declared_class
    if facts.head.mandated and facts.head.state == "none" and not declared:
        return []  # nobody who could declare it is there yet; its first edit is asked
    power = facts.edition.exclusions.classes.get(declared)
    if power is None:
        return [Finding("power_class_unknown", "1", {"declared_class": declared})]
    if power.effect == "stop":
        return [Finding("excluded_power", "1", {"declared_class": declared})]
    return []


@rule(cites="7", asks=("handles_emergency",))
def not_emergency_handling(facts: Facts) -> list[Finding]:
    """突发、紧急事件的处置不宜纳入准入 (prevention, drills and patrols may be)."""
    declared = facts.act.get("handles_emergency")
    handles = facts.head.handles_emergency if declared is None else declared
    return [Finding("emergency_handling", "7")] if handles and not is_exit(facts.head) else []


@rule(cites="11", serves=("lawful", "strict_procedure"))
def edition_in_force(facts: Facts) -> list[Finding]:
    """已废止的办法不得据以立卷、申请或受理."""
    return [] if facts.head.edition_in_force else [Finding("edition_repealed", "11", {"edition": facts.edition.id})]


@rule(cites="4.3", serves=("strict_procedure",))
def temporary_has_end(facts: Facts) -> list[Finding]:
    """阶段性、临时性工作应有明确时限: without an end date it is "other matters" and goes to the city."""
    head = facts.head
    needed = head.track == "temporary" and not is_exit(head)
    return [Finding("temporary_without_end", "4.3")] if needed and not head.has_end else []
