"""What the acts on the ledger share: how a pledge or a sheet is found, who acts, how the open tasks follow (Article 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import F, Q

from dutygate.base.actions.reference import on_reference_changed
from dutygate.base.actions.tasks import Board, Wanted, board_source, sync, task_source, warning_days
from dutygate.base.catalogue.action import ActingPost, Action, Door
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.features.cases.facts import edition_on
from dutygate.features.support.models import Commitment, Pledge
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head
from dutygate.law.workdays.limits import Ends

OFFICES: Final = ("handler", "signatory")
DELIVER: Final = "support.deliver"
SETTLE: Final = "support.settle"


@dataclass(slots=True)
class SupportSubject:
    """What an act on the ledger is about: ``code`` as the register names it, and what was read for it."""

    code: str
    directory: Directory
    door: Door
    read: dict[str, Any] = field(default_factory=dict)


class SupportAction(Action[SupportSubject]):
    """An act on the ledger. Its subject begins with the code of its jurisdiction and a dash."""

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The jurisdiction's chain."""
        return ref.partition("-")[0]

    def edition(self, subject: SupportSubject, door: Door) -> Edition:
        """The edition in force on the day of entry (Article 11)."""
        return edition_on(door.today, door)

    def look_up(self, subject: SupportSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """What the rules must know beside the payload."""
        return {}

    def facts(self, subject: SupportSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The payload and what was looked up, for whoever may act at all."""
        found = self.look_up(subject, payload, door) if acting.relations else {}
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), act={**payload.model_dump(mode="json"), **found})

    def subject_key(self, subject: SupportSubject) -> str:
        """As the register names it."""
        return subject.code


@dataclass(frozen=True, slots=True)
class PledgeBoard(Board):
    """The tasks of a pledge. What a department owes is due on the day on which it was promised, whatever a limit says."""

    due_on: date | None = None

    def ends(self, action: str, opened: date, closed: date | None = None, *, seat: str = "") -> Ends | None:
        """The promised day; it is yellow as many working days before as any other task."""
        if action != DELIVER or self.due_on is None:
            return Board.ends(self, action, opened, closed, seat=seat)
        calendar, warning = self.calendar(), warning_days(self.edition, self.track)
        days = calendar.working_days_between(opened, self.due_on) if self.due_on > opened else 0
        counted = calendar.add_working_days(opened, days - warning + 1) if days >= warning else None
        warn = self.due_on if self.due_on <= opened else counted.day if counted is not None else opened + timedelta(days=1)
        return Ends(self.due_on, min(warn, self.due_on), False)


def board_of(pledge: Pledge, directory: Directory, door: Door, due_on: date | None) -> Board:
    """The board of a pledge; ``due_on``: the day of the first thing that its department owes."""
    edition = edition_on(door.today, door)
    known = pledge.id, pledge.code, pledge.jurisdiction_id, "regular", edition, procedure_of(edition), directory.calendar
    return PledgeBoard(*known, edition_of=lambda opened: edition_on(opened, door), due_on=due_on)


OWING: Final = Q(promised__gt=F("released") + F("delivered")) | Q(delivered__gt=F("confirmed") + F("disputed"))
"""Something of it is still to come, or was given and is not confirmed: the department stands for both."""


def wanted_of(pledge: Pledge, lead: int | None) -> tuple[set[Wanted], date | None]:
    """What is owed on a pledge, and by when the department owes the first of it. Three queries at most."""
    owing = Commitment.objects.filter(OWING, pledge=pledge).order_by("due_on").values_list("due_on", flat=True).first()
    wanted = {Wanted(DELIVER, pledge.department_id)} if owing is not None else set()
    if lead is not None and Commitment.objects.filter(pledge=pledge, disputed__gt=0).exists():
        wanted.add(Wanted(SETTLE, lead, "lead"))
    return wanted, owing


def sync_tasks(pledges: Iterable[Pledge], directory: Directory, door: Door, on: date, done: tuple[str, int | None] | None = None) -> None:
    """Bring the open tasks of these pledges up to date."""
    lead = directory.seats(door.today).get("lead")
    for pledge in pledges:
        wanted, due_on = wanted_of(pledge, lead)
        sync(board_of(pledge, directory, door, due_on), wanted, on, done=done)


@board_source
def boards_of(door: Door, subjects: Collection[int]) -> Iterable[Board]:
    """The boards of the pledges among these subjects."""
    directory, ids = public_directory(door.jurisdiction_id, door.reference_version), sorted(subjects)
    for start in range(0, len(ids), 500):
        for pledge in Pledge.objects.filter(jurisdiction=door.jurisdiction_id, pk__in=ids[start : start + 500]):
            yield board_of(pledge, directory, door, wanted_of(pledge, None)[1])


@on_reference_changed
def tasks_pass_on(door: Door, action: str) -> None:
    """Disputes that wait for the lead go with its seat."""
    if action in ("unit.take_seat", "unit.take_effect"):
        directory = public_directory(door.jurisdiction_id, door.reference_version)
        rows = Pledge.objects.filter(jurisdiction=door.jurisdiction_id, commitments__disputed__gt=0).distinct().order_by("id")
        sync_tasks(rows, directory, door, door.today)


@task_source
def every_open_pledge(day: date) -> Iterable[tuple[Board, Collection[Wanted]]]:
    """All pledges, with the tasks that their records ask for."""
    places: dict[int, tuple[Directory, Door]] = {}
    for pledge in Pledge.objects.order_by("id"):
        place = pledge.jurisdiction_id
        if place not in places:
            version = reference_version_of(place)
            nobody = ActingPost(None, None, None, "system", "system", place, "", "system")
            places[place] = public_directory(place, version), Door(nobody, "", place, version, day, day)
        directory, door = places[place]
        wanted, due_on = wanted_of(pledge, directory.seats(day).get("lead"))
        yield board_of(pledge, directory, door, due_on), wanted
