"""What every step of the review and of the decision must keep, in the words of the text (Articles 1, 3, 4.2, 4.3, 4.4)."""

from __future__ import annotations

from dutygate.law.procedure.invariants import Step, finding_of, is_exit, keeps, stays_out


@keeps("3", "review")
def assessed_by_the_sitting_unit(step: Step) -> bool:
    """What a seat found is written by the unit that sits there in this case, and never by one in its own cause."""
    before = {
        (a.seat, a.unit): (a.points, a.excluded_power, a.emergency, a.necessity, a.recommends) for a in step.before.review.assessments
    }
    for a in step.after.review.assessments:
        if before.get((a.seat, a.unit)) == (a.points, a.excluded_power, a.emergency, a.necessity, a.recommends):
            continue
        seated = step.before.seated(a.seat) == a.unit == step.meant
        if not seated or stays_out(step.before.head) & {a.unit, step.unit} or step.before.head.state != "reviewing":
            return False
    return True


@keeps("3", "review")
def time_is_changed_by_the_lead_with_a_reason(step: Step) -> bool:
    """A review gets more time, stands still and goes on by an act of the lead seat with a reason; otherwise its pause ends with it."""
    before, after = step.before.review, step.after.review
    marks = [(review.paused, review.pauses, review.extensions) for review in (before, after)]
    if marks[0] == marks[1]:
        return True
    if step.before.head.state != step.after.head.state:
        return marks[1] == (False, 0, 0)
    lead = step.before.seated("lead")
    return bool(step.act.get("reason")) and step.unit == lead and lead not in stays_out(step.before.head)


@keeps("3", "review")
def time_is_changed_within_the_limits(step: Step) -> bool:
    """Never more often, nor by more, than the edition allows; no pause inside a pause."""
    before, after = step.before.review, step.after.review
    track = step.before.head.track
    if after.extensions > before.extensions:
        most, longest = (step.edition.parameter(name, track) for name in ("review_extensions", "review_extension"))
        if after.extensions > int(most or 0) or int(step.act["days"]) > int(longest or 0):
            return False
    if after.pauses > before.pauses:
        return not before.paused and after.pauses <= int(step.edition.parameter("review_pauses", track) or 0)
    return True


@keeps("4.1", on=("consultation.mediate", "case.urge"))
def urging_and_mediation_change_nothing(step: Step) -> bool:
    """A meeting of the parties and a reminder leave every answer, finding and state as they are."""
    return step.before == step.after


@keeps("4.2", on=("review.assess",))
def assessed_on_all_points(step: Step) -> bool:
    """Five points each; the legal seat also on exclusions and says why an "other power" is none, the lead on necessity; not of an exit."""
    act = step.act
    if not set(act["points"]) >= set(step.edition.focus_points):
        return False
    if is_exit(step.before):
        return True
    power = step.edition.exclusions.classes[step.before.head.declared_class]
    if act["seat"] == "legal":
        asked_for = act.get("excluded_power") in ("none", "found") and act.get("emergency") in ("none", "found")
        explained = power.effect != "amber" or act.get("excluded_power") == "found" or bool(act.get("excluded_power_reason"))
        return asked_for and explained
    return act["seat"] != "lead" or act.get("necessity") in ("necessary", "not_necessary")


@keeps("4.2", on=("application.edit",))
def findings_lapse_with_what_they_judged(step: Step) -> bool:
    """A finding on an item that is edited afterwards, or on a class, an emergency, a track or an end since changed, no longer stands."""
    head, new = step.before.head, step.after.head
    changed = {*step.act.get("items", ()), *step.act.get("filled", ()), *step.act.get("emptied", ())}
    points = {p for item in changed for p in step.edition.all_items[item].focus}
    marks = ("declared_class", "handles_emergency", "track", "has_end")
    if any(getattr(head, m) != getattr(new, m) for m in marks):
        points |= {"content", "legal_basis"}
    return all(points & a.points <= a.lapsed for a in step.after.review.assessments)


@keeps("3", "review")
def seats_change_by_recusal_alone(step: Step) -> bool:
    """A seat passes to another member, with a reason, never to the applicant, and never away from a unit that has found."""
    before, after = dict(step.before.review.seats), dict(step.after.review.seats)
    changed = [seat for seat in after if before.get(seat) != after[seat]]
    if not changed:
        return True
    conference = step.places.members | set(before.values())
    allowed = step.unit in conference and bool(step.act.get("reason")) and set(before) == set(after)
    return allowed and all(
        after[seat] in step.places.members and after[seat] not in stays_out(step.before.head) and finding_of(step.before, seat) is None
        for seat in changed
    )


@keeps("4.2", "review")
def departments_are_asked_by_the_lead(step: Step) -> bool:
    """The lead asks departments other than the applicant, once; each answers for itself, once."""
    before, after = ({a.unit: a.status for a in s.review.asked} for s in (step.before, step.after))
    lead, applicant = step.before.seated("lead"), step.before.head.initiator
    if len(step.after.review.asked) != len(after) or not before.keys() <= after.keys():
        return False
    if after.keys() != before.keys() and not (step.unit == lead != applicant and applicant not in after.keys() - before.keys()):
        return False
    answered = [unit for unit, status in after.items() if status == "answered" and before.get(unit) != "answered"]
    return all(step.meant == unit and unit in before for unit in answered)


