"""到期（第四条（四））: which temporary duties end, and who must be reminded of it, looked for by the daily sweep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, Min, OuterRef, QuerySet

from dutygate.base.actions.sweep import Due, swept
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.base.register.law_here import edition_in_force
from dutygate.features.lists.models import OPEN_MOMENT, Duty, Expiry, ExpiryWarning, ListEntry
from dutygate.law.regulation.edition import Edition, NoEditionInForce, UnknownParameter
from dutygate.law.workdays.calendar import Calendar

REMINDERS: Final = ("expiry_reminder_first", "expiry_reminder_second", "expiry_reminder_last")


def ends_by_time(duty_id: int, last_day: date) -> QuerySet[ListEntry]:
    """The entries, as now known, that hold a duty until its last day: none where it left earlier, or stays."""
    end = last_day + timedelta(days=1)
    return ListEntry.objects.filter(duty=duty_id, recorded_to=OPEN_MOMENT, section="temporary", valid_to=end)


def reminders(edition: Edition) -> list[int]:
    """The points of reminder in working days before the end, the nearest first; none where the edition sets none."""
    found = []
    for name in REMINDERS:
        try:
            value = edition.parameter(name)
        except UnknownParameter:
            continue
        if isinstance(value, int) and not isinstance(value, bool):
            found.append(value)
    return sorted(found)


def days_left(calendar: Calendar, today: date, last_day: date) -> int:
    """Working days from tomorrow to the last day, included."""
    days = (last_day - today).days
    return sum(1 for n in range(1, days + 1) if calendar.is_workday(today + timedelta(days=n)))


@swept
def ended(jurisdiction: int, today: date) -> Iterator[Due]:
    """Every temporary duty whose last day is over and whose end was not entered yet."""
    done = Expiry.objects.filter(duty=OuterRef("pk"), last_day=OuterRef("ends_on"))
    rows = Duty.objects.filter(~Exists(done), jurisdiction=jurisdiction, ends_on__lt=today).order_by("ends_on", "id")
    for duty_id, code, last_day in list(rows.values_list("id", "code", "ends_on")):
        if last_day is not None and ends_by_time(duty_id, last_day).exists():
            yield Due("duty.expire", code, {"last_day": last_day.isoformat()})


@swept
def ending(jurisdiction: int, today: date) -> Iterable[Due]:
    """Every temporary duty that has come to a point of reminder: the nearest one, once; farther ones that were missed are passed over."""
    try:
        points = reminders(edition_in_force(today, jurisdiction, reference_version_of(jurisdiction)))
    except NoEditionInForce:
        return []
    if not points:
        return []
    calendar = public_directory(jurisdiction, reference_version_of(jurisdiction)).calendar()
    horizon = calendar.add_working_days(today, points[-1] + 1).day
    rows = Duty.objects.filter(jurisdiction=jurisdiction, ends_on__gte=today, ends_on__lte=horizon).order_by("ends_on", "id")
    found = []
    for duty in list(rows):
        assert duty.ends_on is not None
        left = days_left(calendar, today, duty.ends_on)
        point = next((point for point in points if left <= point), None)
        if point is not None and _wants(duty, point, calendar, today):
            found.append(Due("duty.warn", duty.code, {"last_day": duty.ends_on.isoformat(), "days": point}))
    return found


def _wants(duty: Duty, point: int, calendar: Calendar, today: date) -> bool:
    """It ends by time, was not reminded of at this point or a nearer one, and began before the point was reached."""
    assert duty.ends_on is not None
    if ExpiryWarning.objects.filter(duty=duty, last_day=duty.ends_on, days__lte=point).exists():
        return False
    first = ends_by_time(duty.id, duty.ends_on).aggregate(first=Min("valid_from"))["first"]
    return first is not None and first <= today and days_left(calendar, first, duty.ends_on) >= point
