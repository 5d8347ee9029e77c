"""How an open task is done well: by whom, and what she says, with what must be put right before (Articles 3, 4.1-4.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from dutygate.law.procedure.tasks import Task
from dutygate.law.rules.facts import Township
from tests.journey import ITEMS
from tests.proof.machine_attempt import Attempt
from tests.proof.machine_desk import Desk, first
from tests.proof.machine_menu_review import FOUND, WHOLE, WHY

T = TypeVar("T")
Pick = Callable[[Sequence[T]], T]
Move = tuple[str, str, dict[str, Any]]


def well_done(task: Task, desk: Desk, pick: Pick[Any]) -> Attempt | None:
    """A good attempt at this task, or at what stands in its way; None where the unit can do nothing."""
    people = desk.people(task.unit)
    if not people:
        return None
    who = pick(people)
    move = _MOVES[task.action](task, desk, who, pick)
    return None if move is None else Attempt(*move)


def _edit(desk: Desk, who: str, **changed: Any) -> Move:
    return who, "application.edit", changed


def _unchecked(desk: Desk) -> Township | None:
    return next((t for t in desk.state.townships if t.in_scope and (t.paper == "unchecked") and t.answer), None)


def _see_original(desk: Desk, pick: Pick[Any]) -> Move | None:
    """Somebody of the lead who did not enter it herself sees the original of a paper reply; she who did may try."""
    waiting = _unchecked(desk)
    if waiting is None:
        return None
    people = desk.people(desk.state.seated("lead"))
    another = desk.another(desk.state.seated("lead"), desk.walk.memory.papers.get(waiting.unit, ()))
    who = pick([another] * 4 + people) if another else first(people)
    return None if who is None else (who, "record.check_original", {"township": waiting.unit})


def _consents(desk: Desk) -> bool:
    scope = [t for t in desk.state.townships if t.in_scope]
    return bool(scope) and all(t.consents for t in scope)


def _send_back(desk: Desk) -> Move | None:
    who = first(desk.people(desk.state.seated("lead")))
    return None if who is None else (who, "review.return", {"gaps": ({"item": "content", "text": "须重新征求意见"},)})


def _on_with_consent(desk: Desk, pick: Pick[Any], move: Move | None) -> Move | None:
    """First the originals, then a return where consent no longer stands."""
    if _unchecked(desk) is not None:
        return _see_original(desk, pick)
    return move if _consents(desk) else _send_back(desk)


def _request(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move:
    if desk.lacks(judged_alone=True):
        return _edit(desk, who, **desk.whole_text())
    return who, "consultation.request", {"document_number": desk.number()}


def _reply(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move:
    said = pick(
        [{"answer": "agree"}] * 6
        + [{"answer": "agree_with_conditions", "conditions": ("经费到位",)}] * 2
        + [{"answer": "disagree", "reason": "人手不足"}]
    )
    own = desk.state.township(task.unit)
    action = "consultation.reply" if own is not None and not own.answered else "consultation.change_reply"
    clerk = _clerk(desk, who, pick)
    return clerk, action, said if clerk == who else {**said, **desk.paper(clerk, task.unit)}


def _settle(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move:
    said = {"settlement": pick(["accept", "accept", "accept", "withdraw", "keep"])}
    clerk = _clerk(desk, who, pick)
    return clerk, "consultation.settle_conditions", said if clerk == who else {**said, **desk.paper(clerk, task.unit)}


def _clerk(desk: Desk, who: str, pick: Pick[Any]) -> str:
    """The township's own person, or sometimes somebody of the applicant or of the lead who has a paper of it."""
    return str(pick([who] * 5 + desk.people(desk.walk.memory.initiator) + desk.people(desk.state.seated("lead"))))


