"""Random people do random actions: tables and law never part, and every promise holds (Articles 1, 3, 4.1-4.4, 5, 7, 11)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from dutygate.base.actions import clock
from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.organizations.queries import forget_directories
from dutygate.base.register.chains import mark_as_demo
from dutygate.base.register.models import Chain
from dutygate.base.register.verify import verify_all, verify_chain
from dutygate.base.search.index import verify as verify_index
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import package_editions
from tests.proof.abstract import places
from tests.proof.machine import Clock, Machine
from tests.proof.machine_attempt import Seen
from tests.proof.machine_menu_review import ELSEWHERE
from tests.proof.machine_walk import Walk
from tests.world import BANNER, World, create_world

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
STEPS = 60
SHORT, LONG = 8, 250
SHORT_AGAIN = 3
"""On the second database: what the law says of a case has been seen on the first."""
ENDS = ("approved", "refused", "done", "withdrawn")
FEW = 19
"""So many things, of some seventy, may be left untried in a short run."""


@pytest.fixture
def moving_world(db: Any) -> Iterator[tuple[World, Clock]]:
    """阿荣旗 with three townships, in a database that may be given another time."""
    yield from moving()


@pytest.fixture
def committed_world(transactional_db: Any) -> Iterator[tuple[World, Clock]]:
    """The same, where each act is a transaction of its own: PostgreSQL reads ever more slowly what one transaction has changed often."""
    yield from moving()


def moving() -> Iterator[tuple[World, Clock]]:
    """A new world and its clock."""
    mark_as_demo()
    time = Clock()
    with clock.other_clock(time):
        yield create_world(townships=3), time
    forget_directories()
    forget_kept_editions()


def chain_holds(walk: Walk) -> None:
    """Everything entered so far stands in one unbroken chain."""
    assert verify_chain(Chain.objects.get(key=BANNER)) == []


def run(world: World, time: Clock, examples: int, *, derandomize: bool) -> Seen:
    """So many cases; then everything once more from the register alone."""
    shared = {"world": world, "places": places(world), "seen": Seen(), "clock": time, "after_each": staticmethod(chain_holds)}
    machine = type("Machine", (Machine,), shared)
    chosen = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=derandomize,
        database=None,
        phases=[Phase.generate],  # the error tells the last steps of the walk; to make it shorter would take many minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=chosen)
    report = replay()
    assert report.problems == ()
    assert report.differences == ()
    assert verify_all() == []
    assert verify_tasks() == []
    assert verify_index() == []
    return machine.seen


def unseen(seen: Seen) -> list[str]:
    """What no case of the run has shown: an action permitted, an action refused by the law, a way to end.

    Where no rule but recusal guards an action, and recusal has put another unit into the seat by then, being turned away counts.
    """
    missing = [end for end in ENDS if not seen.states[end]]
    rows = procedure_of(package_editions()["arun_2024_15"]).rows
    for action, lines in ((name, rows[name]) for name in rows if name not in ELSEWHERE):
        came = {kind for (name, kind), _ in seen.attempts.items() if name == action}
        guarded = {guard for line in lines for guard in line.guards} - {"not_own_application"}
        turned_away = {"refused"} if guarded else {"refused", "denied", "conflict"}
        # There is one edition alone: what it takes to move a case has tests of its own (features/editions).
        missing += [] if "permitted" in came or action == "edition.move_case" else [f"{action} permitted"]
        missing += [] if turned_away & came else [f"{action} refused"]
    return missing


def test_random_people_do_random_things(moving_world: tuple[World, Clock]) -> None:
    """A short run, the same each time: cases are approved, refused and done, and not much is left untried."""
    if connection.vendor == "postgresql":
        assert run(*moving_world, SHORT_AGAIN, derandomize=True).attempts
        return
    left = unseen(run(*moving_world, SHORT, derandomize=True))
    assert not {"approved", "refused", "done"} & set(left)
    assert len(left) <= FEW, left


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_random_people_do_random_things_for_long(committed_world: tuple[World, Clock]) -> None:
    """Thirty times as many cases, in CI the same each time: every action is done and is refused, cases end in every way."""
    assert unseen(run(*committed_world, LONG, derandomize=bool(os.environ.get("CI")))) == []
