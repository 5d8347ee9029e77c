"""代录: an act that a unit did on paper, entered by the lead (a township's reply by the applicant too). The unit is told and may object."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from pydantic import Field, model_validator

from dutygate.base.catalogue.action import ActingPost, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.features.cases.facts import CaseSubject, relations_of

BY_INITIATOR: Final = frozenset({"consultation.reply", "consultation.change_reply", "consultation.settle_conditions"})


class PaperGiven(Given):
    """A payload that may stand for a paper: for which unit, with its number, date and scan."""

    entered_for: str = Field("", max_length=80)
    document_number: str = Field("", max_length=80)
    signed_on: date | None = None
    scan: str = Field("", max_length=64, pattern=r"^([0-9a-f]{64})?$")

    @model_validator(mode="after")
    def _paper_is_whole(self) -> PaperGiven:
        if self.entered_for and not (self.document_number and self.signed_on and self.scan):
            raise ValueError("an act entered for another unit needs document_number, signed_on and scan")
        return self


def effective_acting(subject: CaseSubject, payload: Any, acting: ActingPost) -> ActingPost:
    """The acting post, or on paper the same person in the place of the unit for whom she enters. Raises Malformed."""
    named = getattr(payload, "entered_for", "")
    if not named:
        return acting
    try:
        unit = subject.directory.resolve(named)
    except UnknownUnit:
        raise Malformed([("entered_for", f"unknown unit: {named}")]) from None
    if unit.id == acting.unit_id:
        raise Malformed([("entered_for", "your own unit enters its own acts")])
    return replace(acting, unit_id=unit.id, unit=unit.key, unit_kind=unit.kind)


def may_enter_for(subject: CaseSubject, action: str, acting: ActingPost) -> bool:
    """The lead for any unit, the applicant for a township's words."""
    if relations_of(subject, acting, frozenset({"lead"})):
        return True
    return action in BY_INITIATOR and acting.unit_id == subject.case.initiator_id and acting.kind in ("handler", "signatory")
