"""现在可以做: which actions are open to somebody on a case now, what blocks the others, and whose move it is.

Nothing is decided here and nothing locked: it is a look before the form is filled in, and ``perform`` decides.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from dutygate.base.actions.days import local_day
from dutygate.base.actions.models import ClosedTask, OpenTask
from dutygate.base.catalogue.action import ActingPost, Action, Door
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.catalogue.registry import all_actions
from dutygate.base.organizations.queries import public_jurisdiction
from dutygate.base.register.chains import confidential_key, reference_version_of
from dutygate.base.register.prepared import Prepared
from dutygate.law.procedure.engine import Refuse, preview
from dutygate.law.procedure.table import Label, Procedure, procedure_of
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules import RULES, Finding
from dutygate.law.rules.facts import Acting, Facts
from dutygate.law.rules.signing import steps_to_sign

_DUE: Final = Coalesce("due_on", Value(date.max), output_field=DateField())
_TASK: Final = ("id", "subject", "action", "unit_id", "seat", "opened_on", "due_on", "provisional", "warn_on", "paused_on")
_CLOSED: Final = ("action", "unit_id", "seat", "opened_on", "due_on", "provisional", "closed_on", "done")
Status = Literal["open", "blocked", "not_now", "not_yours", "depends"]
BY_RECORD: Final = frozenset({"entered_it"})
"""Roles that only a payload can tell: who entered the record that it names."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A case as its feature shows it: the subject of its actions, and how to ask for roles and facts without a payload.

    ``on_paper`` says whether the viewer may enter an action for another unit from paper (代录). ``present`` is the edition in force.
    """

    subject: Any
    subject_id: int
    state: str
    edition: Edition
    relations: Callable[[frozenset[str]], frozenset[str]]
    facts: Callable[[Acting, frozenset[str]], Facts]
    on_paper: Callable[[str], bool]
    present: Edition

    def edition_for(self, action: Action[Any]) -> Edition:
        """The edition that decides an action on this case."""
        return self.present if action.under_present_edition else self.edition


Look = Callable[[str, Door], Looked]
_look: Final[list[Look]] = []


def shows_cases(look: Look) -> Look:
    """Register who can show a case (number, door) or raise NotFound; the cases do."""
    _look[:] = [look]
    return look


@dataclass(frozen=True, slots=True)
class TaskRow:
    """待办: one action that one unit owes a case. ``due_on`` is None where the edition sets no limit; from ``warn_on`` on it is yellow;
    since ``paused_on`` its time stands still.
    """

    id: int
    subject: str
    action: str
    unit_id: int
    seat: str
    opened_on: date
    due_on: date | None
    provisional: bool
    warn_on: date | None = None
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class PastTask:
    """办过的待办: ``done`` by its unit on ``closed_on``, or fallen away that day."""

    action: str
    unit_id: int
    seat: str
    opened_on: date
    due_on: date | None
    provisional: bool
    closed_on: date
    done: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One action as it stands for somebody now.

    ``open``: nothing known yet blocks it. ``blocked``: by the rules in ``findings``. ``not_now``: another state. ``not_yours``:
    another unit's. ``depends``: on the record that the payload names. ``expected`` is to be sent back with it.
    ``on_paper``: the viewer may (also) enter it for another unit, whose act it is. ``second``: a second person must sign it (3).
    """

    action: str
    label: Label
    cites: str
    status: Status
    findings: tuple[Finding, ...] = ()
    expected: dict[str, int] | None = None
    on_paper: bool = False
    second: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """A case at this moment: every action for the viewer, and the open tasks of all units."""

    door: Door
    looked: Looked
    procedure: Procedure
    steps: tuple[Step, ...]
    tasks: tuple[TaskRow, ...]


def door_now(viewer: ActingPost, number: str, moment: datetime) -> Door:
    """The door as it stands for a case number, without its lock. Raises NotFound for an unknown jurisdiction."""
    code = number.partition("-")[0]
    if code == viewer.jurisdiction:
        owner = viewer.jurisdiction_id
    else:
        place = public_jurisdiction(code)
        if place is None:
            raise NotFound([Finding("not_found", "4", {"subject": number})])
        owner = place.id
    day = local_day(moment)
    return Door(viewer, code, owner, reference_version_of(owner), day, day)


