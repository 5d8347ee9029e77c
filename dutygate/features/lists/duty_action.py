"""The base of every action on one duty that is no step of a case: how it is found, judged, and how its open tasks follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dutygate.base.actions.reference import on_reference_changed
from dutygate.base.actions.tasks import Board, Wanted, board_source, sync, task_source
from dutygate.base.catalogue.action import ActingPost, Action, Context, Door
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.features.cases.facts import edition_on
from dutygate.features.lists.models import Duty, Expiry, ExpiryReceipt
from dutygate.features.lists.queries import duty_by_code
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head

OFFICES: Final = ("handler", "signatory")


@dataclass(slots=True)
class DutySubject:
    """A duty at the door, with the directory of its jurisdiction."""

    duty: Duty
    directory: Directory
    door: Door


class DutyAction(Action[DutySubject]):
    """An action on a duty. Subject: its code (150721-D-0001), which begins with its jurisdiction's."""

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The jurisdiction's chain."""
        return ref.partition("-")[0]

    def load(self, ref: str, payload: Any, door: Door) -> DutySubject:
        """The duty, if the acting post may see it."""
        return DutySubject(duty_by_code(door.acting, ref), public_directory(door.jurisdiction_id, door.reference_version), door)

    def edition(self, subject: DutySubject, door: Door) -> Edition:
        """The edition in force on the day of entry (Article 11)."""
        return edition_on(door.today, door)

    def relations(self, subject: DutySubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """The system, the seats of the acting unit, and whether it is one of those who were told."""
        acting = door.acting
        if acting.kind == "system":
            return roles & {"system"}
        if acting.kind not in OFFICES or acting.unit_id is None:
            return frozenset()
        held = set(subject.directory.seats_of(acting.unit_id, door.today))
        if "notified" in roles and self.told(subject, acting.unit_id):
            held.add("notified")
        return roles & held

    def told(self, subject: DutySubject, unit_id: int) -> bool:
        """Whether that unit is one of those who were told of an end of this duty."""
        return ExpiryReceipt.objects.filter(expiry__duty=subject.duty.id, unit=unit_id).exists()

    def look_up(self, subject: DutySubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """What the rules must know beside the payload."""
        return {}

    def facts(self, subject: DutySubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The payload and what was looked up."""
        act = {**payload.model_dump(mode="json"), "today": door.today.isoformat(), **self.look_up(subject, payload, door)}
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none", track=subject.duty.track), act=act)

    def project(self, subject: DutySubject, context: Context) -> None:
        """The open tasks of the duty."""
        sync_tasks(subject.duty, subject.directory, context.door, context.on, done=(self.name, context.acting.unit_id))

    def subject_key(self, subject: DutySubject) -> str:
        """The duty's code."""
        return subject.duty.code


def sync_tasks(duty: Duty, directory: Directory, door: Door, on: date, *, done: tuple[str, int | None] | None = None) -> None:
    """Bring the open tasks of a duty up to date; their time runs from ``on``."""
    sync(board_of(duty, directory, door), wanted_of(duty.id, directory.seats(door.today).get("lead")), on, done=done)


def board_of(duty: Duty, directory: Directory, door: Door) -> Board:
    """A limit is that of the edition that was in force when its task was opened."""
    edition = edition_on(door.today, door)
    known = duty.id, duty.code, duty.jurisdiction_id, duty.track, edition, procedure_of(edition), directory.calendar
    return Board(*known, edition_of=lambda opened: edition_on(opened, door))


@board_source
def boards_of(door: Door, subjects: Collection[int]) -> Iterable[Board]:
    """The boards of the duties among these subjects."""
    directory, ids = public_directory(door.jurisdiction_id, door.reference_version), sorted(subjects)
    for start in range(0, len(ids), 500):
        for duty in Duty.objects.filter(jurisdiction=door.jurisdiction_id, pk__in=ids[start : start + 500]):
            yield board_of(duty, directory, door)


@on_reference_changed
def tasks_pass_on(door: Door, action: str) -> None:
    """The notice that the lead owes goes with its seat."""
    if action in ("unit.take_seat", "unit.take_effect"):
        directory = public_directory(door.jurisdiction_id, door.reference_version)
        owed = Duty.objects.filter(jurisdiction=door.jurisdiction_id, expiries__issued_on=None, expiries__isnull=False)
        for duty in owed.distinct().order_by("id"):
            sync_tasks(duty, directory, door, door.today)


def wanted_of(duty_id: int, lead: int | None) -> set[Wanted]:
    """What is owed on a duty that ended: the lead its notice, and every unit told its receipt (Article 4.4)."""
    ends = Expiry.objects.filter(duty=duty_id).order_by("id")
    wanted = {Wanted("duty.notify_end", lead, "lead") for end in ends if end.issued_on is None and lead is not None}
    owed = ExpiryReceipt.objects.filter(expiry__duty=duty_id, acknowledged_at=None, passed_to=None)
    pending = owed.values_list("unit_id", flat=True)
    return wanted | {Wanted("duty.acknowledge_end", unit) for unit in pending}


@task_source
def every_ended_duty(day: date) -> Iterable[tuple[Board, Collection[Wanted]]]:
    """All duties that ended by time, with the tasks that their records ask for."""
    places: dict[int, tuple[Directory, Door]] = {}
    for duty in Duty.objects.filter(expiries__isnull=False).distinct().order_by("id"):
        place = duty.jurisdiction_id
        if place not in places:
            version = reference_version_of(place)
            nobody = ActingPost(None, None, None, "system", "system", place, "", "system")
            places[place] = public_directory(place, version), Door(nobody, "", place, version, day, day)
        directory, door = places[place]
        yield board_of(duty, directory, door), wanted_of(duty.id, directory.seats(day).get("lead"))
