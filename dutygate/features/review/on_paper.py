"""代录 in the review: the lead may enter another unit's words from paper, but nobody does so in its own application (Article 3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dutygate.base.catalogue.action import Door
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.duties import in_own_cause
from dutygate.features.cases.facts import CaseSubject


class PaperAction(CaseAction):
    """An act that may be entered for another unit (``PaperGiven``)."""

    def relations(self, subject: CaseSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """As for every act on paper, and none at all for the applicant: it writes no seat's or department's words on its own case."""
        entering = self.effective(subject, payload, door) is not door.acting
        if entering and door.acting.unit_id in in_own_cause(subject.case, door.on):
            return frozenset()
        return super().relations(subject, payload, door, roles)

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """The payload, with the unit for whom it is entered by its key."""
        acting = self.effective(subject, payload, subject.door)
        return {**super().act(subject, payload), "entered_for": "" if acting is subject.door.acting else acting.unit}
