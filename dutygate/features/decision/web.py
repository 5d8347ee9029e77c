"""页面: one document that decides several cases, for the offices of the deciding bodies."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import edition_now, label_in, newest_procedure
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language
from dutygate.features.application.queries import townships_applied_for
from dutygate.features.cases.head import line_of
from dutygate.features.decision.forms.record_set import Together, WaitingCase
from dutygate.features.decision.queries import Chair, cases_named, chairs_of, waiting_for
from dutygate.features.decision.words import body_label
from dutygate.law.rules import Finding

ACTION: Final = "decision.record_set"
MOST: Final = 100
"""Cases on one page: with their fields they stay below what one form may send."""


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision_set(request: HttpRequest) -> HttpResponse:
    """一文多卷登记决定."""
    viewer = acting_post_of(request)
    assert viewer is not None
    moment, lang, procedure = clock.now(), language(), newest_procedure()
    chairs = chairs_of(viewer, local_day(moment))
    if not chairs:
        by = sorted(procedure.roles_of(ACTION))
        raise NotAllowed([Finding("not_your_role", procedure.cites(ACTION), {"action": ACTION, "by": by})])
    asked = (request.GET.get("place", ""), request.GET.get("body", ""))
    chair = next((c for c in chairs if (c.code, c.body) == asked), chairs[0])
    cases, more = _before(request, viewer, chair, local_day(moment), lang)
    place = Together(chair.body, cases, more)
    scene = Scene(viewer, chair.code, moment, lang, place=place, params={"body": chair.body}, expected={})
    page = Page(
        label=label_in(procedure.labels[ACTION], lang, ACTION),
        cites=procedure.cites(ACTION),
        back=reverse("home"),
        done=reverse("home"),
        can=bool(cases),
        context={"path": request.get_full_path(), "chairs": [_chair(one, one == chair, lang) for one in chairs]},
    )
    return act_page(request, ACT_FORMS[ACTION], scene, page)


def _before(request: HttpRequest, viewer: ActingPost, chair: Chair, on: date, lang: str) -> tuple[list[WaitingCase], bool]:
    """What waits for the body, the oldest first, and what was ticked and waits no longer: what was typed beside it stays."""
    waiting = waiting_for(viewer, chair, MOST + 1)
    rows = waiting[:MOST]
    ticked = {name.removeprefix("tick_")[:40] for name in request.POST if name.startswith("tick_")} - {row.number for row in rows}
    rows += cases_named(viewer, chair, sorted(ticked)[:MOST]) if ticked else []
    scopes = townships_applied_for(viewer, rows)
    directory = chair.directory
    cases = [
        WaitingCase(
            line_of(row, directory, on, lang),
            row.edition_digest,
            [(directory.unit(unit).key, directory.name_on(unit, on)) for unit in directory.townships(on) if unit in scopes[row.id]],
        )
        for row in rows
    ]
    return cases, len(waiting) > MOST


def _chair(chair: Chair, current: bool, lang: str) -> dict[str, Any]:
    """A body for which the unit records, as a link."""
    query = urlencode({"place": chair.code, "body": chair.body})
    return {
        "label": body_label(edition_now(), chair.body, lang),
        "place": chair.directory.jurisdiction.name,
        "href": f"{reverse('decision_set')}?{query}",
        "current": current,
    }
