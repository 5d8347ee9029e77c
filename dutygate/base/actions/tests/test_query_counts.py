"""What an action costs does not grow with the townships of its case, nor with the cases that are there (all articles).

The numbers are exact: one statement more in an action is seen here, and meant. BEGIN, COMMIT and savepoints are not counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions import clock
from dutygate.base.actions.models import OpenTask
from dutygate.base.actions.now import open_to
from dutygate.base.actions.perform import Outcome, forget_kept_editions
from dutygate.base.organizations.queries import forget_directories
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import package_editions
from tests.editions import published
from tests.journey import BANNER, POINTS, Journey
from tests.world import create_world

FOUND = {point: {"finding": "ok"} for point in POINTS}
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")

# The statements of each action: as often as it happens in the story below, it costs one of these. A last reply or receipt opens
# somebody else's task, paper and conditions are rows of their own, a first edit writes nine items.
COUNTS: dict[str, tuple[int, ...]] = {
    "application.edit": (21, 43),
    "application.submit": (21, 22, 23),
    "application.take_back": (12,),
    "case.circulate": (19,),
    "case.mark_read": (17,),
    "case.open": (13,),
    "case.reassign": (13,),
    "case.stand_in": (13,),
    "case.urge": (25,),
    "case.withdraw": (11,),
    "consultation.answer_conditions": (16,),
    "consultation.ask_again": (21,),
    "consultation.change_reply": (13,),
    "consultation.conclude": (19,),
    "consultation.mediate": (10,),
    "consultation.narrow": (11,),
    "consultation.reply": (12, 13, 14, 17),
    "consultation.request": (22,),
    "consultation.settle_conditions": (15,),
    "decision.record": (15, 16, 18),
    "decision.record_set": (17,),
    "decision.submit_to_banner": (20, 24),
    "decision.submit_to_city": (16,),
    "edition.move_case": (14,),
    "notice.acknowledge": (11, 12, 16),
    "notice.contest": (10, 12),
    "notice.deliver": (12,),
    "notice.issue": (60,),
    "notice.show_original": (11,),
    "record.check_original": (15,),
    "record.confirm": (25,),
    "record.contest": (14,),
    "record.correct": (20,),
    "review.accept": (19, 20),
    "review.ask_department": (20,),
    "review.assess": (21, 23, 24, 26, 37, 39),
    "review.comment": (20,),
    "review.conclude": (24, 26, 39),
    "review.extend": (26,),
    "review.hear_expert": (13,),
    "review.pause": (31,),
    "review.refuse": (16,),
    "review.resume": (34,),
    "review.return": (14,),
    "review.substitute": (20,),
    "signature.prepare": (23, 24),
    "signature.return": (19,),
    "signature.sign": (29,),
    "signature.take_back": (18,),
}


def weight(sql: str) -> int:
    """An entry and its head are two statements, also where PostgreSQL takes them in one message."""
    return 0 if sql.startswith(FRAME) else 2 if sql.startswith("WITH entered") else 1


@dataclass
class Counted(Journey):
    """A case that counts the statements of each of its actions."""

    remembered: ClassVar[bool] = False
    counts: dict[str, set[int]] = field(default_factory=dict)

    def do(self, who: Any, action: str, /, **given: Any) -> Outcome:
        with CaptureQueriesContext(connection) as seen:
            outcome = super().do(who, action, **given)
        self.counts.setdefault(action, set()).add(sum(map(weight, (query["sql"] for query in seen.captured_queries))))
        return outcome


def consulted(case: Counted) -> None:
    """Every word that townships and applicant can have with each other, in two rounds."""
    first, second, third, *others = case.townships
    day = case.world.today
    case.open()
    case.fill()
    case.request()
    for township in others:
        case.reply(township)
    case.do(first, "case.reassign", task="consultation.reply", user=f"{first}2")
    case.do(first, "case.stand_in", task="consultation.reply", user=f"{first}2", from_on=day, to_on=day + timedelta(days=3))
    case.do(first, "case.circulate", users=(f"{first}2",), note="请阅")
    case.do(f"{first}2", "case.mark_read")
    case.do("lead", "consultation.reply", answer="agree", **case.on_paper("lead", first))
    case.do(first, "record.contest", reason="请核对")
    case.do("lead2", "record.check_original", township=first)
    case.reply(second, answer="agree_with_conditions", conditions=["另派一人"])
    case.do("forestry", "consultation.answer_conditions", township=second, answer="同意")
    case.do(second, "consultation.settle_conditions", settlement="accept")
    case.reply(third, answer="disagree", reason="没有人手")
    case.do(third, "consultation.change_reply", answer="agree")
    case.do("forestry", "application.edit", items={"content": "只宣传，不登记。"})
    case.do("forestry", "consultation.ask_again", letter="内容已改")
    case.reply()
    case.do("forestry", "consultation.narrow", townships=[third], reason="该镇无林地")
    case.do("lead", "consultation.mediate", held_on=day, present=["forestry", first], minutes="双方说明了情况")
    case.do(second, "record.correct", target=f"opinion:{second}", field="document_number", new="六政函〔2026〕8号", reason="录入有误")
    case.do(f"{first}2", "record.correct", target=f"opinion:{first}", field="document_number", new="那政函〔2026〕8号", reason="录入有误")
    case.do(first, "record.confirm", correction=2)
    case.conclude()


def reviewed(case: Counted) -> None:
    """Submitted, taken back, returned once, a seat substituted, a department and an expert heard, concluded."""
    case.submit()
    case.do("forestry", "application.take_back")
    case.submit()
    case.accept()
    case.do("lead", "review.return", gaps=[{"item": "workflow", "text": "流程不清"}])
    case.submit()
    case.accept()
    case.do("lead", "review.substitute", seat="services", substitute="justice", reason="回避")
    case.ask_department()
    case.comment()
    case.do("lead", "review.hear_expert", expert="某教授", opinion="可行", heard_on=case.world.today)
    case.do("lead", "review.extend", days=5, reason="情况复杂")
    case.do("lead", "review.pause", reason="等材料")
    case.do("lead", "review.resume", reason="材料到了")
    case.assess("lead", "legal")
    OpenTask.objects.filter(subject=case.number).update(opened_on=case.world.today - timedelta(days=90))
    case.do("forestry", "case.urge", task="review.assess", unit="justice", seat="services")
    case.do("legal", "review.assess", seat="services", recommends="admit", points=FOUND)
    case.conclude_review()


def signed(case: Counted) -> None:
    """An answer that is returned, taken back and signed."""
    first = case.townships[0]
    for ordinal, ends in enumerate(("return", "take_back", "sign"), start=1):
        now = open_to(case.people[first], case.number, clock.now())
        expected = next(step.expected for step in now.steps if step.action == "consultation.reply")
        case.do(first, "signature.prepare", action="consultation.reply", payload={"answer": "agree"}, based_on=expected)
        who = first if ends == "take_back" else f"{first}2"
        case.do(who, f"signature.{ends}", ordinal=ordinal, **({"reason": "再看"} if ends == "return" else {}))


def story(world: Any) -> dict[str, set[int]]:
    """Four cases that together do everything that can be done with a case."""
    whole, withdrawn, refused, temporary, moved = cases = [Counted(world) for _ in range(5)]
    consulted(whole)
    reviewed(whole)
    for step in (whole.to_banner, whole.decide_banner, whole.to_city):
        step()
    whole.decide("city_government")
    whole.notify()
    whole.do("lead", "notice.deliver", units=(whole.townships[0],), how="hand", delivered_on=whole.world.today)
    whole.do("lead", "notice.acknowledge", **whole.on_paper("lead", whole.townships[0]))
    whole.do(whole.townships[0], "notice.contest", reason="请核对")
    whole.do("lead", "notice.acknowledge", **whole.on_paper("lead", whole.townships[1]))
    whole.acknowledge()
    assert whole.state == "done"
    whole.do(whole.townships[1], "notice.contest", reason="请核对")
    whole.do("lead2", "notice.show_original", unit=whole.townships[1], shown_on=whole.world.today)
    withdrawn.up_to("withdrawn")
    moved.up_to("consulting")
    refused.up_to("reviewing")
    refused.assess()
    refused.conclude_review("not_admit")
    refused.refuse()
    temporary.up_to("banner_decision", "temporary")
    said = [{"case": temporary.number, "outcome": "for"}]
    temporary.do("committee", "decision.record_set", subject=BANNER, body="banner_committee", cases=said, **temporary.paper())
    published(world, parameters={"second_signature": {"values": {"all": "consultation.reply"}}})
    moved.do("lead", "edition.move_case", reason="现行办法已经施行")
    signed(moved)
    found: dict[str, set[int]] = {}
    for case in cases:
        for action, counts in case.counts.items():
            found.setdefault(action, set()).update(counts)
    return found


@pytest.mark.db_both
@pytest.mark.parametrize(
    ("townships", "cases"), [(3, 2), pytest.param(12, 15, marks=pytest.mark.once), pytest.param(30, 40, marks=pytest.mark.long)]
)
def test_an_action_costs_the_same_with_many_townships_and_cases(db: Any, townships: int, cases: int) -> None:
    world = create_world(townships, anew=True)
    try:
        with TestCase.captureOnCommitCallbacks(execute=True):  # the edition is kept once for each process, before we count
            for number in range(cases):
                Journey(world).up_to("drafting" if number % 4 else "consulting")
        assert {action: tuple(sorted(found)) for action, found in sorted(story(world).items())} == COUNTS
    finally:
        forget_directories()
        forget_kept_editions()


def test_every_action_on_a_case_is_counted() -> None:
    procedure = procedure_of(package_editions()["arun_2024_15"])
    assert set(COUNTS) - {"decision.record_set"} == set(procedure.rows)
