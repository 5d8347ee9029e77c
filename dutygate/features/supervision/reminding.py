"""每日巡检: which reports have come near their last day, reached it or passed it. Nothing of it is counted or logged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dutygate.base.actions.perform import system_acting
from dutygate.base.actions.sweep import Due, swept
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.features.supervision.actions.remind import due_point
from dutygate.features.supervision.actions.report_action import ReportSubject
from dutygate.features.supervision.law import edition_for_reports
from dutygate.features.supervision.queries import public_open_reports, public_reminded
from dutygate.features.supervision.standing import post_of


@swept
def reminders_of_reports(jurisdiction_id: int, today: date) -> Iterator[Due]:
    """One for each report that has reached a point of which nobody was reminded yet."""
    reports = public_open_reports(jurisdiction_id)
    if not reports:
        return
    version = reference_version_of(jurisdiction_id)
    directory = public_directory(jurisdiction_id, version)
    code = directory.jurisdiction.code
    post = post_of(system_acting(jurisdiction_id, code), directory, today)
    subject = ReportSubject(jurisdiction_id, code, directory, edition_for_reports(today, jurisdiction_id, version), post)
    given = public_reminded(jurisdiction_id)
    for report in reports:
        reached = due_point(subject, report, today)
        if reached is not None and (report.id, reached[0], report.since, *reached[1:]) not in given:
            action, due_on, point = reached
            payload = {"action": action, "due_on": due_on.isoformat(), "point": point}
            yield Due("supervision.remind", report.public_id, payload, counted=False)
