"""The base of every action on a case: how it is found, judged, moved, and how its open tasks follow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Final

from dutygate.base.actions.reference import on_reference_changed
from dutygate.base.actions.tasks import Board, Wanted, board_source, sync, task_source
from dutygate.base.catalogue.action import ActingPost, Action, Context, Door
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.documents.references import refer, require_files
from dutygate.base.organizations.directory import UnitInfo, UnknownUnit
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.base.register.prepared import Prepared, insert, rewrite
from dutygate.features.cases.facts import CaseSubject, build_facts, relations_of, subject_of
from dutygate.features.cases.models import Case, Party
from dutygate.features.cases.paper import effective_acting, may_enter_for
from dutygate.features.cases.queries import case_visible
from dutygate.law.procedure.tasks import Task
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts
from dutygate.law.workdays.limits import UNCHANGED, Timing

FINAL_OUTCOMES: Final = {"approved": "approved", "refused": "refused", "withdrawn": "withdrawn"}
TaskProjector = Callable[[CaseSubject, Collection[int] | None], Iterable[Task]]
TimingProvider = Callable[[Case], Timing]
_projectors: Final[list[TaskProjector]] = []
_timings: Final[list[TimingProvider]] = []


def projects_tasks(projector: TaskProjector) -> TaskProjector:
    """Register who computes a case's open tasks: (subject, units or None for all) -> tasks of those units."""
    _projectors.append(projector)
    return projector


def tells_timing(provider: TimingProvider) -> TimingProvider:
    """Register who knows the pauses and extensions of a case; the review does. Asked only of a case that had any."""
    _timings[:] = [provider]
    return provider


