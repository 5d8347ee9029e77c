"""Rules of time (Article 3): more time and a standstill with a reason and within limits, 催办, mediation, reminders.

A limit that the edition leaves open (null, or no such parameter) holds nobody back.
"""

from __future__ import annotations

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule


def _set(facts: Facts, parameter: str) -> int | None:
    """The number the edition gives to a parameter, or None."""
    if parameter not in facts.edition.parameters:
        return None
    value = facts.edition.parameter(parameter, facts.head.track)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


@rule(cites="3", serves=("strict_procedure",), asks=("reason",))
def change_of_time_has_reason(facts: Facts) -> list[Finding]:
    """延长、暂停、恢复审核，须写明理由."""
    return [] if facts.act.get("reason") else [Finding("reason_missing", "3")]


@rule(cites="3", needs=("review",), serves=("strict_procedure",))
def extension_is_left(facts: Facts) -> list[Finding]:
    """一次审核延长的次数以规定为限."""
    most = _set(facts, "review_extensions")
    return [] if most is None or facts.review.extensions < most else [Finding("extensions_used_up", "3", {"times": most})]


@rule(cites="3", serves=("strict_procedure",), asks=("days",))
def extension_within_limit(facts: Facts) -> list[Finding]:
    """每次延长不超过规定的工作日数. Reads ``days``."""
    most = _set(facts, "review_extension")
    return [] if most is None or int(facts.act.get("days", 0)) <= most else [Finding("extension_too_long", "3", {"days": most})]


@rule(cites="3", needs=("review",), serves=("strict_procedure",))
def review_is_running(facts: Facts) -> list[Finding]:
    """暂停着的审核不再暂停."""
    return [Finding("review_paused_already", "3")] if facts.review.paused else []


@rule(cites="3", needs=("review",), serves=("strict_procedure",))
def pause_is_left(facts: Facts) -> list[Finding]:
    """一次审核暂停的次数以规定为限."""
    most = _set(facts, "review_pauses")
    return [] if most is None or facts.review.pauses < most else [Finding("pauses_used_up", "3", {"times": most})]


@rule(cites="3", needs=("review",), serves=("strict_procedure",))
def review_is_paused(facts: Facts) -> list[Finding]:
    """恢复的是暂停着的审核."""
    return [] if facts.review.paused else [Finding("review_not_paused", "3")]


@rule(cites="3", serves=("strict_procedure",), asks=("task",))
def urged_task_is_open(facts: Facts) -> list[Finding]:
    """催办的是一项还没有办的待办. Reads ``task_open``."""
    return [] if facts.act.get("task_open") else [Finding("urged_task_not_open", "3")]


@rule(cites="3", serves=("strict_procedure",), asks=("task",))
def urge_is_timely(facts: Facts) -> list[Finding]:
    """到期前最后几个工作日和超期以后才催办；时限停着的、没有时限的不催. Reads ``timely`` and ``urged_from`` (YYYY-MM-DD or "")."""
    return [] if facts.act.get("timely") else [Finding("urge_too_early", "3", {"day": str(facts.act.get("urged_from") or "—")})]


@rule(cites="3", serves=("strict_procedure",), asks=("task",))
def not_urged_lately(facts: Facts) -> list[Finding]:
    """同一项待办，规定的工作日以内只催一次. Reads ``urged_on``: the day on which that was last done, if that is too near, or ""."""
    urged_on = facts.act.get("urged_on")
    return [Finding("urged_lately", "3", {"day": str(urged_on)})] if urged_on else []


@rule(cites="4.1", serves=("strict_procedure",), asks=("minutes", "scan"))
def mediation_has_minutes(facts: Facts) -> list[Finding]:
    """协调会要有记录：写明的，或者扫描件. Reads ``minutes`` and ``scan``."""
    return [] if facts.act.get("minutes") or facts.act.get("scan") else [Finding("minutes_missing", "4.1")]


@rule(cites="4.1", needs=("townships",), serves=("strict_procedure",), asks=("present",))
def mediation_brings_parties_together(facts: Facts) -> list[Finding]:
    """协调会由申请单位和至少一个被征求意见的单位参加. Reads ``present``."""
    present = set(facts.act.get("present", ()))
    others = {t.unit for t in facts.scope() if t.asked}
    return [] if facts.head.initiator in present and others & present else [Finding("parties_not_together", "4.1")]


@rule(cites="3", serves=("strict_procedure",), asks=("tasks",))
def reminders_are_due(facts: Facts) -> list[Finding]:
    """只提醒到了提醒时间、这一次还没有提醒过的待办. Reads ``not_due``: how many of those named are none of these."""
    missing = int(facts.act.get("not_due", 0))
    return [Finding("reminder_not_due", "3", {"count": missing})] if missing else []
