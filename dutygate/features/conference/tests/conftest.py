"""A case under review (see ``review/tests/conftest.py``), and the conference that deals with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from dutygate.base.actions.perform import Outcome, perform
from dutygate.features.review.tests.conftest import Review, applied_by, banner, review
from tests.world import BANNER

CALLED = {"form": "meeting", "held_on": "2026-03-05", "place": "旗党政办公楼203会议室"}
CAME = {"lead_office": "王主任", "justice": "李科长", "services_bureau": "赵科长"}


@dataclass
class Conference:
    """One meeting of the conference, and what is done to it."""

    review: Review
    number: str = ""
    results: list[dict[str, Any]] = field(default_factory=list)

    def key(self, unit: str) -> str:
        return f"{BANNER}.{unit}"

    def do(self, who: str, action: str, subject: str = "", **payload: Any) -> Outcome:
        outcome = perform(self.review.people[who], f"conference.{action}", subject or self.number, payload, via="import")
        self.results.append(dict(outcome.result))
        return outcome

    def call(self, *cases: str, who: str = "lead", **more: Any) -> Conference:
        self.number = str(self.do(who, "convene", BANNER, **{**CALLED, "cases": cases, **more}).result["meeting"])
        return self

    def came(self, absent: tuple[str, ...] = ("finance",), sits_in: dict[str, str] | None = None, **more: Any) -> Outcome:
        rows = [{"unit": self.key(unit), "how": "present", "person": person} for unit, person in CAME.items() if unit not in absent]
        rows += [{"unit": self.key(unit), "how": "absent"} for unit in absent]
        rows += [{"unit": self.key(unit), "how": "sits_in", "person": person} for unit, person in (sits_in or {}).items()]
        return self.do("lead", "attendance", attendance=rows, chair="王主任", recorder="周干事", **more)

    def settle(self, case: str, outcome: str = "admit", text: str = "会议同意，防火宣传由乡镇协助。") -> Outcome:
        return self.do("lead", "conclude_item", case=case, outcome=outcome, text=text)

    def finish(self, text: str = "会议听取了情况汇报，议定如下。", **more: Any) -> Outcome:
        return self.do("lead", "minutes", text=text, finish=True, **more)

    def held(self, *cases: str, outcome: str = "admit", **called: Any) -> Conference:
        """Called, held on 5 March, concluded and finished."""
        self.call(*cases, **called)
        self.review.day(5)
        self.came()
        for case in cases:
            self.settle(case, outcome)
        self.finish(number="联席会议纪要〔2026〕1号")
        return self


@pytest.fixture
def conference(review: Review) -> Conference:
    """Before the first meeting."""
    return Conference(review)


__all__ = ["CALLED", "CAME", "Conference", "applied_by", "banner", "review"]
