"""页面: writing an application step by step, and the check before it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dutygate.base.actions import clock
from dutygate.base.actions.forms import ACT_FORMS, ActForm
from dutygate.base.actions.naming import label_in
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language
from dutygate.features.application.checks import checks_of
from dutygate.features.application.forms.lapsing import ITEMS_FORMS
from dutygate.features.application.forms.scope import TownshipsForm
from dutygate.features.application.paper import returned_for
from dutygate.features.application.parties import applies_for_itself
from dutygate.features.application.similar import similar_shown
from dutygate.features.cases.acts import CaseScene, case_scene
from dutygate.features.cases.head import act_href, case_head
from dutygate.features.cases.web import act_on

STEPS: Final = {"townships": (2, "items"), "items": (3, "check")}
"""Step of writing -> (its place, the step after it)."""
NEXT: Final = ("consultation.request", "consultation.ask_again", "consultation.conclude", "application.submit")


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """编写申请: which townships, the items, the check; the same pages as long as the application can be changed."""
    viewer = acting_post_of(request)
    assert viewer is not None
    found = case_scene(viewer, number, clock.now(), language())
    if step == "check":
        return _check(request, found)
    edit = found.step("application.edit")
    if step not in STEPS or edit is None:
        raise Http404
    at, after = STEPS[step]
    kind = found.case.kind
    form_class: type[ActForm] = TownshipsForm if step == "townships" else ITEMS_FORMS[kind]
    if step == "townships" and applies_for_itself(found):
        raise Http404  # a township asks for its own list: there is nothing to choose
    params = {"step": step} if step == "townships" else {}
    context = {
        "at": at,
        "number": number,
        "heading": _("哪些乡镇") if step == "townships" else _("申请内容"),
        "returned": returned_for(found),
        "open_declared": request.GET.get("open") == "declared",
    }
    return act_on(request, found, form_class, edit, params, done=_done(request, number, after), context=context)


def _done(request: HttpRequest, number: str, after: str) -> Callable[[Any], str]:
    """On to the next step, or here again."""
    stay = request.POST.get("_intent") == "stay"
    return lambda _outcome: request.get_full_path() if stay else reverse("case_write", args=[number, after])


def _check(request: HttpRequest, found: CaseScene) -> HttpResponse:
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    steps = [step for name in NEXT if (step := found.step(name)) is not None and name in ACT_FORMS]
    offers = [
        {"label": label_in(step.label, found.lang, step.action), "href": act_href(found.case.number, step.action), "cites": step.cites}
        for step in steps
        if step.status == "open"
    ]
    edit = found.step("application.edit")
    may_edit = edit is not None and edit.status in ("open", "blocked")
    context = {
        **case_head(found),
        "number": found.case.number,
        "offers": offers,
        "may_edit": may_edit,
        "returned": returned_for(found),
        **checks_of(found),
        "similar": similar_shown(found),
    }
    return render(request, "application/check.html", context)