class CaseAction(Action[CaseSubject]):
    """An action on a case.

    ``bumps``: it changes the case as a whole, so pages that show the whole case are stale afterwards; parallel acts of single
    townships, seats and units do not.
    """

    bumps: ClassVar[bool] = True

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """A case number begins with its jurisdiction's code."""
        return ref.partition("-")[0]

    def load(self, ref: str, payload: Any, door: Door) -> CaseSubject:
        """The case, if the acting post may see it."""
        directory = public_directory(door.jurisdiction_id, door.reference_version)
        return CaseSubject(case_visible(door.acting, ref, directory), directory, door)

    def state(self, subject: CaseSubject) -> str:
        """The case's state."""
        return subject.case.state

    def track(self, subject: CaseSubject) -> str:
        """The case's track."""
        return subject.case.track

    def edition(self, subject: CaseSubject, door: Door) -> Edition:
        """The edition under which the case was opened, whatever is in force today."""
        return subject.edition

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """By default the whole case as the person saw it."""
        return {"case": subject.case.version}

    def relations(self, subject: CaseSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """The roles towards the case of the unit whose act it is; on paper only if the acting unit may enter it."""
        acting = self.effective(subject, payload, door)
        if acting is not door.acting and not may_enter_for(subject, self.name, door.acting):
            return frozenset()
        return relations_of(subject, acting, roles)

    def effective(self, subject: CaseSubject, payload: Any, door: Door) -> ActingPost:
        """The acting post, in the place of the unit for whom a paper is entered (代录)."""
        acting: ActingPost = subject.remember("effective", lambda: effective_acting(subject, payload, door.acting))
        return acting

    def acts_as(self, subject: CaseSubject, payload: Any, door: Door) -> str:
        """The unit whose act it is."""
        return self.effective(subject, payload, door).unit

    def entered_for(self, subject: CaseSubject, payload: Any, door: Door) -> int | None:
        """The unit for whom a paper is entered, or None."""
        acting = self.effective(subject, payload, door)
        return None if acting is door.acting else acting.unit_id

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """The payload as the rules read it; actions add what must be resolved first."""
        plain: dict[str, Any] = payload.model_dump()
        return plain

    def facts(self, subject: CaseSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The groups that the guards need."""
        if scan := getattr(payload, "scan", ""):
            require_files(door.acting, [scan])
        subject.acting = self.effective(subject, payload, door)
        return build_facts(subject, acting, self.act(subject, payload), needs)

    def attach(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """A scan belongs to the case from now on: who may read the case may read it."""
        if scan := getattr(payload, "scan", ""):
            refer(subject.case, [scan], context)

    def move(self, subject: CaseSubject, context: Context) -> None:
        """State, outcome and version; the case row is written once."""
        case = subject.case
        moved = context.to != case.state
        if moved:
            case.state = context.to
            case.outcome = FINAL_OUTCOMES.get(context.to, case.outcome if context.to == "done" else "")
            if context.to in ("done", "withdrawn"):
                case.closed_at = context.recorded_at
        if moved or self.bumps:
            case.version += 1
            rewrite(case)

    def project(self, subject: CaseSubject, context: Context) -> None:
        """Open tasks: of the touched units and of who waits for them, or of all."""
        units: set[int] | None = None
        if context.touched is not None and context.to == subject.procedure.states[context.to].name and not self.bumps:
            units = context.touched | {subject.case.initiator_id}
        subject.memo = dict(subject.kept)  # what was read before the change is no longer so
        wanted = wanted_tasks(subject, units)
        doer = subject.acting.unit_id if subject.acting is not None else context.acting.unit_id
        sync(board_of(subject), wanted, context.on, units, done=(self.name, doer))

    def subject_key(self, subject: CaseSubject) -> str:
        """The case number."""
        return subject.case.number


def wanted_tasks(subject: CaseSubject, units: Collection[int] | None) -> set[Wanted]:
    """The tasks that should be open, with units as ids; of these units only, or of all."""
    tasks = {t for projector in _projectors for t in projector(subject, units)}
    found = {Wanted(t.action, subject.directory.by_key(t.unit).id, t.seat) for t in tasks}
    return found if units is None else {w for w in found if w.unit_id in units}


def board_of(subject: CaseSubject) -> Board:
    """What the projection needs to know of a case."""
    case = subject.case
    known = case.id, case.number, case.jurisdiction_id, case.track, subject.edition, subject.procedure
    timing = (lambda: subject.remember("timing", lambda: timing_of(case))) if case.retimed else None
    return Board(*known, subject.directory.calendar, case.mandated, timing)


def timing_of(case: Case) -> Timing:
    """What was done to the time of a case; nothing is read where nothing was."""
    found = [told(case) for told in _timings] if case.retimed else []
    return found[0] if found else UNCHANGED


@board_source
def boards_of(door: Door, subjects: Collection[int]) -> Iterable[Board]:
    """The boards of the cases among these subjects."""
    ids = sorted(subjects)
    for start in range(0, len(ids), 500):
        for case in Case.objects.filter(jurisdiction=door.jurisdiction_id, pk__in=ids[start : start + 500]):
            yield board_of(subject_of(case, door))


@task_source
def every_case(day: date) -> Iterable[tuple[Board, Collection[Wanted]]]:
    """All cases with the tasks that their records ask for."""
    versions: dict[int, int] = {}
    for case in Case.objects.order_by("id").iterator(chunk_size=500):
        version = versions.get(case.jurisdiction_id)
        if version is None:
            version = versions[case.jurisdiction_id] = reference_version_of(case.jurisdiction_id)
        nobody = ActingPost(None, None, None, "system", "system", case.jurisdiction_id, "", "system")
        door = Door(nobody, "", case.jurisdiction_id, version, day, day)
        subject = subject_of(case, door)
        yield board_of(subject), wanted_tasks(subject, None)


TASKS_FOLLOW: Final[set[str]] = {"unit.take_seat", "unit.take_effect"}
"""Actions of the reference after which the tasks of all open cases are looked at anew; features add theirs."""


@on_reference_changed
def tasks_pass_on(door: Door, action: str) -> None:
    """A seat that changes hands takes its open tasks along, also where its unit was merged or split; under an edition that no longer
    holds the lead owes the case its move.
    """
    if action in TASKS_FOLLOW:
        for case in Case.objects.filter(jurisdiction=door.jurisdiction_id, closed_at__isnull=True).order_by("id"):
            subject = subject_of(case, door)
            sync(board_of(subject), wanted_tasks(subject, None), door.today)


def resolve_unit(subject_directory: Any, ref: str, field: str) -> UnitInfo:
    """The unit that a payload names by key, code or name. Raises Malformed with the field."""
    try:
        found: UnitInfo = subject_directory.resolve(ref)
    except UnknownUnit:
        raise Malformed([(field, f"unknown unit: {ref}")]) from None
    return found


_THERE: Final = Prepared(lambda case, role: Party.objects.filter(case=case, role=role).values_list("unit_id"), case=int, role=str)


def add_parties(case: Case, units: Iterable[int], role: str, context: Context) -> None:
    """Let these units take part in the case (and so read it). Units that already do in this role are left alone."""
    present = {unit for (unit,) in _THERE.rows(case=case.id, role=role)}
    rows = [
        Party(id=context.new_id(), jurisdiction_id=case.jurisdiction_id, case=case, unit_id=unit, role=role)
        for unit in dict.fromkeys(units)
        if unit not in present
    ]
    insert(*rows)
