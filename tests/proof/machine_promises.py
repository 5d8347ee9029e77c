"""The promises of the text, asked of stored cases: the same invariants that ``law check`` asks of walked ones (Articles 1-4.4, 7, 11)."""

from __future__ import annotations

from dataclasses import replace

from dutygate.law.procedure import review_steps, steps
from dutygate.law.procedure.invariants import STATES, STEPS, Step
from dutygate.law.procedure.model import CaseState
from tests.proof.abstract import comparable

REGISTERED = (review_steps, steps)
"""Their import registers the promises about steps."""
GROUPS = CaseState.__slots__
OF_ANSWERS_AND_OUTCOMES = "corrections_are_confirmed"


def broken_promises(step: Step) -> list[str]:
    """The names of all state and step invariants that do not hold after this step.

    A correction of a word that no rule reads (a number, a reason) is not asked what corrections of answers and outcomes must keep.
    """
    step = replace(step, before=comparable(step.before), after=comparable(step.after))
    broken = [invariant.name for invariant, test in STATES if not test(step.edition, step.after)]
    changed = {group for group in GROUPS if getattr(step.before, group) != getattr(step.after, group)}
    for invariant, test in STEPS:
        if invariant.name == OF_ANSWERS_AND_OUTCOMES and step.act.get("field") not in ("answer", "outcome"):
            continue
        if (changed & set(invariant.watches) or step.action in invariant.on) and not test(step):
            broken.append(invariant.name)
    return broken


def waited(before: CaseState, after: CaseState) -> CaseState:
    """``before``, with those comments out of time that are so in ``after``; an answered one is never out of time."""
    late = {asked.unit for asked in after.review.asked if asked.status == "no_reply"}
    asked = tuple(replace(a, status="no_reply") if a.unit in late and a.status == "open" else a for a in before.review.asked)
    return replace(before, review=replace(before.review, asked=asked))
