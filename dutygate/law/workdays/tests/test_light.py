"""3: a task is green, yellow in its last two working days, and red when it is late."""

from datetime import date

import pytest

from dutygate.law.workdays.calendar import national_calendar

pytestmark = pytest.mark.law_only

LIGHT = national_calendar().light
OPENED, DUE = date(2024, 9, 27), date(2024, 10, 16)


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (date(2024, 9, 27), "green"),
        (date(2024, 10, 7), "green"),  # holiday
        (date(2024, 10, 14), "green"),
        (date(2024, 10, 15), "yellow"),
        (date(2024, 10, 16), "yellow"),
        (date(2024, 10, 17), "red"),
    ],
)
def test_light_of_a_limit_of_ten_days(today, light):
    assert LIGHT(OPENED, DUE, today) == light


def test_a_weekend_inside_the_last_two_working_days_is_yellow_and_one_before_them_is_green():
    monday, tuesday, saturday = date(2026, 6, 8), date(2026, 6, 9), date(2026, 6, 6)
    assert LIGHT(date(2026, 5, 25), monday, saturday) == "yellow"
    assert LIGHT(date(2026, 5, 25), tuesday, saturday) == "green"


def test_a_make_up_sunday_is_a_working_day_of_the_last_two():
    friday, sunday = date(2024, 9, 27), date(2024, 9, 29)  # 2024-09-29 is worked, 2024-09-28 is not
    assert LIGHT(date(2024, 9, 9), date(2024, 9, 30), friday) == "green"
    assert LIGHT(date(2024, 9, 9), date(2024, 9, 30), sunday) == "yellow"


def test_the_day_of_receipt_is_none_of_the_last_two_however_short_the_limit():
    assert LIGHT(date(2026, 6, 8), date(2026, 6, 9), date(2026, 6, 8)) == "green"
    assert LIGHT(date(2026, 6, 8), date(2026, 6, 9), date(2026, 6, 9)) == "yellow"


def test_another_warning_may_be_set():
    assert LIGHT(OPENED, DUE, date(2024, 10, 14), warning_days=3) == "yellow"
    assert LIGHT(OPENED, DUE, date(2024, 10, 16), warning_days=0) == "green"
