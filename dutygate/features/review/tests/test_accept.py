"""受理（第四条（二））: whole papers only, by the lead; with it the seats take part in the case."""

import pytest

from dutygate.base.catalogue.errors import Conflict, NotAllowed, NotFound, Refused
from dutygate.features.cases.queries import cases_visible
from dutygate.features.review.tests.conftest import SEATS


def test_with_the_acceptance_the_seats_see_the_case_are_told_and_owe_an_assessment(applied_by):
    case = applied_by("forestry")
    case.act("lead", "review.accept")
    assert case.case.state == "reviewing"
    assert cases_visible(case.people["legal"]).filter(number=case.number).exists()
    assert case.told("review_to_assess") == set(SEATS.values()) and case.told("review_accepted") == {"forestry"}
    assert case.tasks() == {("review.assess", who) for who in SEATS.values()}


def test_an_applicant_that_sits_in_a_seat_is_not_asked_to_assess(applied_by):
    case = applied_by("legal")
    case.act("lead", "review.accept")
    assert case.told("review_to_assess") == set(SEATS.values()) - {"legal"}


def test_a_paper_reply_whose_original_nobody_saw_keeps_the_case_from_being_accepted(review):
    own = review.journey
    other = type(own)(own.world, "forestry")
    other.open()
    other.fill()
    other.request()
    other.do("lead", "consultation.reply", answer="agree", **other.on_paper("lead", "那吉镇"))
    other.conclude()
    other.submit()
    with pytest.raises(Refused) as refused:
        other.accept()
    assert {f.code for f in refused.value.findings} == {"original_not_checked"}


WHO = [("forestry", NotAllowed), ("naji", NotAllowed), ("outsider", NotFound), ("legal", NotAllowed), ("system_admin", NotFound)]


@pytest.mark.parametrize(("who", "error"), WHO)
def test_only_the_lead_accepts(applied_by, who, error):
    with pytest.raises(error):
        applied_by("forestry").act(who, "review.accept")


def test_a_case_is_accepted_once(review):
    with pytest.raises(Conflict):
        review.act("lead", "review.accept")
