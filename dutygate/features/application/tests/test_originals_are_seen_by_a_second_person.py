"""代录的核对（第四条（二））: whoever entered any paper of a township is not the one who sees its original."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import Refused
from tests.journey import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]


@pytest.fixture
def settled_on_paper(journey: Callable[..., Journey]) -> Journey:
    """那吉镇 answered itself, with a condition; that it accepts the department's answer was entered from paper by the lead."""
    case = journey()
    case.open()
    case.fill()
    case.request()
    case.reply("naji", answer="agree_with_conditions", conditions=("经费到位",))
    case.do("forestry", "consultation.answer_conditions", township="naji", answer="二月底前拨付")
    case.do("lead", "consultation.settle_conditions", settlement="accept", **case.on_paper("lead", "naji"))
    return case


def test_not_by_whoever_entered_the_settlement(settled_on_paper: Journey) -> None:
    with pytest.raises(Refused, match="same_person"):
        settled_on_paper.do("lead", "record.check_original", township="naji")
    settled_on_paper.do("lead2", "record.check_original", township="naji")


def test_not_by_either_of_two_who_entered_papers(journey: Callable[..., Journey]) -> None:
    """One person entered the answer, another the settlement: a third has to see both."""
    case = journey()
    case.open()
    case.fill()
    case.request()
    said = {"answer": "agree_with_conditions", "conditions": ("经费到位",)}
    case.do("lead", "consultation.reply", **said, **case.on_paper("lead", "naji"))
    case.do("forestry", "consultation.answer_conditions", township="naji", answer="二月底前拨付")
    case.do("lead2", "consultation.settle_conditions", settlement="accept", **case.on_paper("lead2", "naji"))
    for who in ("lead", "lead2"):
        with pytest.raises(Refused, match="same_person"):
            case.do(who, "record.check_original", township="naji")


def test_not_by_whoever_entered_the_correction(journey: Callable[..., Journey]) -> None:
    """What stood on one paper stands on another now, which the person who brought it does not check herself."""
    case = journey()
    case.open()
    case.fill()
    case.request()
    case.do("lead", "consultation.reply", answer="disagree", reason="人手不足", **case.on_paper("lead", "naji"))
    new = {"target": "opinion:naji", "field": "answer", "new": "agree", "reason": "录入有误", "document_number": "那政函〔2026〕9号"}
    number = case.do("lead2", "record.correct", **new).result["correction"]
    case.do("lead", "record.confirm", correction=number)
    with pytest.raises(Refused, match="same_person"):
        case.do("lead2", "record.check_original", township="naji")
    case.do("lead", "record.check_original", township="naji")
