"""What each action does to a case, as pure functions (Articles 3, 4.1-4.4): the meaning that the tables must keep.

``effect`` is total over the actions of ``procedure.yaml`` that the walk tries; an action that changes nothing of what the rules
look at (hear an expert, reassign, ask for a correction) leaves all but the head's state. Payloads are those of the actions, plain:

    case.open            {track, declared_class, handles_emergency, has_end, mode}; of an exit or adjustment also what the face looked up:
                         {kind, duty_in_force, has_standing, burden, mandated, reason, from_track, by_township, duty_lead; of a mandated
                         one initiator, the department for whom it is opened; concerned: who carries and leads the duty}
    application.edit     {items: ids whose text changed, emptied: ids now empty, filled: ids now filled, touches: townships whose
                          opinion lapses, add_townships, and new values of Head and ApplicationFacts fields by name; of an adjustment
                          joining: those of add_townships that do not carry the duty yet; departments: those that are no townships}
    reply, change_reply  {answer, reason, conditions, entered_for}      settle_conditions {settlement: accept | withdraw | keep}
    answer_conditions    {township}      narrow {townships}      assess {seat, points, excluded_power, emergency, necessity, recommends}
    substitute           {seat, substitute}    ask_department {departments}    review.conclude {outcome, no_other_concerned}
    decision.record      {body, outcome}       notice.issue {addressees}       check_original {township}
    record.confirm       {field: answer, township, value} or {field: outcome, body}
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dutygate.law.procedure.model import DUTY_MARKS, Act, CaseState, banner_bodies, parties
from dutygate.law.rules.facts import Asked, Assessment, DecisionFacts, Head, NoticeFacts, Township
from dutygate.law.rules.kinds import deciding_track, stays_answered
from dutygate.law.rules.lapses import points_lapsed

if TYPE_CHECKING:
    from dutygate.law.procedure.engine import Permit
    from dutygate.law.regulation.edition import Edition
    from dutygate.law.rules.facts import Acting

Effect = Callable[["Edition", CaseState, str, Act], CaseState]
HEAD_MARKS: Final = ("track", "declared_class", "handles_emergency", "has_end", "mode")
APPLICATION_FIELDS: Final = ("necessity_stated", "basis_kinds", "basis_not_in_force", "addressed", "none_needed_without_reason")
UNDECIDED: Final = ("consulting", "agreed", "applied", "reviewing", "concluded", "banner_decision", "city_decision")
OUTCOME_OF: Final = {"approved": "approved", "refused": "refused", "withdrawn": "withdrawn"}


def effect(edition: Edition, state: CaseState, action: str, acting: Acting, act: Act, permit: Permit) -> CaseState:
    """The case after a permitted action. The unit meant is that of ``entered_for`` when the act was entered from paper."""
    change = _EFFECTS.get(action)
    after = change(edition, state, str(act.get("entered_for") or acting.unit), act) if change else state
    if permit.to != state.head.state:
        after = _moved(after, permit.to)
    if action == "decision.record" and permit.to == "reviewing":
        after = _dropped_conclusion(after).having(decision=replace(after.decision, outcomes=()))
    return after


def passing_time(state: CaseState, *, duty_may_end: bool = False) -> Iterator[tuple[str, CaseState]]:
    """What time alone changes, each with whose time it is: no act of anybody. Of an admission nothing but a comment runs out (4.2); in an
    exit or adjustment also the time of whoever was asked (4.4), and if asked for the duty's own: it ends on its day or by another case.
    """
    head = state.head
    if head.state == "reviewing":
        yield from ((a.unit, out_of_time(state, a.unit)) for a in state.review.asked if a.status == "open")
    if head.kind == "admission" or head.state not in UNDECIDED:
        return
    for party in state.townships:
        if party.in_scope and party.asked and not party.out_of_time and (not party.answer or party.contested):
            yield party.unit, _with_township(state, replace(party, out_of_time=True))
    if duty_may_end and head.duty_in_force:
        yield "the duty", state.having(head=replace(head, duty_in_force=False))


def out_of_time(state: CaseState, unit: str) -> CaseState:
    """The limit of an open comment passes: 未反馈 (4.2). Not an action of anybody."""
    asked = tuple(Asked(a.unit, "no_reply") if a.unit == unit and a.status == "open" else a for a in state.review.asked)
    return state.having(review=replace(state.review, asked=asked))


def _moved(state: CaseState, to: str) -> CaseState:
    """The head in its next state. The outcome belongs to the state, and ``done`` keeps it. With a review its pause and its counts end."""
    if state.head.state == "reviewing":
        state = state.having(review=replace(state.review, paused=False, pauses=0, extensions=0))
    outcome = OUTCOME_OF.get(to, state.head.outcome if to == "done" else "")
    return state.having(head=replace(state.head, state=to, outcome=outcome))


def _with_township(state: CaseState, township: Township) -> CaseState:
    return state.having(townships=tuple(township if t.unit == township.unit else t for t in state.townships))


def _lapse_points(state: CaseState, points: frozenset[str]) -> CaseState:
    if not points or not state.review.assessments:
        return state
    assessments = tuple(replace(a, lapsed=a.lapsed | (points & a.points)) for a in state.review.assessments)
    return state.having(review=replace(state.review, assessments=assessments))


def _dropped_conclusion(state: CaseState) -> CaseState:
    return state.having(review=replace(state.review, conclusion=""), none_concerned=False)


def _open(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """立卷: nothing is written yet but what was declared."""
    marks = {name: act[name] for name in (*HEAD_MARKS, *DUTY_MARKS) if name in act}
    head = Head("none", initiator=str((act.get("mandated") and act.get("initiator")) or unit), edition_in_force=state.head.edition_in_force)
    notice = NoticeFacts(required=frozenset(act.get("concerned", ())))
    return state.having(head=replace(head, **marks), notice=notice)


def _edit(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """编写申请: lapses exactly the answered opinions it touches, and the findings on what it changes.

    A township that joins, also for a second time, has not been asked. ``changed_since_round`` once a round was opened, if anything
    of the text, the marks or the scope is changed.
    """
    head = replace(state.head, **{name: act[name] for name in (*HEAD_MARKS, "reason") if name in act})
    app = replace(state.application, **{name: act[name] for name in APPLICATION_FIELDS if name in act})
    filled = (app.filled | frozenset(act.get("filled", ()))) - frozenset(act.get("emptied", ()))
    changed = changed_by(state, act)
    since_round = state.head.state != "drafting" and bool(changed or act.get("add_townships"))
    app = replace(app, filled=filled, changed_since_round=app.changed_since_round or since_round)
    touched = set(act.get("touches", ()))
    townships = tuple(replace(t, lapsed=True) if t.unit in touched and t.answer else t for t in state.townships)
    joining = tuple(_party(unit, act) for unit in act.get("add_townships", ()) if not any(t.unit == unit and t.in_scope for t in townships))
    kept = tuple(t for t in townships if t.unit not in {j.unit for j in joining})
    everyone = tuple(sorted((*kept, *joining), key=lambda t: t.unit))
    after = state.having(head=head, application=app, townships=everyone)
    return _lapse_points(after, points_lapsed(edition, changed))


def _party(unit: str, act: Act) -> Township:
    """Whoever will be asked: in an adjustment one that does not carry the duty yet, or a department."""
    return Township(unit, joins=unit in act.get("joining", ()), department=unit in act.get("departments", ()))


def changed_by(state: CaseState, act: Act) -> Collection[str]:
    """Names of items and marks that an edit changes; the end date is the mark ``ends_on``."""
    marks = {name for name in HEAD_MARKS if name in act and act[name] != getattr(state.head, name)}
    if "has_end" in marks:
        marks = (marks - {"has_end"}) | {"ends_on"}
    return {*act.get("items", ()), *act.get("filled", ()), *act.get("emptied", ()), *marks}


def _ask(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """征求意见, first or again: whoever in scope has not said what counts for the text as it stands is asked afresh; consents stay."""
    head = state.head
    townships = tuple(_afresh(t) if t.in_scope and not stays_answered(head, t) else t for t in state.townships)
    return state.having(townships=townships, application=replace(state.application, changed_since_round=False))


def _afresh(township: Township, **said: Any) -> Township:
    """Asked, and whatever it now says."""
    return Township(township.unit, asked=True, joins=township.joins, department=township.department, **said)


def _reply(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """答复, 变更答复: replaces what the township said; conditions are open. Entered from paper, the original is still to be seen."""
    answer = str(act["answer"])
    condition = "open" if answer == "agree_with_conditions" else ""
    paper = "unchecked" if act.get("entered_for") else ""
    township = state.township(unit) or Township(unit)
    return _with_township(state, _afresh(township, answer=answer, condition=condition, paper=paper))


def _answer_conditions(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """回应条件: that township's move next."""
    township = state.township(str(act["township"]))
    return _with_township(state, replace(township, condition="answered")) if township else state


