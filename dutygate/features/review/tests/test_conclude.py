"""形成审核意见、退回补正、不予准入（第四条（二））: a conclusion rests on a whole review, carries dissent, and falls with a return."""

import pytest

from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from dutygate.features.review.models import Assessment, CommentRequest, FocusFinding, ReturnNotice, ReviewConclusion, ReviewRefusal
from dutygate.features.review.queries import conclusion_of
from dutygate.features.review.tests.conftest import SEATS, rows

GAPS = [{"item": "content", "text": "写明巡查频次"}, {"item": "", "text": "附图不清"}]
LETTER = {"document_number": "阿编办函〔2026〕2号", "dated_on": "2026-03-02"}
THREE = [("forestry", NotAllowed), ("naji", NotAllowed), ("outsider", NotFound)]


def codes(refused):
    return {f.code for f in refused.value.findings}


def test_a_conclusion_needs_every_seat_and_departments_or_a_reason(review):
    with pytest.raises(Refused) as refused:
        review.act("lead", "review.conclude", outcome="admit")
    assert [f.params["seat"] for f in refused.value.findings if f.code == "seat_not_assessed"] == [
        "lead", "legal", "services", "member:150721.finance",
    ]  # fmt: skip
    assert "no_department_asked" in codes(refused)


def test_a_conclusion_to_admit_moves_the_case_and_tells_applicant_and_seats(review):
    review.concluded(text="同意准入")
    assert review.case.state == "concluded"
    found = conclusion_of(review.people["naji"], review.case)
    assert found is not None and (found.outcome, found.text, found.no_other_concerned) == ("admit", "同意准入", "不涉及其他部门")
    assert review.told("review_concluded") == {"forestry", *SEATS.values()}


def test_dissent_goes_into_the_conclusion_with_seat_and_words(review):
    review.assess_all()
    review.assess("services", recommends="not_admit", text="清单已有相近事项")
    review.conclude()
    assert ReviewConclusion.objects.get().dissent == [{"seat": "services", "unit": "150721.services_bureau", "text": "清单已有相近事项"}]


def test_nothing_that_the_legal_seat_excluded_is_concluded_to_be_admitted(review):
    review.assess_all()
    review.assess("legal", excluded_power="found", recommends="not_admit")
    with pytest.raises(Refused) as refused:
        review.conclude()
    assert codes(refused) == {"legal_found_excluded_power"}
    review.conclude("not_admit")


def test_a_township_that_no_longer_agrees_keeps_the_review_from_its_conclusion(review):
    review.assess_all()
    rows("application.Scope", case_id=review.case.id).update(lapsed=True)
    with pytest.raises(Refused):
        review.conclude()


@pytest.mark.parametrize(("who", "error"), [*THREE, ("legal", NotAllowed)])
def test_only_the_lead_concludes(review, who, error):
    with pytest.raises(error):
        review.act(who, "review.conclude", outcome="admit")


def test_a_return_names_all_gaps_once_and_undoes_the_conclusion_but_no_finding(review):
    review.act("lead", "review.ask_department", departments=["阿荣旗农牧局"])
    review.act("agriculture", "review.comment", text="同意")
    review.concluded()
    review.act("lead", "review.return", gaps=GAPS)
    case = review.case
    assert (case.state, case.returned) == ("agreed", True)
    notice = ReturnNotice.objects.get()
    assert (notice.state, notice.gaps) == ("concluded", GAPS)
    assert list(ReviewConclusion.objects.values_list("is_current", flat=True)) == [False]
    assert Assessment.objects.filter(is_current=True).count() == 4 and not FocusFinding.objects.filter(lapsed=True).exists()
    assert CommentRequest.objects.get().text == "同意"
    assert review.told("review_returned") == {"forestry"}


def test_a_return_without_gaps_is_refused(review):
    with pytest.raises(Refused) as refused:
        review.act("lead", "review.return", gaps=[])
    assert codes(refused) == {"gaps_missing"}


def test_a_gap_in_an_item_that_does_not_exist_is_malformed(review):
    with pytest.raises(Malformed):
        review.act("lead", "review.return", gaps=[{"item": "weather", "text": "x"}])


@pytest.mark.parametrize(("who", "error"), [*THREE, ("services", NotAllowed)])
def test_only_the_lead_returns(review, who, error):
    with pytest.raises(error):
        review.act(who, "review.return", gaps=GAPS)


def test_after_a_return_by_a_body_the_case_is_concluded_anew(review):
    review.concluded()
    review.journey.to_banner()
    review.journey.decide_banner("return")
    assert review.case.state == "reviewing" and conclusion_of(review.people["lead"], review.case) is None
    review.conclude("not_admit")
    assert list(ReviewConclusion.objects.order_by("id").values_list("outcome", "is_current")) == [("admit", False), ("not_admit", True)]


def test_a_refusal_gives_reasons_that_cite_a_provision(review):
    review.concluded("not_admit")
    reasons = [{"text": "不属本部门法定职责", "provision": "1"}, {"text": "乡镇无人员", "provision": ""}]
    review.act("lead", "review.refuse", reasons=reasons, **LETTER)
    assert (review.case.state, review.case.outcome) == ("refused", "refused")
    assert ReviewRefusal.objects.get().reasons == reasons
    assert review.told("review_refused") == {"forestry"}


@pytest.mark.parametrize(
    ("reasons", "code"),
    [
        ([], "refusal_reasons_missing"),
        ([{"text": "不宜"}], "refusal_cites_nothing"),
        ([{"text": "不宜", "provision": "99"}], "refusal_cites_nothing"),
    ],
)
def test_a_refusal_without_reasons_or_provision_is_refused(review, reasons, code):
    review.concluded("not_admit")
    with pytest.raises(Refused) as refused:
        review.act("lead", "review.refuse", reasons=reasons, **LETTER)
    assert codes(refused) == {code}


def test_a_case_that_is_to_be_admitted_is_not_refused_by_the_lead(review):
    review.concluded("admit")
    with pytest.raises(Refused) as refused:
        review.act("lead", "review.refuse", reasons=[{"text": "x", "provision": "1"}])
    assert codes(refused) == {"conclusion_is_to_admit"}


@pytest.mark.parametrize(("who", "error"), [*THREE, ("legal", NotAllowed)])
def test_only_the_lead_refuses(review, who, error):
    review.concluded("not_admit")
    with pytest.raises(error):
        review.act(who, "review.refuse", reasons=[{"text": "x", "provision": "1"}])


def test_nothing_is_refused_before_it_is_concluded(review):
    with pytest.raises(Conflict):
        review.act("lead", "review.refuse", reasons=[{"text": "x", "provision": "1"}])
