"""经办、签发 (Article 3): steps that a second person of the same unit must sign, where the edition names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dutygate.law.regulation.adopted import SIGNED
from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

PARAMETER: Final = SIGNED


def steps_to_sign(edition: Edition, track: str) -> frozenset[str]:
    """The steps of a case that need a second signature on this track; none where the edition says nothing."""
    if PARAMETER not in edition.parameters:
        return frozenset()
    value = edition.parameter(PARAMETER, track)
    return frozenset(value.split()) if isinstance(value, str) else frozenset()


def second_signature(edition: Edition, action: str, track: str) -> list[Finding]:
    """须由第二人签发: what is said to one person who does such a step alone."""
    return [Finding("needs_second_signature", "3", {"action": action})] if action in steps_to_sign(edition, track) else []


@rule(cites="3", serves=("strict_procedure",), asks=("action",))
def second_signature_is_asked(facts: Facts) -> list[Finding]:
    """只有规定须签发的动作才送签发."""
    return [] if facts.act.get("asked") else [Finding("no_second_signature", "3", {"action": facts.act.get("action", "")})]


@rule(cites="3", serves=("strict_procedure",), asks=("action",))
def nothing_awaits_it_already(facts: Facts) -> list[Finding]:
    """同一件事已经送签发、还没有签的，不重复送."""
    return [Finding("awaits_signature_already", "3")] if facts.act.get("awaits") else []


@rule(cites="3", serves=("strict_procedure",), asks=("ordinal",))
def prepared_act_awaits(facts: Facts) -> list[Finding]:
    """签发、退回、撤回的，是本单位送签发、还没有签的."""
    return [] if facts.act.get("awaiting") else [Finding("nothing_to_sign", "3")]


@rule(cites="3", serves=("strict_procedure",), asks=("ordinal",))
def second_person_signs(facts: Facts) -> list[Finding]:
    """由经办人以外的第二人签发，一人兼任几个岗位的也不例外."""
    return [Finding("prepared_by_yourself", "3")] if facts.act.get("entered_by") == facts.acting.user else []


@rule(cites="3", serves=("strict_procedure",), asks=("reason",))
def return_to_colleague_has_reason(facts: Facts) -> list[Finding]:
    """退回经办人须写明理由."""
    return [] if facts.act.get("reason") else [Finding("reason_missing", "3")]


@rule(cites="3", serves=("strict_procedure",), asks=("ordinal",))
def taken_back_by_who_prepared(facts: Facts) -> list[Finding]:
    """由经办人本人撤回."""
    awaited = facts.act.get("awaiting")
    return [Finding("not_prepared_by_you", "3")] if awaited and facts.act.get("entered_by") != facts.acting.user else []
