"""审核（第三条、第四条（二））: each seat, five points, by the unit that sits there; side by side, and anew when the text changes."""

import pytest

from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from dutygate.base.documents.queries import files_visible
from dutygate.features.review.models import Assessment, FocusFinding
from dutygate.features.review.tests.conftest import FINDINGS, OWN_FINDINGS, SEATS


def codes(refused):
    return {f.code for f in refused.value.findings}


def test_an_assessment_keeps_seat_unit_revision_and_five_findings(review):
    review.assess("legal", text="于法有据")
    made = Assessment.objects.get()
    assert (made.seat, made.unit_id, made.revision, made.text) == ("legal", review.unit("legal"), review.case.revision, "于法有据")
    assert {f.point for f in made.findings.all()} == set(FINDINGS)


def test_an_assessment_without_all_five_points_is_refused(review):
    with pytest.raises(Refused) as refused:
        review.assess("services", points={"content": {"finding": "ok"}})
    assert codes(refused) == {"focus_point_missing"} and not Assessment.objects.exists()


def test_a_point_that_the_edition_does_not_know_is_malformed(review):
    with pytest.raises(Malformed):
        review.assess("services", points={**FINDINGS, "weather": {"finding": "ok"}})


def test_the_legal_seat_must_find_on_exclusions_and_emergencies(review):
    with pytest.raises(Refused) as refused:
        review.assess("legal", excluded_power="", emergency="")
    assert codes(refused) == {"excluded_power_not_found_on", "emergency_not_found_on"}


def test_the_lead_must_find_on_necessity(review):
    with pytest.raises(Refused) as refused:
        review.assess("lead", necessity="")
    assert codes(refused) == {"necessity_not_found_on"}


def test_nobody_assesses_for_a_seat_of_another(review):
    with pytest.raises(Refused) as refused:
        review.assess("legal", "services")
    assert codes(refused) == {"seat_not_held"}


@pytest.mark.parametrize(
    ("who", "error"), [("forestry", NotAllowed), ("naji", NotAllowed), ("outsider", NotFound), ("agriculture", NotFound)]
)
def test_applicant_township_and_outsiders_do_not_assess(review, who, error):
    with pytest.raises(error):
        review.assess("legal", who)


def test_an_appointed_member_has_a_seat_of_its_own(review):
    review.assess("member")
    assert Assessment.objects.get().seat == "member:150721.finance"


@pytest.mark.parametrize("named", ["member:150721.finance", "member:阿荣旗财政局", "member"])
def test_a_members_seat_is_named_by_key_name_or_not_at_all(review, named):
    review.assess(named, "finance")
    assert Assessment.objects.get().seat == "member:150721.finance"


def test_assessing_again_supersedes_and_the_earlier_one_stays_readable(review):
    review.assess("services", text="初审")
    review.assess("services", text="复审", recommends="not_admit")
    assert list(Assessment.objects.order_by("id").values_list("text", "is_current")) == [("初审", False), ("复审", True)]


def test_seats_assess_side_by_side_without_conflict(review):
    legal, services = review.people["legal"], review.people["services"]
    seen = {"revision": review.case.revision, "assessment": 0}
    for who, seat in ((legal, "legal"), (services, "services")):
        payload = {"seat": seat, "points": FINDINGS, "recommends": "admit", **OWN_FINDINGS.get(seat, {})}
        perform(who, "review.assess", review.number, payload, expected=seen, via="api")
    assert Assessment.objects.count() == 2


def test_a_page_from_before_ones_own_assessment_or_an_edit_is_stale(review):
    review.assess("legal")
    payload = {"seat": "legal", "points": FINDINGS, "recommends": "admit", **OWN_FINDINGS["legal"]}
    now = review.case.revision
    for seen in ({"revision": now, "assessment": 0}, {"revision": now - 1, "assessment": 1}):
        with pytest.raises(Conflict):
            perform(review.people["legal"], "review.assess", review.number, payload, expected=seen, via="api")


def lapsed(review):
    return set(FocusFinding.objects.filter(assessment__case=review.case.id, lapsed=True).values_list("point", flat=True))


def test_a_change_of_the_text_lapses_exactly_the_points_that_rest_on_it(review):
    review.assess_all()
    review.act("lead", "review.return", gaps=[{"item": "division", "text": "写明责任"}])
    review.journey.do("forestry", "application.edit", items={"division": "旗林草局负责，乡镇协助。"})
    assert lapsed(review) == {"division"}


def test_a_change_of_the_declared_class_lapses_content_and_legal_basis(review):
    review.assess_all()
    review.act("lead", "review.return", gaps=[{"text": "权力类别"}])
    review.journey.do("forestry", "application.edit", declared_class="inspection")
    assert lapsed(review) == {"content", "legal_basis"}


def test_a_finding_that_was_superseded_does_not_lapse_any_more(review):
    review.assess("services")
    review.assess("services", text="复审")
    review.act("lead", "review.return", gaps=[{"text": "x"}])
    review.journey.do("forestry", "application.edit", items={"division": "旗林草局负责。"})
    assert list(FocusFinding.objects.filter(lapsed=True).values_list("assessment__text", flat=True)) == ["复审"]


def test_a_lapsed_finding_keeps_the_review_open_until_it_is_found_anew(review):
    review.assess_all()
    review.act("lead", "review.return", gaps=[{"item": "division", "text": "写明责任"}])
    review.applied_again()
    assert review.tasks() == {("review.assess", who) for who in SEATS.values()}
    with pytest.raises(Refused) as refused:
        review.conclude()
    assert codes(refused) == {"assessment_lapsed"}
    review.assess_all()
    assert review.tasks() == {("review.conclude", "lead")}
    review.conclude()


def test_the_lead_is_told_with_the_last_assessment_and_not_before(review):
    for seat in ("lead", "legal", "services"):
        review.assess(seat)
    assert review.told("every_seat_assessed") == set()
    review.assess("member")
    assert review.told("every_seat_assessed") == {"lead"}


def test_the_lead_enters_an_assessment_from_paper_and_the_seat_is_told(review):
    paper = review.journey.on_paper("lead", "阿荣旗司法局")
    review.assess("legal", "lead", **paper)
    made = Assessment.objects.get()
    assert (made.unit_id, made.entered_by_unit, made.scan) == (review.unit("legal"), review.unit("lead"), paper["scan"])
    assert review.told("assessment_entered_for_you") == {"legal"}


def test_the_scan_of_an_assessment_is_shown_to_the_parties_with_the_conclusion_and_not_before(review):
    paper = review.journey.on_paper("lead", "阿荣旗司法局")
    review.assess_all()
    review.assess("legal", "lead", **paper)
    assert not files_visible(review.people["naji"]).filter(digest=paper["scan"]).exists()
    review.conclude()
    assert files_visible(review.people["naji"]).filter(digest=paper["scan"]).exists()


def test_the_applicant_enters_nobodys_assessment_from_paper(applied_by):
    own = applied_by("lead")
    own.substitute("lead", "finance")
    own.act("finance", "review.accept")
    with pytest.raises(NotAllowed):
        own.assess("legal", "lead", **own.journey.on_paper("lead", "阿荣旗司法局"))
