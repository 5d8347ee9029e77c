"""What every permitted action must keep, in the words of the text (Articles 1-4.4): who may change what, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dutygate.law.procedure.invariants import Step, agrees, everyone_agrees, is_exit, keeps, stays_out
from dutygate.law.procedure.model import DUTY_MARKS, parties

OWN_WORDS: Final = ("consultation.reply", "consultation.change_reply", "consultation.settle_conditions")
CORRECTION: Final = "record.confirm"

# The order of Article 4, and its roads back: returned for correction, sent back by who decides, an outcome recorded by mistake.
ROADS: Final[Mapping[str, frozenset[str]]] = {
    "none": frozenset({"drafting"}),
    "drafting": frozenset({"consulting", "withdrawn"}),
    "consulting": frozenset({"agreed", "withdrawn"}),
    "agreed": frozenset({"consulting", "applied", "withdrawn"}),
    "applied": frozenset({"agreed", "reviewing", "withdrawn"}),
    "reviewing": frozenset({"agreed", "concluded", "withdrawn"}),
    "concluded": frozenset({"agreed", "banner_decision", "refused", "withdrawn"}),
    "banner_decision": frozenset({"reviewing", "city_decision", "approved", "refused", "withdrawn"}),
    "city_decision": frozenset({"reviewing", "approved", "refused", "banner_decision"}),
    "approved": frozenset({"done", "banner_decision", "city_decision"}),
    "refused": frozenset({"done", "banner_decision", "city_decision"}),
    "done": frozenset(),
    "withdrawn": frozenset(),
}
# Who takes a case from one state to the next: the applicant, the lead seat, a township never.
BY_APPLICANT: Final = {("drafting", "consulting"), ("consulting", "agreed"), ("agreed", "consulting"), ("agreed", "applied")}
BY_LEAD: Final = {
    ("applied", "reviewing"),
    ("reviewing", "agreed"),
    ("reviewing", "concluded"),
    ("concluded", "agreed"),
    ("concluded", "banner_decision"),
    ("concluded", "refused"),
}


def _move(step: Step) -> tuple[str, str]:
    return step.before.head.state, step.after.head.state


def applies(step: Step, unit: str) -> bool:
    """Whose application it is: the applicant's, and where a law or unit changed the lead seat's in its stead (4.5)."""
    head = step.before.head
    return unit == head.initiator or (head.mandated and head.kind == "adjustment" and unit == step.before.seated("lead"))


@keeps("4", "head")
def follows_the_order_of_the_article(step: Step) -> bool:
    """No step of Article 4 is left out, and nothing leads out of a case that has ended."""
    before, after = _move(step)
    return before == after or after in ROADS[before]


@keeps("4.2", "head")
def moved_by_whose_step_it_is(step: Step) -> bool:
    """The applicant consults and applies; the lead seat, never the applicant, accepts, returns, concludes, refuses and sends up."""
    move = _move(step)
    lead, applicant = step.before.seated("lead"), step.before.head.initiator
    if move[1] == "withdrawn":
        return step.unit == applicant
    if move in BY_APPLICANT:
        return applies(step, step.unit)
    if move in BY_LEAD:
        return step.unit == lead and lead not in stays_out(step.before.head)
    if move == ("applied", "agreed"):
        return applies(step, step.unit) or step.unit == lead
    if move == ("banner_decision", "city_decision"):
        return step.meant == step.places.bodies["banner_government"]
    return move[0] == move[1] or step.action in ("case.open", "decision.record", "notice.acknowledge", CORRECTION)


@keeps("4.1", "head")
def goes_on_only_with_consent(step: Step) -> bool:
    """Agreed, applied, accepted, concluded to admit, sent up, approved: each only while whoever must agree does and all are heard."""
    before, after = _move(step)
    forward = (("consulting", "agreed"), ("agreed", "applied"), ("applied", "reviewing"), ("concluded", "banner_decision"))
    onward = (before, after) in (*forward, ("banner_decision", "city_decision")) or (after == "approved" and before != after)
    admitted = after == "concluded" and step.after.review.conclusion == "admit"
    return everyone_agrees(step.after) if onward or admitted else True


@keeps("11", "head")
def under_an_edition_in_force(step: Step) -> bool:
    """A repealed edition opens, takes and accepts nothing."""
    new = step.after.head.state in ("drafting", "applied", "reviewing") and step.before.head.state in ("none", "agreed", "applied")
    return not new or step.after.head.state == step.before.head.state or step.after.head.edition_in_force


@keeps("1", "head")
def opened_by_a_department(step: Step) -> bool:
    """A department opens an admission, in its own name."""
    if _move(step) != ("none", "drafting") or step.after.head.kind != "admission":
        return True
    return "department" in step.places.kinds[step.unit] and step.after.head.initiator == step.unit


@keeps("4.2", "head")
def reasons_in_writing(step: Step) -> bool:
    """Returned with the list of gaps, refused with reasons of which one cites a provision, withdrawn with a reason, sent up by letter."""
    before, after = _move(step)
    if before == after:
        return True
    if step.action == "review.return":
        return bool(step.act.get("gaps"))
    if step.action == "review.refuse":
        return any(reason.get("provision") in step.edition.provisions for reason in step.act.get("reasons", ()))
    if after == "withdrawn":
        return bool(step.act.get("reason"))
    letter = step.action in ("decision.submit_to_banner", "decision.submit_to_city")
    return not letter or bool(step.act.get("document_number") and step.act.get("dated_on"))


@keeps("4.2", on=("review.refuse",))
def refused_after_a_conclusion(step: Step) -> bool:
    """The lead refuses only what was concluded not to admit."""
    return step.before.review.conclusion == "not_admit"


@keeps("4.1", "townships")
def consent_is_its_own(step: Step) -> bool:
    """Consent appears by that township's own act or its paper, by a correction with a new document, or when an original is seen."""
    for before, after in step.changed:
        if not agrees(after) or (before is not None and agrees(before)):
            continue
        own = step.action in OWN_WORDS and step.meant == after.unit
        corrected = step.action == CORRECTION and bool(step.act.get("new_document"))
        shown = step.action == "record.check_original" and before is not None and before.contested
        if not (own or corrected or shown):
            return False
    return True


