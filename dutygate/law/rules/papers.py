"""Rules of official papers: a number and a mark before there is a paper, one request to one office, a template that says what it means,
and no number that disappears without a word (Articles 3, 4.2, 4.4).

``facts.act`` holds the payload and what the action looked up for it; each rule says which keys it reads.
"""

from __future__ import annotations

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule


@rule(cites="4.4", serves=("strict_procedure",))
def issuer_has_letterhead(facts: Facts) -> list[Finding]:
    """发文以前先有版头和发文机关代字。Reads ``code``: that of the issuing unit for this kind, "" = not set."""
    return [] if facts.act["code"] else [Finding("letterhead_missing", "4.4", {})]


@rule(cites="4.4", serves=("strict_procedure",), asks=("template",))
def template_holds(facts: Facts) -> list[Finding]:
    """用现行的模板。Reads ``template``, ``template_now``: numbers of versions, 0 = the one that comes with the system."""
    if facts.act["template"] == facts.act["template_now"]:
        return []
    return [Finding("template_not_in_force", "4.4", {"number": facts.act["template"], "present": facts.act["template_now"]})]


@rule(cites="4.2", serves=("strict_procedure",), asks=("signatory",))
def upward_paper_names_signatory(facts: Facts) -> list[Finding]:
    """上行文标注签发人。Reads ``upward``, ``signatory``."""
    return [Finding("upward_without_signatory", "4.2", {})] if facts.act["upward"] and not facts.act["signatory"] else []


@rule(cites="4.2", serves=("strict_procedure",), asks=("papers",))
def request_has_one_recipient(facts: Facts) -> list[Finding]:
    """请示只写一个主送机关。Reads ``upward``, ``most_recipients``."""
    return [Finding("request_to_several", "4.2", {})] if facts.act["upward"] and facts.act["most_recipients"] > 1 else []


@rule(cites="4.4", serves=("strict_procedure",), asks=("file",))
def template_is_whole(facts: Facts) -> list[Finding]:
    """模板里的占位内容都要认得出来。Reads ``unknown``, ``broken``, ``missing``: lists of names and words."""
    found = []
    if facts.act["unknown"]:
        found.append(Finding("template_unknown_placeholders", "4.4", {"names": "、".join(facts.act["unknown"])}))
    if facts.act["broken"]:
        found.append(Finding("template_braces_do_not_close", "4.4", {"text": "；".join(facts.act["broken"])[:200]}))
    if facts.act["missing"]:
        found.append(Finding("template_lacks_a_part", "4.4", {"names": "、".join(facts.act["missing"])}))
    return found


@rule(cites="4.4", serves=("strict_procedure",), asks=("begins_at", "begins_reason"))
def numbering_begins_openly(facts: Facts) -> list[Finding]:
    """不从一号起的，写明以前各号用在哪里；本年已经编过号的，不能再改起号。Reads ``begins_at``, ``begins_reason``, ``drawn``."""
    if facts.act["begins_at"] <= 1:
        return []
    if facts.act["drawn"]:
        return [Finding("numbering_has_begun", "4.4", {"number": facts.act["drawn"]})]
    return [] if facts.act["begins_reason"] else [Finding("numbering_begins_without_reason", "4.4", {"number": facts.act["begins_at"]})]


@rule(cites="4.4", serves=("strict_procedure",), asks=("reason",))
def void_number_has_reason(facts: Facts) -> list[Finding]:
    """作废的号要写明为什么。Reads ``reason``."""
    return [] if facts.act["reason"] else [Finding("number_void_without_reason", "4.4", {})]


@rule(cites="4.4", serves=("strict_procedure",))
def paper_is_not_void(facts: Facts) -> list[Finding]:
    """作废的文书不再办理。Reads ``void``, ``number``."""
    return [Finding("paper_is_void", "4.4", {"code": facts.act["number"]})] if facts.act["void"] else []
