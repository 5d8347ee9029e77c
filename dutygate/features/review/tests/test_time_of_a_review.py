"""第三条: a review gets more time, stands still, goes on; what is open follows, to the day, and nothing is decided by time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dutygate.base.actions.perform import perform
from dutygate.base.actions.replay import replay
from dutygate.base.actions.sweep import sweep
from dutygate.base.catalogue.errors import Conflict, NotAllowed, Refused
from dutygate.features.review.facts import review_facts
from dutygate.features.review.tests.conftest import Review, rows, verify_tasks

pytestmark = pytest.mark.django_db


def due(review: Review, action: str = "review.assess") -> set[date | None]:
    """The last days of the open tasks of one kind; of the legal seat, which has a time of its own, see ``legal_due``."""
    assert verify_tasks() == []
    tasks = rows("actions.OpenTask", subject=review.number, action=action).exclude(seat="legal")
    return set(tasks.values_list("due_on", flat=True))


def legal_due(review: Review) -> date | None:
    """The last day of the legal review."""
    return rows("actions.OpenTask", subject=review.number, action="review.assess", seat="legal").get().due_on


def codes(review: Review, action: str, who: str = "lead", **given: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        review.act(who, action, **given)
    return sorted(finding.code for finding in refused.value.findings)


def test_fifteen_days_from_the_second_of_march_and_ten_more_with_a_reason(review: Review) -> None:
    assert due(review) == {date(2026, 3, 23)} and legal_due(review) == date(2026, 3, 16)  # ten days of the fifteen
    assert codes(review, "review.extend", days=10) == ["reason_missing"]
    assert codes(review, "review.extend", days=11, reason="情况复杂") == ["extension_too_long"]
    review.act("lead", "review.extend", days=10, reason="情况复杂")
    assert due(review) == {date(2026, 4, 7)}  # Qingming, 6 April, is off
    assert legal_due(review) == date(2026, 3, 30)
    assert codes(review, "review.extend", days=1, reason="再延一天") == ["extensions_used_up"]
    assert review.told("review_extended") >= {"forestry", "legal", "services"} and "naji" not in review.told("review_extended")
    with pytest.raises(NotAllowed):
        review.act("legal", "review.extend", days=1, reason="x")


def test_a_pause_stands_still_and_moves_every_last_day_by_as_much(review: Review) -> None:
    review.act("lead", "review.ask_department", departments=["water"], question="？")
    review.day(5)
    review.act("lead", "review.pause", reason="等待上级批复")
    assert due(review) == {date(2026, 3, 23)} and due(review, "review.resume") == {date(2026, 3, 19)}
    paused = dict(rows("actions.OpenTask", subject=review.number).values_list("action", "paused_on"))
    assert paused == {"review.assess": date(2026, 3, 5), "review.comment": date(2026, 3, 5), "review.resume": None}
    assert codes(review, "review.pause", reason="再停") == ["review_paused_already"]
    review.day(16)  # past the department's own last day, the ninth: its time stood still
    assert {asked.status for asked in review_facts(review.subject()).asked} == {"open"}
    review.act("lead", "review.resume", reason="批复已到")
    # 5, 6, 9-13 of March: seven working days on which the clock stood.
    assert due(review) == {date(2026, 4, 1)} and legal_due(review) == date(2026, 3, 25)
    assert due(review, "review.comment") == {date(2026, 3, 18)}
    assert rows("review.CommentRequest").get().reply_by == date(2026, 3, 18)
    assert codes(review, "review.resume", reason="x") == ["review_not_paused"]
    review.act("lead", "review.pause", reason="再等")
    review.day(17)
    review.act("lead", "review.resume", reason="好了")
    assert due(review) == {date(2026, 4, 2)}
    assert codes(review, "review.pause", reason="三停") == ["pauses_used_up"]
    assert replay().holds


def test_a_review_ends_with_its_pause_where_the_matter_is_withdrawn(review: Review) -> None:
    review.act("lead", "review.pause", reason="等待上级批复")
    assert (review_facts(review.subject()).paused, review_facts(review.subject()).pauses) == (True, 1)
    review.act("forestry", "case.withdraw", reason="条件尚不成熟")
    assert (review_facts(review.subject()).paused, review_facts(review.subject()).pauses) == (False, 0)
    assert due(review, "review.resume") == set() and replay().holds


def test_what_is_late_is_as_late_after_the_pause_and_who_was_out_of_time_stays_so(review: Review) -> None:
    review.act("lead", "review.ask_department", departments=["water"], question="？")
    review.day(26)  # three working days late, the department since the ninth
    review.act("lead", "review.pause", reason="等材料")
    review.day(31)
    review.act("lead", "review.resume", reason="到了")
    assert due(review) == {date(2026, 3, 26)}  # three working days ago
    assert rows("review.CommentRequest").get().reply_by == date(2026, 3, 9)


def test_a_conclusion_or_a_return_ends_the_pause_and_the_next_review_begins_afresh(review: Review) -> None:
    review.act("lead", "review.extend", days=5, reason="复杂")
    review.act("lead", "review.pause", reason="等材料")
    review.day(4)
    review.act("lead", "review.return", gaps=[{"item": "workflow", "text": "不清"}])
    assert rows("review.ReviewPause").get().resumed_on == date(2026, 3, 4)
    assert "review.resume" not in {action for action, _ in review.tasks()}
    review.applied_again()
    assert due(review) == {date(2026, 3, 25)}
    review.act("lead", "review.extend", days=10, reason="又复杂了")
    review.act("lead", "review.pause", reason="等")
    review.assess_all()
    review.conclude()
    assert review.case.state == "concluded" and replay().holds


def test_the_applicant_moves_no_clock_of_its_own_case(applied_by: Any) -> None:
    own = applied_by("lead")
    own.substitute("lead", "justice")
    with pytest.raises((NotAllowed, Conflict)):
        own.act("lead", "review.extend", days=1, reason="x")


def test_what_was_done_in_time_and_what_late_is_kept(review: Review) -> None:
    review.assess("lead")
    review.day(25)
    review.assess("services")
    kept = rows("actions.ClosedTask", subject=review.number, action="review.assess").values_list("due_on", "closed_on", "done")
    assert list(kept) == [(date(2026, 3, 23), date(2026, 3, 2), True), (date(2026, 3, 23), date(2026, 3, 25), True)]
    review.act("forestry", "case.withdraw", reason="不办了")
    left = rows("actions.ClosedTask", subject=review.number, closed_on=date(2026, 3, 25), done=False)
    assert set(left.values_list("action", flat=True)) == {"review.assess"}


def test_urging_in_the_last_two_days_and_not_again_within_three(review: Review) -> None:
    urge = {"task": "review.assess", "unit": "services_bureau", "seat": "services", "text": "请尽快"}
    review.day(19)
    assert codes(review, "case.urge", "forestry", **urge) == ["urge_too_early"]
    review.day(20)  # Friday: the last but one
    review.act("forestry", "case.urge", **urge)
    assert review.told("task_urged") == {"services"}
    assert codes(review, "case.urge", "lead", **{**urge, "text": "再催"}) == ["urged_lately"]
    assert codes(review, "case.urge", "lead", **{**urge, "seat": "legal"}) == ["urged_task_not_open"]
    review.day(24)
    assert codes(review, "case.urge", "lead", **urge) == ["urged_lately"]
    review.day(25)  # three working days later, and late
    review.act("lead", "case.urge", **urge)
    review.act("lead", "review.pause", reason="等")
    review.day(31)
    assert codes(review, "case.urge", "lead", **urge) == ["urge_too_early"]
    with pytest.raises(NotAllowed):
        review.act("naji", "case.urge", **urge)
    assert review.case.state == "reviewing" and replay().holds


def accepted_on(review: Review, month: int, day: int) -> None:
    """Returned, and accepted anew on that day of 2026: a review of fifteen working days begins."""
    review.day(day, month)
    review.act("lead", "review.return", gaps=[{"item": "workflow", "text": "不清"}])
    review.applied_again()


def calendar(review: Review, action: str, **given: Any) -> None:
    perform(review.people["lead"], action, "150721", given, via="import")


def stored(review: Review, model: str, action: str) -> set[tuple[date, bool]]:
    tasks = rows(f"actions.{model}", subject=review.number, action=action).exclude(seat="legal")
    return set(tasks.values_list("due_on", "provisional"))


def test_last_days_of_2026_are_provisional_until_the_year_is_loaded_and_then_right(review: Review) -> None:
    accepted_on(review, 12, 14)
    rows("actions.ClosedTask").delete()
    review.day(28, 12)
    review.act("lead", "review.ask_department", departments=["water"], question="？")
    review.assess("services")
    for model in ("OpenTask", "ClosedTask"):
        assert stored(review, model, "review.assess") == {(date(2027, 1, 4), True)}
    days = [{"day": f"2027-01-0{n}", "working": False} for n in (1, 2, 3, 4)] + [{"day": "2026-12-27", "working": True}]
    calendar(review, "calendar.load_year", year=2027, days=days, source="国办发明电〔2026〕8号")
    for model in ("OpenTask", "ClosedTask"):  # the make-up Sunday counts, 1 to 4 January do not
        assert stored(review, model, "review.assess") == {(date(2027, 1, 5), False)}
    assert rows("review.CommentRequest").get().reply_by == date(2027, 1, 6) and verify_tasks() == []
    calendar(review, "calendar.set_day", day="2026-12-30", working=False, source="旗政府通知")
    assert stored(review, "OpenTask", "review.assess") == {(date(2027, 1, 6), False)}
    assert rows("review.CommentRequest").get().reply_by == date(2027, 1, 7)
    assert verify_tasks() == [] and replay().holds


def test_a_wrong_last_day_is_found(review: Review) -> None:
    rows("actions.OpenTask", subject=review.number).update(due_on=date(2026, 3, 24))
    assert {problem.wrong for problem in verify_tasks()} == {"due"}


def swept(review: Review) -> list[str]:
    """The kinds of reminders that a sweep gives about this case now, one for each unit told."""
    kinds = ("task_due_soon", "task_due_today", "task_late")
    told = rows("notices.OutboxMessage", subject=review.number, kind__in=kinds)
    before = told.count()
    assert sweep().failed == []
    return [message.kind for message in told.all()[before:]]


def test_a_holiday_week_is_crossed_and_units_are_reminded_on_working_days_alone_once_each(review: Review) -> None:
    """Due on 30 April 2026, the last day before the holiday of five days; four seats owe an assessment, the legal one a week before."""
    accepted_on(review, 4, 9)
    told = {}
    for month, day in [(4, n) for n in range(24, 31)] + [(5, n) for n in range(1, 10)]:
        review.day(day, month)
        told[month, day] = [swept(review), swept(review)]
    given = {day: kinds for day, (kinds, again) in told.items() if kinds or again}
    late_by_a_day = {(4, 24): ["task_late"]}
    assert given == late_by_a_day | {(4, 28): ["task_due_soon"] * 3, (4, 30): ["task_due_today"] * 3, (5, 6): ["task_late"] * 3}
    assert all(again == [] for _, again in told.values())
    assert review.case.state == "reviewing" and replay().holds


def test_after_days_off_a_task_is_reminded_of_once_and_what_stands_still_is_not(review: Review) -> None:
    accepted_on(review, 4, 9)
    review.day(6, 5)
    assert swept(review) == ["task_late"] * 4
    review.act("lead", "review.pause", reason="等材料")
    review.day(7, 5)
    assert swept(review) == []
    review.day(29, 5)
    review.act("lead", "review.resume", reason="到了")
    assert swept(review) == ["task_late"] * 4  # of a new last day
    assert verify_tasks() == []
