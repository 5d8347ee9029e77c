"""页面: a year's working days, with the State Council's and the jurisdiction's own."""

from __future__ import annotations

import calendar as months
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions.forms import Scene
from dutygate.base.organizations.actions.calendar import NATIONAL_SOURCE
from dutygate.base.organizations.queries.calendar import YearCard, calendar_year
from dutygate.base.organizations.sessions import with_post
from dutygate.features.administration.access import Visit, visit_of
from dutygate.features.administration.web import act, asked, number_asked, places, tabs
from dutygate.law.workdays.calendar import Calendar

FIRST, LAST = 2004, 2100
WEEKDAYS: Final = (
    gettext_noop("周一"),
    gettext_noop("周二"),
    gettext_noop("周三"),
    gettext_noop("周四"),
    gettext_noop("周五"),
    gettext_noop("周六"),
    gettext_noop("周日"),
)
SATURDAY: Final = 5


@with_post
@never_cache
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """工作日历 of one year, month by month, and the days that differ from their weekday."""
    visit = visit_of(request)
    place = visit.place(asked(request, "place", 12))
    wanted = number_asked(request, "year") or visit.today.year
    shown = min(max(wanted, FIRST), LAST)
    working, card = visit.directory(place.code).calendar(), calendar_year(visit.viewer, place.code, shown, visit.today)
    here = f"?place={place.code}&year="
    context = {
        "tabs": tabs(visit, "administration_calendar"),
        "places": places(visit, place, year=str(shown)),
        "place": place,
        "year": shown,
        "provisional": shown not in working.years,
        "source": card.source or (NATIONAL_SOURCE if shown in working.years else ""),
        "loaded": bool(card.source),
        "weekdays": [gettext(day) for day in WEEKDAYS],
        "months": [_month(shown, month, working, card, visit) for month in range(1, 13)],
        "days": _special(shown, working, card),
        "earlier": f"{here}{shown - 1}" if shown > FIRST else "",
        "later": f"{here}{shown + 1}" if shown < LAST else "",
        "load": _act_href("administration_load_year", visit, "calendar.load_year", place.code, f"&year={shown}"),
        "set_day": _act_href("administration_set_day", visit, "calendar.set_day", place.code, ""),
    }
    return render(request, "administration/calendar.html", context)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def load_year(request: HttpRequest) -> HttpResponse:
    """载入年度日历."""
    return _calendar_act(request, "calendar.load_year")


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_day(request: HttpRequest) -> HttpResponse:
    """设定日历日."""
    return _calendar_act(request, "calendar.set_day")


def _calendar_act(request: HttpRequest, action: str) -> HttpResponse:
    visit = visit_of(request)
    place = visit.place(asked(request, "place", 12))
    visit.must(action, place.code)
    wanted = number_asked(request, "year")
    params = {"year": str(wanted)} if wanted else {}
    scene = Scene(visit.viewer, place.code, visit.moment, visit.lang, params=params)
    back = f"{reverse('administration_calendar')}?place={place.code}" + (f"&year={wanted}" if wanted else "")
    return act(request, action, scene, back, back, about=place.name)


def _act_href(route: str, visit: Visit, action: str, place: str, more: str) -> str:
    return f"{reverse(route)}?place={place}{more}" if visit.may(action, place) else ""


def _month(year: int, month: int, working: Calendar, card: YearCard, visit: Visit) -> dict[str, Any]:
    """{first, weeks}: seven cells a week, None outside the month."""
    local = {line.day for line in card.days if line.local}
    weeks = months.Calendar().monthdatescalendar(year, month)
    cells = [[_cell(day, working, local, visit) if day.month == month else None for day in week] for week in weeks]
    return {"first": date(year, month, 1), "month": month, "weeks": cells}


def _cell(day: date, working: Calendar, local: set[date], visit: Visit) -> dict[str, Any]:
    """``mark``: off on a weekday, or worked at a weekend; anything else goes by its weekday."""
    worked, weekend = working.is_workday(day), day.weekday() >= SATURDAY
    mark = "work" if worked and weekend else "off" if not worked and not weekend else ""
    kind = mark or ("rest" if weekend else "usual")
    return {"day": day.day, "kind": kind, "mark": mark, "local": day in local and bool(mark), "today": day == visit.today}


def _special(year: int, working: Calendar, card: YearCard) -> list[dict[str, Any]]:
    """Every day of the year that differs from its weekday, with what it rests on."""
    entered = {line.day: line for line in card.days}
    found = sorted(day for day in working.off | working.makeup if day.year == year)
    return [
        {
            "day": day,
            "weekday": gettext(WEEKDAYS[day.weekday()]),
            "working": day in working.makeup,
            "source": entered[day].source if day in entered else NATIONAL_SOURCE,
            "local": day in entered and entered[day].local,
        }
        for day in found
    ]
