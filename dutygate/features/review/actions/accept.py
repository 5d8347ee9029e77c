"""受理（第四条（二））: the papers are whole, and the joint review begins."""

from __future__ import annotations

from typing import Any

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.cases.case_action import CaseAction, add_parties
from dutygate.features.cases.duties import in_own_cause
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.review.facts import seats_in


@register_action
class Accept(CaseAction):
    """受理: every seat takes part from now on. Assessments made before a return stand; what has lapsed is to be found anew."""

    name = "review.accept"

    class Payload(Given):
        """Nothing to say: what is wrong goes into a return."""

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The seats become parties; the applicant and the seats are told. An applicant's own seat waits for its substitute."""
        applicant = subject.case.initiator_id
        apart = in_own_cause(subject.case, context.on)
        seated = [unit for _, unit in seats_in(subject) if unit is not None and unit not in apart]
        add_parties(subject.case, seated, "seat", context)
        context.tell("review_accepted", [applicant])
        context.tell("review_to_assess", seated)
