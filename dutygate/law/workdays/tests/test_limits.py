"""3: the last day of a task with more time and standstills counted in, by a plain walk over the days."""

from datetime import date, timedelta

import pytest

from dutygate.law.workdays.calendar import national_calendar
from dutygate.law.workdays.limits import Ends, More, Stop, Timing, limit_ends, stood_still

pytestmark = pytest.mark.law_only
NATIONAL = national_calendar()
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("received", "n", "due"),
    [
        (date(2024, 2, 8), 5, date(2024, 2, 21)),
        (date(2024, 9, 27), 10, date(2024, 10, 16)),
        (date(2025, 1, 24), 5, date(2025, 2, 7)),
        (date(2026, 2, 12), 5, date(2026, 2, 26)),
    ],
)
def test_check_values(received: date, n: int, due: date) -> None:
    assert limit_ends(NATIONAL, received, n).due == due


def walked(opened: date, n: int, stop: Stop) -> date:
    """Day by day: one counts that is worked and on which the clock runs."""
    assert stop.until is not None
    day = opened
    while n:
        day += DAY
        n -= NATIONAL.is_workday(day) and not stop.since <= day < stop.until
    return day


def test_a_stop_before_the_last_day_is_left_out_as_in_a_walk() -> None:
    opened = date(2026, 4, 20)
    for first in range(12):
        for length in range(20):
            stop = Stop(opened + first * DAY, opened + (first + length) * DAY)
            if stop.since <= limit_ends(NATIONAL, opened, 8).due:
                assert limit_ends(NATIONAL, opened, 8, Timing((stop,))).due == walked(opened, 8, stop), stop


def test_a_stop_after_the_last_day_leaves_the_task_as_late_as_it_was() -> None:
    opened, paused, resumed = date(2026, 3, 2), date(2026, 3, 26), date(2026, 4, 1)
    before = limit_ends(NATIONAL, opened, 15).due
    after = limit_ends(NATIONAL, opened, 15, Timing((Stop(paused, resumed),))).due
    assert NATIONAL.working_days_between(before, paused) == NATIONAL.working_days_between(after, resumed) == 3


def test_a_stop_that_lasts_is_counted_when_it_ends_or_up_to_the_day_of_closing() -> None:
    opened, timing = date(2026, 3, 2), Timing((Stop(date(2026, 3, 5)),))
    assert stood_still(NATIONAL, opened, timing) == 0 and timing.paused_on == date(2026, 3, 5)
    assert stood_still(NATIONAL, opened, timing, date(2026, 3, 10)) == 3
    assert stood_still(NATIONAL, date(2026, 3, 9), timing, date(2026, 3, 12)) == 2  # opened while it stood


def test_more_time_holds_for_what_was_open_that_day() -> None:
    timing = Timing(more=(More(date(2026, 3, 10), 5),))
    assert limit_ends(NATIONAL, date(2026, 3, 2), 10, timing) == Ends(date(2026, 3, 23), date(2026, 3, 20), provisional=False)
    assert limit_ends(NATIONAL, date(2026, 3, 11), 10, timing).due == limit_ends(NATIONAL, date(2026, 3, 11), 10).due
    assert limit_ends(NATIONAL, date(2026, 3, 2), 10, timing, closed=date(2026, 3, 9)).due == date(2026, 3, 16)


def test_the_first_yellow_day_is_that_of_the_light() -> None:
    for offset in range(400):
        opened = date(2026, 1, 1) + offset % 300 * DAY
        n = 1 + offset % 9
        ends = limit_ends(NATIONAL, opened, n)
        for step in range((ends.due - opened).days + 1):
            today = opened + step * DAY
            assert (NATIONAL.light(opened, ends.due, today) == "yellow") == (today >= ends.warn), (opened, n, today)
