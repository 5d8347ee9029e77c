"""更正（第四条（一））: a correction that waits for its second person is about the word that it was entered for, not about a later one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import Refused
from tests.journey import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
AGREED = {"target": "opinion:naji", "field": "answer", "new": "agree", "reason": "录入有误", "document_number": "那政函〔2026〕9号"}


@pytest.fixture
def disagreed(journey: Callable[..., Journey]) -> tuple[Journey, int]:
    """那吉镇 has disagreed, and one of its people has entered that it meant to agree."""
    case = journey()
    case.open()
    case.fill()
    case.request()
    case.do("naji", "consultation.reply", answer="disagree", reason="人手不足")
    return case, int(case.do("naji", "record.correct", **AGREED).result["correction"])


def test_it_takes_effect_on_its_own_word(disagreed: tuple[Journey, int]) -> None:
    case, number = disagreed
    case.do("naji2", "record.confirm", correction=number)


def test_refused_when_the_township_has_said_the_same_again(disagreed: tuple[Journey, int]) -> None:
    """It disagreed once more, after the correction was entered: that second word nobody has corrected."""
    case, number = disagreed
    case.do("naji", "consultation.change_reply", answer="disagree", reason="仍然人手不足")
    with pytest.raises(Refused, match="no_correction_pending"):
        case.do("naji2", "record.confirm", correction=number)


def test_refused_in_the_next_round(disagreed: tuple[Journey, int]) -> None:
    """Asked again on another text, it disagreed again; the paper of the round before does not turn that into consent."""
    case, number = disagreed
    case.reply("liuhe", "yadong")
    case.do("forestry", "application.edit", items={"content": "乡镇在防火期内张贴公告、登记巡查情况。"})
    case.do("forestry", "consultation.ask_again")
    case.do("naji", "consultation.reply", answer="disagree", reason="人手不足")
    with pytest.raises(Refused, match="no_correction_pending"):
        case.do("naji2", "record.confirm", correction=number)


def test_refused_when_the_body_has_recorded_anew(journey: Callable[..., Journey]) -> None:
    """Two corrections of one outcome: the first voids it, and the second does not void what was recorded afterwards."""
    case = journey().up_to("banner_decision")
    case.decide("banner_committee")
    said = {"target": "decision:banner_committee:1", "field": "outcome", "new": "against", "reason": "录入有误"}
    numbers = [case.do("committee", "record.correct", **said).result["correction"] for _ in range(2)]
    case.do("committee2", "record.confirm", correction=numbers[0])
    case.decide("banner_committee")
    with pytest.raises(Refused, match="no_correction_pending"):
        case.do("committee2", "record.confirm", correction=numbers[1])
