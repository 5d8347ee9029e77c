"""Working days of the State Council's calendar, and what a limit in working days comes to (Articles 3 and 4.2).

The State Council publishes each year's holidays and make-up working days, usually in November of the year before.
Days of a year not yet published are counted with weekends only, and whatever rests on them is provisional.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, timedelta
from typing import Final, Literal

WARNING_DAYS: Final = 2
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit; provisional while a day it was counted over lies in a year not yet published."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. A value: local days and new years make another one through `with_days`."""

    off: frozenset[date] = field(default=frozenset(), repr=False)
    """Mondays to Fridays that are not worked."""
    makeup: frozenset[date] = field(default=frozenset(), repr=False)
    """Saturdays and Sundays that are worked (调休)."""
    years: frozenset[int] = frozenset()
    """Years whose holidays are published."""
    _walked: dict[int, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for day in self.off:
            if day.weekday() >= _SATURDAY:
                raise ValueError(f"{day.isoformat()} is a weekend day; with_days takes a mixed list of days off")
        for day in self.makeup:
            if day.weekday() < _SATURDAY:
                raise ValueError(f"{day.isoformat()} is a weekday; with_days takes a mixed list of make-up days")

    def _worked(self, year: int) -> list[int]:
        """Ordinals of the working days of a year, walked one by one the first time it is asked for."""
        if (worked := self._walked.get(year)) is None:
            days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            worked = self._walked[year] = [day for day in days if self.is_workday(date.fromordinal(day))]
        return worked

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked; outside the published years only weekends are off."""
        return day in self.makeup if day.weekday() >= _SATURDAY else day not in self.off

    def add_working_days(self, received: date, n: int) -> Due:
        """The day on which a limit of `n` working days ends, n >= 1.

        The day of receipt does not count; each day after it is looked at by itself, a make-up day counts, a holiday
        does not. Raises ValueError for n < 1 and OverflowError past the year 9999.
        Loading a year may also move days of the December before it (2018-12-29 and 31 came with the notice for 2019):
        recompute every open limit then, not only the provisional ones.
        """
        if n < 1:
            raise ValueError(f"a limit has at least one working day, not {n}")
        first, left, provisional = received + _DAY, n, False
        for year in range(first.year, MAXYEAR + 1):
            provisional = provisional or year not in self.years
            worked = self._worked(year)
            start = bisect_left(worked, first.toordinal())
            if start + left <= len(worked):
                return Due(date.fromordinal(worked[start + left - 1]), provisional)
            left -= len(worked) - start
        raise OverflowError(f"{n} working days after {received.isoformat()} lie beyond the year {MAXYEAR}")

    def add_calendar_days(self, received: date, n: int) -> Due:
        """The day on which a limit of `n` calendar days ends, n >= 1; if it is not worked, the next working day.

        Raises ValueError for n < 1 and OverflowError past the year 9999.
        """
        if n < 1:
            raise ValueError(f"a limit has at least one day, not {n}")
        end = received + timedelta(days=n)
        day = self.next_workday(end)
        return Due(day, end.year not in self.years or day.year not in self.years)

    def next_workday(self, day: date) -> date:
        """`day` itself if it is worked, else the first working day after it."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`, so that add_working_days(a, n) is n days from a.

        Negative, by the same count, when `end` comes before `start`.
        """
        if end < start:
            return -self.working_days_between(end, start)
        first, last = start.toordinal(), end.toordinal()
        years = (self._worked(year) for year in range(start.year, end.year + 1))
        return sum(bisect_right(worked, last) - bisect_right(worked, first) for worked in years)

    def light(self, opened: date, due: date, today: date, warning_days: int = WARNING_DAYS) -> Literal["green", "yellow", "red"]:
        """The light of a task: red when `today` is after `due`, yellow in the last `warning_days` working days.

        The day on which it was opened does not count as one of them, however short the limit is.
        """
        if today > due:
            return "red"
        if today <= opened:
            return "green"
        return "yellow" if self.working_days_between(today, due) < warning_days else "green"

    def with_days(self, *, off: Iterable[date] = (), makeup: Iterable[date] = (), published: Iterable[int] = ()) -> Calendar:
        """This calendar with more days off, more make-up days and more published years.

        Days may stand in either list as a notice or a local holiday gives them: a weekend day off that would not have
        been worked, or a make-up day that is worked anyhow, changes nothing; an off day takes back an earlier make-up
        day, and the other way round. Raises ValueError for a day in both lists.
        """
        rest, work = frozenset(off), frozenset(makeup)
        if both := rest & work:
            raise ValueError(f"{min(both).isoformat()} is both a day off and a make-up day")
        return Calendar(
            off=(self.off | {day for day in rest if day.weekday() < _SATURDAY}) - work,
            makeup=(self.makeup | {day for day in work if day.weekday() >= _SATURDAY}) - rest,
            years=self.years | frozenset(published),
        )


@functools.cache
def national_calendar() -> Calendar:
    """The State Council's calendar as the chinesecalendar package carries it (2004-2026 in its release 1.11)."""
    from chinese_calendar import constants

    off, makeup = frozenset(constants.holidays), frozenset(constants.workdays)
    return Calendar().with_days(off=off, makeup=makeup, published={day.year for day in off})
