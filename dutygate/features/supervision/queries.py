"""读线索: the one scoped read of reports. What somebody may not see does not exist; what she sees of a report is what her side may know.

examiner: the oversight bodies and the lead, of reports that are neither about nor from their unit. reporter: the person herself. body: the
unit reported, from the moment it is heard, and nothing of who reported or in which words (Article 8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed, NotFound
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import confidential_key, reference_version_of
from dutygate.base.register.queries import EntryLine, HeadLine, entries_about, head_of
from dutygate.features.supervision.law import edition_for_reports
from dutygate.features.supervision.models import HandoverReport, Mandate, ReportFile, ReportReminder
from dutygate.features.supervision.standing import OFFICE_POSTS, Post, post_of, side_of, times_of
from dutygate.law.procedure.table import Procedure, procedure_of
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules import Finding
from dutygate.law.workdays.limits import Ends

_BOTH: Final = ("state", "since", "ended_on")
_DEALT_WITH: Final = (
    *("put_facts", "asked_on", "answer_by", "answer", "answered_on"),
    *("finding", "finding_forms", "finding_text", "matter", "found_on", "order_text", "ordered_on", "correct_by"),
    *("correction_text", "correction_number", "corrected_on", "check_text", "correction_confirmed"),
)
_REPORTED: Final = ("title", "text", "forms", "source", "paper_on", "reported_on", "added")
_ENDED: Final = ("referred_to", "referral_number", "referral_dated_on", "outcome")
SEEN_AS: Final[Mapping[str, tuple[str, ...]]] = {
    "examiner": (*_BOTH, *_REPORTED, *_DEALT_WITH, *_ENDED),
    "reporter": (*_BOTH, *_REPORTED, "finding", "found_on", *_ENDED),
    "body": (*_BOTH, *_DEALT_WITH),
}
"""Which fields of a report each side may read. What is not named here reaches no page and no answer."""


@dataclass(frozen=True, slots=True)
class Here:
    """The jurisdiction on a day: units, law, and how the viewer's unit stands in it."""

    directory: Directory
    edition: Edition
    procedure: Procedure
    post: Post
    on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """A report as somebody may see it. ``shown``: its fields by name, of her side alone. ``body`` and ``reporter``: unit ids, None where
    she is not told. ``times``: of the step that it waits for, where that concerns her side. ``waits``: it is her unit's move.
    """

    public_id: str
    side: str
    shown: Mapping[str, Any]
    body: int | None
    reporter_unit: int | None
    reporter: int | None
    action: str
    waits: bool
    times: Ends | None
    files: tuple[int, ...] = ()
    reminded_on: tuple[date, ...] = field(default=())

    def __getattr__(self, name: str) -> Any:
        """A field that her side may read. Raises AttributeError for any other."""
        try:
            return self.shown[name]
        except KeyError:
            raise AttributeError(name) from None


def here(viewer: ActingPost, on: date) -> Here:
    """What is asked once for each page."""
    version = reference_version_of(viewer.jurisdiction_id)
    directory = public_directory(viewer.jurisdiction_id, version)
    edition = edition_for_reports(on, viewer.jurisdiction_id, version)
    return Here(directory, edition, procedure_of(edition), post_of(viewer, directory, on), on)


def here_in_office(viewer: ActingPost, on: date) -> Here:
    """The same for a page. Raises NotAllowed for administrators, who have no part in it."""
    if viewer.kind not in OFFICE_POSTS:
        raise NotAllowed([Finding("not_your_role", "8", {"action": "supervision.report", "by": list(OFFICE_POSTS)})])
    return here(viewer, on)


def reports_visible(viewer: ActingPost, post: Post) -> QuerySet[HandoverReport]:
    """线索 that the viewer may see in some way, newest first. ``post``: as ``standing.post_of`` finds it for this viewer."""
    if not post.stands_for or post.viewer != viewer:
        return HandoverReport.objects.none()
    units = post.stands_for
    scope = Q(reporter=viewer.user_id, reporter_unit__in=units) | Q(body__in=units, asked_on__isnull=False)
    if post.examines:
        scope |= ~Q(body__in=units) & ~Q(reporter_unit__in=units) & ~Q(reporter=viewer.user_id)
    return HandoverReport.objects.filter(scope, jurisdiction=viewer.jurisdiction_id).order_by("-id")


def report_row(viewer: ActingPost, post: Post, public_id: str) -> HandoverReport:
    """The row for the door. Raises NotFound for what the viewer may not see. The system sees every report of its jurisdiction."""
    rows = HandoverReport.objects.filter(jurisdiction=viewer.jurisdiction_id) if viewer.kind == "system" else reports_visible(viewer, post)
    found = rows.filter(public_id=public_id).first() if public_id else None
    if found is None:
        raise NotFound([Finding("not_found", "8", {"subject": public_id[:40]})])
    return found


def reports_page(viewer: ActingPost, place: Here, limit: int, before: str = "") -> list[Seen]:
    """The reports that the viewer may see, newest first; ``before`` is the public id of the last one seen."""
    return seen_page(viewer, place, reports_visible(viewer, place.post), limit, before)


