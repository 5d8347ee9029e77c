"""What people of a random walk may say in the review, on a decision, in a notice and in a correction (Articles 1, 3, 4.2-4.4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from dutygate.law.procedure.model import tasks_of
from tests.journey import POINTS
from tests.proof.machine_desk import Desk
from tests.proof.machine_menu import MENUS, Line, Menu

WHOLE: dict[str, Any] = {"recommends": "admit", "points": {p: {"finding": "ok"} for p in POINTS}}
FOUND: dict[str, dict[str, Any]] = {
    "lead": {"seat": "lead", "necessity": "necessary"},
    "legal": {"seat": "legal", "excluded_power": "none", "emergency": "none", "excluded_power_reason": "不属行政检查"},
    "services": {"seat": "services"},
}
WHY = ({"text": "须再研究"},)
OFFICES = {"banner_committee": "committee", "banner_government": "government", "city_government": "city"}


def returning(desk: Desk, who: str) -> list[Line]:
    """退回补正."""
    gaps = ({"item": "staffing", "text": "未写明岗位"}, {"item": "", "text": "请一并核对"})
    return [Line({"gaps": gaps}), Line({"gaps": ()}), Line({"gaps": ({"item": "unknown", "text": "x"},)}, True)]


def substituting(desk: Desk, who: str) -> list[Line]:
    """回避与顶替 of each seat by each member, by the applicant, by an outsider, without a reason."""
    members = sorted(desk.walk.places.members)
    strangers = (desk.walk.memory.initiator, desk.world.people["finance"].unit, desk.townships[0])
    lines = [
        Line({"seat": seat, "substitute": unit, "reason": reason})
        for seat in ("lead", "legal", "services")
        for unit in (*members, *strangers)
        for reason in ("申请单位须回避", "")
    ]
    nowhere = Line({"seat": "legal", "substitute": "nowhere", "reason": "x"}, True)
    return [*lines, Line({"seat": "unheard_of", "substitute": members[0], "reason": "x"}), nowhere]


def asking_departments(desk: Desk, who: str) -> list[Line]:
    """征求部门意见: one, two, one that was asked before, the applicant, a township."""
    units = [desk.world.people[role].unit for role in ("finance", "water")]
    lines = [Line({"departments": asked}) for asked in ((units[0],), (units[1],), tuple(units), (desk.walk.memory.initiator,))]
    return [*lines, Line({"departments": ()}, True), Line({"departments": (desk.townships[0],)}, True)]


def commenting(desk: Desk, who: str) -> list[Line]:
    """反馈部门意见, and a department's paper entered by the lead."""
    own = desk.world.people[who].unit
    units = [desk.world.people[role].unit for role in ("finance", "water")]
    on_paper = [Line({"text": "无不同意见。", **desk.paper(who, unit)}, unit == own) for unit in units]
    return [Line({"text": "无不同意见。"}), Line({"text": ""}, True), *on_paper]


def hearing(desk: Desk, who: str) -> list[Line]:
    """听取专家意见; a hearing to come is none."""
    said = {"expert": "王工", "affiliation": "旗林业工作站（退休）", "opinion": "可行"}
    return [Line({**said, "heard_on": desk.today}), Line({**said, "heard_on": desk.today + timedelta(days=2)}, True)]


def assessing(desk: Desk, who: str) -> list[Line]:
    """审核: of each seat, whole, with dissent, and with each thing missing; from paper."""
    own = desk.world.people[who].unit
    short = {p: {"finding": "ok"} for p in POINTS[:-1]}
    good = [{**WHOLE, **found} for found in FOUND.values()]
    wrong: list[dict[str, Any]] = [{**said, "points": short} for said in good]
    wrong += [{**WHOLE, "seat": "lead"}, {**good[1], "emergency": ""}, {**good[1], "excluded_power": ""}, {**WHOLE, "seat": "unheard_of"}]
    wrong += [{**good[1], "excluded_power_reason": ""}, {**WHOLE, **FOUND["services"], "points": {}}]
    dissent: list[dict[str, Any]] = [{**said, "recommends": "not_admit"} for said in good]
    dissent += [{**good[1], "excluded_power": "found"}, {**good[1], "emergency": "found"}, {**good[0], "necessity": "not_necessary"}]
    lines = [Line(said) for said in (*good, *good, *dissent, *wrong)]
    for seat in ("legal", "services"):
        unit = desk.state.seated(seat)
        lines.append(Line({**WHOLE, **FOUND[seat], **desk.paper(who, unit)}, unit == own))
    return [*lines, Line({**good[2], "points": {"colour": {"finding": "ok"}}}, True), Line({**good[2], "recommends": "perhaps"}, True)]


