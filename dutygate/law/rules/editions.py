"""Rules on the text itself: drafting, publishing, moving a case, asking, interpreting, giving way (preamble, Articles 9-11).

``facts.act`` holds the payload and what the action looked up for it; each rule says which keys it reads.
"""

from __future__ import annotations

from datetime import date

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule


def _day(facts: Facts, key: str) -> date | None:
    value = facts.act.get(key)
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))


@rule(cites="11", serves=("strict_procedure",))
def draft_is_open(facts: Facts) -> list[Finding]:
    """已经发布的草案不再改动。Reads ``published``: whether the draft in question was published; absent for a new one."""
    return [Finding("draft_published_already", "11", {"edition": facts.act["edition"]})] if facts.act.get("published") else []


@rule(cites="11", asks=("name",))
def edition_name_is_free(facts: Facts) -> list[Finding]:
    """一个版本代号只指一个版本。Reads ``name_taken``: the code that another edition has, or ""."""
    taken = facts.act["name_taken"]
    return [Finding("edition_name_taken", "11", {"edition": taken})] if taken else []


@rule(cites="11", serves=("strict_procedure",))
def draft_was_checked(facts: Facts) -> list[Finding]:
    """草案检查通过以后，才能发布。Reads ``checked``: "passed", "failed", "" (never) or "changed" (since the check)."""
    if facts.act["checked"] == "passed":
        return []
    if facts.act["checked"] == "failed":
        return [Finding("draft_check_failed", "11")]
    return [Finding("draft_not_checked", "11")]


@rule(cites="11", serves=("strict_procedure",), asks=("document_number", "dated_on", "in_force_from"))
def publication_is_documented(facts: Facts) -> list[Finding]:
    """发布须有文号、印发日期和施行日期，不得早于印发日期施行。"""
    missing = [name for name in ("document_number", "dated_on", "in_force_from") if not facts.act.get(name)]
    if missing:
        return [Finding("publication_incomplete", "11", {"field": name}) for name in missing]
    issued, starts = _day(facts, "dated_on"), _day(facts, "in_force_from")
    if issued is not None and starts is not None and starts < issued:
        return [Finding("in_force_before_issue", "11", {"day": starts.isoformat()})]
    return []


@rule(cites="11", asks=("in_force_from",))
def follows_the_present_edition(facts: Facts) -> list[Finding]:
    """新版本的施行日期晚于现有各版本的施行日期：任何一天都只有一个版本有效。Reads ``last_from``: when the newest of them begins."""
    starts, last = _day(facts, "in_force_from"), _day(facts, "last_from")
    if starts is None or last is None or starts > last:
        return []
    return [Finding("edition_not_after_last", "11", {"day": last.isoformat()})]


@rule(cites="11", asks=("reason",))
def move_has_reason(facts: Facts) -> list[Finding]:
    """转到新版本要写明理由。"""
    return [] if str(facts.act.get("reason") or "").strip() else [Finding("reason_missing", "11")]


@rule(cites="11", asks=("to",))
def moves_to_edition_in_force(facts: Facts) -> list[Finding]:
    """只能转到现行有效的版本。Reads ``target``, ``target_in_force``."""
    return (
        [] if facts.act.get("target_in_force", True) else [Finding("move_target_not_in_force", "11", {"edition": facts.act.get("target")})]
    )


@rule(cites="11", asks=("to",))
def moves_elsewhere(facts: Facts) -> list[Finding]:
    """已经依据该版本的办件不用再转。Reads ``target``, ``same``."""
    return [Finding("moved_already", "11", {"edition": facts.act.get("target")})] if facts.act.get("same") else []


@rule(cites="11", asks=("to",))
def target_knows_the_case(facts: Facts) -> list[Finding]:
    """新版本没有这种状态或者类别的，仍依原版本办结。Reads ``target``, ``unknown``: the states and tracks that it does not know."""
    if not facts.act.get("unknown"):
        return []
    return [Finding("case_unknown_to_edition", "11", {"edition": facts.act.get("target")})]


@rule(cites="10", asks=("provision",))
def provision_exists(facts: Facts) -> list[Finding]:
    """询问、解释和标明的须是办法中的条款。Reads ``provision``, ``provision_known``."""
    return [] if facts.act["provision_known"] else [Finding("provision_unknown", "10", {"provision": facts.act["provision"]})]


@rule(cites="10", asks=("question",))
def question_awaits_answer(facts: Facts) -> list[Finding]:
    """答复的是还没有答复的询问。Reads ``question_known`` (True where none is named) and ``answered``."""
    return [] if facts.act["question_known"] and not facts.act["answered"] else [Finding("question_not_open", "10")]


@rule(cites="9", asks=("title", "article", "document_number"))
def higher_rule_is_named(facts: Facts) -> list[Finding]:
    """标明从其规定的，要写明上位规定的名称和具体条款或者文号。"""
    act = facts.act
    return [] if act.get("title") and (act.get("article") or act.get("document_number")) else [Finding("higher_rule_missing", "9")]