def _answer(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move | None:
    waiting = [t.unit for t in desk.state.townships if t.in_scope and t.condition == "open"]
    return (who, "consultation.answer_conditions", {"township": waiting[0], "answer": "二月底前拨付"}) if waiting else None


def _ask_again(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move:
    if desk.lacks(judged_alone=True):
        return _edit(desk, who, **desk.whole_text())
    scope = [t for t in desk.state.townships if t.in_scope]
    against = [t.unit for t in scope if t.answer == "disagree"]
    if against and len(scope) > len(against) and pick([True, False]):
        return who, "consultation.narrow", {"townships": tuple(against), "reason": "暂不具备条件"}
    if desk.state.application.changed_since_round or any(t.lapsed or t.contested or not t.asked for t in scope):
        return who, "consultation.ask_again", {"letter": "请再次研提意见"}
    return _edit(desk, who, items={"content": desk.fresh(ITEMS["content"])})


def _conclude(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move:
    return who, "consultation.conclude", {"negotiated_opinion": pick([desk.fresh("各乡镇均同意"), "各乡镇均同意，经费按年拨付。"])}


def _submit(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move:
    """Now and then in haste: with the negotiated opinion struck out, or without what is still missing."""
    signed = {"signed_on": desk.today, "document_number": desk.number()}
    without_opinion = "negotiated_opinion" not in desk.state.application.filled
    if (desk.lacks() or without_opinion) and pick([True, False, False]):
        return who, "application.submit", signed
    if desk.lacks():
        return _edit(desk, who, **desk.whole_text())
    if without_opinion:
        return _edit(desk, who, items={"negotiated_opinion": desk.fresh("各乡镇均同意")})
    if pick([True] + [False] * 7):
        return _edit(desk, who, items={"negotiated_opinion": ""})
    return who, "application.submit", signed


def _substitute(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move | None:
    applicant, members = desk.walk.memory.initiator, sorted(desk.walk.places.members)
    own = next(seat for seat, unit in desk.state.review.seats if unit == applicant)
    other = pick([unit for unit in members if unit != applicant])
    mover = first([role for unit in members for role in desk.people(unit) if unit != applicant])
    return None if mover is None else (mover, "review.substitute", {"seat": own, "substitute": other, "reason": "申请单位须回避"})


def _accept(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move | None:
    if desk.lacks():
        return _send_back(desk)
    return _on_with_consent(desk, pick, (who, "review.accept", {}))


def _assess(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move:
    said = {**WHOLE, **FOUND[task.seat]}
    if task.seat == "legal":
        said |= pick([{}] * 9 + [{"excluded_power": "found", "recommends": "not_admit"}])
    return who, "review.assess", said


def _comment(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move:
    return who, "review.comment", {"text": "无不同意见。"}


def _conclude_review(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move | None:
    legal = [a for a in desk.state.review.assessments if (a.seat, a.unit) == ("legal", desk.state.seated("legal"))]
    excluded = any("found" in (a.excluded_power, a.emergency) for a in legal)
    outcome = "not_admit" if excluded else pick(["admit"] * 5 + ["not_admit"])
    move = (who, "review.conclude", {"outcome": outcome, "text": "经审核", "no_other_concerned": "不涉及其他部门职责"})
    return move if outcome == "not_admit" else _on_with_consent(desk, pick, move)


def _to_banner(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move | None:
    """Now and then before the paper has its number."""
    unnumbered = {"document_number": ""} if pick([True] + [False] * 9) else {}
    return _on_with_consent(desk, pick, (who, "decision.submit_to_banner", {**desk.letter(), **unnumbered}))


def _refuse(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move:
    return who, "review.refuse", {"reasons": ({"text": "不属确需由乡镇承担的事项", "provision": "1"},), **desk.letter()}


def _decide(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move | None:
    if (original := _see_original(desk, pick)) is not None:
        return original
    outcome = pick(["for"] * 12 + ["against", "return"]) if _consents(desk) else pick(["return", "against"])
    return who, "decision.record", {"body": task.seat, "outcome": outcome, "reasons": () if outcome == "for" else WHY, **desk.letter()}


def _to_city(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move | None:
    if _unchecked(desk) is not None:
        return _see_original(desk, pick)
    return (who, "decision.submit_to_city", desk.letter()) if _consents(desk) else None


def _notify(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move:
    return who, "notice.issue", desk.letter()


def _acknowledge(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move:
    return who, "notice.acknowledge", {}


def _resume(task: Task, desk: Desk, who: str, pick: Pick[Any]) -> Move | None:
    return who, "review.resume", {"reason": "材料到了"}


_MOVES: dict[str, Callable[[Task, Desk, str, Pick[Any]], Move | None]] = {
    "consultation.request": _request,
    "consultation.reply": _reply,
    "consultation.settle_conditions": _settle,
    "consultation.answer_conditions": _answer,
    "consultation.ask_again": _ask_again,
    "consultation.conclude": _conclude,
    "application.submit": _submit,
    "review.substitute": _substitute,
    "review.accept": _accept,
    "review.assess": _assess,
    "review.comment": _comment,
    "review.resume": _resume,
    "review.conclude": _conclude_review,
    "decision.submit_to_banner": _to_banner,
    "review.refuse": _refuse,
    "decision.record": _decide,
    "decision.submit_to_city": _to_city,
    "notice.issue": _notify,
    "notice.acknowledge": _acknowledge,
}
