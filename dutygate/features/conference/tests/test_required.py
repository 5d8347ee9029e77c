"""第三条: where the conference asks for a meeting, the review is concluded after one that dealt with this text, minutes finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dutygate.base.actions.naming import directory_for
from dutygate.base.catalogue.action import Door
from dutygate.base.catalogue.errors import NotAllowed, Refused
from dutygate.base.register.chains import edition_by_digest, keep_edition, reference_version_of
from dutygate.features.cases.facts import edition_on
from dutygate.features.conference.tests.conftest import Conference
from dutygate.features.conference.tests.test_meeting import codes
from dutygate.features.review.tests.conftest import Review, rows
from dutygate.law.rules.signing import steps_to_sign
from tests.journey import Journey
from tests.world import BANNER

REQUIRED = {"conclusion_needs_meeting": {"all": True}}


@pytest.fixture
def required(conference: Conference) -> Conference:
    """The case runs under a text in which the conference has asked for a meeting."""
    case = conference.review.case
    old = edition_by_digest(case.edition_digest)
    name = "conclusion_needs_meeting"
    asked = replace(old, parameters={**old.parameters, name: replace(old.parameters[name], values={"all": True})})
    rows("cases.Case", pk=case.pk).update(edition_digest=keep_edition(asked))
    conference.review.assess_all()
    return conference


def refused(review: Review) -> list[str]:
    with pytest.raises(Refused) as raised:
        review.conclude()
    return codes(raised)


def test_no_conclusion_without_a_meeting(required: Conference) -> None:
    assert refused(required.review) == ["meeting_missing"]


def test_a_meeting_counts_with_its_minutes(required: Conference) -> None:
    review = required.review
    required.call(review.number)
    review.day(5)
    required.came()
    required.settle(review.number)
    assert refused(review) == ["meeting_missing"]
    required.finish()
    review.conclude()
    assert review.case.state == "concluded"


def test_what_was_put_off_was_not_dealt_with(required: Conference) -> None:
    required.held(required.review.number, outcome="next_time")
    assert refused(required.review) == ["meeting_missing"]


def test_a_written_round_does_not_count_for_a_regular_matter(required: Conference) -> None:
    required.held(required.review.number, form="written", reply_by="2026-03-05")
    assert refused(required.review) == ["meeting_missing"]


def test_another_text_of_the_application_is_dealt_with_anew(required: Conference) -> None:
    review = required.review
    required.held(review.number)
    review.act("lead", "review.return", gaps=[{"item": "division", "text": "写明谁牵头"}])
    review.applied_again()
    review.assess_all()
    assert refused(review) == ["meeting_missing"]


def set_by(conference: Conference, parameters: dict[str, Any], starts: str = "2026-03-16", **more: Any) -> Any:
    return conference.do("lead", "adopt", parameters=parameters, effective_from=starts, **more)


def in_force(conference: Conference, day: date) -> Any:
    place = conference.review.case.jurisdiction_id
    today = conference.review.time.now.date()
    door = Door(conference.review.people["lead"], BANNER, place, reference_version_of(place), today, today)
    return edition_on(day, door)


def test_what_is_adopted_holds_from_its_day_on_with_its_source(conference: Conference) -> None:
    conference.held(conference.review.number)
    told = set_by(conference, {**REQUIRED, "review": {"regular": 20, "temporary": 7}}, guided_by="呼编办〔2026〕3号")
    assert told.result["parameters"] == ["conclusion_needs_meeting", "review"]
    before, after = in_force(conference, date(2026, 3, 15)), in_force(conference, date(2026, 3, 16))
    assert (before.parameter("review", "regular"), before.parameters["review"].status) == (15, "not_set")
    assert (after.parameter("review", "regular"), after.parameter("review", "temporary")) == (20, 7)
    limit = after.parameters["review"]
    assert (limit.status, limit.effective_from) == ("set", date(2026, 3, 16))
    assert limit.source.zh == "联席会议规定：阿荣旗职责准入联席会议（第1次）纪要（联席会议纪要〔2026〕1号），依据呼编办〔2026〕3号"
    assert before.id == after.id and before.digest != after.digest
    told_of = rows("notices.OutboxMessage", kind="parameters_adopted").count()
    assert told_of == len(
        [u for u in directory_for(conference.review.case.jurisdiction_id).units.values() if u.exists_on(date(2026, 3, 5))]
    )


def test_a_case_opened_from_that_day_on_stands_under_it_and_an_open_one_stays(conference: Conference) -> None:
    review = conference.review
    conference.held(review.number)
    set_by(conference, {**REQUIRED, "review": {"all": 20}})
    review.day(16)
    later = Review(Journey(review.journey.world, "water").up_to("reviewing"), review.time)
    assert edition_by_digest(later.case.edition_digest).parameter("review", "regular") == 20
    due = rows("actions.OpenTask", subject=later.number, action="review.assess").first().due_on
    assert due == date(2026, 4, 14)  # 20 working days, 清明 between
    later.assess_all()
    assert refused(later) == ["meeting_missing"]
    review.assess_all()
    review.conclude()  # opened before: nothing is asked of it that was not
    # 转到现行版本: it may be moved by an action with a reason, as to any other text.
    again = Review(Journey(review.journey.world, "agriculture").up_to("consulting"), review.time)
    assert edition_by_digest(again.case.edition_digest) == edition_by_digest(later.case.edition_digest)


def test_an_open_case_may_be_moved_to_what_was_set(conference: Conference) -> None:
    review = conference.review
    conference.held(review.number)
    set_by(conference, REQUIRED)
    review.day(16)
    review.act("lead", "edition.move_case", reason="联席会议规定须开会研究")
    assert edition_by_digest(review.case.edition_digest).parameter("conclusion_needs_meeting") is True
    review.assess_all()
    review.conclude()  # the meeting of 5 March dealt with this text


def test_a_later_setting_goes_before_an_earlier_one(conference: Conference) -> None:
    conference.held(conference.review.number)
    set_by(conference, {"review": {"all": 20}})
    set_by(conference, {"review": {"all": 12}}, "2026-04-01")
    found = [in_force(conference, day).parameter("review") for day in (date(2026, 3, 31), date(2026, 4, 1))]
    assert found == [20, 12]


def test_the_steps_that_a_second_person_signs_are_set_and_taken_back(conference: Conference) -> None:
    conference.held(conference.review.number)
    set_by(conference, {"second_signature": {"all": "application.submit review.conclude"}})
    set_by(conference, {"second_signature": {"all": None}}, "2026-04-01")
    found = [steps_to_sign(in_force(conference, day), "regular") for day in (date(2026, 3, 31), date(2026, 4, 1))]
    assert found == [{"application.submit", "review.conclude"}, frozenset()]


@pytest.mark.parametrize(
    ("parameters", "starts", "expected"),
    [
        ({"lunch": {"all": 1}}, "2026-03-16", ["parameter_unknown"]),
        ({"review": {"all": -1}}, "2026-03-16", ["parameter_value_unfit"]),
        ({"review": {"regular": 20}}, "2026-03-16", ["parameter_value_unfit"]),
        ({"conclusion_needs_meeting": {"all": 1}}, "2026-03-16", ["parameter_value_unfit"]),
        ({"regular_committee": {"all": "asleep"}}, "2026-03-16", ["parameter_value_unfit"]),
        ({"yearly_review": {"all": 13}}, "2026-03-16", ["parameter_value_unfit"]),
        ({"second_signature": {"all": "case.open"}}, "2026-03-16", ["parameter_value_unfit"]),
        ({"second_signature": {"all": "signature.sign"}}, "2026-03-16", ["parameter_value_unfit"]),
        ({"review": {"all": 20}}, "2026-03-05", ["adoption_too_early"]),
    ],
)
def test_what_cannot_be_set(conference: Conference, parameters: Any, starts: str, expected: list[str]) -> None:
    conference.held(conference.review.number)
    with pytest.raises(Refused) as raised:
        set_by(conference, parameters, starts)
    assert codes(raised) == expected


def test_nothing_is_set_without_finished_minutes_nor_by_others(conference: Conference) -> None:
    conference.call(conference.review.number)
    with pytest.raises(Refused) as raised:
        set_by(conference, REQUIRED)
    assert codes(raised) == ["minutes_not_finished"]
    with pytest.raises(NotAllowed):
        conference.do("legal", "adopt", parameters=REQUIRED, effective_from="2026-03-16")
