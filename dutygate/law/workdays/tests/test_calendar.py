"""3, 4.2: limits are in working days with make-up days, and those that reach into an unpublished year are provisional."""

import datetime
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from dutygate.law.workdays.calendar import Calendar, Due, national_calendar

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
def test_check_value(received, n, due):
    assert NATIONAL.add_working_days(received, n) == Due(due, provisional=False)


def test_agrees_with_a_plain_walk_over_the_package_for_each_day_and_limit():
    first, last = date(2024, 1, 1), date(2026, 12, 31)
    days = [first + offset * DAY for offset in range((last - first).days + 1)]
    worked = [chinese_calendar.is_workday(day) for day in days]
    for start, received in enumerate(days):
        count = 0
        for offset in range(start + 1, len(days)):
            count += worked[offset]
            if count > 30:
                break
            if worked[offset]:
                assert NATIONAL.add_working_days(received, count) == Due(days[offset], provisional=False)


def test_agrees_with_the_holidays_package_where_both_are_sure():
    other = holidays.country_holidays("CN", years=[2024, 2025, 2026])
    day = date(2024, 1, 1)
    while day.year <= 2026:
        assert NATIONAL.is_workday(day) == other.is_working_day(day), day
        day += DAY


def test_is_seeded_with_2004_to_2026_at_least_and_made_once():
    assert set(range(2004, 2027)) <= NATIONAL.years
    assert national_calendar() is NATIONAL


def test_is_a_value():
    assert Calendar(years=frozenset({2026})) == Calendar().with_days(published=[2026])
    assert len({Calendar(), Calendar().with_days()}) == 1
    with pytest.raises(AttributeError):
        NATIONAL.years = frozenset()


KNOWN = Calendar(off=NATIONAL.off, makeup=NATIONAL.makeup, years=frozenset(range(2004, 2027)))
"""The calendar as it stood before the notice for 2027, whatever the package knows by now."""


def test_a_limit_into_an_unpublished_year_counts_weekends_only_and_is_provisional():
    assert KNOWN.add_working_days(date(2026, 12, 28), 3) == Due(date(2026, 12, 31), provisional=False)
    assert KNOWN.add_working_days(date(2026, 12, 28), 4) == Due(date(2027, 1, 1), provisional=True)
    assert KNOWN.add_working_days(date(2026, 12, 31), 1).provisional
    assert KNOWN.add_working_days(date(2003, 6, 2), 1) == Due(date(2003, 6, 3), provisional=True)


def test_loading_the_year_corrects_it():
    loaded = KNOWN.with_days(off=[date(2027, 1, day) for day in (1, 2, 3)], makeup=[date(2026, 12, 27)], published=[2027])
    assert loaded.add_working_days(date(2026, 12, 28), 4) == Due(date(2027, 1, 4), provisional=False)
    assert loaded.add_working_days(date(2026, 12, 25), 1) == Due(date(2026, 12, 27), provisional=False)
    assert KNOWN.add_working_days(date(2026, 12, 28), 4).provisional


def test_a_limit_over_a_whole_unpublished_year_is_provisional_wherever_it_ends():
    gap = Calendar(years=frozenset({2026, 2028}))
    assert gap.add_working_days(date(2026, 12, 30), 270) == Due(date(2028, 1, 12), provisional=True)


def test_local_days_are_added_and_taken_back():
    naadam = date(2026, 7, 15)
    local = NATIONAL.with_days(off=[naadam])
    assert NATIONAL.is_workday(naadam)
    assert not local.is_workday(naadam)
    assert local.with_days(makeup=[naadam]) == NATIONAL
    assert local.add_working_days(date(2026, 7, 14), 1).day == date(2026, 7, 16)
    makeup = min(day for day in NATIONAL.makeup if day.year == 2026)
    assert not NATIONAL.with_days(off=[makeup]).is_workday(makeup)


def test_a_day_cannot_be_both_and_lists_are_checked():
    with pytest.raises(ValueError, match="2026-07-15 is both"):
        Calendar().with_days(off=[date(2026, 7, 15)], makeup=[date(2026, 7, 15)])
    with pytest.raises(ValueError, match="2026-07-18 is a weekend day"):
        Calendar(off=frozenset({date(2026, 7, 18)}))
    with pytest.raises(ValueError, match="2026-07-15 is a weekday"):
        Calendar(makeup=frozenset({date(2026, 7, 15)}))


def test_calendar_days_that_end_on_a_holiday_move_to_the_next_working_day():
    assert NATIONAL.add_calendar_days(date(2024, 9, 20), 15) == Due(date(2024, 10, 8), provisional=False)
    assert NATIONAL.add_calendar_days(date(2024, 9, 2), 30) == Due(date(2024, 10, 8), provisional=False)
    assert NATIONAL.add_calendar_days(date(2024, 9, 2), 1) == Due(date(2024, 9, 3), provisional=False)
    assert NATIONAL.add_calendar_days(date(2024, 9, 15), 14) == Due(date(2024, 9, 29), provisional=False)  # a make-up Sunday
    assert KNOWN.add_calendar_days(date(2026, 12, 2), 30) == Due(date(2027, 1, 1), provisional=True)


@pytest.mark.parametrize("n", [0, -1])
def test_a_limit_has_at_least_one_day(n):
    with pytest.raises(ValueError, match="at least one"):
        NATIONAL.add_working_days(date(2026, 1, 5), n)
    with pytest.raises(ValueError, match="at least one"):
        NATIONAL.add_calendar_days(date(2026, 1, 5), n)


def test_a_limit_past_the_last_year_is_an_error():
    assert NATIONAL.add_working_days(date(9999, 12, 30), 1).day == date(9999, 12, 31)
    with pytest.raises(OverflowError):
        NATIONAL.add_working_days(date(9999, 12, 30), 2)
    with pytest.raises(OverflowError):
        NATIONAL.add_working_days(datetime.date.max, 1)


def test_days_between_undo_days_added():
    for offset in range(0, 800, 7):
        received = date(2024, 6, 5) + offset * DAY
        for n in (1, 2, 10, 300):
            due = NATIONAL.add_working_days(received, n).day
            assert NATIONAL.working_days_between(received, due) == n
            assert NATIONAL.working_days_between(due, received) == -n
    assert NATIONAL.working_days_between(date(2024, 6, 5), date(2024, 6, 5)) == 0
