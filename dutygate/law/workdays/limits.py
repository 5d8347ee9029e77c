"""办理时限 of one task: when it ends, when it turns yellow, with more time and standstills counted in (Article 3).

All in working days of one calendar. A day on which the clock stands still does not count: the day of the pause is the first of them, the
day on which the review goes on counts again. What stood still moves the last day by as many working days, also of what is late already,
so that a task is as late after a pause as it was before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dutygate.law.workdays.calendar import WARNING_DAYS, Calendar

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stop:
    """暂停: from ``since`` on the clock stands still, ``until`` is the day on which it went on, None while it stands."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class More:
    """延长: so many working days more for what was open ``on`` that day."""

    on: date
    days: int


@dataclass(frozen=True, slots=True)
class Timing:
    """What was done to the time of a case, in the order of the days."""

    stops: tuple[Stop, ...] = ()
    more: tuple[More, ...] = ()

    @property
    def paused_on(self) -> date | None:
        """The day since which the clock stands still, or None."""
        return self.stops[-1].since if self.stops and self.stops[-1].until is None else None


@dataclass(frozen=True, slots=True)
class Ends:
    """时限: the last day, the first day on which it is yellow, and whether a year was crossed whose holidays are not published."""

    due: date
    warn: date
    provisional: bool


UNCHANGED: Final = Timing()


def stood_still(calendar: Calendar, opened: date, timing: Timing, closed: date | None = None) -> int:
    """Working days after ``opened`` on which the clock stood still, up to ``closed``; a stop that lasts is counted when it ends."""
    days = 0
    for stop in timing.stops:
        ends = [day for day in (stop.until, closed) if day is not None]
        if ends and (first := max(stop.since, opened + _DAY)) < min(ends):
            days += calendar.working_days_between(first - _DAY, min(ends) - _DAY)
    return days


def limit_ends(
    calendar: Calendar, opened: date, days: int, timing: Timing = UNCHANGED, *, warning: int = WARNING_DAYS, closed: date | None = None
) -> Ends:
    """When a limit of ``days`` working days ends that began on ``opened``; of a task that was done, as it stood on ``closed``.

    Raises ValueError for days < 1.
    """
    longer = sum(more.days for more in timing.more if opened <= more.on and (closed is None or more.on <= closed))
    all_days = days + longer + stood_still(calendar, opened, timing, closed)
    due = calendar.add_working_days(opened, all_days)
    before = all_days - warning + 1
    warn = calendar.add_working_days(opened, before).day if before >= 1 else opened + _DAY
    return Ends(due.day, warn, due.provisional)
