"""Rules of administration: units, seats, people, posts, tokens, calendar (Article 3; the three administrators by GB/T 22239-2019).

``facts.act`` holds the payload and what the action looked up for it; each rule says which keys it reads.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule

ADMINISTRATORS: Final = ("system_admin", "security_admin", "audit_admin")
CONFERENCE: Final = ("lead", "legal", "services", "member")
NEVER_SEATED: Final = ("township", "oversight")
LONGEST_TOKEN: Final = timedelta(days=366)


def _day(facts: Facts, key: str) -> date:
    value = facts.act[key]
    return value if isinstance(value, date) else date.fromisoformat(str(value))


@rule(cites="3", serves=("strict_procedure",))
def handed_to_another_colleague(facts: Facts) -> list[Finding]:
    """工作移交给本单位任职的另一个人."""
    act = facts.act
    fit = act.get("colleague") and act.get("username") != act.get("to")
    return [] if fit else [Finding("no_successor_in_this_unit", "3", {"user": str(act.get("to", ""))})]


@rule(cites="3", serves=("lawful",), asks=("username", "kind"))
def administrators_apart(facts: Facts) -> list[Finding]:
    """系统管理员、安全管理员、审计管理员不得为同一人。Reads ``kind``, ``person`` and ``holds`` (kinds held in that time, anywhere)."""
    kind = facts.act["kind"]
    others = sorted(set(facts.act["holds"]) & set(ADMINISTRATORS) - {kind})
    if kind not in ADMINISTRATORS or not others:
        return []
    return [Finding("administrators_apart", "3", {"person": facts.act["person"], "post": kind, "by": others})]


@rule(cites="3", asks=("username", "kind"))
def post_not_held_already(facts: Facts) -> list[Finding]:
    """同一人在同一机构的同一岗位，任期不得重叠。Reads ``held_here``."""
    if not facts.act["held_here"]:
        return []
    return [Finding("post_held_already", "3", {"person": facts.act["person"], "post": facts.act["kind"], "unit": facts.act["unit"]})]


@rule(cites="3", asks=("username", "kind"))
def post_is_held(facts: Facts) -> list[Finding]:
    """免去的任职应当存在且尚未结束。Reads ``ends``: the post in question, or None."""
    if facts.act["ends"] is not None:
        return []
    return [Finding("post_not_held", "3", {"person": facts.act["person"], "post": facts.act["kind"], "unit": facts.act["unit"]})]


@rule(cites="3", asks=("valid_from",))
def unit_exists_then(facts: Facts) -> list[Finding]:
    """机构在生效之日应当存在。Reads ``valid_from``, ``unit_from``, ``unit_to``."""
    day = _day(facts, "valid_from")
    if _day(facts, "unit_from") <= day < _day(facts, "unit_to"):
        return []
    return [Finding("unit_not_existing", "3", {"unit": facts.act["unit"], "day": day.isoformat()})]


@rule(cites="3", asks=("valid_from",))
def name_follows_the_last(facts: Facts) -> list[Finding]:
    """新名称应当晚于现名称的启用日。Reads ``valid_from``, ``named_from``: when the name in use began, or None."""
    began = facts.act["named_from"]
    if began is None or _day(facts, "valid_from") > _day(facts, "named_from"):
        return []
    return [Finding("name_not_after_last", "3", {"unit": facts.act["unit"], "day": str(began)})]


@rule(cites="3", asks=("code",))
def code_is_free(facts: Facts) -> list[Finding]:
    """同一时期一个代码只属于一个机构。Reads ``code``, ``code_held_by``: another unit's key, or ""."""
    if not facts.act["code_held_by"]:
        return []
    return [Finding("code_in_use", "3", {"code": facts.act["code"], "unit": facts.act["code_held_by"]})]


@rule(cites="3", asks=("code", "parent"))
def code_lies_under_parent(facts: Facts) -> list[Finding]:
    """下级辖区的行政区划代码以上级的代码开头（GB/T 2260）。Reads ``code``, ``parent``."""
    code, parent = str(facts.act["code"]), str(facts.act["parent"] or "")
    if code.startswith(parent) and code != parent:
        return []
    return [Finding("code_not_under_parent", "3", {"code": code, "parent": parent})]


@rule(cites="3", asks=("seat", "unit"))
def seat_is_open_to_unit(facts: Facts) -> list[Finding]:
    """乡镇和有关机关不任席位：乡镇是征求意见的对象，有关机关负责监督（第八条）。Reads ``seat``, ``unit_kind``."""
    if facts.act["unit_kind"] not in NEVER_SEATED:
        return []
    return [Finding("seat_not_for_unit", "3", {"unit": facts.act["unit"], "seat": facts.act["seat"]})]


@rule(cites="3", serves=("strict_procedure",), asks=("seat", "unit"))
def conference_seats_apart(facts: Facts) -> list[Finding]:
    """联席会议的各席位由不同单位担任。Reads ``seat``, ``seats_held``: the unit's seats here that are not over by then."""
    seat = facts.act["seat"]
    held = [other for other in CONFERENCE if other in facts.act["seats_held"]]
    if seat not in CONFERENCE or not held:
        return []
    return [Finding("conference_seat_held", "3", {"unit": facts.act["unit"], "seat": held[0]})]


@rule(cites="3", asks=("seat", "valid_from"))
def seat_follows_the_last(facts: Facts) -> list[Finding]:
    """新任席位应当晚于现任的起任日。Reads ``valid_from``, ``seat_from``: when the present holder's time began, or None."""
    began = facts.act["seat_from"]
    if began is None or _day(facts, "valid_from") > _day(facts, "seat_from"):
        return []
    return [Finding("seat_not_after_last", "3", {"seat": facts.act["seat"], "day": str(began)})]


@rule(cites="3", asks=("year", "days"))
def year_is_published(facts: Facts) -> list[Finding]:
    """载入的年度应当已经公布放假安排。Reads ``year``, ``days_known``."""
    if facts.act["days_known"]:
        return []
    return [Finding("year_not_published", "3", {"year": facts.act["year"]})]


@rule(cites="3", asks=("expires_on",))
def token_ends_in_time(facts: Facts) -> list[Finding]:
    """令牌应当写明到期日，最长 366 天。Reads ``expires_on``, ``today``."""
    ends, today = _day(facts, "expires_on"), _day(facts, "today")
    if today <= ends <= today + LONGEST_TOKEN:
        return []
    return [Finding("token_end_out_of_range", "3", {"day": ends.isoformat(), "days": LONGEST_TOKEN.days})]


@rule(cites="3")
def token_is_in_use(facts: Facts) -> list[Finding]:
    """已撤销的令牌不再撤销。Reads ``revoked``."""
    if not facts.act["revoked"]:
        return []
    return [Finding("token_revoked_already", "3", {})]
