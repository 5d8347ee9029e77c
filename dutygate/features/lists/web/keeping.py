"""页面: correcting a duty's rows, entering by law, publishing, and the published versions (Articles 1, 4.5)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import directory_for, label_in, newest_procedure
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.sessions import with_post
from dutygate.base.ui.language import language
from dutygate.features.lists.forms.acts import CorrectPlace, PublishPlace, TownshipsPlace
from dutygate.features.lists.places import places_of
from dutygate.features.lists.queries import duty_by_code, newest_token, revisions_of, townships_of
from dutygate.features.lists.queries.kept import (
    lists_of_publication,
    publication_visible,
    publications_visible,
    published_content,
    seats_keeping,
)
from dutygate.features.lists.web import page_of, viewer_of
from dutygate.features.lists.words import COLUMNS, LISTS, MODES, SECTIONS
from dutygate.law.rules import Finding

PAGE: Final = 30


def _only(viewer: ActingPost, action: str, seats: frozenset[str], own: bool = True) -> None:
    """Raises NotAllowed for everybody whom the procedure does not name, and outside one's own jurisdiction."""
    procedure = newest_procedure()
    if not own or not seats & procedure.roles_of(action):
        raise NotAllowed([Finding("not_your_role", procedure.cites(action), {"action": action, "by": sorted(procedure.roles_of(action))})])


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """更正清单: one duty, on the lists of some townships, in some days."""
    viewer, today = viewer_of(request), local_day(clock.now())
    duty = duty_by_code(viewer, code)
    _only(viewer, "list.correct", seats_keeping(viewer, today), duty.jurisdiction_id == viewer.jurisdiction_id)
    directory, entries = directory_for(duty.jurisdiction_id), townships_of(viewer, duty)
    newest = entries[-1].revision if entries else revisions_of(viewer, duty)[-1]
    holding = [directory.units[entry.township_id].key for entry in entries if entry.valid_to > today]
    lead = directory.units.get(newest.lead_unit_id or 0)
    first = entries[-1] if entries else None
    now = {
        **{"title": newest.title, "category": newest.category, "department": lead.key if lead else "", **newest.columns},
        **({"ordinal": str(first.ordinal), "section": first.section} if first else {}),
    }
    place = CorrectPlace(
        duty.title,
        duty.origin == "baseline" and duty.list_name == "duties",
        duty.list_name == "powers",
        newest.level,
        _townships(directory, today),
        list(dict.fromkeys(holding)),
        _departments(directory, today),
        now,
        min((entry.valid_from for entry in entries), default=today),
    )
    expected = {"duty": newest_token(viewer, duty)}
    return _act(request, viewer, "list.correct", reverse("duty", args=[code]), place, {"duty": code}, expected)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_law(request: HttpRequest) -> HttpResponse:
    """依法列入清单."""
    viewer, today = viewer_of(request), local_day(clock.now())
    _only(viewer, "list.enter_by_law", seats_keeping(viewer, today))
    directory = directory_for(viewer.jurisdiction_id)
    legal = directory.seats(today).get("legal")
    named = (directory.units[legal].key, directory.name_on(legal, today)) if legal else ("", "")
    place = TownshipsPlace(_townships(directory, today), _departments(directory, today), named, today)
    return _act(request, viewer, "list.enter_by_law", reverse("lists_all"), place, {})


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """公布清单: the disclosure check, then all lists at once."""
    viewer, today = viewer_of(request), local_day(clock.now())
    seats = seats_keeping(viewer, today)
    _only(viewer, "list.publish", seats)
    directory = directory_for(viewer.jurisdiction_id)
    offered = [(name, label) for name, label in LISTS.items() if "lead" in seats or name == "powers"]
    last = publications_visible(viewer, [viewer.jurisdiction_id]).first()
    internal = "\n".join(f"{one['duty']} {one['reason']}" for one in last.internal) if last else ""
    place = PublishPlace(offered, _townships(directory, today), internal, today)
    return _act(request, viewer, "list.publish", reverse("publications"), place, {})


def _act(
    request: HttpRequest, viewer: ActingPost, action: str, back: str, place: Any, params: dict[str, str], expected: Any = None
) -> HttpResponse:
    lang, procedure = language(), newest_procedure()
    done = {
        "list.publish": lambda outcome: reverse("publication", args=[outcome.result["publication"]]),
        "list.enter_by_law": lambda outcome: reverse("duty", args=[outcome.result["duty"]]),
    }
    label = label_in(procedure.labels[action], lang, action)
    page = Page(label, procedure.cites(action), back, done.get(action, back), context={"path": request.get_full_path(), "place": place})
    scene = Scene(viewer, viewer.jurisdiction, clock.now(), lang, place, params, expected)
    return act_page(request, ACT_FORMS[action], scene, page)


def _townships(directory: Directory, on: date) -> list[tuple[str, str]]:
    return [(directory.units[unit].key, directory.name_on(unit, on)) for unit in directory.townships(on)]


def _departments(directory: Directory, on: date) -> list[tuple[str, str]]:
    kept = [unit for unit in directory.units.values() if unit.kind not in ("township", "oversight") and unit.exists_on(on)]
    return [(unit.key, directory.name_on(unit.id, on)) for unit in kept]


@with_post
@never_cache
@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """公布过的版本: newest first, each for ever."""
    viewer, page = viewer_of(request), page_of(request)
    places = [place.id for place in places_of(viewer)]
    rows = list(publications_visible(viewer, places)[page * PAGE : (page + 1) * PAGE + 1])
    seats = seats_keeping(viewer, local_day(clock.now()))
    context = {
        "rows": [{"row": row, "href": reverse("publication", args=[row.id]), "list": _(LISTS[row.list_name])} for row in rows[:PAGE]],
        "keeps": bool(seats),
        "leads": "lead" in seats,
        "older": f"?page={page + 2}" if len(rows) > PAGE else "",
        "newer": "?" if page else "",
    }
    return render(request, "lists/publications.html", context)


@with_post
@never_cache
@require_safe
def publication(request: HttpRequest, number: int) -> HttpResponse:
    """一个公布版本: its number and digest, and the lists in it."""
    viewer = viewer_of(request)
    row = publication_visible(viewer, [place.id for place in places_of(viewer)], number)
    context = {
        "row": row,
        "list": _(LISTS[row.list_name]),
        "lists": [{"line": line, "href": reverse("published_list", args=[line.digest])} for line in lists_of_publication(viewer, row)],
    }
    return render(request, "lists/publication.html", context)


@with_post
@never_cache
@require_safe
def published_list(request: HttpRequest, digest: str) -> HttpResponse:
    """公布的清单: as it was published, whatever has changed since; ``?as=json`` gives the very content that the digest covers."""
    viewer = viewer_of(request)
    content = published_content(viewer, [place.id for place in places_of(viewer)], digest)
    if request.GET.get("as") == "json":
        response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")})
        response["ETag"] = f'"{digest}"'
        return response
    rows = [
        {
            **row,
            "section": _(SECTIONS[row["section"]]),
            "mode": _(MODES[row["mode"]]) if row["mode"] in MODES else "",
            "said": [{"label": _(COLUMNS[name]), "text": row["columns"][name]} for name in COLUMNS if row["columns"].get(name)],
        }
        for row in content["rows"]
    ]
    context = {"content": content, "rows": rows, "list": _(LISTS[content["list"]]), "digest": digest}
    return render(request, "lists/published_list.html", context)
