"""第四条: a reply on paper is the township's; who enters it is named, somebody else sees the original, the township may object."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import Malformed, NotAllowed, Refused
from dutygate.features.application.models import Opinion, Scope
from tests.journey import Journey
from tests.rows import rows

Start = Callable[..., Journey]


@pytest.fixture
def entered(journey: Start) -> Journey:
    """The applicant has entered 那吉镇's reply from paper; the others answered themselves."""
    case = journey().up_to("consulting")
    case.do("forestry", "consultation.reply", answer="agree", **case.on_paper("forestry", "naji"))
    case.reply("liuhe", "yadong")
    return case


def standing(case: Journey) -> Scope:
    """那吉镇 in this case."""
    return Scope.objects.get(case__number=case.number, unit=case.world.unit_id("naji"))


def test_the_entry_names_person_and_township(entered: Journey) -> None:
    entry = rows("register.Entry", action="consultation.reply", subject=entered.number).order_by("id").first()
    assert entry is not None
    assert entry.unit_id == entered.world.unit_id("forestry")
    assert entry.entered_for == entered.world.unit_id("naji")
    assert rows("notices.OutboxMessage", unit_id=entered.world.unit_id("naji"), kind="entered_for_you").count() == 1


def test_acceptance_refused_until_the_original_was_seen(entered: Journey) -> None:
    entered.conclude()
    entered.submit()
    with pytest.raises(Refused) as refused:
        entered.accept()
    assert [f.code for f in refused.value.findings] == ["original_not_checked"]
    entered.do("lead", "record.check_original", township="naji")
    entered.accept()


def test_an_objection_stops_every_further_step(entered: Journey) -> None:
    entered.conclude()
    entered.do("naji", "record.contest", reason="这不是我镇的答复")
    with pytest.raises(Refused) as refused:
        entered.submit()
    assert [f.code for f in refused.value.findings] == ["consent_missing"]
    assert standing(entered).contested


def test_an_objection_is_settled_by_the_original(entered: Journey) -> None:
    entered.do("naji", "record.contest", reason="请核对")
    entered.do("lead", "record.check_original", township="naji")
    assert not standing(entered).contested
    entered.conclude()


def test_after_an_objection_the_township_may_answer_itself(entered: Journey) -> None:
    entered.do("naji", "record.contest", reason="请核对")
    entered.reply("naji", answer="disagree", reason="我镇不同意")
    assert standing(entered).answer == "disagree"
    assert Opinion.objects.filter(case__number=entered.number, unit=entered.world.unit_id("naji")).count() == 2


def test_who_entered_it_does_not_check_it(journey: Start) -> None:
    case = journey().up_to("consulting")
    case.do("lead", "consultation.reply", answer="agree", **case.on_paper("lead", "naji"))
    with pytest.raises(Refused) as refused:
        case.do("lead", "record.check_original", township="naji")
    assert [f.code for f in refused.value.findings] == ["same_person"]
    case.do("lead2", "record.check_original", township="naji")


def test_paper_needs_number_date_and_scan(journey: Start) -> None:
    case = journey().up_to("consulting")
    with pytest.raises(Malformed):
        case.do("forestry", "consultation.reply", answer="agree", entered_for="naji")
    paper = {**case.on_paper("forestry", "naji"), "scan": "b" * 64}
    with pytest.raises(Malformed) as malformed:
        case.do("forestry", "consultation.reply", answer="agree", **paper)
    assert malformed.value.fields[0][0] == "scan"


def test_neither_township_nor_other_department_enters_for_another(journey: Start) -> None:
    case = journey().up_to("consulting")
    with pytest.raises(NotAllowed):
        case.do("liuhe", "consultation.reply", answer="agree", **case.on_paper("liuhe", "naji"))


def test_nothing_to_object_to_in_an_own_reply(entered: Journey) -> None:
    with pytest.raises(Refused) as refused:
        entered.do("liuhe", "record.contest", reason="x")
    assert [f.code for f in refused.value.findings] == ["no_paper_entry"]
