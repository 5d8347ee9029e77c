"""转交、办结（第八条）."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.supervision.actions.report_action import Line, Number, ReportAction, ReportSubject, Words


@register_action
class Refer(ReportAction):
    """转交: to the body that has the power; here the report ends."""

    name = "supervision.refer"

    class Payload(Given):
        """To whom, by which document, and why; the reporter reads it."""

        to: Line = ""
        document_number: Number = ""
        dated_on: date | None = None
        reason: Words = ""

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """Where it went."""
        report = subject.report
        report.referred_to, report.referral_number = payload.to, payload.document_number
        report.referral_dated_on, report.outcome = payload.dated_on, payload.reason


@register_action
class Close(ReportAction):
    """办结: what came of it, in words for the person who reported."""

    name = "supervision.close"

    class Payload(Given):
        """The words."""

        text: str = Field(min_length=2, max_length=4000)

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """What came of it."""
        subject.report.outcome = payload.text
