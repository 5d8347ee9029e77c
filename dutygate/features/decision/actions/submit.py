"""报旗委、旗政府，报市政府（第一条、第四条（二）、（三））."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import FileDigest
from dutygate.features.cases.case_action import CaseAction, add_parties
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.paper import PaperGiven
from dutygate.features.decision.days import not_to_come
from dutygate.features.decision.facts import BANNER, CITY, deciding_bodies, office_of
from dutygate.features.decision.models import Submission
from dutygate.features.review.on_paper import PaperAction


def _send_up(subject: CaseSubject, payload: Any, context: Context, to: str, unit_id: int | None) -> None:
    assert unit_id is not None
    Submission.objects.create(
        id=context.new_id(),
        jurisdiction_id=context.jurisdiction_id,
        case_id=subject.case.id,
        ordinal=subject.case.submissions,
        to=to,
        document_number=payload.document_number,
        dated_on=payload.dated_on,
        text=payload.text,
        scan=payload.scan,
        unit_id=unit_id,
        submitted_at=context.at,
    )


def _let_read(subject: CaseSubject, bodies: tuple[str, ...], context: Context) -> None:
    """The offices of these bodies take part from now on, and are told."""
    offices = [unit for body in bodies if (unit := office_of(subject, body)) is not None]
    add_parties(subject.case, offices, "body", context)
    context.tell("sent_up", offices, submission=subject.case.submissions)


@register_action
class SubmitToBanner(CaseAction):
    """报旗委、旗政府: the lead sends the conclusion up, with number and date. Earlier outcomes belong to earlier submissions."""

    name = "decision.submit_to_banner"

    class Payload(Given):
        """请示: its number, date and text."""

        document_number: str = Field("", max_length=80)
        dated_on: date | None = None
        text: str = Field("", max_length=20_000)
        scan: FileDigest = ""

    def act(self, subject: CaseSubject, payload: Any) -> dict[str, Any]:
        """The payload. Raises Malformed for a day to come."""
        not_to_come(subject, dated_on=payload.dated_on)
        plain: dict[str, Any] = payload.model_dump()
        return plain

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One more submission; the offices of the banner's bodies read the case from now on."""
        subject.case.submissions += 1
        _send_up(subject, payload, context, "banner", context.acting.unit_id)
        needed = deciding_bodies(subject.case)
        _let_read(subject, tuple(body for body in BANNER if body in needed), context)


@register_action
class SubmitToCity(PaperAction):
    """报市政府: the banner government sends a regular matter on, after the banner's own review."""

    name = "decision.submit_to_city"

    class Payload(PaperGiven):
        """请示: its number, date and text."""

        dated_on: date | None = None
        text: str = Field("", max_length=20_000)

    def act(self, subject: CaseSubject, payload: Any) -> dict[str, Any]:
        """The payload. Raises Malformed for a day to come."""
        not_to_come(subject, dated_on=payload.dated_on, signed_on=payload.signed_on)
        return {**super().act(subject, payload)}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The same submission goes on to the city's office."""
        _send_up(subject, payload, context, "city", self.effective(subject, payload, context.door).unit_id)
        _let_read(subject, (CITY,), context)
