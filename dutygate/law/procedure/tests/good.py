"""Good cases: for every action and state a case, a unit and a payload with which every rule is satisfied (Articles 1-4.4).

Rule sentences change one thing of them and say what the rules answer; the permission matrix asks them of every role.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from dutygate.law.procedure.model import CITY, CaseState, banner_bodies, parties, relations
from dutygate.law.procedure.payloads import AWAITING, JUDGED, LETTER, POINTS, PREPARED, URGED
from dutygate.law.procedure.slices import PLACES
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import ApplicationFacts, Asked, Assessment, Head, NoticeFacts, ReviewFacts, Township

AGREES: Final = Township("A", asked=True, answer="agree")
FILLED: Final = frozenset(JUDGED)
AFTER_CONSULTING: Final = (
    *("agreed", "applied", "reviewing", "concluded"),
    *("banner_decision", "city_decision", "approved", "refused", "done", "withdrawn"),
)
CONCLUDED: Final = ("concluded", "banner_decision", "city_decision", "approved", "done")

# Who acts when a sentence does not say, by action; for `decision.record` see `actor`.
ACTORS: Final[dict[str, str]] = {
    **{f"consultation.{step}": "A" for step in ("reply", "change_reply", "settle_conditions")},
    **{
        f"review.{step}": "L"
        for step in (
            *("accept", "return", "substitute", "ask_department", "hear_expert", "assess", "conclude", "refuse"),
            *("extend", "pause", "resume"),
        )
    },
    **{"consultation.mediate": "L", "task.remind": "system"},
    **{"review.comment": "E", "decision.submit_to_banner": "L", "decision.submit_to_city": "G", "notice.issue": "L"},
    **{
        "notice.show_original": "L",
        "notice.deliver": "L",
        "notice.contest": "A",
        "case.circulate": "L",
        "case.mark_read": "L",
        "post.hand_over": "security_admin",
    },
    **{f"signature.{step}": "L" for step in ("prepare", "sign", "return", "take_back")},
    **{"notice.acknowledge": "A", "record.contest": "A", "record.check_original": "L", "record.correct": "A", "record.confirm": "A"},
    **{name: "system_admin" for name in ("unit.merge", "unit.split", "unit.transfer_function", "unit.cancel_change")},
    **{name: "system" for name in ("unit.take_effect", "unit.pass_on_duties", "unit.pass_on_cases", "case.pass_on")},
    **{"post.pass_on": "security_admin"},
    **{"unit.rename": "system_admin", "post.appoint": "security_admin", "post.end": "security_admin"},
    **{name: "system_admin" for name in ("jurisdiction.create", "unit.create", "unit.take_seat", "user.create")},
    **{
        "calendar.load_year": "L",
        "calendar.set_day": "L",
        "basis.register": "L",
        "basis.confirm": "L",
        "decision.record_set": "P",
        "consultation.reply_set": "A",
    },
    **{f"duty.{step}": "system" for step in ("admit", "end", "change")},
    **{f"basis.{step}": "L" for step in ("correct", "amend", "repeal")},
    **{"token.issue": "self", "token.revoke": "self"},
    **{"duty.warn": "system", "duty.expire": "system", "duty.notify_end": "L", "duty.acknowledge_end": "A"},
    **{"support.undertake": "system", "support.deliver": "D", "support.confirm": "A", "support.dispute": "A", "support.settle": "L"},
    **{"duty.remind_review": "system", "duty.review": "L"},
    **{f"list.{what}": "L" for what in ("register_baseline", "import", "enter_by_law", "correct", "publish")},
    **{"unit.publish_contact": "L"},
    **{f"document.{what}": "L" for what in ("set_letterhead", "adopt_template", "issue")},
    **{"document.made": "system", "document.attach_scan": "L", "document.void": "L"},
    **{name: "L" for name in ("edition.draft", "edition.publish", "edition.move_case", "law.mark_overridden")},
    **{f"conference.{what}": "L" for what in ("convene", "agenda", "attendance", "conclude_item", "minutes", "adopt", "appoint_member")},
    **{"edition.check": "system", "edition.begin": "system", "law.interpret": "interpreter"},
    **{"deployment.register": "L", "deployment.withdraw": "L", "register.seal": "system", "register.anchor": "system"},
}
BASIS_CHANGES: Final[dict[str, Any]] = {
    **{
        "name": "条例",
        "confirmed": True,
        "in_force_from": "2009-01-01",
        "ends_on": "9999-12-31",
        "on": "2024-07-01",
        "document": "某某决定",
    },
    **{"successor": "", "successor_is_itself": False, "successor_from": "2009-01-01", "resting": (), "duties": ()},
}
MEETING: Final[dict[str, Any]] = {"meeting": "150721-M-0001", "status": "called"}
CHANGE: Final[dict[str, Any]] = {
    **{"valid_from": "2024-07-01", "unit": "A", "kind": "township", "kinds": {"A": "township", "B": "township"}},
    **{"spans": {"A": ("2020-01-01", "9999-12-31")}, "changing": {}, "codes_held": {}, "sits": {"A": ()}, "not_held": ()},
}
FIRST_STATE: Final[dict[str, str]] = {
    **{
        "case.urge": "drafting",
        "case.circulate": "reviewing",
        "case.mark_read": "reviewing",
        **{f"signature.{step}": "reviewing" for step in ("prepare", "sign", "return", "take_back")},
        "case.reassign": "drafting",
        "case.stand_in": "drafting",
        "record.correct": "consulting",
        "edition.move_case": "drafting",
    },
}
FINDINGS: Final[dict[str, dict[str, Any]]] = {
    "lead": {"necessity": "necessary"},
    "legal": {"excluded_power": "none", "emergency": "none", "excluded_power_reason": "routine"},
    "services": {},
}
PAYLOADS: Final[dict[str, dict[str, Any]]] = {
    "case.open": {"declared_class": "public_service", "handles_emergency": False},
    "application.edit": {"items": ("content",), "touches": ()},
    "consultation.reply": {"answer": "agree"},
    "consultation.change_reply": {"answer": "agree"},
    "consultation.answer_conditions": {"township": "A"},
    "consultation.settle_conditions": {"settlement": "accept"},
    "consultation.narrow": {"townships": ("B",)},
    "review.return": {"gaps": ("gap",)},
    "review.substitute": {"seat": "lead", "substitute": "M", "reason": "applicant"},
    "review.ask_department": {"departments": ("E",)},
    "consultation.mediate": {"minutes": "agreed to talk again", "present": ("D", "A")},
    "review.extend": {"days": 10, "reason": "hard"},
    "review.pause": {"reason": "a paper is missing"},
    "review.resume": {"reason": "it came"},
    "case.urge": dict(URGED),
    "task.remind": {"tasks": ("one",), "not_due": 0},
    "review.conclude": {"outcome": "admit"},
    "review.refuse": {"reasons": ({"provision": "1"},)},
    "decision.submit_to_banner": dict(LETTER),
    "decision.submit_to_city": dict(LETTER),
    "notice.deliver": {"units": ("A",)},
    "notice.show_original": {"unit": "A", "entered_by": "another"},
    "case.circulate": {"strangers": ()},
    "case.mark_read": {"circulated": True},
    "signature.prepare": dict(PREPARED),
    "signature.sign": dict(AWAITING),
    "signature.return": {**AWAITING, "reason": "wrong day"},
    "post.hand_over": {"username": "leaver", "to": "successor", "colleague": True},
    "case.withdraw": {"reason": "over"},
    "case.reassign": {"colleague": True},
    "case.stand_in": {"colleague": True},
    "record.check_original": {"township": "A", "entered_by": "another"},
    "record.correct": {"field": "answer", "township": "A", "value": "disagree", "reason": "slip"},
    "record.confirm": {"field": "answer", "township": "A", "value": "disagree", "entered_by": "another", "pending": True},
    "jurisdiction.create": {"code": "150721", "parent": "1507"},
    "unit.create": {"code": "1", "code_held_by": ""},
    "unit.rename": {
        **{"code": "1", "code_held_by": "", "unit": "A", "valid_from": "2024-07-01"},
        **{"unit_from": "2020-01-01", "unit_to": "9999-12-31", "named_from": "2020-01-01"},
    },
    "unit.merge": CHANGE,
    "unit.split": CHANGE,
    "unit.transfer_function": {**CHANGE, "unit": "D", "kind": "department", "kinds": {"D": "department", "E": "department"}},
    "unit.cancel_change": {"valid_from": "2024-07-01", "effective": False},
    "post.pass_on": {"unit": "A", "to": "B", "is_successor": True, "strangers": ()},
    "unit.take_seat": {
        **{"unit": "M", "unit_kind": "department", "seat": "member", "seats_held": (), "seat_from": "2020-01-01"},
        **{"valid_from": "2024-07-01", "unit_from": "2020-01-01", "unit_to": "9999-12-31"},
    },
    "post.appoint": {
        **{"kind": "handler", "holds": (), "person": "p", "unit": "A", "held_here": False},
        **{"valid_from": "2024-07-01", "unit_from": "2020-01-01", "unit_to": "9999-12-31"},
    },
    "post.end": {"kind": "handler", "person": "p", "unit": "A", "ends": "handler"},
    "token.issue": {"expires_on": "2024-12-31", "today": "2024-07-01"},
    "token.revoke": {"revoked": False},
    "calendar.load_year": {"year": 2025, "days_known": True},
    "duty.warn": {"last_day": "2024-07-12", "days": 10, "days_left": 9, "today": "2024-07-01"},
    "duty.expire": {"last_day": "2024-06-30", "today": "2024-07-01"},
    "duty.notify_end": {"last_day": "2024-06-30", "dated_on": None, "told": False},
    "duty.acknowledge_end": {"receipt_open": True},
    "support.deliver": {"over": (), "measures": ("fen", "item"), "voucher_number": "1", "given": "a course"},
    "support.confirm": {"over": (), "without_reason": ()},
    "support.dispute": {"over": (), "without_reason": ()},
    "support.settle": {"over": (), "reason": "by the voucher"},
    "duty.review": {"not_in_force": (), "without_reason": ()},
    "basis.correct": {"name": "条例", "confirmed": True, "reason": "slip"},
    "basis.amend": BASIS_CHANGES,
    "basis.repeal": BASIS_CHANGES,
    "list.register_baseline": {
        **{"origin": "baseline", "list_name": "duties", "document_number": "1", "level": "region", "levels": ("region",)},
    },
    "list.import": {
        **{"purpose": "powers", "list_name": "powers", "other_seat": "1"},
        **{"first_day": "2024-07-01", "last_day": "2024-07-01", "earlier": ("2023-06-30", "2024-06-05")},
    },
    "list.enter_by_law": {
        **{"found_by_legal": True, "finding_text": "named", "basis": "law"},
        **{"basis_kind": "law", "basis_article": "1", "basis_holds": True},
    },
    "list.correct": {
        **{"origin": "baseline", "list_name": "powers", "document_number": "1", "level": "region", "levels": ("region",)},
        **{"other_seat": "1", "reason": "slip", "how": "change", "changed": ("title",), "adds_townships": False, "adds_days": False},
    },
    "list.publish": {
        **{"list_name": "powers", "other_seat": "1", "checked": True, "checked_by": "p"},
        **{"without_reason": (), "number": "1", "number_taken": False},
    },
    "conference.convene": {
        **{
            "form": "meeting",
            "held_on": "2024-07-05",
            "place": "1",
            "strangers": (),
            "members": ("J",),
            "not_waiting": (),
            "elsewhere": {},
        },
    },
    "conference.agenda": {**MEETING, "not_waiting": (), "elsewhere": {}, "remove": (), "not_on_agenda": ()},
    "conference.attendance": {
        **MEETING,
        **{"form": "meeting", "day": "2024-07-01", "missing": (), "nameless": (), "present": 3, "absent": 0, "attendance": ("1",)},
    },
    "conference.conclude_item": {**MEETING, "status": "held", "case": "150721-2024-0001", "on_agenda": True, "text": "agreed"},
    "conference.minutes": {**MEETING, "status": "held", "finish": True, "text": "agreed", "without_conclusion": ()},
    "conference.adopt": {
        **{**MEETING, "status": "closed", "effective_from": "2024-08-01", "today": "2024-07-01", "unknown": (), "unfit": ()},
        **{"parameters": ("1",)},
    },
    "conference.appoint_member": {
        **{"unit": "M", "unit_kind": "department", "seat": "member", "seats_held": (), "document": "1"},
        **{"valid_from": "2024-07-01", "unit_from": "2020-01-01", "unit_to": "9999-12-31"},
    },
    "unit.publish_contact": {"checked": True, "checked_by": "旗委编办"},
    "document.set_letterhead": {"begins_at": 1, "begins_reason": "", "drawn": 0},
    "document.adopt_template": {"file": "1", "unknown": (), "broken": (), "missing": ()},
    "document.issue": {
        **{"code": "阿编发", "template": 0, "template_now": 0, "upward": False, "signatory": "", "most_recipients": 1, "papers": ("1",)},
    },
    "document.attach_scan": {"void": False, "number": "1"},
    "document.void": {"void": False, "number": "1", "reason": "misprint"},
    "edition.draft": {"name": "arun_2025_1", "name_taken": ""},
    "edition.publish": {
        **{"edition": "arun_2025_1", "checked": "passed", "document_number": "1", "dated_on": "2025-01-01"},
        **{"in_force_from": "2025-02-01", "last_from": "2024-06-05"},
    },
    "edition.move_case": {"reason": "repealed", "target": "arun_2025_1", "target_in_force": True, "same": False, "unknown": ()},
    "deployment.register": {
        "document_number": "1",
        "number_taken": False,
        "dated_on": "2024-06-10",
        "from_on": "2024-06-10",
        "until": None,
    },
    "deployment.withdraw": {"withdrawn": False, "number": "1", "reason": "slip"},
    "taskcheck.keep": {"paper_on": "2024-06-10", "today": "2024-06-10", "standing": "not_on_list", "answer_holds": True},
    "law.ask": {"provision": "4.1", "provision_known": True},
    "law.interpret": {"provision": "4.1", "provision_known": True, "question_known": True, "answered": False},
    "law.mark_overridden": {"provision": "5", "provision_known": True, "title": "law", "article": "1"},
}


OPENED_BY: Final[dict[str, dict[str, Any]]] = {
    **{unit: {"kind": "exit", "by_township": True, "reason": "done", "track": "regular", "from_track": "regular"} for unit in "ABCX"},
    **{
        unit: {"kind": "adjustment", "mandated": True, "reason": "law_changed", "track": "regular", "from_track": "regular"}
        for unit in ("L", "J", "system")
    },
}
"""What else than an admission a unit opens: a township its exit, lead and legal seat and the system an adjustment that must be."""


def assessment(seat: str, unit: str) -> Assessment:
    """What a seat finds when nothing is wrong."""
    found = {name: value for name, value in FINDINGS[seat].items() if name != "excluded_power_reason"}
    return Assessment(seat, unit, points=frozenset(POINTS), recommends="admit", **found)


def first_state(edition: Edition, action: str) -> str:
    """The state in which a sentence stands when it does not say."""
    procedure = procedure_of(edition)
    if action in procedure.offices:
        return "none"
    if action in FIRST_STATE:
        return FIRST_STATE[action]
    sources = procedure.rows[action][0].sources
    return next((state for state in procedure.states if state in sources), "none")


def good_case(edition: Edition, state: str) -> CaseState:
    """A case in this state in which everything is in order: 住建局 applies, 那吉镇 and 音河乡 are in scope, regular."""
    review = ReviewFacts(seats=PLACES.seats, members=PLACES.members)
    if state == "none":
        return CaseState(Head("none"), review=review)
    outcome = {"approved": "approved", "refused": "refused", "done": "approved", "withdrawn": "withdrawn"}.get(state, "")
    head = Head(state, outcome=outcome, initiator="D", mode="entrust")
    filled = FILLED | {"negotiated_opinion"} if state in AFTER_CONSULTING else FILLED
    application = ApplicationFacts(filled, True, frozenset({"law"}), frozenset(), frozenset({"funding", "technical", "training"}))
    townships = (AGREES, replace(AGREES, unit="B")) if state != "drafting" else (Township("A"), Township("B"))
    if state in ("reviewing", *CONCLUDED, "refused"):
        found = tuple(assessment(seat, unit) for seat, unit in sorted(PLACES.seats))
        review = replace(review, assessments=found, asked=(Asked("E", "answered"),))
    if state in CONCLUDED or state == "refused":
        review = replace(review, conclusion="not_admit" if state == "refused" else "admit")
    case = CaseState(head, application, townships, review)
    needed = banner_bodies(edition, "regular")
    if state in ("banner_decision", "city_decision", "approved", "done"):
        decided = () if state == "banner_decision" else needed if state == "city_decision" else (*needed, CITY)
        case = case.having(decision=replace(case.decision, needed=needed, outcomes=tuple((body, "for") for body in decided)))
    return case.having(notice=NoticeFacts(parties(case), True)) if state == "done" else case


def _with_a(case: CaseState, **standing: Any) -> CaseState:
    townships = tuple(replace(t, **standing) if t.unit == "A" else t for t in case.townships)
    return case.having(townships=townships)


def good_for(edition: Edition, action: str, state: str) -> CaseState:
    """The good case of a state, made ready for one action."""
    case = good_case(edition, state)
    if state == "none":
        return case
    if action == "consultation.reply":
        return _with_a(case, answer="")
    if action in ("consultation.answer_conditions", "consultation.settle_conditions"):
        return _with_a(case, answer="agree_with_conditions", condition="open" if action.endswith("answer_conditions") else "answered")
    if action == "consultation.ask_again":
        return _with_a(case, lapsed=True)
    if action in ("record.contest", "record.check_original"):
        return _with_a(case, paper="unchecked")
    if action in ("review.ask_department", "review.comment"):
        return case.having(review=replace(case.review, asked=(Asked("E"),) if action == "review.comment" else ()))
    if action == "review.substitute":
        return case.having(review=replace(case.review, assessments=()))
    if action == "review.resume":
        return case.having(review=replace(case.review, paused=True, pauses=1))
    if action == "review.refuse":
        return case.having(review=replace(case.review, conclusion="not_admit"))
    if action == "decision.submit_to_city":
        outcomes = tuple((body, "for") for body in case.decision.needed)
        return case.having(decision=replace(case.decision, outcomes=outcomes))
    if action == "notice.acknowledge":
        return case.having(notice=NoticeFacts(parties(case), True, parties(case)))
    if action == "notice.deliver":
        return case.having(notice=NoticeFacts(parties(case), True, parties(case)))
    if action == "notice.contest":
        pending = frozenset[str]() if state == "done" else parties(case) - {"A"}
        return case.having(notice=NoticeFacts(parties(case), True, pending, frozenset({"A"})))
    if action == "notice.show_original":
        return case.having(notice=NoticeFacts(parties(case), True, contested=frozenset({"A"})))
    return case


def actor(action: str, state: str) -> str:
    """Who acts when nobody is named."""
    if action == "decision.record":
        return "W" if state == "city_decision" else "P"
    return ACTORS.get(action, "D")


def good_payload(action: str, state: str, unit: str, case: CaseState) -> dict[str, Any]:
    """A payload that no rule objects to."""
    if action == "case.open":
        return {**PAYLOADS[action], **OPENED_BY.get(unit, {})}
    if action == "review.assess":
        seat = next((seat for seat, sitting in case.review.seats if sitting == unit), "lead")
        return {"seat": seat, "points": POINTS, "recommends": "admit", **FINDINGS[seat]}
    if action == "decision.record":
        body = next((body for body, office in PLACES.bodies.items() if office == unit), CITY)
        return {"body": body, "outcome": "for", **LETTER}
    if action == "signature.take_back":
        return {**AWAITING, "entered_by": unit}
    if action == "notice.issue":
        return {"addressees": tuple(sorted(parties(case)))}
    if action in ("record.correct", "record.confirm") and state not in ("consulting", "agreed", "applied", "reviewing"):
        return {**PAYLOADS[action], "field": "reason"}
    return dict(PAYLOADS.get(action, {}))


def held_by(case: CaseState, unit: str, action: str) -> frozenset[str]:
    """The unit's relations, with those that hang on a task or an entry; ``self`` and ``system`` are themselves."""
    extra: Mapping[str, str] = {"case.reassign": "task_holder", "case.stand_in": "task_holder"}
    if action in ("record.correct", "record.confirm", "document.attach_scan", "document.void"):
        extra = {action: "entered_it"}
    held = relations(case, unit, PLACES) | ({extra[action]} if action in extra else set())
    return frozenset(held | ({unit} if unit in ("self", "system", "interpreter") else set()))
