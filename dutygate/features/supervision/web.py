"""页面: reports, one report, what is done with it, its files, mandates, the confidential chain (Articles 7, 8).

Words about a report stand in no address: what another page knows comes by POST (or, where it must, by GET: ``PREFILLED``).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.facing import viewer_of
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import label_in, named
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.documents.download import as_download
from dutygate.base.documents.refusal import FileDamaged
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.base.organizations.queries import public_names_of
from dutygate.base.organizations.sessions import with_post
from dutygate.base.organizations.typed import MARK
from dutygate.base.ui.language import language
from dutygate.features.supervision.beside import beside
from dutygate.features.supervision.keeping import hand_out
from dutygate.features.supervision.queries import (
    Here,
    confidential_head,
    entries_of_report,
    here_in_office,
    mandates,
    report_seen,
    reports_page,
)
from dutygate.features.supervision.showing import ON_A_REPORT, Place, line_of, steps_of, whole
from dutygate.features.supervision.standing import BODIES
from dutygate.law.rules import Finding

PAGE: Final = 30
PREFILLED: Final = ("title", "text", "source", "paper_on", "unit")
MINE: Final = ("open", "depends")


def _reader(request: HttpRequest) -> tuple[ActingPost, Here]:
    """Who reads, in which office. Raises NotAllowed for administrators, who have no part in it."""
    viewer = viewer_of(request)
    return viewer, here_in_office(viewer, local_day(clock.now()))


@with_post
@never_cache
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """线索: those that the viewer may see, newest first."""
    viewer, place = _reader(request)
    rows = reports_page(viewer, place, PAGE + 1, request.GET.get("before", "")[:40])
    context = {
        "lines": [line_of(place, row, language()) for row in rows[:PAGE]],
        "older": f"?before={rows[PAGE - 1].public_id}" if len(rows) > PAGE else "",
        "newer": "?" if request.GET.get("before") else "",
        "examines": place.post.examines,
        "oversight": place.post.is_oversight,
        "may_mandate": _may_mandate(place),
    }
    return render(request, "supervision/reports.html", context)


@with_post
@never_cache
@require_safe
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """一条线索: what the viewer's side may know of it, and what she can do now."""
    viewer, place = _reader(request)
    seen = report_seen(viewer, place, public_id)
    lang = language()
    steps = [step for step in steps_of(viewer, place, public_id, clock.now()) if step.status in ("open", "blocked")]
    context = {
        "report": whole(place, seen, lang),
        "steps": [
            {
                "label": label_in(step.label, lang, step.action),
                "cites": step.cites,
                "href": reverse("report_act", args=[public_id, step.action]),
                "main": step.action == seen.action and seen.waits,
            }
            for step in steps
        ],
        "entries": _entries(viewer, place, public_id, lang),
        "beside": beside(viewer, place, seen),
        "prepares": seen.side == "body" and bool(seen.shown.get("matter")) and viewer.unit_kind == "department",
    }
    return render(request, "supervision/report.html", context)


def _entries(viewer: ActingPost, place: Here, public_id: str, lang: str) -> list[dict[str, Any]]:
    rows = entries_of_report(viewer, place, public_id)
    people = public_names_of(row.user_id for row in rows if row.user_id is not None)
    return [
        {
            "seq": row.seq,
            "at": row.recorded_at,
            "label": label_in(place.procedure.labels.get(row.action), lang, row.action),
            "unit": (named(place.directory, row.unit_id, place.on) or {}).get("name", ""),
            "person": people.get(row.user_id or 0, ""),
            "refused": row.outcome == "refused",
            "hash": row.hash,
        }
        for row in rows
    ]


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_report(request: HttpRequest) -> HttpResponse:
    """反映线索. A form of another page may be sent here with what it knows: title, text, source, paper_on, unit."""
    viewer, place = _reader(request)
    given: dict[str, Any] = {}
    if request.method == "POST" and MARK not in request.POST:
        given = _prefilled(place, request.POST)
        request.method = "GET"
    elif request.method != "POST":
        given = _prefilled(place, request.GET)
    return _act(
        request,
        viewer,
        Place(place, None, given),
        "supervision.report",
        viewer.jurisdiction,
        None,
        lambda outcome: reverse("report", args=[outcome.result["report"]]),
        reverse("reports"),
    )


