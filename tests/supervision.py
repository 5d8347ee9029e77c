"""线索 for tests: an oversight body beside the small 阿荣旗, and reports on their way through their own table (Articles 7, 8)."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from dutygate.base.actions.perform import Outcome, perform, system_acting
from dutygate.base.documents.tests.samples import pdf
from dutygate.base.organizations.queries import public_acting_post
from dutygate.features.supervision.keeping import take_in
from tests.rows import rows
from tests.world import BANNER, FOUNDED, World

PDF = pdf()
MARKER = "某某悄悄话"
"""Stands in everything that a reporter says, and nowhere else."""


def with_oversight(world: World, slug: str = "discipline") -> World:
    """The world with 旗纪委监委 and one person there."""

    def do(action: str, subject: str, **payload: Any) -> Outcome:
        return perform(system_acting(), action, subject, payload, via="import")

    do("unit.create", BANNER, slug=slug, kind="oversight", name="阿荣旗纪委监委", valid_from=FOUNDED)
    do("user.create", "", username=slug, name=slug)
    post = do("post.appoint", f"{BANNER}.{slug}", username=slug, kind="handler", valid_from=FOUNDED)
    acting = public_acting_post(int(post.result["id"]), world.today)
    assert acting is not None
    world.people[slug] = acting
    return world


class Reported:
    """One report; ``do`` acts on it as somebody of the world, based on what she had before her."""

    def __init__(self, world: World, by: str = "naji", body: str = "forestry", **more: Any) -> None:
        self.world = world
        said = {
            "body": world.people[body].unit,
            "title": f"{MARKER}事项",
            "text": f"{MARKER}：上周五发文要求签责任状",
            "forms": ["pledge"],
            "source": f"{MARKER}来源",
        }
        outcome = perform(world.people[by], "supervision.report", BANNER, {**said, **more}, via="page")
        self.id = str(outcome.result["report"])
        self.by, self.body, self.outcome = by, body, outcome

    @property
    def row(self) -> Any:
        """The row, for asking of."""
        return rows("supervision.HandoverReport").get(public_id=self.id)

    def expected(self, who: str) -> dict[str, int] | None:
        """What a page tells somebody to send back."""
        if who == self.by:
            return None
        return {"report": self.row.steps if who == self.body else self.row.version}

    def do(self, who: str, action: str, **payload: Any) -> Outcome:
        """One step."""
        return perform(self.world.people[who], f"supervision.{action}", self.id, payload, expected=self.expected(who), via="page")

    def up_to(self, state: str, examiner: str = "discipline") -> Reported:
        """By the shortest road."""
        road: list[tuple[str, str, str, dict[str, Any]]] = [
            ("accepted", examiner, "accept", {}),
            ("asked", examiner, "hear", {"facts": "请说明上周五发文的事"}),
            ("heard", self.body, "answer", {"text": "发过"}),
            ("found", examiner, "find", {"outcome": "handed_down", "forms": ["pledge"], "text": "属实", "matter": "防火巡查"}),
            ("ordered", examiner, "order_correction", {"text": "撤回责任状"}),
            ("corrected", self.body, "corrected", {"text": "已撤回", "document_number": "林草发〔2024〕9号"}),
            ("checked", examiner, "check_correction", {"accepted": True, "text": "属实"}),
            ("closed", examiner, "close", {"text": "已经撤回责任状"}),
        ]
        for reached, who, action, payload in road:
            if self.row.state == state:
                break
            if list(STATES).index(self.row.state) < list(STATES).index(reached):
                self.do(who, action, **payload)
        assert self.row.state == state
        return self


STATES = ("reported", "accepted", "asked", "heard", "found", "ordered", "corrected", "checked", "closed")


def brought(world: World, who: str, data: bytes = PDF) -> str:
    """A file that somebody has brought for a report."""
    from dutygate.base.actions import clock

    return take_in(world.people[who], io.BytesIO(data), clock.now())


def a_mandate(world: World, by: str = "discipline") -> Outcome:
    """The lead may find and order, for a year."""
    today = world.today
    document = {"document_number": "阿纪发〔2024〕3号", "dated_on": today, "valid_from": today, "valid_to": today + timedelta(days=365)}
    return perform(world.people[by], "supervision.mandate", BANNER, document, via="page")
