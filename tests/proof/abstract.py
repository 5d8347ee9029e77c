"""A stored case as the one value that ``law check`` walks, made from the features' own facts (Articles 3, 4.1-4.4)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from dutygate.base.actions.models import OpenTask
from dutygate.base.actions.perform import system_acting
from dutygate.base.catalogue.action import Door
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.features.application.facts import application_facts, township_facts
from dutygate.features.cases.facts import CaseSubject, head_facts, subject_of
from dutygate.features.cases.models import Case
from dutygate.features.decision.facts import BODIES, decision_facts, notice_facts
from dutygate.features.review.facts import review_facts
from dutygate.features.review.models import ReviewConclusion
from dutygate.law.procedure.model import CaseState, Places
from dutygate.law.procedure.tasks import Task
from dutygate.law.rules.facts import DecisionFacts, NoticeFacts
from tests.world import World

WAITING = ("banner_decision", "city_decision", "approved")


def banner(world: World) -> tuple[int, int]:
    """The jurisdiction of the cases, and the version of its directory."""
    jurisdiction = world.people[world.townships[0]].jurisdiction_id
    return jurisdiction, reference_version_of(jurisdiction)


def directory_of(world: World) -> Directory:
    """Its units, seats and calendar as they stand."""
    return public_directory(*banner(world))


def subject(number: str, world: World, on: date | None = None) -> CaseSubject:
    """The case as the system finds it at the door, for an act of that day (today, if none is said)."""
    jurisdiction, version = banner(world)
    door = Door(system_acting(), number.partition("-")[0], jurisdiction, version, on or world.today, world.today)
    return subject_of(Case.objects.get(number=number), door)


def abstract(number: str, world: World, on: date | None = None) -> CaseState:
    """The stored case as a ``CaseState``, every field of it.

    Compare two through ``comparable``, since four things stand otherwise in the tables than in the walk, and on purpose:

    - ``decision.needed`` is read from the edition at any time here, while the walk knows it from the day a case is sent up; it is
      compared while a body may decide;
    - ``notice.required`` says here before the notice who will have to be told, there nothing until it is issued; what the two
      say of it before is compared where the machine issues notices;
    - ``review.earlier_terms`` is read from the lists, which other cases write; no action on this one changes it;
    - ``none_concerned`` is no column: it is whether the current ``ReviewConclusion`` records why no other department is concerned.
    """
    found = subject(number, world, on)
    reason = ReviewConclusion.objects.filter(case=found.case.id, is_current=True).values_list("no_other_concerned", flat=True).first()
    return CaseState(
        head_facts(found),
        application_facts(found),
        tuple(township_facts(found)),
        review_facts(found),
        decision_facts(found),
        notice_facts(found),
        none_concerned=bool(reason),
    )


def comparable(state: CaseState) -> CaseState:
    """The state without what ``abstract`` says is not compared."""
    notice = state.notice if state.notice.issued else NoticeFacts()
    needed = state.decision.needed if state.head.state in WAITING else ()
    review = replace(state.review, earlier_terms=0)
    return replace(state, notice=notice, review=review, decision=DecisionFacts(needed, tuple(sorted(state.decision.outcomes))))


def differences(stored: CaseState, walked: CaseState) -> list[str]:
    """Field by field, what the tables say and what the law's own effects say; empty when they agree."""
    left, right = comparable(stored), comparable(walked)
    groups = [(name, getattr(left, name), getattr(right, name)) for name in CaseState.__slots__]
    found = []
    for group, a, b in groups:
        if a != b:
            fields = getattr(type(a), "__slots__", None)
            parts = [(f, getattr(a, f), getattr(b, f)) for f in fields] if fields else [("", a, b)]
            found += [f"{group}.{name}: stored {x!r}, by the law {y!r}".replace(".:", ":") for name, x, y in parts if x != y]
    return found


def places(world: World) -> Places:
    """Who is who, from the directory of today."""
    directory, today = directory_of(world), world.today
    seats = directory.seats(today)
    bodies = {body: directory.unit(seats[body]).key for body in BODIES}
    kinds = {
        unit.key: frozenset(body for body, key in bodies.items() if key == unit.key) or frozenset({unit.kind})
        for unit in directory.units.values()
    }
    usual = tuple((seat, directory.unit(seats[seat]).key) for seat in ("lead", "legal", "services"))
    return Places(kinds, usual, frozenset(directory.unit(unit).key for unit in directory.members(today)), bodies)


def stored_tasks(number: str, world: World) -> Counter[Task]:
    """The open tasks as they lie in the table."""
    directory = directory_of(world)
    rows = OpenTask.objects.filter(subject=number).values_list("action", "unit_id", "seat")
    return Counter(Task(action, directory.unit(unit).key, seat) for action, unit, seat in rows)
