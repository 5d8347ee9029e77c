"""导出: the rows of a township's list as the page shows them to the same viewer, in four kinds of file; and all lists, for filing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for
from dutygate.base.documents.download import as_download
from dutygate.base.documents.storage import Opened
from dutygate.base.documents.tables import MEDIA, NoTypeface, Paper, as_file
from dutygate.base.organizations.sessions import with_post
from dutygate.features.lists.documents import filing_paper, list_paper
from dutygate.features.lists.forms import DaysForm, TownshipForm
from dutygate.features.lists.places import places_of, unit_read
from dutygate.features.lists.queries import Wanted, duties_of_township
from dutygate.features.lists.queries.kept import rows_to_file
from dutygate.features.lists.shown import line_shown
from dutygate.features.lists.web import viewer_of
from dutygate.features.lists.words import LISTS, TEMPORARY

NO_TYPEFACE = 503


@with_post
@never_cache
@require_safe
def list_export(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """一个乡镇的清单: everything that the page would show on all its pages. Raises Http404 for another kind of file."""
    viewer, today = viewer_of(request), local_day(clock.now())
    _known(kind)
    directory, unit = unit_read(viewer, key, "township")
    form = TownshipForm(request.GET, today)
    as_of, name = form.as_of, form.list_name
    section, q = form.cleaned_data.get("section") or "", form.cleaned_data.get("q") or ""

    def read(**narrowed: str) -> list[dict[str, object]]:
        found = duties_of_township(viewer, unit.id, as_of.on, as_of.known_at, wanted=Wanted(name, q=q, **narrowed))
        return [line_shown(line, directory, as_of.on, "") for line in found]

    rows = read(section=section, apart=TEMPORARY) if section != TEMPORARY else []
    beside = read(section=TEMPORARY) if section in ("", TEMPORARY) else []
    known = as_of.known_on.isoformat() if as_of.known_on else _("现在")
    title = directory.name_on(unit.id, as_of.on)
    paper = list_paper(title, name, (as_of.on.isoformat(), known), rows, beside, as_of.on)
    return _handed_out(request, paper, kind, f"{title}{_(LISTS[name])}-{as_of.on.isoformat()}")


@with_post
@never_cache
@require_safe
def filing(request: HttpRequest, kind: str) -> HttpResponse:
    """报备: all lists of a banner on a day, for the city's office; raises Http404 for another kind of file."""
    viewer, today = viewer_of(request), local_day(clock.now())
    _known(kind)
    form, places = DaysForm(request.GET, today), places_of(viewer)
    place = next((one for one in places if one.code == request.GET.get("place")), places[0])
    directory, on = directory_for(place.id), form.as_of.on
    name = request.GET.get("list", "duties")
    name = name if name in LISTS else "duties"
    rows = rows_to_file(viewer, directory, name, on)
    lists = [(directory.name_on(unit, on), rows[unit]) for unit in directory.townships(on) if unit in rows]
    return _handed_out(request, filing_paper(place.name, name, on, lists), kind, f"{place.name}{_(LISTS[name])}-{on.isoformat()}")


def _known(kind: str) -> None:
    if kind not in MEDIA:
        raise Http404


def _handed_out(request: HttpRequest, paper: Paper, kind: str, name: str) -> HttpResponse:
    try:
        data = as_file(paper, kind)
    except NoTypeface:
        return render(request, "lists/no_typeface.html", {}, status=NO_TYPEFACE)
    return as_download(Opened("", f"{name}.{kind}", MEDIA[kind], data))