def seen_page(viewer: ActingPost, place: Here, rows: QuerySet[HandoverReport], limit: int, before: str = "") -> list[Seen]:
    """A page of ``rows``, some of ``reports_visible``, newest first, each as the viewer's side may see it. As ``reports_page``."""
    if before:
        rows = rows.filter(id__lt=report_row(viewer, place.post, before).id)
    return [_seen(place, row) for row in rows[:limit]]


def report_seen(viewer: ActingPost, place: Here, public_id: str) -> Seen:
    """One report with its files. Raises NotFound."""
    row = report_row(viewer, place.post, public_id)
    side = side_of(place.post, row)
    files = _files_of(row, side).values_list("number", flat=True)
    reminded = ReportReminder.objects.filter(report=row, since=row.since).order_by("id").values_list("action", "reminded_on")
    task = place.procedure.report_task(row.state)
    own = [day for action, day in reminded if task is not None and action == task.action and _is_move_of(task.role, side)]
    return _seen(place, row, tuple(files), tuple(own))


def report_looked_at(viewer: ActingPost, place: Here, public_id: str) -> HandoverReport:
    """The row, for working out what can be done with it now. Raises NotFound."""
    return report_row(viewer, place.post, public_id)


def file_digest(viewer: ActingPost, place: Here, public_id: str, number: int) -> str:
    """The digest of one file of a report that the viewer may read. Raises NotFound."""
    row = report_row(viewer, place.post, public_id)
    found = _files_of(row, side_of(place.post, row)).filter(number=number).values_list("digest", flat=True).first()
    if found is None:
        raise NotFound([Finding("not_found", "8", {"subject": str(number)})])
    return found


def count_waiting(viewer: ActingPost, place: Here) -> int:
    """How many reports wait for the viewer's unit: one query."""
    if not place.post.stands_for:
        return 0
    units = place.post.stands_for
    tasks = place.procedure.report_tasks
    scope = Q(body__in=units, asked_on__isnull=False, state__in=[t.state for t in tasks if t.role == "body_concerned"])
    if place.post.examines:
        own = Q(body__in=units) | Q(reporter_unit__in=units) | Q(reporter=viewer.user_id)
        scope |= ~own & Q(state__in=[t.state for t in tasks if t.role == "examiner"])
    return HandoverReport.objects.filter(scope, jurisdiction=viewer.jurisdiction_id).count()


def mandates(viewer: ActingPost, place: Here) -> list[Mandate]:
    """授权, newest first: for the oversight bodies, the lead, and the bodies that may give one."""
    allowed = place.post.examines or bool(place.post.seats & {"banner_committee", "banner_government"})
    if not allowed:
        return []
    return list(Mandate.objects.filter(jurisdiction=viewer.jurisdiction_id).select_related("given_by").order_by("-valid_from", "-id"))


def public_mandated(jurisdiction_id: int, on: date) -> bool:
    """Whether a mandate of the lead holds on that day."""
    return Mandate.objects.filter(jurisdiction=jurisdiction_id, valid_from__lte=on, valid_to__gt=on).exists()


def public_open_reports(jurisdiction_id: int) -> list[HandoverReport]:
    """Every report that waits for somebody, for the reminders of the system: oldest first."""
    return list(HandoverReport.objects.filter(jurisdiction=jurisdiction_id, ended_on__isnull=True).order_by("id"))


def public_reminded(jurisdiction_id: int) -> set[tuple[int, str, date, date, str]]:
    """(report, action, since, last day, point) of every reminder that was given."""
    rows = ReportReminder.objects.filter(jurisdiction=jurisdiction_id)
    return set(rows.values_list("report_id", "action", "since", "due_on", "point"))


def entries_of_report(viewer: ActingPost, place: Here, public_id: str) -> list[EntryLine]:
    """The entries of the confidential chain about one report: for who examines it. Raises NotFound."""
    row = report_row(viewer, place.post, public_id)
    if side_of(place.post, row) != "examiner":
        return []
    return entries_about(viewer, row.public_id, confidential_key(viewer.jurisdiction))


def confidential_head(viewer: ActingPost, place: Here) -> HeadLine | None:
    """The head of the confidential chain, for the oversight bodies alone."""
    return head_of(viewer, confidential_key(viewer.jurisdiction)) if place.post.is_oversight else None


def _files_of(row: HandoverReport, side: str) -> QuerySet[ReportFile]:
    rows = ReportFile.objects.filter(report=row).order_by("number")
    return rows if side == "examiner" else rows.filter(side=side)


def _is_move_of(role: str, side: str) -> bool:
    return (role, side) in (("examiner", "examiner"), ("body_concerned", "body"))


def _seen(place: Here, row: HandoverReport, files: tuple[int, ...] = (), reminded: tuple[date, ...] = ()) -> Seen:
    side = side_of(place.post, row)
    task = place.procedure.report_task(row.state)
    waits = task is not None and _is_move_of(task.role, side)
    told = waits or side == "examiner"
    return Seen(
        row.public_id,
        side,
        {name: getattr(row, name) for name in SEEN_AS.get(side, ())},
        row.body_id if side != "" else None,
        row.reporter_unit_id if side in ("examiner", "reporter") else None,
        row.reporter if side in ("examiner", "reporter") else None,
        task.action if task is not None and told else "",
        waits,
        times_of(place.procedure, place.edition, place.directory, row) if told else None,
        files,
        reminded,
    )
