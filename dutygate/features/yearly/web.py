"""页面: 年度回看: what is still to be looked at, a page at a time, and what was found this year with the way to the prepared form."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import label_in, newest_procedure
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language
from dutygate.features.cases.sections import directory_now
from dutygate.features.support.queries import lights_of_duties
from dutygate.features.yearly.forms import OUTCOMES
from dutygate.features.yearly.queries import found_in, looks_at_all, takes_part, to_look_at
from dutygate.law.rules import Finding

ACTION: Final = "duty.review"
AT_ONCE: Final = 50
SHOWN: Final = 200
ROUTES: Final = {"adjust": "adjustment_new", "exit": "exit_new"}


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def yearly(request: HttpRequest) -> HttpResponse:
    """年度回看 of this year."""
    viewer = acting_post_of(request)
    assert viewer is not None
    moment, lang, procedure = clock.now(), language(), newest_procedure()
    today = local_day(moment)
    if not takes_part(viewer, today):
        raise NotAllowed([Finding("not_your_role", procedure.cites(ACTION), {"action": ACTION, "by": ["lead", "department"]})])
    everything, directory = looks_at_all(viewer, today), directory_now(viewer)
    year = today.year
    found = to_look_at(viewer, year, today, limit=AT_ONCE + 1)
    bad = lights_of_duties(viewer, [duty.id for duty in found], today)
    lines = [
        {
            "key": str(duty.id),
            "code": duty.code,
            "title": duty.title,
            "temporary": duty.track == "temporary",
            "lead": "" if duty.lead is None or duty.lead not in directory.units else directory.name_on(duty.lead, today),
            "townships": duty.townships,
            "href": reverse("duty", args=[duty.code]),
            "bad": bad.get(duty.id, 0),
        }
        for duty in found[:AT_ONCE]
    ]
    scene = Scene(viewer, viewer.jurisdiction, moment, lang, {"year": year, "lines": lines}, params={"year": str(year)})
    context = {
        "path": request.get_full_path(),
        "year": year,
        "lines": lines,
        "more": len(found) > AT_ONCE,
        "everything": everything,
        "findings": _findings(viewer, year, today),
    }
    label = label_in(procedure.labels[ACTION], lang, ACTION)
    page = Page(label=label, cites=procedure.cites(ACTION), back="/", done=reverse("yearly"), can=bool(lines), context=context)
    return act_page(request, ACT_FORMS[ACTION], scene, page)


def _findings(viewer: ActingPost, year: int, today: Any) -> list[dict[str, Any]]:
    """What was found this year; what needs something leads to the form of its case, where the reason stands already."""
    words = dict(OUTCOMES)
    directory = directory_now(viewer)
    return [
        {
            "code": row.duty.code,
            "title": row.duty.title,
            "href": reverse("duty", args=[row.duty.code]),
            "outcome": str(words[row.outcome]),
            "needs": row.outcome != "keep",
            "reason": row.reason,
            "unit": directory.name_on(row.unit_id, today),
            "at": row.looked_at,
            "act": reverse(ROUTES[row.outcome], args=[row.duty.code])
            if row.outcome in ROUTES and row.duty.lead_unit_id == viewer.unit_id
            else "",
        }
        for row in found_in(viewer, year, today, SHOWN)
    ]
