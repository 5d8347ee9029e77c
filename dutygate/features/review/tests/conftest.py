"""A case of 旗林草局 under review, to which 那吉镇 agreed: with 旗财政局 as an appointed member of the conference.

Made once for each module inside a transaction; each test works in a savepoint of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import transaction

from dutygate.base.actions.clock import other_clock
from dutygate.base.actions.perform import Outcome, forget_kept_editions, perform, system_acting
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.action import Door
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import forget_directories, public_directory
from dutygate.base.register.chains import mark_as_demo, reference_version_of
from dutygate.features.cases.facts import CaseSubject, subject_of
from tests.journey import POINTS, Journey
from tests.world import BANNER, FOUNDED, World, create_world

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SEATS = {"lead": "lead", "legal": "legal", "services": "services", "member": "finance"}
FINDINGS = {point: {"finding": "ok", "text": ""} for point in POINTS}
OWN_FINDINGS = {"lead": {"necessity": "necessary"}, "legal": {"excluded_power": "none", "emergency": "none"}}


def rows(model: str, **where: Any) -> Any:
    """Rows of another feature: models are imported in their own folder only."""
    return apps.get_model(model)._default_manager.filter(**where).order_by("id")


@dataclass
class Time:
    """The moment at which things happen."""

    now: datetime = MONDAY


@dataclass
class Review:
    """One case, and what its review does by unit, seat and day."""

    journey: Journey
    time: Time

    @property
    def case(self) -> Any:
        return self.journey.case

    @property
    def number(self) -> str:
        return self.journey.number

    @property
    def people(self) -> Any:
        return self.journey.people

    def day(self, day: int, month: int = 3) -> None:
        """From now on it is that day of 2026."""
        self.time.now = self.time.now.replace(month=month, day=day)

    def unit(self, role: str) -> int:
        return self.journey.world.unit_id(role)

    def act(self, who: str, action: str, at: datetime | None = None, **payload: Any) -> Outcome:
        """Somebody does this to the case; stale pages are a test of their own."""
        return perform(self.people[who], action, self.number, payload, at=at, via="import")

    def assess(self, seat: str, who: str = "", at: datetime | None = None, **more: Any) -> Outcome:
        payload: dict[str, Any] = {"seat": seat, "points": FINDINGS, "recommends": "admit", **OWN_FINDINGS.get(seat, {}), **more}
        return self.act(who or SEATS[seat], "review.assess", at, **payload)

    def assess_all(self) -> None:
        for seat in SEATS:
            self.assess(seat)

    def conclude(self, outcome: str = "admit", **more: Any) -> Outcome:
        return self.act("lead", "review.conclude", **{"outcome": outcome, "no_other_concerned": "不涉及其他部门", **more})

    def concluded(self, outcome: str = "admit", **more: Any) -> None:
        self.assess_all()
        self.conclude(outcome, **more)

    def applied_again(self) -> None:
        """After a return: the text is edited, consulted on and submitted anew, and accepted."""
        self.journey.do("forestry", "application.edit", items={"division": "旗林草局负责，乡镇协助。"})
        self.journey.do("forestry", "consultation.ask_again", document_number="再征1号")
        self.journey.reply()
        self.journey.conclude()
        self.journey.submit()
        self.journey.accept()

    def substitute(self, seat: str, substitute: str, who: str = "lead", reason: str = "回避") -> Outcome:
        return self.act(who, "review.substitute", seat=seat, substitute=substitute, reason=reason)

    def told(self, kind: str) -> set[str]:
        """The roles that were sent a message of this kind about this case."""
        ids = rows("notices.OutboxMessage", kind=kind, subject=self.number).values_list("unit_id", flat=True)
        return {self.journey.world.by_unit[unit] for unit in ids}

    def tasks(self) -> set[tuple[str, str]]:
        """The open tasks, (action, role of the unit); and the stored ones agree with the records."""
        return self.journey.tasks()

    def directory(self) -> Directory:
        banner = self.case.jurisdiction_id
        return public_directory(banner, reference_version_of(banner))

    def subject(self) -> CaseSubject:
        """The case as the facts see it, today."""
        today = self.time.now.date()
        door = Door(self.people["lead"], BANNER, self.case.jurisdiction_id, reference_version_of(self.case.jurisdiction_id), today, today)
        return subject_of(self.case, door)


def _seat(seat: str, unit: str) -> None:
    perform(system_acting(), "unit.take_seat", BANNER, {"seat": seat, "unit": f"{BANNER}.{unit}", "valid_from": FOUNDED}, via="import")


@contextmanager
def _fresh_caches() -> Iterator[None]:
    forget_directories()
    forget_kept_editions()
    yield
    forget_directories()
    forget_kept_editions()


@pytest.fixture(scope="module")
def banner(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Review]:
    """Everything of this module, rolled back at its end."""
    time = Time()
    with django_db_blocker.unblock(), transaction.atomic(), _fresh_caches():
        mark_as_demo()
        with other_clock(lambda: time.now):
            world: World = create_world(1)
            _seat("member", "finance")
            yield Review(Journey(world).up_to("reviewing"), time)
        transaction.set_rollback(True)


@pytest.fixture
def review(banner: Review, db: Any) -> Iterator[Review]:
    """The case under review, on Monday, 2 March 2026."""
    banner.time.now = MONDAY
    with _fresh_caches():
        yield Review(replace(banner.journey), banner.time)


@pytest.fixture
def applied_by(review: Review) -> Any:
    """Another case, of whoever is named, applied for and not accepted yet."""

    def start(initiator: str) -> Review:
        return Review(Journey(review.journey.world, initiator).up_to("applied"), review.time)

    return start


__all__ = ["FINDINGS", "OWN_FINDINGS", "SEATS", "Review", "rows", "verify_tasks"]
