"""Rules of a temporary duty whose time ends (Article 4.4): nothing is renewed silently, and every party is told in writing.

``facts.act`` holds the payload and what the action looked up; each rule says which keys it reads.
"""

from __future__ import annotations

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule


@rule(cites="4.4", serves=("lawful",), asks=("last_day",))
def term_is_over(facts: Facts) -> list[Finding]:
    """期限届满之后才办理到期。Reads ``last_day`` (included) and ``today``, both YYYY-MM-DD."""
    last_day, today = str(facts.act["last_day"]), str(facts.act["today"])
    return [] if last_day < today else [Finding("term_not_over", "4.4", {"day": last_day})]


@rule(cites="4.4", asks=("days",))
def warning_is_due(facts: Facts) -> list[Finding]:
    """剩余工作日不多于提醒点时才提醒。Reads ``days`` and ``days_left`` (working days until the last one, included)."""
    if 0 <= int(facts.act["days_left"]) <= int(facts.act["days"]):
        return []
    return [Finding("warning_not_due", "4.4", {"days": facts.act["days"]})]


@rule(cites="4.4")
def end_not_told_yet(facts: Facts) -> list[Finding]:
    """到期只书面告知一次。Reads ``told``."""
    return [Finding("end_told_already", "4.4")] if facts.act["told"] else []


@rule(cites="4.4", asks=("dated_on",))
def end_told_after_it(facts: Facts) -> list[Finding]:
    """到期告知的日期不早于期限届满之日。Reads ``last_day`` and ``dated_on`` (None: the day of entry)."""
    dated = facts.act.get("dated_on")
    if dated is None or str(dated) >= str(facts.act["last_day"]):
        return []
    return [Finding("end_told_too_early", "4.4", {"day": str(facts.act["last_day"])})]


@rule(cites="4.4")
def end_receipt_is_open(facts: Facts) -> list[Finding]:
    """被告知的单位签收一次。Reads ``receipt_open``."""
    return [] if facts.act["receipt_open"] else [Finding("end_receipt_given", "4.4")]
