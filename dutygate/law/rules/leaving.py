"""Exit and adjustment (Articles 4.4, 4.5): who may ask for them, of which duty, for which reason, and on which track."""

from __future__ import annotations

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.kinds import NEGATIVE, consent_needed, is_exit, of_a_duty
from dutygate.law.rules.registry import Finding, rule

MANDATED_BY = ("lead", "legal", "system")


@rule(cites="4.4", serves=("strict_procedure", "dynamic"), asks=("kind", "duty"))
def opener_has_standing(facts: Facts) -> list[Finding]:
    """准入由部门提出；退出和调整由主办、会同办理该职责的部门或者承担它的乡镇提出；因法规、机构变动而须调整的，由牵头单位、法制审核单位代为立卷."""
    head, relations = facts.head, facts.acting.relations
    if head.kind == "admission":
        return [] if "department" in relations else [Finding("admission_is_asked_by_departments", "4.1")]
    if head.mandated:
        mandated = head.kind == "adjustment" and bool(relations & set(MANDATED_BY))
        return [] if mandated else [Finding("mandate_is_not_yours", "4.5")]
    asks = "township" if head.by_township else "department"
    return [] if asks in relations and head.has_standing else [Finding("no_standing_towards_duty", "4.4")]


@rule(cites="4.4", serves=("lawful", "dynamic"), asks=("duty", "outcome"))
def duty_in_force(facts: Facts) -> list[Finding]:
    """退出、调整的须是现在有效的职责: one that has ended meanwhile is refused or withdrawn, not ended or changed again."""
    if facts.act.get("outcome") in NEGATIVE or not of_a_duty(facts.head):
        return []
    return [] if facts.head.duty_in_force else [Finding("duty_not_in_force", "4.4")]


@rule(cites="4.4", serves=("strict_procedure", "dynamic"), asks=("reason",))
def reason_is_coded(facts: Facts) -> list[Finding]:
    """退出、调整须写明是哪一种理由；选“其他”的，另用文字说明."""
    head, act = facts.head, facts.act
    if not of_a_duty(head):
        return []
    given = head.reason if act.get("reason") is None else str(act["reason"])
    reason = facts.edition.change_reasons.get(given)
    if reason is None or head.kind not in reason.kinds:
        return [Finding("change_reason_missing", "4.4")]
    said_now = head.state == "none" or given != head.reason or act.get("reason_words") is not None
    return [Finding("other_reason_without_words", "4.4")] if reason.in_words and said_now and not act.get("reason_words") else []


@rule(cites="4.5", serves=("strict_procedure", "dynamic"), asks=("track",))
def track_follows_the_duty(facts: Facts) -> list[Finding]:
    """退出按该职责的类别办理；临时转常态须走常态化程序，常态化职责不改为临时."""
    head = facts.head
    track = facts.act.get("track") or head.track
    if not of_a_duty(head) or track == head.from_track:
        return []
    if is_exit(head):
        return [Finding("exit_on_another_track", "4.4")]
    return [Finding("regular_made_temporary", "4.5")] if head.from_track == "regular" else []


@rule(cites="4.4", needs=("application", "townships"), serves=("strict_procedure",))
def silent_were_asked_on_this_text(facts: Facts) -> list[Finding]:
    """逾期未反馈的，须是就现在的文本征求过的: a text changed since is put to them once more, with its full time."""
    if not facts.application.changed_since_round:
        return []
    silent = [t for t in facts.scope() if not consent_needed(facts.head, t) and not t.answered]
    return [Finding("silent_on_an_earlier_text", "4.4", {"township": t.unit}) for t in silent]
