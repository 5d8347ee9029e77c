"""Everything a unit may try: each action with its payload variants, the good ones and those that must be refused (Articles 1-4.4).

A menu is a list of (action, payload); every unit of the walk tries every line of it in every state. Payloads that depend on the
case are written as a word and made concrete by ``concrete``: ``addressees`` "parties" (all who must be told) or "short" (one less),
``entered_by`` "same" (the very person who now confirms).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from dutygate.law.procedure.model import Act, CaseState, parties

Menu = list[tuple[str, dict[str, Any]]]

JUDGED: Final = (
    *("name", "objective", "content", "legal_basis", "division", "workflow"),
    *("time_limit", "mechanism", "staffing", "safeguards"),
)
POINTS: Final = ("content", "legal_basis", "division", "negotiated_opinion", "safeguards")
MOVE: Final = {"reason": "repealed", "target": "next", "target_in_force": True, "same": False, "unknown": ()}
PREPARED: Final = {"action": "application.submit", "asked": True, "awaits": False}
AWAITING: Final = {"ordinal": 1, "awaiting": True, "entered_by": "another"}
LETTER: Final = {"document_number": "1", "dated_on": "2024-07-01"}
WHY: Final = {"reasons": ("why",)}
CITED: Final = {"reasons": ({"provision": "1"},)}
WRITTEN: Final = {
    "filled": JUDGED,
    "necessity_stated": True,
    "basis_kinds": frozenset({"law"}),
    "basis_not_in_force": frozenset(),
    "addressed": frozenset({"funding", "technical", "training"}),
    "none_needed_without_reason": frozenset(),
    "mode": "entrust",
}


def concrete(state: CaseState, act: Act, user: str) -> Act:
    """The payload as this case and this person fill it in."""
    if act.get("entered_by") == "same":
        return {**act, "entered_by": user}
    addressees = act.get("addressees")
    if addressees is None:
        return act
    all_parties = tuple(sorted(parties(state)))
    return {**act, "addressees": all_parties if addressees == "parties" else all_parties[1:]}


def opening(tracks: Iterable[str]) -> Menu:
    """立卷, on each track; and what Articles 1 and 7 keep out."""
    good: dict[str, Any] = {"declared_class": "public_service", "handles_emergency": False, "mode": "entrust"}
    menu: Menu = [("case.open", {**good, "track": track, "has_end": track == "temporary"}) for track in tracks]
    for wrong in ({"declared_class": "licence"}, {"declared_class": "unheard_of"}, {"handles_emergency": True}):
        menu.append(("case.open", {**good, "track": "regular", "has_end": False, **wrong}))
    return menu


def writing(townships: tuple[str, ...], everyone: tuple[str, ...]) -> Menu:
    """编写申请: the whole text with its townships; what may never be declared."""
    edit = "application.edit"
    return [
        (edit, {**WRITTEN, "add_townships": townships, "touches": everyone}),
        (edit, {"declared_class": "penalty"}),
        (edit, {"handles_emergency": True}),
    ]


def revising(touched: Iterable[tuple[str, ...]], items: tuple[str, ...] = ("content",)) -> Menu:
    """An edit of items that touches these townships."""
    return [("application.edit", {"items": items, "touches": units}) for units in touched]


def replying(units: Iterable[str], answers: Iterable[str], paper: Iterable[str] = ()) -> Menu:
    """答复 and 变更答复, by the township itself and from paper, with and without the words that each answer needs."""
    menu: Menu = []
    words: dict[str, dict[str, Any]] = {"agree": {}, "disagree": {"reason": "why"}, "agree_with_conditions": {"conditions": ("money",)}}
    for action in ("consultation.reply", "consultation.change_reply"):
        for answer in answers:
            menu.append((action, {"answer": answer, **words[answer]}))
            if words[answer]:
                menu.append((action, {"answer": answer}))
        menu += [(action, {"answer": answer, **words[answer], "entered_for": unit}) for unit in units for answer in paper]
    return menu


def conditions(units: tuple[str, ...], paper: bool) -> Menu:
    """回应条件, 确认条件."""
    menu: Menu = [("consultation.answer_conditions", {"township": unit}) for unit in units]
    menu += [("consultation.settle_conditions", {"settlement": s}) for s in ("accept", "withdraw", "keep")]
    if paper:
        menu += [("consultation.settle_conditions", {"settlement": "accept", "entered_for": unit}) for unit in units]
    return menu


def rounds(units: tuple[str, ...]) -> Menu:
    """征求意见, again, narrower, and its end; the application and its way back."""
    narrow = "consultation.narrow"
    return [
        ("consultation.request", {}),
        ("consultation.ask_again", {}),
        *((narrow, {"townships": (unit,)}) for unit in units),
        (narrow, {"townships": units}),
        (narrow, {"townships": ("X",)}),
        ("consultation.conclude", {}),
        ("application.submit", {}),
        ("application.take_back", {}),
    ]


def paper_trail(units: tuple[str, ...]) -> Menu:
    """异议, 核对原件."""
    menu: Menu = [("record.contest", {})]
    for unit in units:
        menu += [("record.check_original", {"township": unit, "entered_by": who}) for who in ("another", "same")]
    return menu


def corrections(units: Iterable[str], bodies: Iterable[str]) -> Menu:
    """更正 of an answer or an outcome, and its confirmation by a second person, with and without a new document."""
    menu: Menu = []
    subjects: list[dict[str, Any]] = [{"field": "answer", "township": u, "value": v} for u in units for v in ("agree", "disagree")]
    subjects += [{"field": "outcome", "body": body} for body in bodies]
    for what in subjects:
        menu += [
            ("record.correct", {**what, "reason": "slip", "new_document": True}),
            ("record.correct", {**what, "reason": "", "new_document": True}),
            ("record.confirm", {**what, "pending": True, "entered_by": "another", "new_document": True}),
            ("record.confirm", {**what, "pending": True, "entered_by": "another", "new_document": False}),
            ("record.confirm", {**what, "pending": True, "entered_by": "same", "new_document": True}),
            ("record.confirm", {**what, "pending": False, "entered_by": "another", "new_document": True}),
        ]
    return menu


def accepting() -> Menu:
    """受理, 退回."""
    return [("review.accept", {}), ("review.return", {"gaps": ("gap",)}), ("review.return", {"gaps": ()})]


def substituting(seats: Iterable[str], applicant: str) -> Menu:
    """回避与顶替: by a member, without a reason, by the applicant, by an outsider, in a seat that is none."""
    menu: Menu = []
    for seat in seats:
        menu += [
            ("review.substitute", {"seat": seat, "substitute": "M", "reason": "applicant"}),
            ("review.substitute", {"seat": seat, "substitute": "M", "reason": ""}),
            ("review.substitute", {"seat": seat, "substitute": applicant, "reason": "x"}),
            ("review.substitute", {"seat": seat, "substitute": "E", "reason": "x"}),
        ]
    return [*menu, ("review.substitute", {"seat": "nobody", "substitute": "M", "reason": "x"})]


def hearing(asked: Iterable[str], applicant: str) -> Menu:
    """征求部门意见, 反馈, 听取专家意见."""
    menu: Menu = [("review.ask_department", {"departments": (unit,)}) for unit in (*asked, applicant)]
    return [*menu, ("review.comment", {}), *(("review.comment", {"entered_for": unit}) for unit in asked), ("review.hear_expert", {})]


def assessing(legal: Iterable[str], dissent: bool) -> Menu:
    """审核: each seat; ``legal``: what the legal seat may find (none, power, emergency); and findings that are not whole."""
    act = "review.assess"
    whole: dict[str, Any] = {"points": POINTS, "recommends": "admit"}
    lead = {"seat": "lead", "necessity": "necessary"}
    found = {
        "none": {"excluded_power": "none", "emergency": "none", "excluded_power_reason": "routine"},
        "power": {"excluded_power": "found", "emergency": "none"},
        "emergency": {"excluded_power": "none", "emergency": "found", "excluded_power_reason": "routine"},
    }
    menu: Menu = [(act, {**whole, **lead}), (act, {**whole, "seat": "services"})]
    menu += [(act, {**whole, "seat": "legal", **found[f]}) for f in legal]
    if dissent:
        menu.append((act, {**whole, "seat": "services", "recommends": "not_admit"}))
        menu.append((act, {**whole, "seat": "lead", "necessity": "not_necessary", "recommends": "not_admit"}))
    menu += [
        (act, {**whole, "seat": "lead"}),
        (act, {**whole, "seat": "legal", "emergency": "none"}),
        (act, {**whole, "seat": "legal", "excluded_power": "none", "excluded_power_reason": "routine"}),
        (act, {**whole, "seat": "legal", "excluded_power": "none", "emergency": "none"}),
        (act, {**whole, "seat": "services", "points": POINTS[:-1]}),
        (act, {**whole, **lead, "points": ()}),
        (act, {**whole, "seat": "legal", **found["none"], "entered_for": "J"}),
    ]
    return menu


def timing() -> Menu:
    """延长、暂停、恢复: with and without a reason, within the edition's time and beyond it."""
    extend = "review.extend"
    menu: Menu = [(extend, {"days": 10, "reason": "x"}), (extend, {"days": 11, "reason": "x"}), (extend, {"days": 1, "reason": ""})]
    return [*menu, *((action, {"reason": why}) for action in ("review.pause", "review.resume") for why in ("x", ""))]


