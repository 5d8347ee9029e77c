"""页面: "is this ours, and who has it": duties on any township's list found by words, as of a day and as known on a day (4.5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.features.lists.forms import SearchForm
from dutygate.features.lists.places import places_of
from dutygate.features.lists.queries.finding import FoundDuty, duties_found
from dutygate.features.lists.shown import in_code_order, unit_of
from dutygate.features.lists.words import SECTIONS

PAGE = 50


@with_post
@never_cache
@require_safe
def list_search(request: HttpRequest) -> HttpResponse:
    """查找事项: in the lists of all townships that the viewer reads."""
    viewer = acting_post_of(request)
    assert viewer is not None
    form = SearchForm(request.GET, local_day(clock.now()))
    as_of, q = form.as_of, str(form.cleaned_data.get("q") or "")
    places = {place.id: place.name for place in places_of(viewer)}
    given = request.GET.get("page", "")
    page = max(int(given) - 1, 0) if given.isdecimal() and len(given) < 5 else 0
    found = duties_found(viewer, q, as_of.on, as_of.known_at, start=page * PAGE, limit=PAGE + 1) if q else []
    directories = {place: directory_for(place) for place in {duty.jurisdiction_id for duty in found[:PAGE]}}
    context = {
        "form": form,
        "as_of": as_of,
        "q": q,
        "rows": [{**_shown(duty, directories[duty.jurisdiction_id], as_of.on), "place": _place(duty, places)} for duty in found[:PAGE]],
        "older": form.query(page=page + 2) if len(found) > PAGE else "",
        "newer": form.query() or "?" if page else "",
        "others_href": f"{reverse('lists_all')}{form.query(('on', 'known'))}",
    }
    return render(request, "lists/search.html", context)


def _place(duty: FoundDuty, places: dict[int, str]) -> str:
    """Which banner's, where the viewer reads several."""
    return places.get(duty.jurisdiction_id, "") if len(places) > 1 else ""


def _shown(duty: FoundDuty, directory: Directory, on: date) -> dict[str, Any]:
    everybody, townships = set(directory.townships(on)), in_code_order(directory, on, duty.townships)
    return {
        "code": duty.code,
        "href": reverse("duty", args=[duty.code]),
        "title": duty.title,
        "lead": unit_of(directory, duty.lead_unit_id, on)["name"],
        "sections": [_(SECTIONS[section]) if section in SECTIONS else section for section in duty.sections],
        "everybody": len(everybody) > 1 and everybody <= set(townships),
        "townships": [directory.name_on(unit, on) for unit in townships if unit in directory.units],
        "count": len(townships),
        "since": duty.valid_from,
        "until": duty.last_day,
    }
