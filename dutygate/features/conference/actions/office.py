"""联席会议的办理: what all actions of the conference have in common. The lead calls it and keeps its records (Article 3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dutygate.base.catalogue.action import ActingPost, Action, Context, Door
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.organizations.directory import Directory, UnknownUnit
from dutygate.base.organizations.queries import public_directory
from dutygate.features.cases.facts import edition_on
from dutygate.features.cases.queries import cases_visible
from dutygate.features.conference.models import AgendaItem, Meeting
from dutygate.features.conference.queries import meeting_visible
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head

WAITING: Final = "reviewing"


@dataclass(slots=True)
class ConferenceSubject:
    """The conference of a jurisdiction, one of its meetings where there is one, and what an action has read before it is decided."""

    jurisdiction_id: int
    directory: Directory
    meeting: Meeting | None = None
    read: dict[str, Any] = field(default_factory=dict)

    @property
    def here(self) -> Meeting:
        """The meeting; the action is one on a meeting."""
        assert self.meeting is not None
        return self.meeting

    def unit(self, key: str, where: str) -> int:
        """The id of a unit by key. Raises Malformed."""
        try:
            return self.directory.by_key(key).id
        except UnknownUnit:
            raise Malformed([(where, f"unknown unit: {key}")]) from None

    def key(self, unit_id: int) -> str:
        """A unit's key."""
        return self.directory.unit(unit_id).key


class ConferenceAction(Action[ConferenceSubject]):
    """An action of the conference. Subject: the jurisdiction's code, or the number of a meeting (150721-M-0001)."""

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The number of a meeting begins with the code of its jurisdiction."""
        return ref.partition("-")[0]

    def load(self, ref: str, payload: Any, door: Door) -> ConferenceSubject:
        """The conference at the door."""
        return ConferenceSubject(door.jurisdiction_id, public_directory(door.jurisdiction_id, door.reference_version))

    def edition(self, subject: ConferenceSubject, door: Door) -> Edition:
        """The edition in force on the day of entry."""
        return edition_on(door.today, door)

    def relations(self, subject: ConferenceSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """By the seats held on the day of entry, in this jurisdiction."""
        acting = door.acting
        if acting.unit_id is None or acting.kind not in ("handler", "signatory"):
            return frozenset()
        return roles & subject.directory.seats_of(acting.unit_id, door.today)

    def resolved(self, subject: ConferenceSubject, payload: Any, door: Door) -> dict[str, Any]:
        """What the rules need to know beside the payload."""
        return {}

    def facts(self, subject: ConferenceSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The payload and what the action has read for the rules; only for whoever may act at all."""
        found = self.resolved(subject, payload, door) if acting.relations else {}
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), {**payload.model_dump(mode="json"), **found})

    def subject_key(self, subject: ConferenceSubject) -> str:
        """The number of the meeting, else the jurisdiction's code."""
        return subject.meeting.number if subject.meeting is not None else subject.directory.jurisdiction.code


class MeetingAction(ConferenceAction):
    """An action on one meeting. Subject: its number."""

    def load(self, ref: str, payload: Any, door: Door) -> ConferenceSubject:
        """The meeting, if the acting post may see it. Raises NotFound."""
        subject = super().load(ref, payload, door)
        subject.meeting = meeting_visible(door.acting, ref, subject.directory)
        return subject

    def basis(self, subject: ConferenceSubject) -> Mapping[str, int]:
        """The meeting as the person saw it."""
        return {"meeting": subject.here.version}

    def resolved(self, subject: ConferenceSubject, payload: Any, door: Door) -> dict[str, Any]:
        """How the meeting stands."""
        return {"meeting": subject.here.number, "status": subject.here.status}


def kept(meeting: Meeting, context: Context, **changes: Any) -> None:
    """Write the meeting with these changes; a page that shows it as it was is stale from now on."""
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.version += 1
    meeting.save()
    context.result["version"] = meeting.version


def look_at(subject: ConferenceSubject, acting: ActingPost, numbers: Sequence[str]) -> dict[str, Any]:
    """{not_waiting: numbers that are no cases under review here, elsewhere: number -> the open meeting that deals with it}.

    A case that the acting post may not see is none. What it reads stays in ``subject.read["cases"]``.
    """
    rows = cases_visible(acting, subject.directory).filter(jurisdiction=subject.jurisdiction_id, number__in=numbers)
    cases = {case.number: case for case in rows}
    subject.read["cases"] = [cases[number] for number in numbers if number in cases]
    waiting = {number for number, case in cases.items() if case.state == WAITING}
    open_items = AgendaItem.objects.filter(case__number__in=numbers, removed=False).exclude(meeting__status="closed")
    elsewhere = dict(open_items.order_by("id").values_list("case__number", "meeting__number"))
    return {"not_waiting": [number for number in numbers if number not in waiting], "elsewhere": elsewhere}


def put_on(meeting: Meeting, cases: Collection[Any], context: Context) -> None:
    """These cases behind those that are on the agenda already."""
    last = AgendaItem.objects.filter(meeting=meeting).order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
    for ordinal, case in enumerate(cases, start=last + 1):
        AgendaItem.objects.create(
            id=context.new_id(), jurisdiction_id=meeting.jurisdiction_id, meeting=meeting, case_id=case.id, ordinal=ordinal
        )