def concluding_review(desk: Desk, who: str) -> list[Line]:
    """形成审核意见."""
    reasons = ("", "不涉及其他部门职责")
    return [Line({"outcome": o, "text": "经审核", "no_other_concerned": why}) for o in ("admit", "not_admit") for why in reasons]


def refusing(desk: Desk, who: str) -> list[Line]:
    """不予准入 with reasons, with one that rests on nothing, with none."""
    reasons = (
        ({"text": "不属确需由乡镇承担的事项", "provision": "1"},),
        ({"text": "不属确需"},),
        ({"text": "不属确需", "provision": "99"},),
        (),
    )
    return [Line({"reasons": why, **desk.letter()}) for why in reasons]


def sending_up(desk: Desk, who: str) -> list[Line]:
    """报旗委、旗政府."""
    letter, to_come = desk.letter(), desk.today + timedelta(days=2)
    return [
        Line(letter),
        Line({**letter, "document_number": ""}),
        Line({**letter, "dated_on": None}),
        Line({**letter, "dated_on": to_come}, True),
    ]


def sending_on(desk: Desk, who: str) -> list[Line]:
    """报市政府, also from a paper of the government."""
    own, government = desk.world.people[who].unit, desk.walk.places.bodies["banner_government"]
    on_paper = Line({"dated_on": desk.today, **desk.paper(who, government)}, own == government)
    return [*sending_up(desk, who), on_paper]


def deciding(desk: Desk, who: str) -> list[Line]:
    """登记决定: each body and outcome; without number, date or reasons; fewer and other townships; earlier and later; from paper."""
    own, lines = desk.world.people[who].unit, []
    ends = desk.walk.memory.marks["ends_on"] or desk.today
    for body, office in desk.walk.places.bodies.items():
        letter = {"body": body, **desk.letter()}
        good = {**letter, "outcome": "for"}
        outside = desk.world.key(desk.world.outside)
        lines += [
            Line(good),
            Line(good),
            Line({**letter, "outcome": "against", "reasons": WHY}),
            Line({**letter, "outcome": "return", "reasons": WHY}),
        ]
        lines += [Line({**letter, "outcome": outcome, "reasons": ()}) for outcome in ("against", "return")]
        lines += [Line({**good, "document_number": ""}), Line({**good, "dated_on": None})]
        lines += [Line({**good, "townships": named}) for named in (desk.townships[:1], desk.townships[1:], (*desk.townships, outside))]
        lines += [Line({**good, "expires_on": ends + timedelta(days=days)}) for days in (-10, 10)]
        lines.append(Line({**good, **desk.paper(who, office)}, own == office))
        lines.append(Line({**good, "townships": ()}, True))
        lines.append(Line({**good, "dated_on": desk.today + timedelta(days=2)}, True))
    return lines


def notifying(desk: Desk, who: str) -> list[Line]:
    """书面告知: to all, to all but one, to one more."""
    must = sorted(desk.state.notice.required)
    water = desk.world.people["water"].unit
    named = [None, None, tuple(must), tuple(must[1:]), (*must, water)]
    return [*(Line({**desk.letter(), "addressees": units}) for units in named), Line({"document_number": ""}, True)]


def acknowledging(desk: Desk, who: str) -> list[Line]:
    """签收, also from paper."""
    own = desk.world.people[who].unit
    pending = sorted(desk.state.notice.pending)[:2]
    return [Line({}), Line({}), *(Line(desk.paper(who, unit), unit == own) for unit in (*pending, desk.townships[0]))]


def withdrawing(desk: Desk, who: str) -> list[Line]:
    """撤回事项; seldom with a reason, so that most walks go on."""
    return [*[Line({"reason": ""})] * 7, Line({"reason": "条件尚不成熟"})]


def moving(desk: Desk, who: str) -> list[Line]:
    """转到现行版本: there is one edition alone here, so that nothing is left to move."""
    return [Line({"reason": "现行办法已经施行"}), Line({"reason": ""}), Line({"to": "arun_2023_18", "reason": "改依旧办法"})]