def own_door(viewer: ActingPost, moment: datetime) -> Door:
    """The door of the confidential chain beside the viewer's own, without its lock."""
    day = local_day(moment)
    version = reference_version_of(viewer.jurisdiction_id)
    return Door(viewer, confidential_key(viewer.jurisdiction), viewer.jurisdiction_id, version, day, day)


def steps_on(viewer: ActingPost, looked: Looked, names: Collection[str]) -> tuple[Step, ...]:
    """How these actions stand for the viewer on something that is no case, in the order given."""
    procedure = procedure_of(looked.edition)
    offered = [(name, all_actions()[name], procedure) for name in names]
    acting = Acting(viewer.user_key, viewer.unit, looked.relations(frozenset().union(*(procedure.roles_of(name) for name in names))))
    facts = looked.facts(acting, _needs(looked.state, acting, offered))
    return tuple(_step(name, action, looked, procedure, acting, facts) for name, action, _table in offered)


def open_to(viewer: ActingPost, number: str, moment: datetime) -> Now:
    """Every action on a case, and the case's open tasks. Raises NotFound when the viewer may not see it."""
    door = door_now(viewer, number, moment)
    looked = _look[0](number, door)
    procedure = procedure_of(looked.edition)
    known = [(name, action, procedure_of(looked.edition_for(action))) for name, action in all_actions().items() if not action.internal]
    offered = [(name, action, table) for name, action, table in known if _on_a_case(table, name)]
    roles = frozenset[str]().union(*(table.roles_of(name) for name, _action, table in offered))
    acting = Acting(viewer.user_key, viewer.unit, looked.relations(roles))
    facts = looked.facts(acting, _needs(looked.state, acting, offered))
    order = {name: place for place, name in enumerate(dict.fromkeys([*procedure.rows, *procedure_of(looked.present).rows]))}
    steps = [_step(name, action, looked, table, acting, facts) for name, action, table in sorted(offered, key=lambda o: order[o[0]])]
    return Now(door, looked, procedure, tuple(steps), tuple(tasks_of_subject(viewer, looked.subject_id)))


def _on_a_case(procedure: Procedure, name: str) -> bool:
    """Whether it is a step of a case that is there already."""
    return name in procedure.rows and any(row.sources != {"none"} for row in procedure.rows[name])


def _needs(state: str, acting: Acting, offered: Collection[tuple[str, Action[Any], Procedure]]) -> frozenset[str]:
    """The facts groups of the rules that can be asked before anything is filled in."""
    groups: set[str] = set()
    for name, action, procedure in offered:
        row = procedure.row_for(name, state, acting.relations)
        fields = set(action.Payload.model_fields)
        for guard in row.guards if row else ():
            if not set(RULES[guard].asks) & fields:
                groups.update(RULES[guard].needs)
    return frozenset(groups)


def _step(name: str, action: Action[Any], looked: Looked, procedure: Procedure, acting: Acting, facts: Facts) -> Step:
    label, cites = procedure.labels[name], procedure.cites(name)
    roles, edition = procedure.roles_of(name), looked.edition_for(action)
    second = name in steps_to_sign(edition, action.track(looked.subject))
    if roles <= BY_RECORD and not roles & acting.relations:
        return Step(name, label, cites, "depends", expected=dict(action.basis(looked.subject)), second=second)
    answer = preview(edition, name, looked.state, acting, facts, list(action.Payload.model_fields))
    refused = answer if isinstance(answer, Refuse) else None
    timely = any(looked.state in row.sources for row in procedure.rows_of(name)) and (refused is None or refused.kind == "role")
    paper = timely and "entered_for" in action.Payload.model_fields and looked.on_paper(name)
    if isinstance(answer, Refuse):
        return Step(name, label, cites, "not_yours" if answer.kind == "role" else "not_now", answer.findings, on_paper=paper, second=second)
    return Step(name, label, cites, "blocked" if answer else "open", answer, dict(action.basis(looked.subject)), paper, second)


