"""The demo's time: its own office hours while the year is performed, afterwards the day on which it stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dutygate.base.actions.clock import other_clock
from dutygate.config.demo.material import material

HOURS: Final = ((time(8, 30), timedelta(hours=3, minutes=30)), (time(14, 30), timedelta(hours=3)))
WORKED: Final = sum((length for _, length in HOURS), timedelta())


def moments(days: Iterable[str]) -> Iterator[datetime]:
    """One moment for each of the ISO days, which stand in order: spread evenly over the office hours of the day, to the second."""
    listed = list(days)
    on_day, done = Counter(listed), Counter[str]()
    for day in listed:
        done[day] += 1
        yield _in_office(date.fromisoformat(day), WORKED * done[day] / (on_day[day] + 1))


def _in_office(day: date, worked: timedelta) -> datetime:
    zone = ZoneInfo(settings.TIME_ZONE)
    for start, length in HOURS:
        if worked <= length:
            return (datetime.combine(day, start, zone) + worked).replace(microsecond=0)
        worked -= length
    raise ValueError("more than a day's work")


class StoryClock:
    """Tells the moment of the turn that is being performed."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        return self.moment


def standing_clock() -> datetime:
    """The last day of the story at the present time of day: limits and lists read as the tutorial tells them, whatever the year."""
    day = date.fromisoformat(str(material().story["as_of"]))
    now: datetime = timezone.localtime()  # noqa: TID251 - only its time of day
    return now.replace(year=day.year, month=day.month, day=day.day)


class StandingClockMiddleware:
    """Lets the served demo stay on its last day. Sessions end by the real clock all the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with other_clock(standing_clock):
            return self.get_response(request)
