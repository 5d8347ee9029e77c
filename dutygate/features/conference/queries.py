"""读: meetings for the members of the conference and the city above; of a finished one each case's excerpt for whoever may see the case;
what the conference set is for everybody (Articles 3, 6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.directory import Directory
from dutygate.base.register.prepared import Prepared
from dutygate.base.search.index import matching
from dutygate.features.cases.queries import CONTENT_POSTS, cases_visible
from dutygate.features.cases.sections import directory_now
from dutygate.features.conference.models import AdoptedParameter, AgendaItem, Attendance, Meeting
from dutygate.law.regulation.adopted import Adopted
from dutygate.law.regulation.parts import Text
from dutygate.law.rules import Finding

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case

SEATS: Final = frozenset({"lead", "legal", "services", "member"})
WAITING: Final = "reviewing"


def _sits(viewer: ActingPost, directory: Directory) -> bool:
    """Whether the viewer's unit belongs to the conference of that jurisdiction for an open time."""
    return any(held.seat in SEATS and held.unit_id == viewer.unit_id and held.valid_to.year == 9999 for held in directory.seats_held)


def meetings_visible(viewer: ActingPost, directory: Directory | None = None) -> QuerySet[Meeting]:
    """Meetings that a post may read: a member of the conference all of its jurisdiction, the city those of its banners, whoever was
    called to one or sat in, that one. ``directory``: of the meetings' jurisdiction; by default the viewer's own.
    """
    if viewer.kind == "system":
        return Meeting.objects.all()
    if viewer.kind not in CONTENT_POSTS or viewer.unit_id is None:
        return Meeting.objects.none()
    place = directory or directory_now(viewer)
    called = Attendance.objects.filter(unit=viewer.unit_id, called=True).values("meeting")
    scope = Q(jurisdiction__parent=viewer.jurisdiction_id) | Q(pk__in=called)
    if _sits(viewer, place):
        scope |= Q(jurisdiction=place.jurisdiction.id)
    return Meeting.objects.filter(scope)


def meeting_visible(viewer: ActingPost, number: str, directory: Directory | None = None) -> Meeting:
    """One meeting. Raises NotFound."""
    found = meetings_visible(viewer, directory).filter(number=number).first()
    if found is None:
        raise NotFound([Finding("not_found", "3", {"subject": number})])
    return found


def reads_meetings(viewer: ActingPost) -> bool:
    """Whether there is a list of meetings for the viewer: members of the conference, offices of a city (Article 6), and whoever was called
    to one that goes on.
    """
    if viewer.kind not in CONTENT_POSTS or viewer.unit_id is None:
        return False
    directory = directory_now(viewer)
    return directory.jurisdiction.kind == "city" or _sits(viewer, directory) or meetings_visible(viewer).exists()


def due_meetings(viewer: ActingPost) -> list[Meeting]:
    """Meetings that the viewer's unit was called to, or keeps the records of, and whose minutes are open; the next one first."""
    if viewer.kind not in CONTENT_POSTS or viewer.unit_id is None:
        return []
    called = Attendance.objects.filter(unit=viewer.unit_id, called=True).values("meeting")
    return list(Meeting.objects.filter(pk__in=called).exclude(status="closed").order_by("day", "id")[:20])


def leads(viewer: ActingPost, on: date) -> bool:
    """Whether the viewer acts for the lead: it calls the conference and keeps its records."""
    if viewer.kind not in CONTENT_POSTS or viewer.unit_id is None:
        return False
    return "lead" in directory_now(viewer).seats_of(viewer.unit_id, on)