@keeps("4.1", "townships")
def silence_stays_silence(step: Step) -> bool:
    """A township that said nothing speaks by itself or through its paper alone; nobody corrects a silence into an answer."""
    changed = [(b, a) for b, a in step.changed if a.answer and (b is None or not b.answer)]
    own = step.action in ("consultation.reply", "consultation.change_reply")
    return all(own and step.meant == after.unit and before is not None and before.asked for before, after in changed)


@keeps("4.1", on=("consultation.reply", "consultation.change_reply"))
def replies_say_why(step: Step) -> bool:
    """Disagreement has a reason, conditions are written down."""
    needed = {"disagree": "reason", "agree_with_conditions": "conditions"}.get(str(step.act["answer"]))
    return needed is None or bool(step.act.get(needed))


@keeps("4.1", on=("consultation.reply",))
def first_answer_stays_readable(step: Step) -> bool:
    """An answer that stands is changed as a change, not given as if it were the first."""
    own = step.before.township(step.meant)
    return own is None or not own.answer or own.contested


@keeps("4.1", "application", "townships")
def edits_lapse_exactly_the_touched(step: Step) -> bool:
    """An edit lapses the answers it touches and no others; nothing else lapses an answer."""
    touched = set(step.act.get("touches", ())) if step.action == "application.edit" else set()
    for after in step.after.townships:
        before = step.before.township(after.unit)
        if before is None or not after.asked:
            continue
        lapsed_now = after.lapsed and not before.lapsed
        if lapsed_now != (after.unit in touched and bool(before.answer) and not before.lapsed):
            return False
    return True


@keeps("4.1", on=("consultation.ask_again",))
def asked_again_after_a_change(step: Step) -> bool:
    """A new round needs a change of the text, or an answer that no longer stands."""
    scope = [t for t in step.before.townships if t.in_scope]
    return step.before.application.changed_since_round or any(t.lapsed or t.contested or not t.asked for t in scope)


