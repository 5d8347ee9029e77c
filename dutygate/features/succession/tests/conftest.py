"""The offices and people of the tests, also when this folder is run alone; and what happens to them when townships merge."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from dutygate.base.actions.perform import Outcome, perform
from dutygate.base.organizations.queries import public_acting_posts_of
from tests.fixtures import journey, world
from tests.leaving import time
from tests.world import BANNER, World

__all__ = ["journey", "time", "world"]


@pytest.fixture
def scratch(db: Any, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test open the scratch database of a replay, which a test case does not know beforehand."""
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", django_db_blocker._real_ensure_connection)


@dataclass
class Reform:
    """机构改革 in the world of the tests: what the system and the security administrator do."""

    world: World

    def do(self, who: str, action: str, subject: str, **payload: Any) -> Outcome:
        """One action by one of the administrators, as a program does it."""
        return perform(self.world.people[who], action, subject, payload, via="import")

    def merge(self, *slugs: str, new: str = "naliu", name: str = "那六镇", **more: Any) -> Outcome:
        """Townships into a new one, by a document of today."""
        given = {"new": {"slug": new, "name": name}, "document": "内政字〔2026〕9号", **more}
        return self.do("system_admin", "unit.merge", BANNER, units=[self.world.key(slug) for slug in slugs], **given)

    def merge_into(self, into: str, *slugs: str, **more: Any) -> Outcome:
        """Units into one that exists."""
        given = {"into": self.world.key(into), "document": "内政字〔2026〕9号", **more}
        return self.do("system_admin", "unit.merge", BANNER, units=[self.world.key(slug) for slug in slugs], **given)

    def pass_on(self, slug: str, to: str) -> None:
        """The people of a unit go over to its successor, where they act from now on."""
        self.do("security_admin", "post.pass_on", self.world.key(slug), to=self.world.key(to))
        for role, acting in list(self.world.people.items()):
            if acting.unit == self.world.key(slug):
                held = [p for p in public_acting_posts_of(acting.user_id or 0, self.world.today) if p.unit == self.world.key(to)]
                if held:
                    self.world.people[role] = held[0]
                    self.world.by_unit.setdefault(held[0].unit_id or 0, role)


@pytest.fixture
def reform(world: World) -> Iterator[Reform]:
    """What administrators do to units."""
    yield Reform(world)
