"""Killed at any moment, nothing is half done: no act without its entry, no entry without its rows, no lock kept (all articles)."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.db import connection, connections

from dutygate.base.actions.perform import Outcome, forget_kept_editions, perform
from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.queries import forget_directories
from dutygate.base.register.verify import verify_all
from dutygate.features.cases.models import Case
from dutygate.law.procedure.invariants import STATES
from dutygate.law.procedure.model import Places, tasks_of
from dutygate.law.regulation.edition import package_editions
from tests.journey import BANNER, Journey
from tests.proof.abstract import abstract, places, stored_tasks
from tests.rows import rows
from tests.world import World, create_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db_both]
TIMES, WHOLE_EVERY = 20, 10
LONGEST_WAIT = 5.0
"""Seconds for the next act of the living, a slow machine included; a lock that the dead still held would cost ten."""
ENDS = ("consulting", "banner_decision", "approved", "done", "done", "refused", "withdrawn")


@pytest.fixture
def committed(transactional_db: Any) -> Iterator[World]:
    """A world that another process sees."""
    yield create_world()
    forget_directories()
    forget_kept_editions()


@dataclass
class Keyed(Journey):
    """A case that is opened under a key, so that it can be asked for once more."""

    remembered: ClassVar[bool] = False
    key: str = ""

    def do(
        self, who: str | ActingPost, action: str, *, subject: str = "", expected: Mapping[str, int] | None = None, **payload: Any
    ) -> Outcome:
        """Any action; the opening with the key."""
        if action != "case.open" or not isinstance(who, str):
            return super().do(who, action, subject=subject, expected=expected, **payload)
        return perform(self.people[who], action, subject, {**payload, "title": self.key}, key=self.key, via="import")


def work_until_killed(world: World, seed: int) -> None:
    """In a process of its own: case after case, as fast as it goes, some of it from paper."""
    dice = random.Random(seed)
    for number in range(10_000):
        case = Keyed(world, key=f"第{seed}次第{number}件")
        case.up_to(dice.choice(ENDS), track=dice.choice(["regular", "temporary"]))
        if case.state == "consulting":
            case.do("lead", "consultation.reply", answer="agree", **case.on_paper("lead", case.townships[0]))


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


def the_living_go_on(world: World, seed: int) -> None:
    """The next act goes through at once; the last request of the dead, sent again, is done once and no more."""
    opened = Case.objects.filter(title__startswith=f"第{seed}次第").count()
    started = time.monotonic()
    for number in (opened - 1, opened):
        if number >= 0:
            Keyed(world, key=f"第{seed}次第{number}件").open(track="regular" if number == opened else _track(seed, number))
    assert time.monotonic() - started < LONGEST_WAIT, "a lock of the dead was still held"
    assert Case.objects.filter(title__startswith=f"第{seed}次第").count() == opened + 1, "the same request was done twice"


def _track(seed: int, number: int) -> str:
    """The track that the process chose for its case of that number."""
    dice = random.Random(seed)
    for _ in range(number + 1):
        dice.choice(ENDS)
        track = dice.choice(["regular", "temporary"])
    return track


def every_case_is_whole(world: World, where: Places, after: int) -> int:
    """Every case since that one is in a state that the law can reach, with the tasks that belong to it. Returns the last one's id."""
    edition = package_editions()["arun_2024_15"]
    for key, number in Case.objects.filter(id__gt=after).order_by("id").values_list("id", "number"):
        state = abstract(number, world)
        assert [promise.name for promise, holds in STATES if not holds(edition, state)] == [], number
        assert stored_tasks(number, world) == dict.fromkeys(tasks_of(edition, state, where), 1), number
        after = key
    return after


def killed_again_and_again(world: World, first: int, times: int = TIMES) -> None:
    """After each death chain, tasks and cases hold, and the living go on; now and then, and at the end, all is done again as registered."""
    where, last = places(world), 0
    for turn in range(first, first + times):
        killed_once(world, turn)
        assert verify_all() == []
        assert verify_tasks() == []
        last = every_case_is_whole(world, where, last)
        the_living_go_on(world, turn)
        if turn % WHOLE_EVERY == WHOLE_EVERY - 1 or turn == first + times - 1:
            report = replay()
            assert report.holds, [*report.problems, *map(str, report.differences)][:5]
    assert rows("register.Entry").filter(chain__key=BANNER).count() > times * 3, "they hardly worked"


def test_killed_twenty_times(committed: World) -> None:
    """In every run; on PostgreSQL six times, and two hundred in the long run."""
    killed_again_and_again(committed, 0, TIMES if connection.vendor == "sqlite" else 6)


@pytest.mark.long
@pytest.mark.parametrize("first", range(TIMES, 11 * TIMES, TIMES))
def test_killed_two_hundred_times(committed: World, first: int) -> None:
    """In the long run, each twenty in a database of their own: replay takes as long as the register is."""
    killed_again_and_again(committed, first)
