"""责令纠正、报告纠正、核查纠正（第八条）."""

from __future__ import annotations

from datetime import date
from typing import Any

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.supervision.actions.report_action import (
    SOME_FILES,
    Files,
    Number,
    ReportAction,
    ReportSubject,
    Words,
    attach,
)


@register_action
class OrderCorrection(ReportAction):
    """责令纠正, with a last day: the one given, or as the limit gives it."""

    name = "supervision.order_correction"

    class Payload(Given):
        """What is to be corrected."""

        text: Words = ""
        correct_by: date | None = None

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """The order."""
        report = subject.report
        report.order_text, report.ordered_on = payload.text, context.door.today
        report.correct_by = self.day_of(context, payload.correct_by, "supervision.corrected")


@register_action
class Corrected(ReportAction):
    """报告纠正: the body concerned says how it was corrected, with proof."""

    name = "supervision.corrected"

    class Payload(Given):
        """How, and the proof: files, or the number of a document."""

        text: Words = ""
        document_number: Number = ""
        files: Files = SOME_FILES

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """What it says."""
        report = subject.report
        report.correction_text, report.correction_number = payload.text, payload.document_number
        report.corrected_on = context.door.today
        attach(report, payload.files, "body", context)


@register_action
class CheckCorrection(ReportAction):
    """核查纠正: confirmed, or sent back with a reason and with time."""

    name = "supervision.check_correction"

    class Payload(Given):
        """``text``: what was found, a must where it is sent back. ``correct_by``: the new last day, or as the limit gives it."""

        accepted: bool
        text: Words = ""
        correct_by: date | None = None

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """Confirmed; or owed again until another day."""
        report = subject.report
        report.check_text, report.correction_confirmed = payload.text, payload.accepted
        if not payload.accepted:
            report.correct_by = self.day_of(context, payload.correct_by, "supervision.corrected")
