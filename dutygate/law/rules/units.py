"""Rules of units that merge, split or hand a function over (Articles 1, 3, 4.5): who may change how, from which day.

``facts.act`` holds the payload and what the action looked up for it; each rule says which keys it reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule

ONE_UNIT_EACH: Final = ("lead", "legal", "services")


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


@rule(cites="3", asks=("valid_from",))
def changed_units_exist_then(facts: Facts) -> list[Finding]:
    """变更的机构和承继的机构，在变更之日都应当存在。Reads ``valid_from``, ``spans``: key -> (from, to) of the units that are there."""
    day = _day(facts.act["valid_from"])
    spans: Mapping[str, Any] = facts.act["spans"]
    gone = [key for key, (start, end) in spans.items() if not _day(start) <= day < _day(end)]
    return [Finding("unit_not_existing", "3", {"unit": key, "day": day.isoformat()}) for key in sorted(gone)]


@rule(cites="3", serves=("strict_procedure",), asks=("valid_from",))
def units_not_changing_already(facts: Facts) -> list[Finding]:
    """已经登记要撤销的机构，先办完或者先取消那一次变更。Reads ``changing``: key -> the day of the change that is on record."""
    changing: Mapping[str, Any] = facts.act["changing"]
    return [Finding("unit_changing_already", "3", {"unit": key, "day": str(changing[key])}) for key in sorted(changing)]


@rule(cites="1", serves=("lawful",), asks=("into",))
def units_of_one_kind(facts: Facts) -> list[Finding]:
    """乡镇由乡镇承继，部门由部门承继：一个交办、一个承接，不能并成一个。Reads ``kind``, ``kinds``: key -> kind of each other unit."""
    kind: str = facts.act["kind"]
    others: Mapping[str, str] = facts.act["kinds"]
    return [Finding("unit_of_another_kind", "1", {"unit": key}) for key in sorted(others) if others[key] != kind]


@rule(cites="1", serves=("lawful",), asks=("to",))
def function_of_departments(facts: Facts) -> list[Finding]:
    """职能只在部门之间划转；部门的职能交给乡镇，就是职责准入，要走准入程序。Reads ``kinds``."""
    kinds: Mapping[str, str] = facts.act["kinds"]
    return [Finding("function_not_of_department", "1", {"unit": key}) for key in sorted(kinds) if kinds[key] in ("township", "oversight")]


@rule(cites="3", asks=("code",))
def new_codes_are_free(facts: Facts) -> list[Finding]:
    """新设机构的代码没有别的机构在用。Reads ``codes_held``: code -> key of the unit that has it."""
    held: Mapping[str, str] = facts.act["codes_held"]
    return [Finding("code_in_use", "3", {"code": code, "unit": held[code]}) for code in sorted(held)]


@rule(cites="3", serves=("strict_procedure",), asks=("into",))
def successor_sits_once(facts: Facts) -> list[Finding]:
    """席位随机构承继，但一个机构不能占联席会议的两个席位。Reads ``sits``: key of a successor -> the seats that would fall to it."""
    sits: Mapping[str, Any] = facts.act["sits"]
    found = {key: [seat for seat in ONE_UNIT_EACH if seat in seats] for key, seats in sits.items()}
    return [Finding("conference_seat_held", "3", {"unit": key, "seat": found[key][0]}) for key in sorted(found) if len(found[key]) > 1]


@rule(cites="4.5", serves=("matched",), asks=("takes",))
def named_matters_are_held(facts: Facts) -> list[Finding]:
    """点名承接的事项和办件，应当是原机构手里的。Reads ``not_held``: codes and numbers that are not."""
    return [Finding("matter_not_held", "4.5", {"unit": facts.act["unit"], "matter": ref}) for ref in facts.act["not_held"]]


@rule(cites="3", serves=("strict_procedure",))
def change_lies_ahead(facts: Facts) -> list[Finding]:
    """还没有生效的变更才能取消；已经生效的，再办一次变更。Reads ``valid_from``, ``effective``."""
    if not facts.act["effective"]:
        return []
    return [Finding("change_took_effect", "3", {"day": str(facts.act["valid_from"])})]


@rule(cites="3", asks=("to",))
def successor_is_recorded(facts: Facts) -> list[Finding]:
    """人员只转到登记过的承继机构。Reads ``unit``, ``to``, ``is_successor``."""
    if facts.act["is_successor"]:
        return []
    return [Finding("not_a_successor", "3", {"unit": facts.act["unit"], "department": facts.act["to"]})]


@rule(cites="3", asks=("usernames",))
def people_hold_posts_there(facts: Facts) -> list[Finding]:
    """转任的应当是原机构的经办人、签发人。Reads ``unit``, ``strangers``: user names that hold no such post."""
    return [Finding("no_post_to_pass_on", "3", {"unit": facts.act["unit"], "person": name}) for name in facts.act["strangers"]]
