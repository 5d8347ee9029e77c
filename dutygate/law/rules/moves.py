"""The questions that ``procedure.yaml`` asks to choose the next state. Asked before the change, with the payload at hand."""

from __future__ import annotations

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.kinds import banner_decides
from dutygate.law.rules.registry import condition


def _outcomes_after(facts: Facts) -> dict[str, str]:
    """The bodies' outcomes as they will be once this decision is recorded."""
    return {**dict(facts.decision.outcomes), str(facts.act.get("body")): str(facts.act.get("outcome"))}


@condition(needs=("townships",))
def edit_reopens_consultation(facts: Facts) -> bool:
    """An opinion lapses by this edit, one who let its time pass is touched by it, or a township joins that nobody has asked."""
    touched = set(facts.act.get("touches", ()))
    return any((t.answer or t.out_of_time) and t.unit in touched for t in facts.scope()) or bool(facts.act.get("add_townships"))


@condition(needs=("decision",))
def banner_complete_with_refusal(facts: Facts) -> bool:
    """Every needed body of the banner has recorded, and one is against."""
    after = _outcomes_after(facts)
    return all(body in after for body in facts.decision.needed) and "against" in after.values()


@condition(needs=("decision",))
def banner_complete_with_return(facts: Facts) -> bool:
    """Every needed body of the banner has recorded, none against, and one sends it back."""
    after = _outcomes_after(facts)
    return all(body in after for body in facts.decision.needed) and "return" in after.values()


@condition(needs=("decision",))
def banner_decides_finally(facts: Facts) -> bool:
    """Temporary, with an end date (or its exit), and every needed body is for: the banner's decision is the approval (4.3)."""
    after = _outcomes_after(facts)
    complete = all(after.get(body) == "for" for body in facts.decision.needed)
    return complete and banner_decides(facts.head)


@condition()
def outcome_is_for(facts: Facts) -> bool:
    """The city approves."""
    return facts.act.get("outcome") == "for"


@condition()
def outcome_is_return(facts: Facts) -> bool:
    """The city sends it back."""
    return facts.act.get("outcome") == "return"


@condition(needs=("notice",))
def last_receipt(facts: Facts) -> bool:
    """Everybody else has acknowledged."""
    return facts.notice.pending == {facts.acting.unit}


@condition()
def voids_banner_outcome(facts: Facts) -> bool:
    """The correction voids an outcome of a body of the banner: that body records anew."""
    return facts.act.get("field") == "outcome" and facts.act.get("body") in ("banner_committee", "banner_government")


@condition()
def voids_city_outcome(facts: Facts) -> bool:
    """The correction voids the city's outcome: the city records anew."""
    return facts.act.get("field") == "outcome" and facts.act.get("body") == "city_government"
