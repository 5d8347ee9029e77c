"""载入年度日历、设定日历日."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.actions.office import OfficeAction
from dutygate.base.organizations.models import CalendarDay, CalendarYear
from dutygate.law.workdays.calendar import national_calendar

NATIONAL_SOURCE = "国务院办公厅放假安排通知（chinesecalendar）"


@dataclass(frozen=True, slots=True)
class CalendarSubject:
    """工作日历 of a jurisdiction."""

    jurisdiction_id: int
    jurisdiction: str


class _CalendarAction(OfficeAction[CalendarSubject]):
    bumps_reference = True

    def load(self, ref: str, payload: Any, door: Door) -> CalendarSubject:
        """Raises Malformed when the subject is no jurisdiction's code."""
        if ref != door.chain:
            raise Malformed([("subject", "the code of the jurisdiction")])
        return CalendarSubject(door.jurisdiction_id, door.chain)

    def subject_key(self, subject: CalendarSubject) -> str:
        """The jurisdiction's code."""
        return subject.jurisdiction


class Day(BaseModel):
    """A day that differs from its weekday: off on a Monday to Friday, worked at a weekend."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: date
    working: bool


@register_action
class LoadYear(_CalendarAction):
    """载入年度日历（第三条）. Subject: the jurisdiction's code. Days set by themselves (``calendar.set_day``) stay.

    Open limits are to be computed anew afterwards: all of them, since a notice may also move days of the December before.
    """

    name = "calendar.load_year"

    class Payload(Given):
        """With ``days``, ``source`` names the notice. Without, the days of the national calendar are put in here.

        So the entry itself says what was loaded, and a later release of the calendar's package cannot change it.
        """

        year: int = Field(ge=2000, le=2200)
        days: tuple[Day, ...] = ()
        source: str = Field(default="", max_length=200)

        @model_validator(mode="before")
        @classmethod
        def national_days(cls, given: Any) -> Any:
            """The national calendar's days of the year, when none are given and it knows that year."""
            if not isinstance(given, Mapping) or given.get("days") or not isinstance(given.get("year"), int):
                return given
            days = [{"day": day, "working": working} for day, working in sorted(_national(given["year"]).items())]
            return {**given, "days": days, "source": given.get("source") or NATIONAL_SOURCE} if days else given

        @model_validator(mode="after")
        def days_with_source(self) -> Self:
            """Days given by hand name their notice, lie in the year or in the December before, and none stands twice."""
            if self.days and not self.source:
                raise ValueError("source is needed with days")
            if any(d.day.year != self.year and (d.day.year, d.day.month) != (self.year - 1, 12) for d in self.days):
                raise ValueError("days must lie in the year, or in the December before it")
            if len({d.day for d in self.days}) != len(self.days):
                raise ValueError("a day stands twice")
            return self

    def look_up(self, subject: CalendarSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Whether there are days to load."""
        return {"days_known": bool(payload.days)}

    def apply(self, subject: CalendarSubject, payload: Any, context: Context) -> None:
        """The year and its days, in the place of those loaded before."""
        place, source = subject.jurisdiction_id, payload.source
        rows = CalendarDay.objects.filter(jurisdiction_id=place)
        rows.filter(day__year=payload.year, local=False).delete()
        if not CalendarYear.objects.filter(jurisdiction_id=place, year=payload.year).update(source=source):
            CalendarYear.objects.create(id=context.new_id(), jurisdiction_id=place, year=payload.year, source=source)
        wanted = {d.day: d.working for d in payload.days}
        present = dict(rows.filter(day__in=wanted).values_list("day", "local"))
        for day, working in sorted(wanted.items()):
            if day not in present:
                CalendarDay.objects.create(id=context.new_id(), jurisdiction_id=place, day=day, working=working, source=source)
            elif not present[day]:
                rows.filter(day=day).update(working=working, source=source)
        context.result |= {"year": payload.year, "days": len(wanted)}


@register_action
class SetDay(_CalendarAction):
    """设定日历日（第三条）: a local holiday, or a day of work. Subject: the jurisdiction's code."""

    name = "calendar.set_day"

    class Payload(Given):
        """``source``: the notice."""

        day: date
        working: bool
        source: str = Field(min_length=1, max_length=200)

    def apply(self, subject: CalendarSubject, payload: Any, context: Context) -> None:
        """The day, new or changed; a loaded year will leave it."""
        rows = CalendarDay.objects.filter(jurisdiction_id=subject.jurisdiction_id, day=payload.day)
        changed = rows.update(working=payload.working, source=payload.source, local=True)
        if not changed:
            CalendarDay.objects.create(
                id=context.new_id(),
                jurisdiction_id=subject.jurisdiction_id,
                day=payload.day,
                working=payload.working,
                source=payload.source,
                local=True,
            )


def _national(year: int) -> dict[date, bool]:
    calendar = national_calendar()
    return {day: False for day in calendar.off if day.year == year} | {day: True for day in calendar.makeup if day.year == year}
