"""第四条（一）: conditions stay open until the township itself lets go of them; a new round asks whom it must, and nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import NotAllowed, Refused
from dutygate.features.application.models import ConditionStep, Opinion, Scope
from tests.journey import Journey

Start = Callable[..., Journey]


@pytest.fixture
def conditional(journey: Start) -> Journey:
    """那吉镇 agrees with a condition, the others agree."""
    asked = journey().up_to("consulting")
    asked.reply("naji", answer="agree_with_conditions", conditions=["经费三月前到位"])
    asked.reply("liuhe", "yadong")
    return asked


def refused_codes(act: Callable[[], object]) -> list[str]:
    """What a refused act found."""
    with pytest.raises(Refused) as refused:
        act()
    return [f.code for f in refused.value.findings]


def answer(journey: Journey) -> None:
    """The department answers 那吉镇."""
    journey.do("forestry", "consultation.answer_conditions", township="那吉镇", answer="二月底前拨付")


def test_an_open_condition_keeps_the_consultation_open(conditional: Journey) -> None:
    assert refused_codes(conditional.conclude) == ["condition_open"]
    assert conditional.tasks() == {("consultation.answer_conditions", "forestry")}


def test_an_answered_condition_waits_for_the_township(conditional: Journey) -> None:
    answer(conditional)
    assert refused_codes(conditional.conclude) == ["condition_open"]
    assert conditional.tasks() == {("consultation.settle_conditions", "naji")}


def test_accepted_the_way_is_free(conditional: Journey) -> None:
    answer(conditional)
    conditional.do("naji", "consultation.settle_conditions", settlement="accept")
    conditional.conclude()
    assert conditional.state == "agreed"


def test_kept_the_department_answers_again(conditional: Journey) -> None:
    answer(conditional)
    conditional.do("naji", "consultation.settle_conditions", settlement="keep", text="须写入申请")
    assert refused_codes(conditional.conclude) == ["condition_open"]
    answer(conditional)
    assert list(ConditionStep.objects.filter(case__number=conditional.number).order_by("id").values_list("kind", flat=True)) == [
        "answered",
        "keep",
        "answered",
    ]


def test_withdrawn_without_an_answer(conditional: Journey) -> None:
    conditional.do("naji", "consultation.settle_conditions", settlement="withdraw")
    conditional.conclude()


def test_accepting_needs_an_answer(conditional: Journey) -> None:
    accept = {"settlement": "accept"}
    assert refused_codes(lambda: conditional.do("naji", "consultation.settle_conditions", **accept)) == ["no_answered_condition"]


def test_another_township_settles_nothing(conditional: Journey) -> None:
    answer(conditional)
    assert refused_codes(lambda: conditional.do("liuhe", "consultation.settle_conditions", settlement="accept")) == [
        "no_answered_condition"
    ]
    with pytest.raises(NotAllowed):
        conditional.do("forestry", "consultation.settle_conditions", settlement="accept")


def test_accepting_after_a_change_agrees_to_the_changed_text(conditional: Journey) -> None:
    answer(conditional)
    conditional.do("forestry", "application.edit", per_township={"naji": {"safeguards": "经费于每年二月底前拨付。"}})
    conditional.do("naji", "consultation.settle_conditions", settlement="accept")
    conditional.conclude()


def test_nothing_changed_nothing_is_asked_again(conditional: Journey) -> None:
    assert refused_codes(lambda: conditional.do("forestry", "consultation.ask_again")) == ["nothing_changed_since_round"]


def test_a_new_round_asks_whoever_does_not_agree_now(conditional: Journey) -> None:
    conditional.do("forestry", "application.edit", per_township={"liuhe": {"staffing": "另配一人。"}})
    done = conditional.do("forestry", "consultation.ask_again")
    assert done.result["round"] == 2
    assert set(done.result["asked"]) == {conditional.world.key("liuhe"), conditional.world.key("naji")}
    standing = dict(Scope.objects.filter(case__number=conditional.number).values_list("unit_id", "answer"))
    assert standing[conditional.world.unit_id("yadong")] == "agree"
    assert Opinion.objects.filter(case__number=conditional.number).count() == 3, "what was said in the first round stays"


def test_the_last_township_cannot_leave(journey: Start) -> None:
    alone = journey(townships=("naji",)).up_to("consulting")
    narrow = {"townships": ["naji"], "reason": "x"}
    assert refused_codes(lambda: alone.do("forestry", "consultation.narrow", **narrow)) == ["scope_would_be_empty"]


def test_request_refused_without_township_or_text(journey: Start) -> None:
    empty = journey()
    empty.open()
    found = refused_codes(empty.request)
    assert found[0] == "no_township_in_scope"
    assert found.count("item_missing") == 9, "ten items are judged; the name was given when the case was opened"