@keeps("4.2", on=("review.comment",))
def comment_is_given_once(step: Step) -> bool:
    """A department that has answered does not answer again."""
    return any(a.unit == step.meant and a.status != "answered" for a in step.before.review.asked)


@keeps(
    "3",
    on=(
        *("review.accept", "review.return", "review.ask_department", "review.hear_expert", "review.assess", "review.conclude"),
        *("review.extend", "review.pause", "review.resume"),
        *("review.refuse", "decision.submit_to_banner", "notice.issue"),
    ),
)
def the_applicant_has_no_part_in_its_review(step: Step) -> bool:
    """Whoever applies neither accepts, returns, asks, hears, assesses, concludes, refuses, sends up nor gives notice in its own case.

    Nor does the department whose duty a township asks to end or to change.
    """
    return not stays_out(step.before.head) & {step.unit, step.meant}


@keeps("4.2", on=("review.conclude",))
def concluded_on_a_whole_review(step: Step) -> bool:
    """A conclusion rests on every seat's finding on all points, on departments heard, and admits nothing that legal excluded."""
    review = step.before.review
    found = [finding_of(step.before, seat) for seat, _ in review.seats]
    if any(a is None or a.lapsed or not a.points >= set(step.edition.focus_points) for a in found):
        return False
    heard = all(a.status != "open" for a in review.asked) and (bool(review.asked) or bool(step.act.get("no_other_concerned")))
    legal = finding_of(step.before, "legal")
    excluded = legal is None or (not is_exit(step.before) and "found" in (legal.excluded_power, legal.emergency))
    return heard and not (excluded and step.act["outcome"] == "admit")


@keeps("4.3", "decision")
def outcomes_are_the_bodys_own(step: Step) -> bool:
    """An outcome is recorded by that body, when it is its turn, with number and date; against and return with reasons."""
    before, after = dict(step.before.decision.outcomes), dict(step.after.decision.outcomes)
    new = [body for body, outcome in after.items() if before.get(body) != outcome]
    if any(body in before for body in new):
        return False
    turn = {"city_government"} if step.before.head.state == "city_decision" else {"banner_committee", "banner_government"}
    own = all(body in turn and step.meant == step.places.bodies[body] for body in new)
    return own and (not new or _documented(step))


@keeps("4.3", on=("decision.record",))
def decided_on_paper_with_reasons(step: Step) -> bool:
    """A decision that moves the case has number and date, and if it is not for, reasons: also one that clears the outcomes."""
    return _documented(step)


def _documented(step: Step) -> bool:
    reasons = step.act.get("outcome") == "for" or bool(step.act.get("reasons"))
    return reasons and bool(step.act.get("document_number") and step.act.get("dated_on"))


@keeps("4.3", on=("decision.record",))
def decided_within_the_application(step: Step) -> bool:
    """No body adds a township or time that nobody applied for."""
    if step.act["outcome"] != "for":
        return True
    scope = {t.unit for t in step.before.townships if t.in_scope and not t.department}
    if step.before.head.by_township:
        scope.add(step.before.head.initiator)
    decided = step.act.get("townships")
    within = decided is None or (bool(decided) and set(decided) <= scope)
    return within and not step.act.get("ends_later")


@keeps("4.3", "decision")
def outcomes_go_by_return_or_correction(step: Step) -> bool:
    """A recorded outcome goes away when a body sends the case back, when it is sent up anew, or by a correction before the notice."""
    before, after = dict(step.before.decision.outcomes), dict(step.after.decision.outcomes)
    gone = set(before) - set(after)
    if not gone:
        return True
    returned = step.action == "decision.record" and step.after.head.state == "reviewing"
    corrected = step.action == "record.confirm" and step.act.get("body") in gone and not step.before.notice.issued
    return returned or corrected


@keeps("4.1", on=("record.correct", "record.confirm"))
def corrections_are_confirmed(step: Step) -> bool:
    """A correction changes what was entered, with a reason, by two people; its opposite needs a new document; consent is not
    corrected once it was decided on, an outcome not once it was told.
    """
    act, before = step.act, step.before
    if step.action == "record.correct" and not act.get("reason"):
        return False
    if step.action == "record.confirm" and (act.get("entered_by") == step.user or not act.get("pending")):
        return False
    if act["field"] == "outcome":
        recorded = before.decision.outcome_of(str(act["body"]))
        return bool(recorded) and not before.notice.issued and (recorded == "for" or bool(act.get("new_document")))
    township = before.township(str(act["township"]))
    late = before.head.state in ("approved", "refused", "done", "withdrawn")
    consents = township is not None and township.consents
    return bool(township and township.answer) and not late and (consents or act["value"] != "agree" or bool(act.get("new_document")))


@keeps("4", on=("case.circulate", "case.mark_read"))
def reading_stays_inside_the_unit(step: Step) -> bool:
    """A case is shown to colleagues alone, and read by those to whom it was shown."""
    return bool(step.act.get("circulated")) if step.action == "case.mark_read" else not step.act.get("strangers")


@keeps("4.1", on=("case.reassign", "case.stand_in"))
def handed_to_colleagues_alone(step: Step) -> bool:
    """A task is passed on inside the unit that holds it."""
    return bool(step.act.get("colleague"))
