"""反映线索、补充（第七条）."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.directory import UnitInfo, UnknownUnit
from dutygate.features.supervision.actions.report_action import SOME_FILES, Files, FormName, Line, ReportAction, ReportSubject, attach
from dutygate.features.supervision.models import HandoverReport
from dutygate.features.supervision.standing import has_examiner


@register_action
class MakeReport(ReportAction):
    """反映线索: any unit reports that another one hands a matter down around the procedure. Subject: the jurisdiction's code.

    Result: {report: its public id}, the only name under which it is known.
    """

    name = "supervision.report"
    begins = True
    tells_the_body = False
    draws = ("public_id",)

    class Payload(Given):
        """``body``: key of the unit reported. ``forms``: those of Article 7. ``source``: the paper or message by which it came, with its
        date ``paper_on``. ``files``: digests from POST /reports/files. ``public_id`` is drawn at the door, whatever is given.
        """

        body: str = Field(max_length=120)
        title: str = Field(min_length=2, max_length=200)
        text: str = Field(min_length=4, max_length=4000)
        forms: tuple[FormName, ...] = Field((), max_length=7)
        source: Line = ""
        paper_on: date | None = None
        files: Files = SOME_FILES
        public_id: str = Field("", pattern="^([0-9a-f]{32})?$")

    def load(self, ref: str, payload: Any, door: Door) -> ReportSubject:
        """Raises Malformed also for a body that nobody knows here."""
        subject = super().load(ref, payload, door)
        _unit_here(subject, payload.body, door.today)
        return subject

    def look_up(self, subject: ReportSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """What kind of unit is reported, and whether somebody examines it."""
        body = _unit_here(subject, payload.body, door.today)
        own = door.acting.unit_id or 0
        return {"body_kind": body.kind, "examined": has_examiner(subject.directory, body.id, own, door.today)}

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """A report, received today."""
        acting = context.acting
        assert acting.unit_id is not None and acting.user_id is not None
        subject.row = HandoverReport.objects.create(
            id=context.new_id(),
            jurisdiction_id=subject.jurisdiction_id,
            public_id=payload.public_id,
            body_id=_unit_here(subject, payload.body, context.door.today).id,
            reporter_unit_id=acting.unit_id,
            reporter=acting.user_id,
            title=payload.title,
            text=payload.text,
            forms=list(dict.fromkeys(payload.forms)),
            source=payload.source,
            paper_on=payload.paper_on,
            reported_on=context.door.today,
            state="none",
            since=context.door.today,
        )
        attach(subject.row, payload.files, "reporter", context)
        context.result["report"] = payload.public_id


def _unit_here(subject: ReportSubject, key: str, on: date) -> UnitInfo:
    try:
        found = subject.directory.by_key(key)
    except UnknownUnit:
        found = None
    if found is None or found.jurisdiction_id != subject.jurisdiction_id or not found.exists_on(on):
        raise Malformed([("body", "no such unit here")])
    return found


@register_action
class AddToReport(ReportAction):
    """补充线索: the person who reported adds to it, as long as it is open."""

    name = "supervision.add"
    tells_the_body = False

    class Payload(Given):
        """What she adds, with files."""

        text: str = Field(min_length=2, max_length=4000)
        files: Files = SOME_FILES

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """Beside what was said first, which stays as it is."""
        report = subject.report
        report.added = [*report.added, {"on": context.door.today.isoformat(), "text": payload.text}]
        attach(report, payload.files, "reporter", context)
