"""第四条（四）、（五）: exits and adjustments done through the door are those that the law walks.

After every step the stored case is read as the law's model has it: every promise of the text holds of it, and the open tasks in the table
are those that the law names.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from dutygate.base.actions.perform import Outcome
from dutygate.law.procedure import duty_steps
from dutygate.law.procedure.invariants import STATES
from dutygate.law.procedure.model import parties, tasks_of
from dutygate.law.regulation.edition import package_editions
from tests.leaving import Leaving, Time, admitted, time
from tests.proof.abstract import abstract, places, stored_tasks
from tests.world import BANNER, World

__all__ = ["REGISTERED", "time"]
REGISTERED = (duty_steps,)
"""Its import registers the promises of exits and adjustments."""
pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
EDITION = package_editions()["arun_2024_15"]
NEW_BASIS = ({"title": "森林防火条例", "kind": "administrative_regulation", "issuer": "国务院", "article": "第八条"},)
REST = ("applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved", "done")


class Proven(Leaving):
    """Every step is looked at."""

    proven: int = 0

    def do(self, who: str, action: str, **given: Any) -> Outcome:
        """The step, and what the law says of the case then."""
        outcome = super().do(who, action, **given)
        if action == "case.open":
            self.number = str(outcome.result["number"])
        self.prove()
        return outcome

    def prove(self) -> None:
        """Every promise holds; whose move it is."""
        state = abstract(self.number, self.world)
        assert [invariant.name for invariant, test in STATES if not test(EDITION, state)] == []
        assert Counter(tasks_of(EDITION, state, places(self.world))) == stored_tasks(self.number, self.world)
        if not state.notice.issued and state.head.state != "withdrawn":
            assert parties(state) >= state.notice.required - {state.seated("lead")}
        self.proven += 1

    def finish(self, track: str) -> None:
        """From the conclusion of the consultation to the last receipt."""
        for step_to in REST:
            if step_to == "city_decision" and track == "temporary":
                continue
            for step in self._steps(step_to, track):
                step()
        assert (self.state, self.case.outcome) == ("done", "approved")
        assert self.proven > 15


@pytest.mark.parametrize("track", ["regular", "temporary"])
def test_an_exit_by_the_department(time: Time, world: World, track: str) -> None:
    """One township agrees, one objects, one lets its time pass."""
    case = Proven(world, duty=admitted(world, track))
    case.open()
    case.fill()
    case.request()
    case.reply("naji")
    case.reply("liuhe", answer="disagree", reason="群众还在找我们办。")
    time.pass_by(15)
    case.prove()
    case.conclude()
    case.finish(track)


def test_an_exit_by_a_township_whose_department_stays_silent(time: Time, world: World) -> None:
    case = Proven(world, initiator="naji", townships=("forestry",), duty=admitted(world))
    case.open(reason="safeguards_not_kept")
    case.fill()
    case.request()
    time.pass_by(15)
    case.prove()
    case.conclude()
    case.finish("regular")


def test_an_adjustment_with_conditions_that_are_answered_and_not_settled(time: Time, world: World) -> None:
    case = Proven(world, duty=admitted(world), kind="adjustment")
    case.open()
    case.fill(bases=NEW_BASIS)
    case.request()
    case.reply("naji", "liuhe")
    case.reply("yadong", answer="agree_with_conditions", conditions=["把宣传车留下"])
    case.do("forestry", "consultation.answer_conditions", township=world.key("yadong"), answer="宣传车另有安排，不留下。")
    case.conclude()
    case.finish("regular")


def test_an_adjustment_that_had_to_be_done_by_the_lead_in_the_departments_stead(time: Time, world: World) -> None:
    given = {"kind": "adjustment", "reason": "law_changed", "mandated": True, "cause": "《森林防火条例》第五条"}
    case = Proven(world, duty=admitted(world), kind="adjustment")
    case.do("lead", "case.open", subject=BANNER, duty=case.duty, **given, initiator=world.key("forestry"))
    case.initiator = "lead"
    case.fill(bases=NEW_BASIS)
    case.request()
    case.reply("naji")
    time.pass_by(15)
    case.conclude()
    case.finish("regular")
