"""Who reads what of a review (第四条（二）): seats at any time, everybody else of the case once a conclusion stands."""

from dataclasses import replace
from datetime import date

import pytest

from dutygate.features.cases.sections import Reading, sections_of
from dutygate.features.review.queries import assessments_of, comments_of, conclusion_of, hearings_of, refusal_of, returns_of, seats_of

ON = date(2026, 3, 2)
LATE = ("forestry", "naji", "agriculture")


@pytest.fixture
def written(review):
    """Everything but the conclusion."""
    review.act("lead", "review.ask_department", departments=["阿荣旗农牧局"])
    review.act("agriculture", "review.comment", text="同意")
    review.act("lead", "review.hear_expert", expert="王教授", opinion="可行", heard_on="2026-02-28")
    review.assess_all()
    return review


def seen(review, who):
    """How many assessments, comments and hearings that unit reads."""
    where = (review.people[who], review.case, review.directory(), ON)
    return tuple(len(read(*where)) for read in (assessments_of, comments_of, hearings_of))


@pytest.mark.parametrize("who", ["lead", "legal", "services", "finance"])
def test_seats_read_everything_while_the_review_runs(written, who):
    assert seen(written, who) == (4, 1, 1)


@pytest.mark.parametrize(("who", "own_comments"), [("forestry", 0), ("naji", 0), ("agriculture", 1), ("outsider", 0)])
def test_everybody_else_waits_for_the_conclusion(written, who, own_comments):
    assert seen(written, who) == (0, own_comments, 0)


@pytest.mark.parametrize("who", LATE)
def test_with_the_conclusion_applicant_township_and_department_read_it_all(written, who):
    written.act("lead", "review.conclude", outcome="admit")
    assert seen(written, who) == (4, 1, 1)


@pytest.mark.parametrize("who", LATE)
def test_a_return_closes_the_findings_again_and_shows_its_gaps(written, who):
    written.act("lead", "review.conclude", outcome="admit")
    written.act("lead", "review.return", gaps=[{"item": "content", "text": "写明边界"}])
    assert seen(written, who)[0] == 0
    [line] = returns_of(written.people[who], written.case)
    assert line.gaps[0]["text"] == "写明边界"


def test_an_applicant_that_sits_in_a_seat_does_not_read_what_others_find_on_it(applied_by):
    own = applied_by("legal")
    own.act("lead", "review.accept")
    own.assess("services")
    assert seen(own, "legal") == (0, 0, 0)


def test_a_substituted_unit_reads_no_more_and_its_substitute_does(review):
    review.substitute("member:阿荣旗财政局", "阿荣旗司法局")
    review.assess("services")
    assert (seen(review, "finance")[0], seen(review, "legal")[0]) == (0, 1)


def test_the_city_reads_its_banners(written):
    assert seen(written, "city") == (4, 1, 1)


def test_administrators_read_nothing(written):
    written.act("lead", "review.conclude", outcome="not_admit")
    written.act("lead", "review.refuse", reasons=[{"text": "不宜", "provision": "1"}])
    case, directory = written.case, written.directory()
    admin = replace(written.people["lead"], kind="system_admin")
    assert not any(read(admin, case, directory, ON) for read in (assessments_of, comments_of, hearings_of, seats_of))
    assert not returns_of(admin, case) and conclusion_of(admin, case) is None and refusal_of(admin, case) is None
    assert refusal_of(written.people["naji"], case) is not None


def test_a_superseded_assessment_stays_readable_beside_the_new_one(written):
    written.assess("services", text="复审")
    lines = [line for line in assessments_of(written.people["lead"], written.case, written.directory(), ON) if line.seat == "services"]
    assert [(line.text, line.superseded, len(line.points)) for line in lines] == [("", True, 5), ("复审", False, 5)]


def test_the_section_of_a_case_names_units_and_leaves_out_what_is_not_open(written):
    def section(who):
        reading = Reading(written.people[who], written.case, written.directory(), ON)
        return sections_of(written.people[who], reading)["review"]

    lead, township = section("lead"), section("naji")
    assert lead["assessments"][0]["unit"] == {"key": "150721.lead_office", "name": "中共阿荣旗委员会机构编制委员会办公室"}
    assert lead["comments"][0]["status"] == "answered" and lead["comments"][0]["entered_by"] is None
    assert township["assessments"] == [] and len(township["seats"]) == 4
