"""线索时限提醒（第八条）: of the system alone, in the confidential chain; whoever owes the step sees it on the report's page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field

from dutygate.base.actions.reminding import days_before, point_of
from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.supervision.actions.report_action import ReportAction, ReportSubject
from dutygate.features.supervision.models import HandoverReport, ReportReminder
from dutygate.features.supervision.standing import times_of
from dutygate.law.procedure.table import procedure_of


def due_point(subject_of: ReportSubject, report: HandoverReport, today: date) -> tuple[str, date, str] | None:
    """(action, last day, point) that a report has reached, or None; on working days only."""
    procedure, calendar = procedure_of(subject_of.edition), subject_of.directory.calendar()
    task, ends = procedure.report_task(report.state), times_of(procedure, subject_of.edition, subject_of.directory, report)
    if task is None or ends is None or not calendar.is_workday(today):
        return None
    point = point_of(calendar, report.since, ends.due, today, days_before(subject_of.edition))
    return (task.action, ends.due, point) if point else None


@register_action
class RemindOfReport(ReportAction):
    """线索时限提醒."""

    name = "supervision.remind"
    internal = True
    tells_the_body = False

    class Payload(Given):
        """The step that is owed, its last day, and the point that it has reached."""

        action: str = Field(max_length=60)
        due_on: date
        point: str = Field(pattern="^(before|due|late)$")

    def look_up(self, subject: ReportSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Whether that is so, and was not said before."""
        reached = due_point(subject, subject.report, door.today)
        given = ReportReminder.objects.filter(
            report=subject.report, action=payload.action, since=subject.report.since, due_on=payload.due_on, point=payload.point
        )
        return {"due": reached == (payload.action, payload.due_on, payload.point) and not given.exists()}

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """The reminder is on record."""
        report = subject.report
        ReportReminder.objects.create(
            id=context.new_id(),
            jurisdiction_id=report.jurisdiction_id,
            report_id=report.id,
            action=payload.action,
            since=report.since,
            due_on=payload.due_on,
            point=payload.point,
            reminded_on=context.door.today,
        )

    def move(self, subject: ReportSubject, context: Context) -> None:
        """A reminder changes nothing in the report."""
