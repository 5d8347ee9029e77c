"""Written notice and receipts (Articles 4.2, 4.4), corrections, and entries made on paper for another unit."""

from __future__ import annotations

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule


@rule(cites="4.4", needs=("notice",), serves=("strict_procedure",))
def notice_not_issued_yet(facts: Facts) -> list[Finding]:
    """书面告知只发一次."""
    return [Finding("notice_already_issued", "4.4")] if facts.notice.issued else []


@rule(cites="4.4", needs=("notice",), serves=("strict_procedure",), asks=("addressees",))
def every_party_addressed(facts: Facts) -> list[Finding]:
    """书面告知相关各方: department, every township consulted, the seats."""
    missing = sorted(facts.notice.required - set(facts.act.get("addressees", ())))
    return [Finding("addressee_missing", "4.4", {"unit": unit}) for unit in missing]


@rule(cites="4.4", needs=("notice",), serves=("strict_procedure",))
def receipt_is_open(facts: Facts) -> list[Finding]:
    """告知发出后，每个单位签收一次."""
    return [] if facts.acting.unit in facts.notice.pending else [Finding("no_receipt_awaited", "4.4")]


@rule(cites="4.4", needs=("notice",), serves=("strict_procedure",), asks=("units",))
def delivered_to_whom_it_is_owed(facts: Facts) -> list[Finding]:
    """登记送达的，是已经告知、还没有签收的单位."""
    others = sorted(set(facts.act.get("units", ())) - facts.notice.pending)
    return [Finding("not_awaiting_receipt", "4.4", {"unit": unit}) for unit in others]


@rule(cites="4.4", needs=("notice",), serves=("strict_procedure",))
def receipt_entered_for_me(facts: Facts) -> list[Finding]:
    """只可就他人代录的本单位签收提出异议."""
    return [] if facts.acting.unit in facts.notice.on_paper else [Finding("no_paper_receipt", "4.4")]


@rule(cites="4.4", needs=("notice",), serves=("strict_procedure",), asks=("unit",))
def receipt_is_contested(facts: Facts) -> list[Finding]:
    """出示原件的，是办结以后有异议、还没有出示过的签收."""
    unit = facts.act.get("unit", "")
    return [] if unit in facts.notice.contested else [Finding("receipt_not_contested", "4.4", {"unit": unit})]


@rule(cites="4.1", serves=("strict_procedure",), asks=("user",))
def given_to_a_colleague(facts: Facts) -> list[Finding]:
    """转办、委托只能给本单位有任职的人员."""
    return [] if facts.act.get("colleague") else [Finding("not_a_colleague", "4.1")]


@rule(cites="4", serves=("strict_procedure",), asks=("users",))
def circulated_to_colleagues(facts: Facts) -> list[Finding]:
    """传阅只在本单位有任职的人员之间: each stranger by name."""
    return [Finding("not_in_this_unit", "4", {"user": user}) for user in facts.act.get("strangers", ())]


@rule(cites="4", serves=("strict_procedure",), asks=("note",))
def circulated_to_me(facts: Facts) -> list[Finding]:
    """只有传阅给本人、还没有阅过的，才记已阅."""
    return [] if facts.act.get("circulated") else [Finding("nothing_to_read", "4")]


@rule(cites="4.1", serves=("strict_procedure",), asks=("reason",))
def correction_has_reason(facts: Facts) -> list[Finding]:
    """更正须写明理由."""
    return [] if facts.act.get("reason") else [Finding("reason_missing", "4.1")]


@rule(cites="4.1", serves=("strict_procedure", "lawful"), asks=("correction", "field"))
def opposite_needs_new_document(facts: Facts) -> list[Finding]:
    """把不同意改为同意、不批准改为批准，须有新的文件."""
    return [Finding("new_document_missing", "4.1")] if facts.act.get("to_opposite") and not facts.act.get("new_document") else []


@rule(cites="4.1", needs=("target", "decision"), serves=("strict_procedure",), asks=("correction", "field"))
def something_was_recorded(facts: Facts) -> list[Finding]:
    """更正的须是已经登记的答复或者决定: silence is not corrected into an answer, nor an outcome recorded by way of a correction."""
    act = facts.act
    if act.get("field") == "answer":
        recorded = facts.target is not None and bool(facts.target.answer)
    elif act.get("field") == "outcome":
        recorded = bool(facts.decision.outcome_of(str(act.get("body"))))
    else:
        return []
    return [] if recorded else [Finding("nothing_recorded_to_correct", "4.1")]


@rule(cites="4.4", serves=("strict_procedure",), asks=("correction", "field"))
def consent_not_corrected_after_decision(facts: Facts) -> list[Finding]:
    """已批准的事项，乡镇态度的变化走退出或调整程序，不走更正."""
    late = facts.head.state in ("approved", "refused", "done", "withdrawn")
    return [Finding("too_late_to_correct_consent", "4.4")] if facts.act.get("field") == "answer" and late else []


@rule(cites="4.3", needs=("notice",), serves=("strict_procedure",), asks=("correction", "field"))
def outcome_not_corrected_after_notice(facts: Facts) -> list[Finding]:
    """决定已书面告知的，不走更正，走退出或调整程序."""
    outcome = facts.act.get("field") == "outcome"
    return [Finding("too_late_to_correct_outcome", "4.3")] if outcome and facts.notice.issued else []


@rule(cites="4.1", serves=("strict_procedure",), asks=("correction", "township"))
def second_person_confirms(facts: Facts) -> list[Finding]:
    """由录入人以外的第二人确认."""
    return [Finding("same_person", "4.1")] if facts.act.get("entered_by") == facts.acting.user else []


@rule(cites="4.1", serves=("strict_procedure",), asks=("correction",))
def correction_is_pending(facts: Facts) -> list[Finding]:
    """确认的是尚待确认的更正."""
    return [] if facts.act.get("pending") else [Finding("no_correction_pending", "4.1")]


@rule(cites="4.1", needs=("own",), serves=("strict_procedure",))
def entered_for_me(facts: Facts) -> list[Finding]:
    """只可就他人代录、且未经异议的本单位答复提出异议."""
    own = facts.own
    ok = own is not None and bool(own.answer) and own.paper == "unchecked" and not own.contested
    return [] if ok else [Finding("no_paper_entry", "4.1")]


@rule(cites="4.2", needs=("target",), serves=("strict_procedure",), asks=("township",))
def paper_awaits_check(facts: Facts) -> list[Finding]:
    """核对的是尚未核对原件的代录答复."""
    target = facts.target
    ok = target is not None and bool(target.answer) and target.paper == "unchecked"
    return [] if ok else [Finding("no_paper_entry", "4.2")]