def counted(viewer: ActingPost, meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings that the viewer may see, newest first, each with how many items it has (``items_now``) and how many are concluded."""
    live = Q(items__removed=False)
    return meetings.annotate(
        items_now=Count("items", filter=live, distinct=True),
        concluded=Count("items", filter=live & ~Q(items__outcome=""), distinct=True),
    ).order_by("-ordinal", "-id")


def attendances_of(viewer: ActingPost, meeting: Meeting) -> list[Attendance]:
    """Who was called to a meeting that the viewer sees, and who came: members first, in the order of calling."""
    return list(Attendance.objects.filter(meeting=meeting).order_by("-called", "id"))


def items_of(viewer: ActingPost, meeting: Meeting) -> list[AgendaItem]:
    """The items of a meeting that the viewer sees, those that were taken off too. What was settled on a case of the viewer's own is
    left out until the minutes are finished: nobody takes part in its own cause.
    """
    rows = list(AgendaItem.objects.filter(meeting=meeting).select_related("case").order_by("ordinal"))
    for row in rows:
        if meeting.status != "closed" and row.case.initiator_id == viewer.unit_id and viewer.kind != "system":
            row.outcome, row.text = "", ""
    return rows


def minutes_of(viewer: ActingPost, meeting: Meeting, on: date) -> str:
    """The minutes of a meeting that the viewer sees; before they are finished for the lead alone."""
    return meeting.minutes if meeting.status == "closed" or leads(viewer, on) else ""


def waiting_cases(viewer: ActingPost) -> QuerySet[Case]:
    """等待上会: cases of the viewer's jurisdiction under review that are on no open agenda, the oldest first."""
    open_items = AgendaItem.objects.filter(removed=False).exclude(meeting__status="closed").values("case")
    rows = cases_visible(viewer, directory_now(viewer)).filter(jurisdiction=viewer.jurisdiction_id, state=WAITING)
    return rows.exclude(pk__in=open_items).order_by("id")


def excerpts_of(viewer: ActingPost, case: Case) -> list[AgendaItem]:
    """What meetings said on a case that the viewer may see, oldest first: of finished ones for everybody, of others for the members of
    the conference, but not for whoever applies itself.
    """
    rows = AgendaItem.objects.filter(case=case.id, removed=False).select_related("meeting").order_by("id")
    if case.initiator_id == viewer.unit_id or not _reads_open(viewer, case):
        rows = rows.filter(meeting__status="closed")
    return list(rows)


def _reads_open(viewer: ActingPost, case: Case) -> bool:
    if viewer.kind == "system" or viewer.unit_id is None:
        return viewer.kind == "system"
    return viewer.jurisdiction_id == case.jurisdiction_id and _sits(viewer, directory_now(viewer))


def rulings_visible(viewer: ActingPost, question: str = "") -> QuerySet[AgendaItem]:
    """先例: conclusions of finished meetings that the viewer may read, newest first; every word of the question stands in them."""
    rows = AgendaItem.objects.filter(meeting__in=meetings_visible(viewer), meeting__status="closed", removed=False).exclude(
        outcome="next_time"
    )
    return rows.filter(matching("ruling", question)).select_related("meeting", "case").order_by("-id")


def adopted_on_minutes(viewer: ActingPost, meetings: Collection[Meeting]) -> list[AdoptedParameter]:
    """What was set on the minutes of these meetings, in the order of entry."""
    return list(AdoptedParameter.objects.filter(meeting__in=meetings).order_by("id"))


def closed_meetings(viewer: ActingPost) -> Iterable[Any]:
    """(number, title) of the finished meetings of the viewer's jurisdiction, newest first: what something may rest on."""
    rows = meetings_visible(viewer).filter(jurisdiction=viewer.jurisdiction_id, status="closed").order_by("-ordinal")
    return rows.values_list("number", "title")[:100]


_ADOPTED: Final = Prepared(
    lambda jurisdiction: AdoptedParameter.objects.filter(jurisdiction=jurisdiction).order_by("effective_from", "id"), jurisdiction=int
)


def public_adopted(jurisdiction_id: int) -> tuple[Adopted, ...]:
    """Every parameter that the conference of a jurisdiction has set, in the order in which they hold."""
    return tuple(
        Adopted(row.edition, row.parameter, tuple(sorted(row.values.items())), row.effective_from, Text(row.source, row.source_en))
        for row in _ADOPTED.rows(jurisdiction=jurisdiction_id)
    )


def public_adopters() -> set[int]:
    """The jurisdictions whose conference has set something."""
    return set(AdoptedParameter.objects.values_list("jurisdiction_id", flat=True).distinct())
