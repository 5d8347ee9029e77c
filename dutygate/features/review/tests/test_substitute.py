"""回避与顶替（第三条）: nobody assesses its own application; another member of the conference takes the seat in this case only."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.catalogue.errors import Conflict, NotAllowed, NotFound, Refused
from dutygate.base.organizations.queries import forget_directories
from dutygate.features.review.facts import review_facts, seats_of_unit
from dutygate.features.review.models import Substitution
from dutygate.features.review.tests.conftest import FINDINGS, rows


def codes(refused):
    return {f.code for f in refused.value.findings}


@pytest.fixture
def of_justice(applied_by):
    """司法局 applies itself, and sits in the legal seat."""
    case = applied_by("legal")
    case.act("lead", "review.accept")
    return case


def test_the_substitute_assesses_and_the_applicant_does_not(of_justice):
    assert ("review.substitute", "lead") in of_justice.tasks()
    of_justice.substitute("legal", "阿荣旗财政局")
    assert of_justice.told("seat_substituted") == {"lead", "legal", "finance"}
    with pytest.raises(NotAllowed):
        of_justice.act("legal", "review.return", gaps=[{"text": "x"}])
    with pytest.raises((Refused, NotAllowed)):
        of_justice.assess("legal", "legal")
    of_justice.assess("legal", "finance")
    of_justice.assess("member", "finance")
    of_justice.assess("lead")
    of_justice.assess("services")
    of_justice.conclude()


def test_the_substitute_holds_both_seats_and_the_former_none(of_justice):
    of_justice.substitute("legal", "finance")
    subject = of_justice.subject()
    assert seats_of_unit(subject, of_justice.unit("finance")) == ("legal", "member:150721.finance")
    assert seats_of_unit(subject, of_justice.unit("legal")) == ()
    tasks = of_justice.tasks()
    assert ("review.assess", "finance") in tasks and ("review.assess", "legal") not in tasks


def test_a_lead_that_applies_neither_accepts_nor_returns_and_its_substitute_does(applied_by):
    own = applied_by("lead")
    assert own.tasks() == {("review.substitute", "lead")}
    with pytest.raises(Refused) as refused:
        own.act("lead", "review.accept")
    assert codes(refused) == {"own_application"}
    own.substitute("lead", "150721.finance")
    assert own.tasks() == {("review.accept", "finance")}
    with pytest.raises(NotAllowed):
        own.act("lead", "review.return", gaps=[{"text": "x"}])
    own.act("finance", "review.accept")
    own.act("finance", "review.return", gaps=[{"item": "content", "text": "写明边界"}])
    assert own.case.state == "agreed"


def test_another_member_of_the_conference_may_substitute_for_a_seat(of_justice):
    of_justice.substitute("legal", "阿荣旗财政局", who="services")
    assert Substitution.objects.get().former_id == of_justice.unit("legal")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"substitute": "阿荣旗农牧局"}, "substitute_not_a_member"),
        ({"substitute": "阿荣旗司法局"}, "substitute_is_applicant"),
        ({"seat": "nobody"}, "seat_unknown"),
        ({"reason": ""}, "reason_missing"),
    ],
)
def test_a_substitution_is_refused(of_justice, change, code):
    with pytest.raises(Refused) as refused:
        of_justice.substitute(**{"seat": "legal", "substitute": "finance", **change})
    assert code in codes(refused)


def test_a_seat_that_has_assessed_is_not_given_away(review):
    review.assess("legal")
    with pytest.raises(Refused) as refused:
        review.substitute("legal", "finance")
    assert codes(refused) == {"seat_already_assessed"}


def test_what_the_former_unit_found_no_longer_counts(review):
    review.assess("legal")
    # As an old record could be: found first, recused later.
    case = review.case
    Substitution.objects.create(
        id=case.id + 1, jurisdiction_id=case.jurisdiction_id, case_id=case.id, seat="legal", unit_id=review.unit("finance"),
        former_id=review.unit("legal"), reason="回避", substituted_at=review.time.now,
    )  # fmt: skip
    rows("cases.Case", number=review.number).update(substituted=True)
    for seat, who in (("lead", "lead"), ("services", "services"), ("member", "finance")):
        review.assess(seat, who)
    with pytest.raises(Refused) as refused:
        review.conclude()
    assert codes(refused) == {"seat_not_assessed"}


def test_the_substitution_holds_in_this_case_alone(of_justice, review):
    of_justice.substitute("legal", "finance")
    review.assess("legal")
    with pytest.raises(Refused):
        review.assess("legal", "finance")


def test_an_applicant_in_an_unsubstituted_seat_keeps_the_review_open(of_justice):
    for seat in ("lead", "services", "member"):
        of_justice.assess(seat)
    with pytest.raises(Refused) as refused:
        of_justice.conclude()
    assert codes(refused) == {"seat_not_substituted", "seat_not_assessed"}


def test_a_seat_that_nobody_holds_keeps_the_review_open_until_a_member_is_put_into_it(review):
    rows("organizations.Seat", seat="services").update(valid_to=date(2026, 3, 1))
    forget_directories()
    for seat in ("lead", "legal", "member"):
        review.assess(seat)
    with pytest.raises(Refused) as refused:
        review.conclude()
    assert codes(refused) == {"seat_not_assessed"}
    assert ("services", "") in review_facts(review.subject()).seats
    review.substitute("services", "finance", reason="席位空缺")
    review.assess("services", "finance")
    review.conclude()


def test_a_unit_that_left_its_seat_cannot_act_in_it_by_dating_the_act_back(review):
    before = review.time.now
    review.day(6, month=5)
    seat = {"seat": "legal", "unit": "150721.agriculture", "valid_from": "2026-04-01"}
    perform(system_acting(), "unit.take_seat", "150721", seat, via="import")
    with pytest.raises((NotAllowed, Refused)):
        review.assess("legal", "legal", at=before)


@pytest.mark.parametrize(("who", "error"), [("forestry", NotAllowed), ("naji", NotAllowed), ("outsider", NotFound)])
def test_applicant_township_and_outsider_substitute_nobody(review, who, error):
    with pytest.raises(error):
        review.substitute("legal", "finance", who=who)


def test_no_seat_is_substituted_after_the_conclusion(review):
    review.concluded()
    with pytest.raises(Conflict):
        review.substitute("legal", "finance")


def _queries(review) -> int:
    with CaptureQueriesContext(connection) as seen:
        review.act("services", "review.assess", seat="services", points=FINDINGS, recommends="admit")
    return len(seen)


def test_an_assessment_needs_no_more_queries_with_more_townships(review):
    _queries(review)
    few = _queries(review)
    scope, case = rows("application.Scope", case_id=review.case.id), review.case
    units = rows("organizations.Unit", key__startswith="150721.").exclude(id__in=scope.values("unit_id"))
    scope.model.objects.bulk_create(
        scope.model(id=case.id + 5000 + n, jurisdiction_id=case.jurisdiction_id, case_id=case.id, unit=unit, round=1, answer="agree")
        for n, unit in enumerate(units)
    )
    assert scope.count() > 8 and _queries(review) == few
