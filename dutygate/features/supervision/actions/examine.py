"""受理、不予受理、听取说明、作出说明、作出认定（第八条）."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.supervision.actions.report_action import (
    SOME_FILES,
    Files,
    FormName,
    Line,
    ReportAction,
    ReportSubject,
    Words,
    attach,
)


@register_action
class Accept(ReportAction):
    """受理线索."""

    name = "supervision.accept"
    tells_the_body = False

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """Nothing but the state."""


@register_action
class Dismiss(ReportAction):
    """不予受理线索, with a reason that the reporter reads."""

    name = "supervision.dismiss"
    tells_the_body = False

    class Payload(Given):
        """The reason."""

        reason: Words = ""

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """The reason is what came of it."""
        subject.report.outcome = payload.reason


@register_action
class Hear(ReportAction):
    """听取说明: the examiner puts facts to the body concerned, in her own words; from now on it knows of them, and of nothing else."""

    name = "supervision.hear"

    class Payload(Given):
        """``facts`` is all that the body is shown. ``answer_by``: the last day to answer, or as the limit gives it."""

        facts: Words = ""
        answer_by: date | None = None

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """Asked, and not answered yet."""
        report = subject.report
        report.put_facts, report.asked_on = payload.facts, context.door.today
        report.answer_by = self.day_of(context, payload.answer_by, "supervision.answer")
        report.answer, report.answered_on = "", None


@register_action
class Answer(ReportAction):
    """作出说明: the body concerned answers what was put to it."""

    name = "supervision.answer"

    class Payload(Given):
        """Its words, with files."""

        text: str = Field(min_length=2, max_length=4000)
        files: Files = SOME_FILES

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """Its answer."""
        subject.report.answer, subject.report.answered_on = payload.text, context.door.today
        attach(subject.report, payload.files, "body", context)


@register_action
class Find(ReportAction):
    """作出认定: handed down (in which forms of Article 7), unfounded, or the handling of an emergency, which is marked and not punished."""

    name = "supervision.find"

    class Payload(Given):
        """``text``: the facts, shown to the body concerned. ``matter``: what it should have applied for, where it was handed down without
        admission; the road to that application is then shown to it.
        """

        outcome: Literal["handed_down", "unfounded", "emergency"]
        forms: tuple[FormName, ...] = Field((), max_length=7)
        text: Words = ""
        matter: Line = ""

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """The finding."""
        report, breach = subject.report, payload.outcome == "handed_down"
        report.finding, report.finding_text, report.found_on = payload.outcome, payload.text, context.door.today
        report.finding_forms = list(dict.fromkeys(payload.forms)) if breach else []
        report.matter = payload.matter if breach else ""