def mediating(townships: tuple[str, ...]) -> Menu:
    """组织协调: minutes or none, the parties or only one of them. Nobody's answer changes."""
    act, present = "consultation.mediate", ("D", *townships[:1])
    return [(act, {"minutes": "x", "present": present}), (act, {"present": present}), (act, {"minutes": "x", "present": townships[:1]})]


URGED: Final = {"task": "x", "task_open": True, "timely": True, "urged_on": ""}


def concluding() -> Menu:
    """形成审核意见, 不予准入, 报旗委、旗政府."""
    conclude, refuse = "review.conclude", "review.refuse"
    return [
        *((conclude, {"outcome": outcome, "no_other_concerned": why}) for outcome in ("admit", "not_admit") for why in ("", "only ours")),
        (refuse, CITED),
        (refuse, {"reasons": ({"provision": ""},)}),
        (refuse, {"reasons": ()}),
        ("decision.submit_to_banner", LETTER),
        ("decision.submit_to_banner", {"document_number": "", "dated_on": "2024-07-01"}),
    ]


def deciding(outcomes: Iterable[str], units: tuple[str, ...]) -> Menu:
    """登记决定 of each body, 报市政府."""
    menu: Menu = []
    for body in ("banner_committee", "banner_government", "city_government"):
        for outcome in outcomes:
            act: dict[str, Any] = {"body": body, "outcome": outcome, **LETTER, **({} if outcome == "for" else WHY)}
            menu.append(("decision.record", act))
            menu.append(("decision.record", {**act, "document_number": ""}))
            if outcome != "for":
                menu.append(("decision.record", {**act, "reasons": ()}))
        full = {"body": body, "outcome": "for", **LETTER}
        menu += [
            ("decision.record", {**full, "townships": units[:1]}),
            ("decision.record", {**full, "townships": (*units, "X")}),
            ("decision.record", {**full, "townships": ()}),
            ("decision.record", {**full, "ends_later": True}),
        ]
    office = {"banner_committee": "P", "banner_government": "G", "city_government": "W"}
    menu += [("decision.record", {"body": b, "outcome": "for", **LETTER, "entered_for": u}) for b, u in office.items()]
    return [*menu, ("decision.submit_to_city", LETTER), ("decision.submit_to_city", {**LETTER, "dated_on": ""})]


