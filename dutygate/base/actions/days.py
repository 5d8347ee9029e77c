"""Which day it is where the offices are."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings


def local_day(moment: datetime) -> date:
    """The calendar day of an aware moment in the offices' time zone."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def start_of(day: date) -> datetime:
    """The moment at which a day begins there, aware."""
    return datetime.combine(day, time.min, ZoneInfo(settings.TIME_ZONE))
