"""Rules of the task check (Article 7): uniform deployments of the banner with their documents, answers kept as they were given.

``facts.act`` holds the payload and what the action looked up for it; each rule says which keys it reads. What the wording of a task says
about its form stands in the edition (``regulation.handing_down``).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))


@rule(cites="7", serves=("strict_procedure",), asks=("document_number",))
def deployment_has_its_document(facts: Facts) -> list[Finding]:
    """统一部署以旗委、旗政府的文件为准，写明文号。Reads ``document_number``."""
    return [] if facts.act["document_number"] else [Finding("deployment_without_document", "7", {})]


@rule(cites="7", serves=("strict_procedure",), asks=("document_number",))
def deployment_is_registered_once(facts: Facts) -> list[Finding]:
    """一份部署文件只登记一次。Reads ``number_taken``, ``document_number``."""
    return [Finding("deployment_registered_already", "7", {"code": facts.act["document_number"]})] if facts.act["number_taken"] else []


@rule(cites="7", serves=("strict_procedure",), asks=("from_on",))
def deployment_ends_after_it_begins(facts: Facts) -> list[Finding]:
    """统一部署的起止日期：不早于成文日期，止不早于起。Reads ``dated_on``, ``from_on``, ``until``."""
    dated, first, last = (_day(facts.act[name]) for name in ("dated_on", "from_on", "until"))
    assert dated is not None and first is not None
    if first >= dated and (last is None or last >= first):
        return []
    return [Finding("deployment_span_out_of_order", "7", {"day": first.isoformat()})]


@rule(cites="7", serves=("strict_procedure",))
def deployment_stands(facts: Facts) -> list[Finding]:
    """撤销过的不再撤销。Reads ``withdrawn``, ``number``."""
    return [Finding("deployment_withdrawn_already", "7", {"code": facts.act["number"]})] if facts.act["withdrawn"] else []


@rule(cites="7", serves=("strict_procedure",), asks=("reason",))
def deployment_withdrawn_with_reason(facts: Facts) -> list[Finding]:
    """撤销登记要写明理由。Reads ``reason``."""
    return [] if facts.act["reason"] else [Finding("deployment_withdrawn_without_reason", "7", {})]


@rule(cites="7", serves=("lawful",), asks=("paper_on",))
def checked_paper_is_dated(facts: Facts) -> list[Finding]:
    """来文日期不晚于核对的这一天。Reads ``paper_on``, ``today``."""
    given, today = _day(facts.act["paper_on"]), _day(facts.act["today"])
    assert given is not None and today is not None
    return [Finding("paper_of_a_day_to_come", "7", {"day": given.isoformat()})] if given > today else []


@rule(cites="7", serves=("lawful",), asks=("standing",))
def kept_answer_is_that_of_the_lists(facts: Facts) -> list[Finding]:
    """存下的核对结果，要和当天的清单、部署相符。Reads ``standing``, ``answer_holds``: whether the records say so on the paper's day."""
    return [] if facts.act["answer_holds"] else [Finding("kept_answer_does_not_hold", "7", {})]
