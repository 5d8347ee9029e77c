"""申请退出、申请调整: the page on which a case about a duty is opened, the same for both kinds (Articles 4.4, 4.5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ActForm, Scene
from dutygate.base.actions.naming import directory_for
from dutygate.base.catalogue.errors import NotAllowed, NotFound
from dutygate.base.organizations.sessions import acting_post_of
from dutygate.base.ui.language import language
from dutygate.features.cases.duties import duty_on
from dutygate.features.lists.offers import may_ask
from dutygate.features.lists.queries import READING_POSTS, duty_by_code
from dutygate.features.lists.shown import unit_of
from dutygate.law.rules import Finding


def asking_page(
    request: HttpRequest, code: str, form_class: type[ActForm], *, label: str, cites: str, done: Callable[[Any], str]
) -> HttpResponse:
    """The whole life of the form. Raises NotFound for a duty that the viewer may not see, NotAllowed for who has no part in it."""
    viewer = acting_post_of(request)
    assert viewer is not None
    found, today = duty_by_code(viewer, code), local_day(clock.now())
    duty = duty_on(found.jurisdiction_id, found.id, today)
    if duty is None or found.jurisdiction_id != viewer.jurisdiction_id or viewer.kind not in READING_POSTS:
        raise NotFound([Finding("not_found", "4", {"subject": code})])
    if duty.in_force and not may_ask(viewer, duty):
        raise NotAllowed([Finding("no_standing_towards_duty", "4.4")])
    directory, lang = directory_for(found.jurisdiction_id), language()
    order = {unit: place for place, unit in enumerate(directory.townships(today))}
    scene = Scene(viewer, viewer.jurisdiction, clock.now(), lang, place=duty, params={"duty": code})
    context = {
        "path": request.get_full_path(),
        "duty": duty,
        "lead": "" if duty.lead is None else unit_of(directory, duty.lead, today)["name"],
        "holders": [directory.name_on(unit, today) for unit in sorted(duty.holders, key=lambda unit: order.get(unit, len(order)))],
        "by_township": viewer.unit_kind == "township",
        "own": "" if viewer.unit_id is None else directory.name_on(viewer.unit_id, today),
    }
    page = Page(label=label, cites=cites, back=reverse("duty", args=[code]), done=done, context=context)
    return act_page(request, form_class, scene, page)