def _settle(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """确认条件: accept or withdraw settles, and the consent is to the text as it stands; keep leaves them open.

    Settled from paper, the original of that is still to be seen. Settled by the township itself, an earlier paper stays as it was.
    """
    township = state.township(unit)
    if township is None:
        return state
    if act["settlement"] == "keep":
        return _with_township(state, replace(township, condition="open"))
    paper = "unchecked" if act.get("entered_for") else township.paper
    return _with_township(state, replace(township, condition="settled", lapsed=False, paper=paper))


def _narrow(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """缩小范围: the township stays in the file, and is told of the outcome if it was consulted."""
    leaving = set(act["townships"])
    return state.having(townships=tuple(replace(t, in_scope=False) if t.unit in leaving else t for t in state.townships))


def _conclude_consultation(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """形成协商意见: the eleventh item is written from the replies; findings on an earlier one lapse."""
    app = replace(state.application, filled=state.application.filled | {"negotiated_opinion"})
    return _lapse_points(state.having(application=app), points_lapsed(edition, ("negotiated_opinion",)))


def _submit(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """提交: no longer a returned one."""
    return state.having(head=replace(state.head, returned=False))


def _return(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """退回: the conclusion is dropped, the assessments stand until what they judged is changed."""
    after = _dropped_conclusion(state)
    return after.having(head=replace(after.head, returned=True))


def _substitute(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """回避与顶替: another unit sits there in this case; what the former found no longer counts, for it was found by another unit."""
    seats = tuple((seat, str(act["substitute"]) if seat == act["seat"] else sitting) for seat, sitting in state.review.seats)
    return state.having(review=replace(state.review, seats=seats))


def _ask_department(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """征求部门意见."""
    asked = tuple(sorted((*state.review.asked, *(Asked(str(d)) for d in act["departments"])), key=lambda a: a.unit))
    return state.having(review=replace(state.review, asked=asked))


def _comment(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """反馈意见, also a late one."""
    asked = tuple(Asked(a.unit, "answered") if a.unit == unit else a for a in state.review.asked)
    return state.having(review=replace(state.review, asked=asked))


def _assess(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """审核: replaces what this unit found for this seat."""
    power, emergency, necessity, recommends = (
        str(act.get(name) or "") for name in ("excluded_power", "emergency", "necessity", "recommends")
    )
    made = Assessment(str(act["seat"]), unit, frozenset(act["points"]), frozenset(), power, emergency, necessity, recommends)
    others = tuple(a for a in state.review.assessments if (a.seat, a.unit) != (made.seat, made.unit))
    return state.having(review=replace(state.review, assessments=tuple(sorted((*others, made), key=lambda a: (a.seat, a.unit)))))


def _extend(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """延长."""
    return state.having(review=replace(state.review, extensions=state.review.extensions + 1))


def _pause(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """暂停."""
    return state.having(review=replace(state.review, paused=True, pauses=state.review.pauses + 1))


def _resume(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """恢复."""
    return state.having(review=replace(state.review, paused=False))


def _conclude_review(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """形成审核意见."""
    after = state.having(review=replace(state.review, conclusion=str(act["outcome"])))
    return after.having(none_concerned=bool(act.get("no_other_concerned")))


def _send_up(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """报旗委、旗政府: earlier outcomes belong to earlier submissions."""
    return state.having(decision=DecisionFacts(banner_bodies(edition, deciding_track(state.head))))


def _record(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """登记决定 of one body. A return clears all outcomes (done in ``effect``, which knows where it leads)."""
    outcomes = {**dict(state.decision.outcomes), str(act["body"]): str(act["outcome"])}
    return state.having(decision=replace(state.decision, outcomes=tuple(sorted(outcomes.items()))))


def _issue(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """书面告知: every addressee owes a receipt."""
    addressed = parties(state) | frozenset(act["addressees"])
    return state.having(notice=NoticeFacts(addressed, True, frozenset(act["addressees"])))


def _acknowledge(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """签收. One that was entered from paper may still be contested."""
    on_paper = state.notice.on_paper | ({unit} if act.get("entered_for") else frozenset())
    return state.having(notice=replace(state.notice, pending=state.notice.pending - {unit}, on_paper=on_paper))


def _contest_receipt(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """对代录的签收提出异议: the receipt is owed again. A case that is done stays done; the lead owes the original."""
    if state.head.state == "done":
        contested = state.notice.contested | {unit}
        return state.having(notice=replace(state.notice, on_paper=state.notice.on_paper - {unit}, contested=contested))
    notice = replace(state.notice, pending=state.notice.pending | {unit}, on_paper=state.notice.on_paper - {unit})
    return state.having(notice=notice)


def _show_original(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """出示签收原件: the objection is answered."""
    return state.having(notice=replace(state.notice, contested=state.notice.contested - {str(act["unit"])}))


def _contest(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """异议: the paper entry does not count until its original is shown."""
    township = state.township(unit)
    return _with_township(state, replace(township, contested=True)) if township else state


def _check_original(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """核对原件: the original was seen, the objection is answered."""
    township = state.township(str(act["township"]))
    return _with_township(state, replace(township, paper="checked", contested=False)) if township else state


def _confirm(edition: Edition, state: CaseState, unit: str, act: Act) -> CaseState:
    """确认更正: an answer is replaced, and if it stood on paper its new original is still to be seen; or an outcome is void,
    with it the city's if it was the banner's, and that body records anew.
    """
    if act["field"] == "outcome":
        void = {act["body"]} if act["body"] == "city_government" else {act["body"], "city_government"}
        kept = tuple((body, outcome) for body, outcome in state.decision.outcomes if body not in void)
        after = state.having(decision=replace(state.decision, outcomes=kept))
        return after.having(head=replace(after.head, outcome=""))
    township = state.township(str(act["township"]))
    if township is None:
        return state
    paper = "unchecked" if township.paper else ""
    return _with_township(state, replace(township, answer=str(act["value"]), condition="", paper=paper))


_EFFECTS: Final[dict[str, Effect]] = {
    "case.open": _open,
    "application.edit": _edit,
    "consultation.request": _ask,
    "consultation.ask_again": _ask,
    "consultation.reply": _reply,
    "consultation.change_reply": _reply,
    "consultation.answer_conditions": _answer_conditions,
    "consultation.settle_conditions": _settle,
    "consultation.narrow": _narrow,
    "consultation.conclude": _conclude_consultation,
    "application.submit": _submit,
    "review.return": _return,
    "review.substitute": _substitute,
    "review.ask_department": _ask_department,
    "review.comment": _comment,
    "review.assess": _assess,
    "review.extend": _extend,
    "review.pause": _pause,
    "review.resume": _resume,
    "review.conclude": _conclude_review,
    "decision.submit_to_banner": _send_up,
    "decision.record": _record,
    "notice.issue": _issue,
    "notice.acknowledge": _acknowledge,
    "notice.contest": _contest_receipt,
    "notice.show_original": _show_original,
    "record.contest": _contest,
    "record.check_original": _check_original,
    "record.confirm": _confirm,
}
