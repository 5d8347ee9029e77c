"""页面: how offices are reached by everybody; published by the lead (Article 4.5)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import label_in, newest_procedure
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language
from dutygate.features.cases.sections import directory_now
from dutygate.features.publicity.forms import ContactPlace
from dutygate.features.publicity.queries import contacts_of, keeps_contacts
from dutygate.law.rules import Finding

ACTION = "unit.publish_contact"


def _keeper(request: HttpRequest) -> ActingPost:
    """The lead. Raises NotAllowed for everybody else."""
    viewer = acting_post_of(request)
    assert viewer is not None
    if not keeps_contacts(viewer, local_day(clock.now())):
        procedure = newest_procedure()
        cites, roles = procedure.cites(ACTION), sorted(procedure.roles_of(ACTION))
        raise NotAllowed([Finding("not_your_role", cites, {"action": ACTION, "by": roles})])
    return viewer


@with_post
@never_cache
@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """对外公布的联系方式: every office, and what is published of it."""
    viewer, today = _keeper(request), local_day(clock.now())
    directory, found = directory_now(viewer), contacts_of(viewer, today)
    units = [unit for unit in directory.units.values() if unit.exists_on(today)]
    units.sort(key=lambda unit: (unit.kind == "township", unit.code_on(today), unit.key))
    rows = [
        {"name": directory.name_on(unit.id, today), "row": found.get(unit.id), "href": reverse("public_contact", args=[unit.key])}
        for unit in units
    ]
    return render(request, "publicity/contacts.html", {"rows": rows, "today": today})


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, key: str) -> HttpResponse:
    """公布联系方式 of one office."""
    viewer, today = _keeper(request), local_day(clock.now())
    directory = directory_now(viewer)
    try:
        unit = directory.by_key(key)
    except UnknownUnit:
        raise Http404 from None
    row = contacts_of(viewer, today).get(unit.id)
    now = {name: getattr(row, name) for name in ("telephone", "address", "hours")} if row else {}
    name, lang, procedure = directory.name_on(unit.id, today), language(), newest_procedure()
    place, back = ContactPlace(unit.key, name, today, now), reverse("public_contacts")
    label = f"{label_in(procedure.labels[ACTION], lang, ACTION)}{'：' if lang != 'en' else ': '}{name}"
    page = Page(label, procedure.cites(ACTION), back, back, context={"path": request.get_full_path(), "place": place})
    scene = Scene(viewer, viewer.jurisdiction, clock.now(), lang, place, {"unit": unit.key}, None)
    return act_page(request, ACT_FORMS[ACTION], scene, page)
