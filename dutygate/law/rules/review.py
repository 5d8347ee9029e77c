"""The joint review (Articles 3, 4.2): complete papers, every seat, five points, nobody in its own cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dutygate.law.rules.facts import Assessment, Facts
from dutygate.law.rules.kinds import NEGATIVE, is_exit, own_cause
from dutygate.law.rules.registry import Finding, rule

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition


def _standing(facts: Facts, seat: str) -> Assessment | None:
    """The assessment of a seat, if the unit that sits there now made it."""
    sitting = dict(facts.review.seats).get(seat)
    return next((a for a in facts.review.assessments if a.seat == seat and a.unit == sitting), None)


@rule(cites="4.2", needs=("townships",), serves=("strict_procedure",), asks=("outcome",))
def originals_checked(facts: Facts) -> list[Finding]:
    """代录的乡镇答复，受理时和其后每一步都须核对过原件: a correction may rest on a new paper that nobody has seen yet."""
    if facts.act.get("outcome") in NEGATIVE:
        return []
    return [Finding("original_not_checked", "4.2", {"township": t.unit}) for t in facts.scope() if t.paper == "unchecked"]


@rule(cites="3", serves=("strict_procedure",))
def not_own_application(facts: Facts) -> list[Finding]:
    """申请单位不审核自己的申请（回避）. Nor does the department whose duty it is, when a township asks for its end or change."""
    return [Finding("own_application", "3")] if facts.acting.unit in own_cause(facts.head) else []


@rule(cites="4.2", serves=("strict_procedure",), asks=("gaps",))
def gaps_listed(facts: Facts) -> list[Finding]:
    """退回须一次列明全部应补正之处."""
    return [] if facts.act.get("gaps") else [Finding("gaps_missing", "4.2")]


@rule(cites="3", needs=("review",), serves=("strict_procedure",), asks=("substitute",))
def substitute_is_another_member(facts: Facts) -> list[Finding]:
    """回避后由联席会议其他成员单位顶替，且不得是申请单位."""
    substitute = facts.act.get("substitute")
    seat = facts.act.get("seat")
    if seat not in dict(facts.review.seats):
        return [Finding("seat_unknown", "3", {"seat": seat})]
    if substitute in own_cause(facts.head):
        return [Finding("substitute_is_applicant", "3", {"seat": seat})]
    if substitute not in facts.review.members or substitute == dict(facts.review.seats)[seat]:
        return [Finding("substitute_not_a_member", "3", {"seat": seat})]
    return []


@rule(cites="3", needs=("review",), serves=("strict_procedure", "lawful"), asks=("seat",))
def substituted_seat_not_assessed(facts: Facts) -> list[Finding]:
    """已经提出审核意见的席位不得再由他人顶替: what a seat found is not set aside by changing who sits there."""
    seat = str(facts.act.get("seat"))
    return [Finding("seat_already_assessed", "3", {"seat": seat})] if _standing(facts, seat) else []


@rule(cites="3", serves=("strict_procedure",), asks=("reason",))
def substitution_has_reason(facts: Facts) -> list[Finding]:
    """顶替须写明理由."""
    return [] if facts.act.get("reason") else [Finding("reason_missing", "3")]


@rule(cites="4.2", needs=("review",), serves=("strict_procedure",), asks=("departments",))
def department_can_be_asked(facts: Facts) -> list[Finding]:
    """征求的是申请单位以外、尚未征求过的部门."""
    before = {a.unit for a in facts.review.asked}
    named: list[str] = list(facts.act.get("departments", ()))
    own = [Finding("department_is_applicant", "4.2", {"department": d}) for d in named if d == facts.head.initiator]
    return own + [Finding("department_already_asked", "4.2", {"department": d}) for d in named if d in before]


@rule(cites="4.2", needs=("review",), serves=("strict_procedure",))
def comment_is_awaited(facts: Facts) -> list[Finding]:
    """每个被征求部门反馈一次."""
    waiting = {a.unit for a in facts.review.asked if a.status != "answered"}
    return [] if facts.acting.unit in waiting else [Finding("comment_already_given", "4.2")]


@rule(cites="3", needs=("review",), serves=("strict_procedure",), asks=("seat",))
def assesses_for_held_seat(facts: Facts) -> list[Finding]:
    """只就本单位在本卷所任的席位审核."""
    seat = facts.act.get("seat")
    return [] if (seat, facts.acting.unit) in facts.review.seats else [Finding("seat_not_held", "3", {"seat": seat})]


@rule(cites="4.2", serves=("strict_procedure",), asks=("points",))
def five_points_found(facts: Facts) -> list[Finding]:
    """五个审核重点逐一有结论."""
    found = facts.act.get("points", ())
    return [Finding("focus_point_missing", "4.2", {"point": p}) for p in facts.edition.focus_points if p not in found]


@rule(cites="1", serves=("lawful",), asks=("seat",))
def legal_finds_exclusions(facts: Facts) -> list[Finding]:
    """法制审核须就排除权力与应急处置作出认定；属“其他权力”的须说明为何不在排除之列."""
    act = facts.act
    if act.get("seat") != "legal" or is_exit(facts.head):
        return []
    found = []
    if act.get("excluded_power") not in ("none", "found"):
        found.append(Finding("excluded_power_not_found_on", "1"))
    if act.get("emergency") not in ("none", "found"):
        found.append(Finding("emergency_not_found_on", "7"))
    power = facts.edition.exclusions.classes.get(facts.head.declared_class)
    amber = power is not None and power.effect == "amber"
    if amber and act.get("excluded_power") == "none" and not act.get("excluded_power_reason"):
        found.append(Finding("amber_power_unexplained", "1", {"declared_class": facts.head.declared_class}))
    return found


@rule(cites="4.4", needs=("review",), serves=("dynamic",), asks=("seat",))
def legal_finds_still_temporary(facts: Facts) -> list[Finding]:
    """临时任务自第二期起，法制审核须认定是否仍属临时."""
    asked = facts.act.get("seat") == "legal" and facts.head.track == "temporary" and facts.review.earlier_terms > 0
    asked = asked and not is_exit(facts.head)
    return [Finding("still_temporary_not_found_on", "4.4")] if asked and facts.act.get("still_temporary") is None else []


@rule(cites="1", serves=("matched",), asks=("seat",))
def lead_finds_necessity(facts: Facts) -> list[Finding]:
    """牵头单位须认定是否确需由乡镇承担."""
    act = facts.act
    missing = act.get("seat") == "lead" and act.get("necessity") not in ("necessary", "not_necessary") and not is_exit(facts.head)
    return [Finding("necessity_not_found_on", "1")] if missing else []


@rule(cites="3", needs=("review",), serves=("strict_procedure",))
def no_seat_in_own_cause(facts: Facts) -> list[Finding]:
    """申请单位所任席位须先由其他成员顶替."""
    held = [seat for seat, unit in facts.review.seats if unit in own_cause(facts.head)]
    return [Finding("seat_not_substituted", "3", {"seat": seat}) for seat in held]


@rule(cites="4.2", needs=("review",), serves=("strict_procedure",))
def every_seat_assessed(facts: Facts) -> list[Finding]:
    """各席位均已审核，且所审内容其后未改."""
    found = []
    for seat, _unit in facts.review.seats:
        standing = _standing(facts, seat)
        if standing is None:
            found.append(Finding("seat_not_assessed", "4.2", {"seat": seat}))
        else:
            missing = [p for p in facts.edition.focus_points if p not in standing.points or p in standing.lapsed]
            found += [Finding("assessment_lapsed", "4.2", {"seat": seat, "point": p}) for p in missing]
    return found


@rule(cites="4.2", needs=("review",), serves=("strict_procedure",), asks=("no_other_concerned",))
def departments_asked_or_reason(facts: Facts) -> list[Finding]:
    """征求了相关部门，或者写明没有其他相关部门的理由."""
    asked = bool(facts.review.asked) or bool(facts.act.get("no_other_concerned"))
    return [] if asked else [Finding("no_department_asked", "4.2")]


@rule(cites="4.2", needs=("review",), serves=("strict_procedure",))
def departments_answered_or_out_of_time(facts: Facts) -> list[Finding]:
    """被征求部门已反馈，或者已过时限（记“未反馈”，不记“无意见”）."""
    return [Finding("comment_awaited", "4.2", {"department": a.unit}) for a in facts.review.asked if a.status == "open"]


def needs_meeting(edition: Edition, track: str) -> bool:
    """Whether the conference has asked for a meeting before a review of that track is concluded (Article 3)."""
    return edition.parameter("conclusion_needs_meeting", track) is True


@rule(cites="3", needs=("review",), serves=("strict_procedure",))
def meeting_where_required(facts: Facts) -> list[Finding]:
    """联席会议规定须开会的，开会研究过并且纪要定稿以后，方可形成审核意见；规定书面审议也算的，书面审议过亦可."""
    if not needs_meeting(facts.edition, facts.head.track) or facts.review.meeting_held:
        return []
    written = "written_round_will_do" in facts.edition.parameters and facts.edition.parameter("written_round_will_do", facts.head.track)
    if written is True:
        return [] if facts.review.round_held else [Finding("meeting_or_round_missing", "3")]
    return [Finding("meeting_missing", "3")]


@rule(cites="1", needs=("review",), serves=("lawful",), asks=("outcome",))
def no_exclusion_found(facts: Facts) -> list[Finding]:
    """法制审核认定属排除权力或应急处置的，不得同意准入."""
    if facts.act.get("outcome") != "admit" or is_exit(facts.head):
        return []
    legal = _standing(facts, "legal")
    if legal is None:
        return []
    found = [Finding("legal_found_excluded_power", "1")] if legal.excluded_power == "found" else []
    return found + ([Finding("legal_found_emergency", "7")] if legal.emergency == "found" else [])


@rule(cites="4.2", needs=("review",), serves=("strict_procedure",))
def conclusion_is_not_admit(facts: Facts) -> list[Finding]:
    """审核意见为同意准入的，应上报，不得由牵头单位告知不予准入."""
    return [] if facts.review.conclusion == "not_admit" else [Finding("conclusion_is_to_admit", "4.2")]


@rule(cites="4.2", needs=("review",), serves=("strict_procedure",))
def conclusion_is_admit(facts: Facts) -> list[Finding]:
    """审核意见为不予准入的，应书面告知，不上报审批."""
    return [] if facts.review.conclusion == "admit" else [Finding("conclusion_is_not_to_admit", "4.2")]


@rule(cites="4.2", serves=("strict_procedure", "lawful"), asks=("reasons",))
def refusal_has_reasons(facts: Facts) -> list[Finding]:
    """不予准入须说明理由，其中至少一条引用条款."""
    reasons = facts.act.get("reasons", ())
    if not reasons:
        return [Finding("refusal_reasons_missing", "4.2")]
    cited = [r for r in reasons if r.get("provision") in facts.edition.provisions]
    return [] if cited else [Finding("refusal_cites_nothing", "4.2")]
