"""Who decides (Articles 1, 4.3): temporary matters the banner, all others the city after the banner's review."""

from __future__ import annotations

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.kinds import applied_for, banner_decides
from dutygate.law.rules.registry import Finding, rule

BANNER_BODIES = ("banner_committee", "banner_government")


@rule(cites="4.3", serves=("strict_procedure",), asks=("body",))
def acts_for_that_body(facts: Facts) -> list[Finding]:
    """只登记本机关的决定."""
    body = facts.act.get("body")
    return [] if body in facts.acting.relations else [Finding("not_that_body", "4.3", {"body": body})]


@rule(cites="4.3", needs=("decision",), serves=("strict_procedure",), asks=("body",))
def body_decides_now(facts: Facts) -> list[Finding]:
    """此时应由该机关决定，且尚未决定."""
    body = facts.act.get("body", "")
    awaited = body == "city_government" if facts.head.state == "city_decision" else body in facts.decision.needed
    if not awaited:
        return [Finding("body_not_awaited", "4.3", {"body": body})]
    return [Finding("body_already_decided", "4.3", {"body": body})] if facts.decision.outcome_of(body) else []


@rule(cites="4.3", serves=("strict_procedure",), asks=("document_number",))
def document_numbered_and_dated(facts: Facts) -> list[Finding]:
    """批复、请示须有文号和日期."""
    act = facts.act
    missing = [f for f in ("document_number", "dated_on") if not act.get(f)]
    return [Finding("document_incomplete", "4.3", {"field": f}) for f in missing]


@rule(cites="4.3", serves=("strict_procedure",), asks=("outcome",))
def negative_outcome_has_reasons(facts: Facts) -> list[Finding]:
    """不批准或退回须说明理由."""
    negative = facts.act.get("outcome") in ("against", "return")
    return [Finding("decision_reasons_missing", "4.3")] if negative and not facts.act.get("reasons") else []


@rule(cites="4.3", needs=("townships",), serves=("strict_procedure",), asks=("outcome",))
def within_the_application(facts: Facts) -> list[Finding]:
    """批准的乡镇不得多于、期限不得长于申请（可以少、可以短）."""
    if facts.act.get("outcome") != "for":
        return []
    inside = applied_for(facts)
    decided = facts.act.get("townships")
    found = [Finding("township_not_applied_for", "4.3", {"township": t}) for t in sorted(set(decided or ()) - inside)]
    if decided is not None and not set(decided) & inside:
        found.append(Finding("no_township_in_scope", "4.3"))
    if facts.act.get("ends_later"):
        found.append(Finding("end_later_than_applied", "4.3"))
    return found


@rule(cites="1", serves=("strict_procedure",))
def track_goes_to_city(facts: Facts) -> list[Finding]:
    """有明确时限的临时任务由旗委、旗政府批准，不报市."""
    return [Finding("banner_decides_temporary", "1")] if banner_decides(facts.head) else []


@rule(cites="1", needs=("decision",), serves=("strict_procedure",))
def banner_all_for(facts: Facts) -> list[Finding]:
    """旗级审核均同意后方可报市政府."""
    waiting = [body for body in facts.decision.needed if facts.decision.outcome_of(body) != "for"]
    return [Finding("banner_outcome_missing", "1", {"body": body}) for body in waiting]


@rule(cites="4.3", needs=("decision",), serves=("strict_procedure",))
def nothing_decided_yet(facts: Facts) -> list[Finding]:
    """已有机关作出决定的，不能再撤回."""
    return [Finding("already_decided", "4.3")] if facts.decision.outcomes else []


@rule(cites="4.1", serves=("strict_procedure",), asks=("reason",))
def withdrawal_has_reason(facts: Facts) -> list[Finding]:
    """撤回须写明理由."""
    return [] if facts.act.get("reason") else [Finding("reason_missing", "4.1")]