_OWED: Final = Prepared(lambda subject: OpenTask.objects.filter(subject_id=subject).order_by(_DUE, "id").values_list(*_TASK), subject=int)


def tasks_of_subject(viewer: ActingPost, subject_id: int) -> list[TaskRow]:
    """The open tasks of a case that the viewer may read, the most urgent first."""
    return [TaskRow(*row) for row in _OWED.rows(subject=subject_id)]


def past_tasks_of_subject(viewer: ActingPost, subject_id: int) -> list[PastTask]:
    """What was owed in a case that the viewer may read, in the order in which it ended."""
    rows = ClosedTask.objects.filter(subject_id=subject_id).order_by("closed_on", "id")
    return [PastTask(*row) for row in rows.values_list(*_CLOSED)]


def most_urgent(viewer: ActingPost, subjects: Collection[int]) -> dict[int, TaskRow]:
    """Subject id -> its most urgent open task, one that stands still before all others, of cases that the viewer may read; one query.

    A township is told of its own alone.
    """
    rows = OpenTask.objects.filter(subject_id__in=subjects)
    if viewer.unit_kind == "township":
        rows = rows.filter(unit_id=viewer.unit_id or 0)
    found: dict[int, TaskRow] = {}
    for subject_id, *task in rows.order_by(F("paused_on").asc(nulls_last=True), _DUE, "id").values_list("subject_id", *_TASK):
        found.setdefault(subject_id, TaskRow(*task))
    return found


def own_tasks(
    viewer: ActingPost, limit: int, after: tuple[date, int] | None = None, *, only: Sequence[str] = (), without: Sequence[str] = ()
) -> list[TaskRow]:
    """What the viewer's unit owes now, the most urgent first; ``after`` is (due day or date.max, id) of the last one seen.

    ``only`` or ``without`` name actions: 待签收 stands apart from 待办 on the desk.
    """
    rows = _own(viewer).annotate(due=_DUE)
    if only:
        rows = rows.filter(action__in=only)
    if without:
        rows = rows.exclude(action__in=without)
    if after is not None:
        rows = rows.filter(Q(due__gt=after[0]) | Q(due=after[0], id__gt=after[1]))
    return [TaskRow(*row) for row in rows.order_by("due", "id").values_list(*_TASK)[:limit]]


def late_tasks(
    viewer: ActingPost, seats: Collection[str], today: date, limit: int, after: tuple[date, int] | None = None, *, only: Sequence[str]
) -> list[TaskRow]:
    """Tasks of these actions that any unit of the jurisdiction owes beyond their day, the latest first. For the lead seat alone."""
    if "lead" not in seats:
        return []
    rows = _late(viewer, today, only)
    if after is not None:
        rows = rows.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], id__gt=after[1]))
    return [TaskRow(*row) for row in rows.order_by("due_on", "id").values_list(*_TASK)[:limit]]


def count_late(viewer: ActingPost, seats: Collection[str], today: date, *, only: Sequence[str]) -> int:
    """How many of them there are."""
    return _late(viewer, today, only).count() if "lead" in seats else 0


def _late(viewer: ActingPost, today: date, only: Sequence[str]) -> QuerySet[OpenTask]:
    return OpenTask.objects.filter(jurisdiction_id=viewer.jurisdiction_id, action__in=only, due_on__lt=today)


def count_own_tasks(viewer: ActingPost) -> dict[str, int]:
    """Action -> how many of them the viewer's unit owes now."""
    return dict(_own(viewer).values_list("action").annotate(n=Count("id")).order_by())


def owes_nothing(viewer: ActingPost) -> Q:
    """A condition on cases: the viewer's unit owes nothing to it now."""
    return ~Q(Exists(OpenTask.objects.filter(subject_id=OuterRef("pk"), unit_id=viewer.unit_id or 0)))


def _own(viewer: ActingPost) -> QuerySet[OpenTask]:
    if viewer.kind not in ("handler", "signatory") or viewer.unit_id is None:
        return OpenTask.objects.none()
    return OpenTask.objects.filter(unit_id=viewer.unit_id)
