"""Rules on reports of matters handed down around the procedure, and their examination (Articles 7, 8).

``facts.act`` holds the payload and what the action looked up for it; each rule says which keys it reads.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, condition, rule

FORMS: Final = ("pledge", "targets", "assessment", "hard_assignment", "unauthorized", "in_other_name", "other")
"""Article 7: 责任状, 分解下达指标, 考核验收, 硬性指派, 擅自交办, 以部门或议事协调机构名义, other."""
OUTCOMES: Final = ("handed_down", "unfounded", "emergency")


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))


def _said(facts: Facts, name: str) -> bool:
    return bool(str(facts.act.get(name) or "").strip())


@rule(cites="7", asks=("body",))
def reports_another_unit(facts: Facts) -> list[Finding]:
    """反映的是别的单位的做法。Reads ``body``: the key of the unit reported."""
    return [Finding("reports_itself", "7")] if facts.act.get("body") == facts.acting.unit else []


@rule(cites="7", serves=("matched",), asks=("body",))
def reported_unit_hands_down(facts: Facts) -> list[Finding]:
    """第七条约束旗直单位：乡镇是承担的一方。Reads ``body``, ``body_kind``."""
    return [Finding("township_reported", "7", {"unit": facts.act["body"]})] if facts.act.get("body_kind") == "township" else []


@rule(cites="7", asks=("forms",))
def report_names_a_form(facts: Facts) -> list[Finding]:
    """线索写明属于第七条的哪一种方式，拿不准的选“其他”。Reads ``forms``."""
    return [] if facts.act.get("forms") else [Finding("report_without_form", "7")]


@rule(cites="8", asks=("body",))
def report_has_examiner(facts: Facts) -> list[Finding]:
    """每条线索都有查处它的机关。Reads ``examined``: whether a unit that is neither reported nor reporting examines it."""
    return [] if facts.act.get("examined") else [Finding("nobody_examines", "8")]


@rule(cites="8", asks=("reason",))
def dismissal_has_reason(facts: Facts) -> list[Finding]:
    """不予受理要写明理由。"""
    return [] if _said(facts, "reason") else [Finding("reason_missing", "8")]


@rule(cites="8", serves=("strict_procedure",), asks=("facts",))
def hearing_puts_facts(facts: Facts) -> list[Finding]:
    """听取说明时，由查处机关把事实写给被反映单位，不转线索原文。Reads ``facts``."""
    return [] if _said(facts, "facts") else [Finding("facts_missing", "8")]


@rule(cites="8", serves=("strict_procedure",), asks=("answer_by",))
def time_to_answer_lies_ahead(facts: Facts) -> list[Finding]:
    """作出说明要留出时间。Reads ``answer_by``, ``today``."""
    last, today = _day(facts.act.get("answer_by")), _day(facts.act["today"])
    return [Finding("no_time_to_answer", "8")] if last is not None and today is not None and last <= today else []


@rule(cites="8", needs=("report",), serves=("strict_procedure",))
def body_was_heard(facts: Facts) -> list[Finding]:
    """先听取说明，后作认定：被反映单位已经说明，或者说明的时限已过。"""
    return [] if facts.report.answered or facts.report.time_over else [Finding("body_not_heard", "8")]


@rule(cites="7", asks=("outcome", "forms", "text"))
def finding_is_whole(facts: Facts) -> list[Finding]:
    """认定写明事实；认定属于交办的，写明是第七条的哪一种方式。Reads ``outcome``, ``forms``, ``text``."""
    found = [] if _said(facts, "text") else [Finding("finding_without_facts", "8")]
    if facts.act.get("outcome") == "handed_down" and not facts.act.get("forms"):
        found.append(Finding("finding_without_form", "7"))
    return found


@rule(cites="7", needs=("report",))
def correction_rests_on_finding(facts: Facts) -> list[Finding]:
    """认定违反第七条的，才责令纠正；突发、紧急事件的处置只作标记，不追究。"""
    if facts.report.finding == "handed_down":
        return []
    if facts.report.finding == "emergency":
        return [Finding("emergency_is_not_corrected", "7")]
    return [Finding("nothing_to_correct", "8")]


@rule(cites="8", asks=("text", "correct_by"))
def correction_has_time(facts: Facts) -> list[Finding]:
    """责令纠正写明纠正什么，期限在今天以后。Reads ``text``, ``correct_by``, ``today``."""
    found = [] if _said(facts, "text") else [Finding("order_says_nothing", "8")]
    last, today = _day(facts.act.get("correct_by")), _day(facts.act["today"])
    if last is not None and today is not None and last <= today:
        found.append(Finding("no_time_to_correct", "8"))
    return found


@rule(cites="8", asks=("text", "files", "document_number"))
def correction_has_proof(facts: Facts) -> list[Finding]:
    """报告纠正要写明怎样纠正，并附证明材料或者文号。Reads ``text``, ``files``, ``document_number``."""
    proven = _said(facts, "text") and (facts.act.get("files") or _said(facts, "document_number"))
    return [] if proven else [Finding("correction_without_proof", "8")]


@rule(cites="8", asks=("accepted", "text", "correct_by"))
def sent_back_with_reason_and_time(facts: Facts) -> list[Finding]:
    """核查认为没有纠正到位的，写明理由，再给时间。Reads ``accepted``, ``text``, ``correct_by``, ``today``."""
    if facts.act.get("accepted"):
        return []
    found = [] if _said(facts, "text") else [Finding("reason_missing", "8")]
    last, today = _day(facts.act.get("correct_by")), _day(facts.act["today"])
    if last is not None and today is not None and last <= today:
        found.append(Finding("no_time_to_correct", "8"))
    return found


@rule(cites="8", needs=("report",))
def nothing_left_to_correct(facts: Facts) -> list[Finding]:
    """认定违反的，纠正属实以后才办结；办不了的转交有权机关。"""
    open_still = facts.report.finding == "handed_down" and not facts.report.corrected
    return [Finding("correction_is_owed", "8")] if open_still else []


@rule(cites="8", asks=("to", "document_number", "dated_on", "reason"))
def referral_names_body_and_document(facts: Facts) -> list[Finding]:
    """转交写明转给哪个机关、文号、日期和理由。"""
    missing = [name for name in ("to", "document_number", "dated_on", "reason") if not _said(facts, name)]
    return [Finding("referral_incomplete", "8", {"field": name}) for name in missing]


@rule(cites="8", asks=("document_number", "dated_on", "valid_from", "valid_to"))
def mandate_has_its_document(facts: Facts) -> list[Finding]:
    """授权有文号和日期，从一天到另一天。Reads ``document_number``, ``dated_on``, ``valid_from``, ``valid_to``."""
    missing = [name for name in ("document_number", "dated_on", "valid_from", "valid_to") if not _said(facts, name)]
    if missing:
        return [Finding("mandate_incomplete", "8", {"field": name}) for name in missing]
    first, last, dated = (_day(facts.act[name]) for name in ("valid_from", "valid_to", "dated_on"))
    assert first is not None and last is not None and dated is not None
    return [Finding("mandate_days_wrong", "8")] if last <= first or first < dated else []


@rule(cites="8", serves=("strict_procedure",))
def one_order_stands(facts: Facts) -> list[Finding]:
    """一条线索只有一份有效的整改通知；要重发的，先把原来的文号作废。Reads ``standing``: the number of the one that stands, "" = none."""
    standing = facts.act["standing"]
    return [Finding("order_stands_already", "8", {"number": standing})] if standing else []


@rule(cites="8", asks=("content",))
def order_hides_who_reported(facts: Facts) -> list[Finding]:
    """整改通知不写、也不让人看出是谁反映的。Reads ``names_reporter``: names of the reporter and of her unit that stand in its words."""
    named = facts.act["names_reporter"]
    return [Finding("order_names_the_reporter", "8", {"names": "、".join(named)})] if named else []


@rule(cites="8", serves=("strict_procedure",))
def reminder_of_report_is_due(facts: Facts) -> list[Finding]:
    """到了提醒的日子才提醒，每一次只提醒一遍。Reads ``due``."""
    return [] if facts.act.get("due") else [Finding("report_reminder_not_due", "8")]


@condition()
def correction_accepted(facts: Facts) -> bool:
    """核查认为纠正属实。"""
    return bool(facts.act.get("accepted"))