@keeps("4.1", "townships")
def scope_is_the_applicants(step: Step) -> bool:
    """Only the applicant brings townships in or takes them out, and after the drafting one always stays."""
    before, after = ({t.unit for t in s.townships if t.in_scope} for s in (step.before, step.after))
    if before == after:
        return True
    return applies(step, step.meant) and bool(after)


@keeps("4.1", "townships")
def conditions_are_met_by_turns(step: Step) -> bool:
    """The department answers an open condition; the township alone settles it, or takes it back."""
    for before, after in step.changed:
        if before is None or before.condition == after.condition or not after.condition:
            continue
        if after.condition == "answered" and (not applies(step, step.meant) or before.condition != "open"):
            return False
        if after.condition == "settled" and step.meant != after.unit:
            return False
        if after.condition == "settled" and step.act.get("settlement") == "accept" and before.condition != "answered":
            return False
    return True


@keeps("4.2", "townships")
def originals_are_seen_by_a_second_person(step: Step) -> bool:
    """The lead checks the original of a paper reply, and not the person who entered it."""
    checked = [a for b, a in step.changed if a.paper == "checked" and b is not None and b.paper != "checked"]
    return not checked or (step.unit == step.before.seated("lead") and step.act.get("entered_by") != step.user)


@keeps("4.1", "townships")
def only_its_own_paper_is_contested(step: Step) -> bool:
    """A township objects to what another unit entered for it."""
    contested = [(b, a) for b, a in step.changed if a.contested and b is not None and not b.contested]
    return all(step.meant == a.unit and b.paper == "unchecked" for b, a in contested)


@keeps("4.1", "application", "head")
def text_is_the_applicants(step: Step) -> bool:
    """Nobody but the applicant changes the application, and only before it lies with the lead."""
    marks = ("track", "declared_class", "handles_emergency", "has_end", "mode", "initiator", *DUTY_MARKS)
    changed = step.before.application != step.after.application
    changed = changed or any(getattr(step.before.head, m) != getattr(step.after.head, m) for m in marks)
    if not changed or step.before.head.state == "none":
        return True
    return applies(step, step.unit) and step.before.head.state in ("drafting", "consulting", "agreed")


@keeps("4.1", on=("consultation.request", "consultation.ask_again"))
def townships_see_the_whole_text(step: Step) -> bool:
    """They are asked on all they judge: ten of the eleven items are there, of an exit its own, and somebody is asked."""
    judged = set(step.edition.exit_items) if is_exit(step.before) else set(step.edition.items) - {"negotiated_opinion"}
    return step.before.application.filled >= judged and any(t.in_scope for t in step.before.townships)


@keeps("4.4", "notice")
def every_party_is_told_once(step: Step) -> bool:
    """The lead issues one notice, to every party."""
    if step.before.notice.required == step.after.notice.required or step.action == "case.open":
        return True
    by_lead = step.unit == step.before.seated("lead") and step.unit not in stays_out(step.before.head)
    return by_lead and not step.before.notice.issued and step.after.notice.pending >= parties(step.before)


@keeps("4.4", "notice")
def receipts_are_its_own(step: Step) -> bool:
    """A receipt comes from the unit that was told."""
    return step.before.notice.pending - step.after.notice.pending <= {step.meant}


@keeps("4.4", "notice")
def a_receipt_is_owed_again_only_by_its_own_objection(step: Step) -> bool:
    """Once everybody was told, nobody takes a receipt back but the unit for which somebody else entered it."""
    again = step.after.notice.pending - step.before.notice.pending if step.before.notice.issued else frozenset()
    return not again or (again == {step.meant} and again <= step.before.notice.on_paper)


@keeps("4.4", on=("notice.deliver",))
def delivered_by_the_lead_to_whom_it_is_owed(step: Step) -> bool:
    """A delivery changes nobody's receipt; it is recorded by the lead, of who still owes one."""
    return step.unit == step.before.seated("lead") and set(step.act["units"]) <= step.before.notice.pending


@keeps("4.4", on=("notice.acknowledge",))
def receipts_come_once(step: Step) -> bool:
    """Nobody acknowledges what it was not told, or twice."""
    return step.meant in step.before.notice.pending