def _prefilled(place: Here, said: Any) -> dict[str, Any]:
    given = {name: said[name].strip()[:4000] for name in PREFILLED if said.get(name)}
    unit = given.pop("unit", "")
    with suppress(UnknownUnit):
        given |= {"body": place.directory.resolve(unit).key} if unit else {}
    try:
        given |= {"paper_on": date.fromisoformat(given["paper_on"])} if "paper_on" in given else {}
    except ValueError:
        del given["paper_on"]
    return given


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    """办理 one step of a report."""
    viewer, place = _reader(request)
    seen = report_seen(viewer, place, public_id)
    step = next((one for one in steps_of(viewer, place, public_id, clock.now()) if one.action == action), None)
    if action not in ON_A_REPORT or step is None or step.status == "not_yours":
        raise Http404
    where = reverse("report", args=[public_id])
    about = Place(place, whole(place, seen, language()))
    response = _act(request, viewer, about, action, public_id, step, where, where)
    if request.method != "POST" and step.status == "not_now":
        response.status_code = 409
    return response


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mandate(request: HttpRequest) -> HttpResponse:
    """授权牵头单位查处, by the oversight body and the banner's bodies; the lead reads what was given."""
    viewer, place = _reader(request)
    if not _may_mandate(place):
        raise NotFound([Finding("not_found", "8", {"subject": "mandate"})])
    where = reverse("report_mandates")
    return _act(request, viewer, Place(place), "supervision.mandate", viewer.jurisdiction, None, where, where)


@with_post
@never_cache
@require_safe
def mandates_page(request: HttpRequest) -> HttpResponse:
    """授权: those given so far."""
    viewer, place = _reader(request)
    if not (place.post.examines or _may_mandate(place)):
        raise NotFound([Finding("not_found", "8", {"subject": "mandates"})])
    rows = [
        {"row": row, "unit": (named(place.directory, row.given_by_id, place.on) or {}).get("name", "")} for row in mandates(viewer, place)
    ]
    return render(request, "supervision/mandates.html", {"lines": rows, "may_mandate": _may_mandate(place)})


@with_post
@never_cache
@require_safe
def chain(request: HttpRequest) -> HttpResponse:
    """保密链: its head, for the oversight bodies alone."""
    viewer, place = _reader(request)
    head = confidential_head(viewer, place)
    if not place.post.is_oversight:
        raise NotFound([Finding("not_found", "8", {"subject": "chain"})])
    return render(request, "supervision/chain.html", {"head": head, "moment": clock.now()})


@with_post
@never_cache
@require_safe
def file(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """附件: the bytes, under a name that says nothing."""
    viewer, place = _reader(request)
    try:
        return as_download(hand_out(viewer, place, public_id, number))
    except FileDamaged:
        return render(request, "documents/damaged.html", {"digest": ""}, status=500)


def _may_mandate(place: Here) -> bool:
    return place.post.is_oversight or bool(place.post.seats & set(BODIES))


def _act(
    request: HttpRequest, viewer: ActingPost, about: Place, action: str, subject: str, step: Any, done: Any, back: str
) -> HttpResponse:
    lang, procedure = language(), about.here.procedure
    page = Page(
        label=label_in(procedure.labels[action], lang, action),
        cites=procedure.cites(action),
        back=back,
        done=done,
        can=step is None or step.status != "not_now",
        context={"path": request.path, "why_not": None if step is None or step.status != "not_now" else step.status},
    )
    expected = step.expected if step is not None else None
    return act_page(request, ACT_FORMS[action], Scene(viewer, subject, clock.now(), lang, about, expected=expected), page)
