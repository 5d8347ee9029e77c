"""Everything that people of a random walk may write into an application and say about it, good and wrong (Articles 1, 4.1, 5, 7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from tests.journey import ITEMS, SAFEGUARDS
from tests.proof.machine_desk import NOBODYS_SCAN, Desk
from tests.proof.machine_memory import BASES


class Line(NamedTuple):
    """One payload. ``malformed``: its very form is wrong, whoever sends it and whenever."""

    payload: dict[str, Any]
    malformed: bool = False


Menu = Callable[[Desk, str], list[Line]]
OPENING: dict[str, Any] = {
    "title": "林草防火宣传",
    "track": "regular",
    "declared_class": "public_service",
    "mode": "assign",
    "acts_in_name_of": "以乡镇名义宣传，由旗林草局答复投诉",
    "necessity": "入户宣传须由熟悉各村情况的乡镇承担",
}


def opening(desk: Desk, who: str) -> list[Line]:
    """立卷: what must be refused of anybody; the good ones, which begin a walk, only of those who may not."""
    wrong = ({"declared_class": "penalty"}, {"declared_class": "licence"}, {"declared_class": "unheard_of"}, {"handles_emergency": True})
    lines = [Line({**OPENING, **words}) for words in wrong]
    lines += [Line({**OPENING, "title": ""}, True), Line({**OPENING, "kind": "exit"}, True)]
    acting = desk.world.people[who]
    department = acting.unit_kind == "department" and acting.kind == "handler"
    return lines if department else [*lines, Line(OPENING)]


def editing(desk: Desk, who: str) -> list[Line]:
    """编写申请: whole, in parts, for single townships, emptied, of other marks; what nothing changes; and what is no edit."""
    memory, today = desk.walk.memory, desk.today
    one = desk.townships[desk.papers % len(desk.townships)]
    good: list[dict[str, Any]] = [
        desk.whole_text(),
        {"items": {"content": desk.fresh(ITEMS["content"])}},
        {"items": {"staffing": desk.fresh(ITEMS["staffing"]), "division": desk.fresh(ITEMS["division"])}},
        {"items": {"legal_basis": ""}},
        {"items": {"workflow": "", "negotiated_opinion": ""}},
        {"items": {"name": desk.fresh("林草防火宣传")}},
        {"items": {"negotiated_opinion": desk.fresh("各乡镇均同意")}},
        {"per_township": {one: {"staffing": desk.fresh("另配一名护林员")}}},
        {"per_township": {unit: {"division": desk.fresh("另设联络点")} for unit in desk.townships[:2]}},
        {"items": dict(ITEMS)},
        {},
        {"safeguards": SAFEGUARDS},
        {"safeguards": ({"kind": "training", "needed": False},)},
        {"safeguards": ({"kind": "training", "needed": False, "note": "已有省级网络课程"},)},
        {"safeguards": ({"kind": "other", "needed": True, "amount_fen": desk.papers, "note": "防火服", "township": one},)},
        {"bases": ()},
        {"bases": (BASES["policy"],)},
        {"bases": (BASES["law"], BASES["ended"])},
        {"bases": (BASES["law"],)},
        {"track": "temporary", "ends_on": today + timedelta(days=60)},
        {"track": "temporary", "ends_on": None},
        {"track": "regular", "ends_on": None},
        {"ends_on": today + timedelta(days=30 + desk.papers % 7)},
        {"mode": "entrust"},
        {"mode": "assign"},
        {"acts_in_name_of": desk.fresh("以乡镇名义")},
        {"necessity": ""},
        {"necessity": desk.fresh("须由乡镇承担")},
        {"declared_class": "inspection"},
        {"declared_class": memory.marks["declared_class"]},
        {"add_townships": (one,)},
        {"add_townships": desk.townships},
        {"declared_class": "coercion"},
        {"declared_class": "unheard_of"},
        {"handles_emergency": True},
        {"handles_emergency": True, "items": {"content": desk.fresh("应急处置")}},
    ]
    drafting = desk.state.head.state == "drafting"
    lines = [Line(payload) for payload in good]
    lines += [Line({"townships": units}, not drafting) for units in (desk.townships, desk.townships[:1], desk.townships[1:])]
    lines += [Line(payload, True) for payload in ({"items": {"unknown": "x"}}, {"colour": "red"}, {"safeguards": ({"kind": "bribe"},)})]
    lines.append(Line({"add_townships": (desk.world.people["finance"].unit,)}, True))
    return [*lines, Line({"add_townships": ("nowhere",)}, True)]


def asking(desk: Desk, who: str) -> list[Line]:
    """征求意见, first and again."""
    return [Line({"document_number": desk.number(), "letter": "请研提意见"}), Line({}), Line({"until": "soon"}, True)]


def replying(desk: Desk, who: str) -> list[Line]:
    """答复, 变更答复: by itself, and from a paper of a township with and without all that a paper needs."""
    own = desk.world.people[who].unit
    words: list[dict[str, Any]] = [
        {"answer": "agree"},
        {"answer": "agree", "reason": "同意"},
        {"answer": "agree_with_conditions", "conditions": ("经费须在每年三月前到位", "配备交通工具")},
        {"answer": "disagree", "reason": "人手不足"},
    ]
    lines = [Line(said) for said in (*words, {"answer": "agree_with_conditions"}, {"answer": "disagree"})]
    for unit in (*desk.townships, desk.world.key(desk.world.outside)):
        if unit == own:
            lines.append(Line({"answer": "agree", **desk.paper(who, unit)}, True))
            continue
        lines += [Line({**said, **desk.paper(who, unit)}) for said in words[::2]]
        lines += [Line({"answer": "agree", **desk.paper(who, unit), **less}, True) for less in ({"scan": ""}, {"document_number": ""})]
    lines.append(Line({"answer": "agree", **desk.paper(who, desk.townships[0]), "scan": NOBODYS_SCAN}, True))
    return [*lines, Line({"answer": "maybe"}, True), Line({}, True)]


def answering(desk: Desk, who: str) -> list[Line]:
    """回应条件 of each township, whether it has any or not."""
    lines = [Line({"township": unit, "answer": "经费二月底前拨付"}) for unit in desk.townships]
    return [*lines, Line({"township": desk.townships[0], "answer": ""}, True), Line({"township": "nowhere", "answer": "好"}, True)]


def settling(desk: Desk, who: str) -> list[Line]:
    """确认条件, also from paper."""
    own = desk.world.people[who].unit
    lines = [Line({"settlement": word}) for word in ("accept", "withdraw", "keep")]
    for unit in desk.townships:
        lines += [Line({"settlement": word, **desk.paper(who, unit)}, unit == own) for word in ("accept", "withdraw", "keep")]
    return [*lines, Line({"settlement": "accept", "entered_for": desk.townships[0]}, True)]


def narrowing(desk: Desk, who: str) -> list[Line]:
    """缩小范围: one, all, one that was never in it."""
    lines = [Line({"townships": (unit,), "reason": "暂不具备条件"}) for unit in desk.townships]
    lines += [Line({"townships": units, "reason": "撤"}) for units in (desk.townships, (desk.world.key(desk.world.outside),))]
    return [*lines, Line({"townships": (), "reason": "无"}, True), Line({"townships": desk.townships[:1], "reason": ""}, True)]


def concluding(desk: Desk, who: str) -> list[Line]:
    """形成协商意见: new words, the same again, none."""
    same = desk.walk.memory.texts.get(("negotiated_opinion", "")) or "各乡镇均同意，经费按年拨付。"
    return [
        Line({"negotiated_opinion": desk.fresh("各乡镇均同意")}),
        Line({"negotiated_opinion": same}),
        Line({"negotiated_opinion": ""}, True),
    ]


def submitting(desk: Desk, who: str) -> list[Line]:
    """提交书面申请."""
    return [Line({"signed_on": desk.today, "document_number": desk.number()}), Line({"signed_on": desk.today}), Line({}, True)]


def contesting(desk: Desk, who: str) -> list[Line]:
    """对代录提出异议."""
    return [Line({"reason": "盖章的是旧文本"}), Line({"reason": ""}, True)]


def checking(desk: Desk, who: str) -> list[Line]:
    """核对原件 of each township."""
    return [*(Line({"township": unit}) for unit in desk.townships), Line({"township": ""}, True)]


def nothing(desk: Desk, who: str) -> list[Line]:
    """受理, 撤回申请: nothing to say."""
    return [Line({}), Line({"hurry": True}, True)]


def mediating(desk: Desk, who: str) -> list[Line]:
    """组织协调: with both sides or one, with minutes and without; a meeting to come is none."""
    applicant, township = desk.walk.memory.initiator, desk.townships[0]
    held = {"held_on": desk.today, "minutes": "双方说明了情况"}
    lines = [Line({**held, "present": (applicant, township)}), Line({**held, "present": (township,)})]
    lines.append(Line({"held_on": desk.today, "present": (applicant, township)}))
    return [
        *lines,
        Line({**held, "present": ()}, True),
        Line({**held, "held_on": desk.today + timedelta(days=2), "present": (applicant,)}, True),
    ]


MENUS: dict[str, Menu] = {
    "case.open": opening,
    "application.edit": editing,
    "consultation.request": asking,
    "consultation.ask_again": asking,
    "consultation.reply": replying,
    "consultation.change_reply": replying,
    "consultation.answer_conditions": answering,
    "consultation.settle_conditions": settling,
    "consultation.narrow": narrowing,
    "consultation.mediate": mediating,
    "consultation.conclude": concluding,
    "application.submit": submitting,
    "application.take_back": nothing,
    "review.accept": nothing,
    "record.contest": contesting,
    "record.check_original": checking,
}
