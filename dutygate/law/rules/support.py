"""Rules of what a department owes with a duty (Article 5: 权随责走、费随事转), and of the yearly look at all duties (Article 4.4).

``facts.act`` holds the payload and what the action looked up; each rule says which keys it reads. Quantities are fen, or 1 for a thing.
"""

from __future__ import annotations

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule


@rule(cites="5", serves=("supported",), asks=("lines",))
def delivered_within_promise(facts: Facts) -> list[Finding]:
    """兑现的不超过承诺而还没有兑现的。Reads ``over``: references of commitments of which less than that is still to come."""
    return [Finding("delivered_over_promise", "5", {"code": ref}) for ref in facts.act["over"]]


@rule(cites="5", serves=("supported",), asks=("voucher_number", "given"))
def delivery_is_documented(facts: Facts) -> list[Finding]:
    """拨付经费写明凭证号，其他保障写明给了什么。Reads ``measures``, ``voucher_number``, ``given``."""
    act = facts.act
    found = [Finding("money_without_voucher", "5")] if "fen" in act["measures"] and not act["voucher_number"] else []
    return found + ([Finding("delivery_without_words", "5")] if "item" in act["measures"] and not act["given"] else [])


@rule(cites="5", serves=("supported",), asks=("lines",))
def answers_what_was_given(facts: Facts) -> list[Finding]:
    """确认和异议合计不超过等待答复的。Reads ``over``: references of deliveries of which less than that awaits an answer."""
    return [Finding("answered_over_delivery", "5", {"code": ref}) for ref in facts.act["over"]]


@rule(cites="5", serves=("supported",), asks=("lines",))
def dispute_has_reason(facts: Facts) -> list[Finding]:
    """有异议的写明理由。Reads ``without_reason``: references of deliveries that are disputed without one."""
    return [Finding("dispute_without_reason", "5", {"code": ref}) for ref in facts.act["without_reason"]]


@rule(cites="5", serves=("supported",), asks=("lines",))
def settles_what_is_disputed(facts: Facts) -> list[Finding]:
    """只核定有异议的，核定的数额不超过有异议的。Reads ``over``: references of deliveries where less is disputed."""
    return [Finding("settled_over_dispute", "5", {"code": ref}) for ref in facts.act["over"]]


@rule(cites="5", serves=("supported",), asks=("reason",))
def settlement_has_reason(facts: Facts) -> list[Finding]:
    """核定写明理由。Reads ``reason``."""
    return [] if facts.act["reason"] else [Finding("settlement_without_reason", "5")]


@rule(cites="4.4", asks=("lines",))
def looked_at_duty_is_in_force(facts: Facts) -> list[Finding]:
    """年度回看的是现在有效的事项。Reads ``not_in_force``: codes of duties that stand on no list, or are not the unit's to look at."""
    return [Finding("looked_at_not_in_force", "4.4", {"code": code}) for code in facts.act["not_in_force"]]


@rule(cites="4.4", asks=("lines",))
def needs_of_a_duty_have_reason(facts: Facts) -> list[Finding]:
    """认为需要调整、退出的，写明理由。Reads ``without_reason``: codes of duties."""
    return [Finding("looked_at_without_reason", "4.4", {"code": code}) for code in facts.act["without_reason"]]