def handing(desk: Desk, who: str) -> list[Line]:
    """转办: to a colleague, to herself, to somebody of another unit, to nobody."""
    names = [*desk.people(desk.world.people[who].unit), "finance", "nobody"]
    return [Line({"task": "consultation.reply", "user": name.replace("_", ".")}) for name in names]


def standing_in(desk: Desk, who: str) -> list[Line]:
    """委托, for some days."""
    days = {"from_on": desk.today, "to_on": desk.today + timedelta(days=5)}
    return [Line({**line.payload, **days}, line.malformed) for line in handing(desk, who)] + [Line({"task": "x", "user": who}, True)]


def correcting(desk: Desk, who: str) -> list[Line]:
    """更正 of answers, outcomes, numbers and reasons, with and without a new document, a reason, a record."""
    lines: list[Line] = []
    new = {"reason": "录入有误", "document_number": desk.number()}
    words, own = desk.walk.memory.words, desk.world.people[who].unit
    mine = [named for named, word in words.items() if word.unit == own]
    for target, field in (*words, *mine * 4):
        values = {"answer": ("agree", "agree", "disagree"), "outcome": ("for", "against")}.get(field, (desk.fresh("更正"),))
        for value in values:
            said = {"target": target, "field": field, "new": value, **new}
            lines += [Line(said), Line({**said, "document_number": ""}), Line({**said, "reason": ""})]
    silent = {"target": f"opinion:{desk.townships[-1]}", "field": "answer", "new": "agree", **new}
    return [*lines, Line(silent), Line({**silent, "target": "nothing:1"}, True), Line({**silent, "new": "perhaps"}, True)]


def confirming(desk: Desk, who: str) -> list[Line]:
    """确认更正 of any correction that there is, and of one that there is not."""
    known = len(desk.walk.memory.corrections)
    return [*(Line({"correction": n}) for n in range(1, known + 1)), Line({"correction": known + 1}, True)]


def extending(desk: Desk, who: str) -> list[Line]:
    """延长: within the edition's time and beyond it, without a reason, by nothing."""
    return [Line({"days": days, "reason": why}) for days in (1, 10, 11) for why in ("情况复杂", "")] + [
        Line({"days": 0, "reason": "x"}, True)
    ]


def retiming(desk: Desk, who: str) -> list[Line]:
    """暂停、恢复, with and without a reason."""
    return [Line({"reason": "等待材料"}), Line({"reason": "等待材料"}), Line({"reason": ""})]


def urging(desk: Desk, who: str) -> list[Line]:
    """催办 of every kind of task, of whoever owes it and of others."""
    tasks = sorted(tasks_of(desk.walk.edition, desk.state, desk.walk.places)) if desk.state.head.state != "none" else []
    lines = [Line({"task": task.action, "unit": task.unit, "seat": task.seat}) for task in tasks]
    return [*lines, Line({"task": "review.assess", "unit": desk.townships[0]}), Line({"task": "review.assess", "unit": "nowhere"}, True)]


MORE: dict[str, Menu] = {
    "review.return": returning,
    "review.substitute": substituting,
    "review.ask_department": asking_departments,
    "review.comment": commenting,
    "review.hear_expert": hearing,
    "review.extend": extending,
    "review.pause": retiming,
    "review.resume": retiming,
    "case.urge": urging,
    "review.assess": assessing,
    "review.conclude": concluding_review,
    "review.refuse": refusing,
    "decision.submit_to_banner": sending_up,
    "decision.submit_to_city": sending_on,
    "decision.record": deciding,
    "notice.issue": notifying,
    "notice.acknowledge": acknowledging,
    "case.withdraw": withdrawing,
    "edition.move_case": moving,
    "case.reassign": handing,
    "case.stand_in": standing_in,
    "record.correct": correcting,
    "record.confirm": confirming,
}


ELSEWHERE: Final = frozenset(
    {
        *("notice.deliver", "notice.contest", "notice.show_original", "case.circulate", "case.mark_read"),
        *("signature.prepare", "signature.sign", "signature.return", "signature.take_back"),
    }
)
"""What random people leave alone: it neither moves a case nor opens a task but a receipt's, and has walks of its own."""


def menu(action: str, desk: Desk, who: str) -> list[Line]:
    """What somebody may try of one action now."""
    return {**MENUS, **MORE}[action](desk, who)
