"""Grass-roots opinion first (Articles 1, 4.1): every township in scope has answered in writing, and silence is never consent.

Of an exit, and of an adjustment that adds no burden, the other side is asked as well, and holds nobody for ever (4.4): once its time
has passed its silence is recorded as 未反馈, its objection as such, and the authority decides. Which holds of whom is asked of
``kinds.consent_needed``.
"""

from __future__ import annotations

from dutygate.law.rules.facts import Facts, Township
from dutygate.law.rules.kinds import NEGATIVE, consent_needed, heard, items_asked, suffices
from dutygate.law.rules.registry import Finding, rule


def _per_township(code: str, townships: list[Township]) -> list[Finding]:
    return [Finding(code, "4.1", {"township": t.unit}) for t in townships]


@rule(cites="4.1", needs=("townships",), serves=("strict_procedure",))
def township_in_scope(facts: Facts) -> list[Finding]:
    """征求意见前须确定拟承担的乡镇."""
    return [] if facts.scope() else [Finding("no_township_in_scope", "4.1")]


@rule(cites="4.1", needs=("application",), serves=("strict_procedure", "matched"))
def judged_items_filled(facts: Facts) -> list[Finding]:
    """乡镇据以表态的各项内容须先写明: ten of the eleven, the negotiated opinion comes from the replies."""
    judged = [item for item in items_asked(facts.edition, facts.head).values() if item.judged_by_townships]
    return [Finding("item_missing", "4.1", {"item": i.id}) for i in judged if i.id not in facts.application.filled]


@rule(cites="4.1", needs=("own",), serves=("strict_procedure",))
def township_was_asked(facts: Facts) -> list[Finding]:
    """仅被书面征求意见的乡镇可以答复."""
    own = facts.own
    return [] if own and own.in_scope and own.asked else [Finding("township_not_asked", "4.1")]


@rule(cites="4.1", serves=("strict_procedure",), asks=("answer",))
def reply_has_reason(facts: Facts) -> list[Finding]:
    """不同意须说明理由，附条件须写明条件."""
    answer = facts.act.get("answer")
    if answer == "disagree" and not facts.act.get("reason"):
        return [Finding("disagreement_without_reason", "4.1")]
    if answer == "agree_with_conditions" and not facts.act.get("conditions"):
        return [Finding("conditions_not_written", "4.1")]
    return []


@rule(cites="4.1", needs=("own",), serves=("strict_procedure",))
def not_already_answered(facts: Facts) -> list[Finding]:
    """本轮已答复的，用“变更答复”: the first answer stays readable."""
    return [Finding("already_answered", "4.1")] if facts.own and facts.own.answered else []


@rule(cites="4.1", needs=("own",), serves=("strict_procedure",))
def has_answer_to_change(facts: Facts) -> list[Finding]:
    """尚未答复的，直接答复."""
    return [] if facts.own and facts.own.answered else [Finding("nothing_to_change", "4.1")]


@rule(cites="4.1", needs=("target",), serves=("matched",), asks=("township",))
def condition_is_open(facts: Facts) -> list[Finding]:
    """只回应乡镇提出而尚未回应的条件."""
    return [] if facts.target and facts.target.condition == "open" else [Finding("no_condition_to_answer", "4.1")]


@rule(cites="4.1", needs=("own",), serves=("matched",), asks=("settlement",))
def condition_can_be_settled(facts: Facts) -> list[Finding]:
    """部门回应后由乡镇确认；乡镇可随时撤回条件."""
    standing = facts.own.condition if facts.own else ""
    if facts.act.get("settlement") == "withdraw":
        return [] if standing in ("open", "answered") else [Finding("no_condition_to_settle", "4.1")]
    return [] if standing == "answered" else [Finding("no_answered_condition", "4.1")]