def notifying(units: Iterable[str]) -> Menu:
    """书面告知, 送达, 签收, and the objection to a receipt that was entered from paper."""
    return [
        ("notice.issue", {"addressees": "parties"}),
        ("notice.issue", {"addressees": "short"}),
        ("notice.acknowledge", {}),
        *(("notice.acknowledge", {"entered_for": unit}) for unit in units),
        *(("notice.contest", {}) for _unit in tuple(units)[:1]),
        *(("notice.show_original", {"unit": unit, "entered_by": who}) for unit in tuple(units)[:1] for who in ("another", "same")),
        *(("notice.deliver", {"units": (unit,)}) for unit in (*tuple(units)[:1], "X")),
    ]


def throughout() -> Menu:
    """撤回, 转办, 委托, 传阅, 催办, 送签发与签发."""
    return [
        ("case.withdraw", {"reason": "over"}),
        ("case.withdraw", {"reason": ""}),
        *((action, {"colleague": yes}) for action in ("case.reassign", "case.stand_in") for yes in (True, False)),
        *(("case.urge", {**URGED, **wrong}) for wrong in ({}, {"task_open": False}, {"timely": False}, {"urged_on": "2024-06-28"})),
        *(("case.circulate", {"strangers": strangers}) for strangers in ((), ("x",))),
        *(("case.mark_read", {"circulated": yes}) for yes in (True, False)),
        *(("signature.prepare", {**PREPARED, **wrong}) for wrong in ({}, {"asked": False}, {"awaits": True})),
        *(("signature.sign", {**AWAITING, **wrong}) for wrong in ({}, {"awaiting": False}, {"entered_by": "same"})),
        *(("signature.return", {**AWAITING, "reason": why}) for why in ("wrong day", "")),
        *(("signature.take_back", {**AWAITING, "entered_by": who}) for who in ("same", "another")),
        *(("edition.move_case", {**MOVE, **wrong}) for wrong in ({}, {"unknown": ("state",)})),
    ]
