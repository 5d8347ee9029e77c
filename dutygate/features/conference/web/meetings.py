"""页面: all meetings with what waits for one, one meeting, the sheet of a case, the minutes in print, earlier rulings (Articles 3, 4.2)."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.sessions import with_post
from dutygate.base.ui.language import language
from dutygate.features.cases.head import lines_of
from dutygate.features.cases.sections import directory_now
from dutygate.features.conference.queries import (
    counted,
    items_of,
    leads,
    meeting_visible,
    meetings_visible,
    reads_meetings,
    rulings_visible,
    waiting_cases,
)
from dutygate.features.conference.shown import item_line, line_of, sheet_of, shelved
from dutygate.features.conference.web import page_of, viewer_of
from dutygate.features.review.beside import townships_in
from dutygate.features.support.load import load_lines
from dutygate.law.rules import Finding

PAGE: Final = 30
WAITING_SHOWN: Final = 50


@with_post
@never_cache
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """联席会议: what waits for a meeting, and all meetings, newest first. For the members of the conference and the city above."""
    viewer, page, today, lang = viewer_of(request), page_of(request), local_day(clock.now()), language()
    if not reads_meetings(viewer):
        raise NotAllowed([Finding("not_your_role", "3", {"action": "conference.convene", "by": ["legal", "lead", "member", "services"]})])
    rows = list(counted(viewer, meetings_visible(viewer))[page * PAGE : (page + 1) * PAGE + 1])
    directory = directory_now(viewer)
    waiting = list(waiting_cases(viewer)[: WAITING_SHOWN + 1]) if not page else []
    context = {
        "rows": [line_of(row) for row in rows[:PAGE]],
        "waiting": lines_of(viewer, waiting[:WAITING_SHOWN], {viewer.jurisdiction_id: directory}, today, lang),
        "more_waiting": len(waiting) > WAITING_SHOWN,
        "first": not page,
        "leads": leads(viewer, today),
        "older": f"?page={page + 2}" if len(rows) > PAGE else "",
        "newer": ("?" if page == 1 else f"?page={page}") if page else "",
    }
    return render(request, "conference/meetings.html", context)


@with_post
@never_cache
@require_safe
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """一次会议: who was called and came, the agenda with a sheet for each case, conclusions, minutes, what was set."""
    viewer, today = viewer_of(request), local_day(clock.now())
    row = meeting_visible(viewer, number)
    found = shelved(viewer, row, today, language())
    steps = [name for name in _open_steps(row.status)] if found.leads else []
    context = {
        "found": found,
        "row": row,
        "steps": steps,
        "without_conclusion": sum(not line["item"].outcome for line in found.items),
    }
    return render(request, "conference/meeting.html", context)


def _open_steps(status: str) -> tuple[str, ...]:
    """What the lead may do with a meeting as it stands."""
    return {"called": ("agenda", "attendance"), "held": ("attendance", "minutes"), "closed": ("adopt",)}[status]


@with_post
@never_cache
@require_safe
def sheet(request: HttpRequest, number: str, case: str) -> HttpResponse:
    """审议表: one case of the agenda on A4, as the viewer may read it."""
    viewer, moment, lang = viewer_of(request), clock.now(), language()
    row = meeting_visible(viewer, number)
    item = next((one for one in items_of(viewer, row) if one.case.number == case and not one.removed), None)
    if item is None:
        raise Http404
    found = sheet_of(viewer, case, moment, lang)
    reading = found.found.reading
    context = {
        "row": row,
        "sheet": found,
        "line": item_line(item, reading.directory, reading.on),
        "case": lines_of(viewer, [reading.case], {reading.case.jurisdiction_id: reading.directory}, reading.on, lang)[0],
        "ends_on": reading.case.ends_on,
        "necessity": reading.case.necessity,
        "printed_on": reading.on,
        "load": load_lines(viewer, reading.directory, townships_in(reading), reading.on),
    }
    return render(request, "conference/sheet.html", context)


@with_post
@never_cache
@require_safe
def minutes(request: HttpRequest, number: str) -> HttpResponse:
    """会议纪要 in print: as it was finished, and for the lead as it stands."""
    viewer, today = viewer_of(request), local_day(clock.now())
    row = meeting_visible(viewer, number)
    found = shelved(viewer, row, today, language())
    if not found.minutes:
        raise Http404
    context = {"found": found, "row": row, "paragraphs": [line for line in found.minutes.split("\n") if line.strip()], "printed_on": today}
    return render(request, "conference/minutes.html", context)


@with_post
@never_cache
@require_safe
def rulings(request: HttpRequest) -> HttpResponse:
    """先例: conclusions of earlier meetings, by words."""
    viewer, page, today = viewer_of(request), page_of(request), local_day(clock.now())
    if not reads_meetings(viewer):
        raise NotAllowed([Finding("not_your_role", "3", {"action": "conference.convene", "by": ["legal", "lead", "member", "services"]})])
    q = request.GET.get("q", "")[:100].strip()
    rows = list(rulings_visible(viewer, q)[page * PAGE : (page + 1) * PAGE + 1])
    directory = directory_now(viewer)

    def at(number: int) -> str:
        return "?" + urlencode({name: value for name, value in (("q", q), ("page", number)) if value and value != 1})

    context = {
        "q": q,
        "rows": [
            {**item_line(item, directory, today), "meeting": item.meeting, "meeting_href": reverse("meeting", args=[item.meeting.number])}
            for item in rows[:PAGE]
        ],
        "older": at(page + 2) if len(rows) > PAGE else "",
        "newer": at(page) if page else "",
    }
    return render(request, "conference/rulings.html", context)
