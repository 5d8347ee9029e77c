"""Rules of the lists: who keeps them, on which document they change, what a correction is not, what is published (Articles 3, 4.5, 11).

``facts.act`` holds the payload and what the action looked up for it; each rule says which keys it reads.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule

LEVELS: Final = ("banner", "city", "region", "central")
"""Who decided a national list, the lowest first."""
LAWS: Final = ("law", "administrative_regulation", "local_regulation", "rule")
"""What can put a matter on townships by itself: a policy or a staffing plan cannot."""
CLERICAL: Final = frozenset({"category", "ordinal"})
"""What of an admitted duty may be put right without the procedure: where it stands, not what it is."""


@rule(cites="3", serves=("strict_procedure",), asks=("list_name",))
def lead_keeps_the_duty_list(facts: Facts) -> list[Finding]:
    """职责事项清单由牵头单位办理；权责清单由政务服务席位和牵头单位共同办理。Reads ``list_name``."""
    if facts.act["list_name"] == "powers" or "lead" in facts.acting.relations:
        return []
    return [Finding("lead_keeps_the_duty_list", "3", {})]


@rule(cites="3", serves=("strict_procedure",), asks=("other_seat",))
def both_seats_keep_the_powers_list(facts: Facts) -> list[Finding]:
    """权责清单的变动，政务服务席位和牵头单位应当会商一致。Reads ``list_name``, ``other_seat``: the paper by which the other agreed."""
    if facts.act["list_name"] != "powers" or facts.act["other_seat"]:
        return []
    return [Finding("other_seat_has_not_agreed", "3", {})]


@rule(cites="4.5", serves=("lawful",), asks=("document_number",))
def national_list_has_its_document(facts: Facts) -> list[Finding]:
    """三张清单的登记和变动，应当写明文号。Reads ``origin``, ``list_name``, ``document_number``."""
    if facts.act["origin"] != "baseline" or facts.act["list_name"] != "duties" or facts.act["document_number"]:
        return []
    return [Finding("list_document_missing", "4.5", {})]


@rule(cites="4.5", serves=("lawful",), asks=("level",))
def level_may_change_it(facts: Facts) -> list[Finding]:
    """上级确定的清单事项，下级的文件不能改动。Reads ``levels``: who decided what is touched; ``level``: whose document this is."""
    decided = [LEVELS.index(level) for level in facts.act["levels"] if level in LEVELS]
    own = LEVELS.index(facts.act["level"]) if facts.act["level"] in LEVELS else -1
    if not decided or own >= max(decided):
        return []
    return [Finding("decided_by_a_higher_level", "4.5", {})]


@rule(cites="11", serves=("lawful",), asks=("rows",))
def earlier_matter_is_only_registered(facts: Facts) -> list[Finding]:
    """已废止办法准入的事项只能登记，列入之日应当在其施行期间。Reads ``purpose``, ``first_day``, ``last_day``, ``earlier``: [from, to)."""
    if facts.act["purpose"] != "earlier_edition":
        return []
    start, end = (date.fromisoformat(day) for day in facts.act["earlier"])
    days = [date.fromisoformat(facts.act[name]) for name in ("first_day", "last_day")]
    wrong = next((day for day in days if not start <= day < end), None)
    return [] if wrong is None else [Finding("newly_opened_under_a_repealed_edition", "11", {"day": wrong.isoformat()})]


@rule(cites="1", serves=("lawful",), asks=("finding",))
def legal_seat_has_found_it(facts: Facts) -> list[Finding]:
    """依法列入的事项，应当有法制审核席位的书面意见。Reads ``found_by_legal``, ``finding_text``."""
    if facts.act["found_by_legal"] and facts.act["finding_text"]:
        return []
    return [Finding("legal_finding_missing", "1", {})]


@rule(cites="1", serves=("lawful",), asks=("provision",))
def law_itself_names_townships(facts: Facts) -> list[Finding]:
    """依法列入的依据是法律、法规、规章的条款，列入之日有效。Reads ``basis``, ``basis_kind``, ``basis_article``, ``basis_holds``."""
    found: list[Finding] = []
    if facts.act["basis_kind"] not in LAWS:
        found.append(Finding("provision_is_no_law", "1", {"basis": facts.act["basis"]}))
    if not facts.act["basis_article"]:
        found.append(Finding("provision_without_article", "1", {"basis": facts.act["basis"]}))
    if not facts.act["basis_holds"]:
        found.append(Finding("provision_not_in_force", "1", {"basis": facts.act["basis"]}))
    return found


@rule(cites="4.5", serves=("strict_procedure",), asks=("reason",))
def list_correction_has_reason(facts: Facts) -> list[Finding]:
    """更正清单应当写明理由。Reads ``reason``."""
    return [] if facts.act["reason"] else [Finding("list_correction_without_reason", "4.5", {})]


@rule(cites="4.4", serves=("strict_procedure",), asks=("how",))
def correction_is_no_adjustment(facts: Facts) -> list[Finding]:
    """经准入的事项，内容和范围的变动走调整或者退出，不走更正。Reads ``origin``, ``changed``, ``adds_townships``, ``how``, ``adds_days``,
    ``document_number``.
    """
    act = facts.act
    if act["origin"] != "admitted":
        return []
    if act["adds_townships"] or set(act["changed"]) - CLERICAL:
        return [Finding("correction_would_adjust", "4.4", {})]
    if (act["adds_days"] or act["how"] == "remove") and not act["document_number"]:
        return [Finding("correction_without_decision", "4.4", {})]
    return []


@rule(cites="4.5", serves=("lawful",), asks=("checked", "checked_by"))
def disclosure_is_checked(facts: Facts) -> list[Finding]:
    """公布以前应当经过公开审查。Reads ``checked``, ``checked_by``."""
    if facts.act["checked"] and facts.act["checked_by"]:
        return []
    return [Finding("disclosure_not_checked", "4.5", {})]


@rule(cites="4.5", serves=("lawful",), asks=("internal",))
def internal_rows_have_reasons(facts: Facts) -> list[Finding]:
    """不公开的事项应当逐项写明理由。Reads ``without_reason``: the codes of those that have none."""
    return [Finding("internal_without_reason", "4.5", {"code": code}) for code in facts.act["without_reason"]]


@rule(cites="4.5", serves=("strict_procedure",), asks=("number",))
def publication_has_its_own_number(facts: Facts) -> list[Finding]:
    """每次公布有自己的编号。Reads ``number``, ``number_taken``."""
    if not facts.act["number"]:
        return [Finding("publication_without_number", "4.5", {})]
    return [Finding("publication_number_taken", "4.5", {"code": facts.act["number"]})] if facts.act["number_taken"] else []
