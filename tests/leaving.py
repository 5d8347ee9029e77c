"""One exit or adjustment on its way through Article 4, by the same steps as an admission: for tests, benches and random walks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from dutygate.base.actions.clock import other_clock
from dutygate.base.actions.perform import Outcome, system_acting
from dutygate.base.register.chains import mark_as_demo
from dutygate.features.lists.queries import duties_of_township, duties_visible
from tests.journey import Journey
from tests.world import BANNER, World

EXIT_ITEMS = {
    "exit_reason": "三年宣传任务已经完成，验收合格。",
    "work_under_way": "已经登记的走访记录由乡镇在本月内移交旗林草局，由旗林草局办结。",
    "taken_over_by": "以后由旗林草局护林员承担。",
    "support_settled": "本年经费据实结算，宣传车交回旗林草局。",
}


def admitted(world: World, track: str = "regular", **declared: Any) -> str:
    """A duty of the forestry bureau on the lists of all townships of the world; its code."""
    case = Journey(world).up_to("done", track, **declared)
    return str(duties_visible(system_acting()).get(case__number=case.number).code)


@dataclass
class Leaving(Journey):
    """A case about a duty. ``townships`` are the roles of whoever is asked: the department's, where a township applies."""

    duty: str = ""
    kind: str = "exit"

    def open(self, road: str = "regular", **declared: Any) -> Outcome:  # type: ignore[override]
        """立卷, for the reason that it is done, or that the task has changed."""
        given = {"kind": self.kind, "duty": self.duty, "reason": "done" if self.kind == "exit" else "task_changed"}
        outcome = self.do(self.initiator, "case.open", subject=BANNER, **{**given, **declared})
        self.number = str(outcome.result["number"])
        return outcome

    def fill(self, **changed: Any) -> Outcome:
        """编写: the short list of an exit; of an adjustment only what is to read otherwise."""
        given = (
            {"items": EXIT_ITEMS}
            if self.kind == "exit"
            else {"items": {"content": "乡镇只张贴公告、登记巡查情况，入户宣传由旗林草局承担。"}}
        )
        return self.do(self.initiator, "application.edit", **(changed or given))


MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class Time:
    """The clock of a test: it stands still unless somebody moves it."""

    now: datetime = MONDAY

    def pass_by(self, days: int) -> None:
        """So many days later, at the same hour."""
        self.now += timedelta(days=days)


@pytest.fixture
def time(db: Any) -> Iterator[Time]:
    """Monday, 2 March 2026, at nine in the morning."""
    mark_as_demo()
    found = Time()
    with other_clock(lambda: found.now):
        yield found


@pytest.fixture
def scratch(db: Any, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this test open the scratch database of a replay, which a test case does not know beforehand."""
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", django_db_blocker._real_ensure_connection)


def on_list(world: World, slug: str, on: date | None = None) -> dict[str, Any]:
    """What stands on a township's list on a day, by code."""
    return {line.code: line for line in duties_of_township(system_acting(), world.unit_id(slug), on or world.today)}


def duty_row(code: str) -> Any:
    """The duty as its row is."""
    return duties_visible(system_acting()).get(code=code)
