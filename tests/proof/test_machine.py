"""Random people do random actions: tables and law never part, and every promise holds (Articles 1, 3, 4.1-4.4, 5, 7, 11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
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
from tests.proof.abstract import places
from tests.proof.machine import Clock, Machine
from tests.proof.machine_attempt import Seen
from tests.proof.machine_walk import Walk
from tests.world import BANNER, World, create_world

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
STEPS = 60
SHORT, LONG = 25, 250


@pytest.fixture
def moving_world(db: Any) -> Iterator[tuple[World, Clock]]:
    """阿荣旗 with three townships, in a database that may be given another time."""
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
    return machine.seen


def test_random_people_do_random_things(moving_world: tuple[World, Clock]) -> None:
    """A short run, the same each time."""
    seen = run(*moving_world, SHORT, derandomize=True)
    assert seen.states


@pytest.mark.long
def test_random_people_do_random_things_for_long(moving_world: tuple[World, Clock]) -> None:
    """Ten times as many cases: together they end in every way a case can end."""
    seen = run(*moving_world, LONG, derandomize=False)
    assert {"approved", "refused", "done", "withdrawn"} <= set(seen.states)
