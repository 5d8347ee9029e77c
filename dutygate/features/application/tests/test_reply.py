"""第四条（一）: every township answers for itself, in writing; silence is never consent; nothing said is overwritten."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import Conflict, NotAllowed, NotFound, Refused
from dutygate.features.application.models import Opinion
from tests.journey import Journey

Start = Callable[..., Journey]


@pytest.fixture
def asked(journey: Start) -> Journey:
    """Three townships have been asked."""
    return journey().up_to("consulting")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """What was found."""
    return [f.code for f in refused.value.findings]


def test_silence_of_one_township_keeps_the_consultation_open(asked: Journey) -> None:
    asked.reply("naji", "liuhe")
    with pytest.raises(Refused) as refused:
        asked.conclude()
    assert codes(refused) == ["township_silent"]
    assert refused.value.findings[0].params == {"township": asked.world.key("yadong")}


def test_disagreement_needs_a_reason(asked: Journey) -> None:
    with pytest.raises(Refused) as refused:
        asked.reply("naji", answer="disagree")
    assert codes(refused) == ["disagreement_without_reason"]


def test_conditions_must_be_written(asked: Journey) -> None:
    with pytest.raises(Refused) as refused:
        asked.reply("naji", answer="agree_with_conditions")
    assert codes(refused) == ["conditions_not_written"]


def test_a_second_answer_in_a_round_is_a_change(asked: Journey) -> None:
    asked.reply("naji")
    with pytest.raises(Refused) as refused:
        asked.reply("naji", answer="disagree", reason="再议")
    assert codes(refused) == ["already_answered"]
    asked.do("naji", "consultation.change_reply", answer="disagree", reason="再议")
    assert list(Opinion.objects.filter(case__number=asked.number).order_by("id").values_list("answer", flat=True)) == ["agree", "disagree"]


def test_disagreement_keeps_the_consultation_open(asked: Journey) -> None:
    asked.reply("naji", "liuhe")
    asked.reply("yadong", answer="disagree", reason="没有人手")
    with pytest.raises(Refused) as refused:
        asked.conclude()
    assert codes(refused) == ["township_against"]


def test_after_the_conclusion_no_answer_is_changed(asked: Journey) -> None:
    asked.reply()
    asked.conclude()
    with pytest.raises(Conflict):
        asked.do("naji", "consultation.change_reply", answer="disagree", reason="晚了")


def test_parallel_replies_do_not_disturb_each_other(asked: Journey) -> None:
    seen = {"revision": asked.case.revision, "reply": 1}
    for township in asked.townships:
        asked.do(township, "consultation.reply", answer="agree", expected=seen)


def test_a_reply_to_a_text_that_has_changed_is_stale(asked: Journey) -> None:
    seen = {"revision": asked.case.revision, "reply": 1}
    asked.do("forestry", "application.edit", items={"staffing": "改。"})
    with pytest.raises(Conflict) as conflict:
        asked.do("naji", "consultation.reply", answer="agree", expected=seen)
    assert [f.code for f in conflict.value.findings] == ["stale"]


def test_the_department_does_not_answer_for_a_township(asked: Journey) -> None:
    with pytest.raises(NotAllowed):
        asked.do("forestry", "consultation.reply", answer="agree")


def test_for_a_township_that_was_not_asked_the_case_does_not_exist(asked: Journey) -> None:
    with pytest.raises(NotFound):
        asked.do("outsider", "consultation.reply", answer="agree")


def test_a_township_that_left_the_scope_is_not_asked_any_more(asked: Journey) -> None:
    asked.do("forestry", "consultation.narrow", townships=["naji"], reason="暂不承担")
    with pytest.raises(Refused) as refused:
        asked.reply("naji")
    assert codes(refused) == ["township_not_asked"]


def test_whose_move_it_is(asked: Journey) -> None:
    assert asked.tasks() == {("consultation.reply", t) for t in asked.townships}
    asked.reply("naji", "liuhe")
    assert asked.tasks() == {("consultation.reply", "yadong")}
    asked.reply("yadong")
    assert asked.tasks() == {("consultation.conclude", "forestry")}