@rule(cites="4.1", needs=("application", "townships"), serves=("strict_procedure",))
def something_changed(facts: Facts) -> list[Finding]:
    """内容未变不得重复征求意见: asked again only after a change, or where an answer no longer stands."""
    if facts.application.changed_since_round:
        return []
    waiting = any(t.lapsed or t.contested or not t.asked for t in facts.scope())
    return [] if waiting else [Finding("nothing_changed_since_round", "4.1")]


@rule(cites="4.1", needs=("townships",), serves=("strict_procedure",), asks=("townships",))
def narrowed_township_in_scope(facts: Facts) -> list[Finding]:
    """调出的须是现在范围内的乡镇."""
    inside = {t.unit for t in facts.scope()}
    named: list[str] = list(facts.act.get("townships", ()))
    return [Finding("township_not_in_scope", "4.1", {"township": t}) for t in named if t not in inside]


@rule(cites="4.1", needs=("townships",), serves=("strict_procedure",), asks=("townships",))
def scope_not_emptied(facts: Facts) -> list[Finding]:
    """缩小范围不得一个乡镇也不留（如此应撤回）."""
    leaving = set(facts.act.get("townships", ()))
    return [] if any(t.unit not in leaving for t in facts.scope()) else [Finding("scope_would_be_empty", "4.1")]


@rule(cites="4.1", needs=("townships",), serves=("strict_procedure",))
def all_townships_answered(facts: Facts) -> list[Finding]:
    """范围内每个乡镇均已书面答复；沉默、逾期均不视为同意. Where no consent is needed, whoever is out of time is waited for no longer."""
    scope = [t for t in facts.scope() if consent_needed(facts.head, t)]
    others = [t for t in facts.scope() if not consent_needed(facts.head, t) and not t.out_of_time]
    return (
        _per_township("township_silent", [t for t in scope if not t.answer])
        + _per_township("entry_contested", [t for t in (*scope, *others) if t.answer and t.contested])
        + _per_township("party_has_time_left", [t for t in others if not t.answer])
    )


@rule(cites="4.1", needs=("townships",), serves=("strict_procedure",))
def no_township_against(facts: Facts) -> list[Finding]:
    """有乡镇不同意，即未协商一致."""
    return _per_township("township_against", [t for t in facts.scope() if t.answer == "disagree" and consent_needed(facts.head, t)])


@rule(cites="4.1", needs=("townships",), serves=("strict_procedure",))
def no_opinion_lapsed(facts: Facts) -> list[Finding]:
    """答复后内容有改动的，原意见失效，须重新征求."""
    return _per_township("opinion_lapsed", [t for t in facts.scope() if t.answer and t.lapsed])


@rule(cites="4.1", needs=("townships",), serves=("strict_procedure", "supported"))
def no_condition_open(facts: Facts) -> list[Finding]:
    """乡镇所附条件未了结的，不算协商一致. Where no consent is needed, they must have been answered, and are recorded as they stand."""
    waiting = [t for t in facts.scope() if t.answer == "agree_with_conditions" and t.condition != "settled"]
    open_ones = [t for t in waiting if consent_needed(facts.head, t)]
    return _per_township("condition_open", open_ones) + _per_township(
        "condition_unanswered", [t for t in waiting if t not in open_ones and t.condition == "open" and not t.contested]
    )


@rule(cites="4.1", needs=("townships",), serves=("strict_procedure",), asks=("outcome",))
def consent_stands(facts: Facts) -> list[Finding]:
    """征求意见之后的每一步，都须以现行文本得到各乡镇同意为前提. Where no consent is needed: each was heard on it, or had its time."""
    if facts.act.get("outcome") in NEGATIVE:
        return []
    scope = facts.scope()
    if not scope:
        return [Finding("no_township_in_scope", "4.1")]
    unheard = [t for t in scope if not consent_needed(facts.head, t) and not heard(t)]
    missing = [t for t in scope if t not in unheard and not suffices(facts.head, t)]
    return _per_township("consent_missing", missing) + _per_township("party_not_heard", unheard)
