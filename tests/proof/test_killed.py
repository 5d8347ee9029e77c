"""Killed at any moment, nothing is half done: no act without its entry, no entry without its rows (all articles)."""

from __future__ import annotations

import os
import random
import signal
import time
from typing import Any

import pytest
from django.db import connections

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.organizations.queries import forget_directories
from dutygate.base.register.verify import verify_all
from tests.journey import Journey
from tests.rows import rows
from tests.world import World, create_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db_both]
WHOLE_EVERY = 10


@pytest.fixture
def committed(transactional_db: Any) -> Any:
    """A world that another process sees."""
    yield create_world()
    forget_directories()
    forget_kept_editions()


def work_until_killed(world: World, seed: int) -> None:
    """In a process of its own: case after case, as fast as it goes."""
    dice = random.Random(seed)
    while True:
        track = dice.choice(["regular", "temporary"])
        Journey(world).up_to(dice.choice(["approved", "done", "refused", "withdrawn"]), track=track)


def killed_once(world: World, seed: int) -> None:
    """One process that works, killed after a random while."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            connections.close_all()
            work_until_killed(world, seed)
        finally:
            os._exit(1)
    time.sleep(random.Random(seed).uniform(0.05, 0.6))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the process ended by itself: it could not work"
    assert os.WTERMSIG(status) == signal.SIGKILL


def killed_again_and_again(world: World, times: int) -> None:
    """After each death the chain verifies, the open tasks agree, and the next act goes through at once; now and then all is replayed."""
    for turn in range(times):
        killed_once(world, turn)
        assert verify_all() == []
        assert verify_tasks() == []
        started = time.monotonic()
        Journey(world).open()
        assert time.monotonic() - started < 8, "a lock of the dead was still held"
        if turn % WHOLE_EVERY == WHOLE_EVERY - 1:
            report = replay()
            assert report.holds, [*report.problems, *map(str, report.differences)][:5]
    assert rows("register.Entry").filter(chain__key="150721").count() > times * 2, "they hardly worked"


def test_killed_twenty_times(committed: World) -> None:
    """In every run."""
    killed_again_and_again(committed, 20)


@pytest.mark.long
def test_killed_two_hundred_times(committed: World) -> None:
    """In the long run."""
    killed_again_and_again(committed, 200)
