"""页面: the list of cases, one case with its tabs, and the page on which an action on it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ACT_FORMS, ActForm, Scene
from dutygate.base.actions.naming import directory_for, label_in, newest_procedure
from dutygate.base.actions.now import Step
from dutygate.base.actions.saying import all_said
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.organizations.typed import MARK
from dutygate.base.ui.language import language
from dutygate.features.cases.acts import DONE_AT, TABS, CaseScene, case_scene, scene_of
from dutygate.features.cases.head import case_head, lines_of
from dutygate.features.cases.kinds import KINDS, action_in, kind_label
from dutygate.features.cases.paper_scene import paper_expected, unit_for
from dutygate.features.cases.showing import Filters, page_of_cases
from dutygate.law.rules import Finding

PAGE: Final = 30
PARAMS: Final = ("for", "township", "seat", "target", "field", "correction", "department", "prepared")
"""What an address may say besides case and action: which township, which record."""


@with_post
@never_cache
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """办件列表: newest first, narrowed by state, track and words."""
    viewer = acting_post_of(request)
    assert viewer is not None
    lang, today, procedure = language(), local_day(clock.now()), newest_procedure()
    filters = Filters(*(request.GET.get(name, "").strip()[:100] for name in ("state", "track", "q", "kind")))
    before = request.GET.get("before", "")
    rows = page_of_cases(viewer, filters, PAGE + 1, int(before) if before.isdecimal() and len(before) < 19 else None)
    directories = {place: directory_for(place) for place in {row.jurisdiction_id for row in rows}}
    kept = {name: value for name, value in _narrowed(filters) if value}
    context = {
        "lines": lines_of(viewer, rows[:PAGE], directories, today, lang),
        "filters": filters,
        "states": [(name, label_in(state.label, lang, name)) for name, state in procedure.states.items()],
        "kinds": [(name, kind_label(procedure, name, lang)) for name in KINDS],
        "older": f"?{urlencode({**kept, 'before': rows[PAGE - 1].id})}" if len(rows) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if before else "",
        "may_open": viewer.unit_kind == "department" and viewer.kind in ("handler", "signatory"),
    }
    return render(request, "cases/list.html", context)


def _narrowed(filters: Filters) -> Iterable[tuple[str, str]]:
    return (("kind", filters.kind), ("state", filters.state), ("track", filters.track), ("q", filters.q))


@with_post
@never_cache
@require_safe
def case_page(request: HttpRequest, number: str, tab: str = "") -> HttpResponse:
    """办件: head, steps, what can be done now and by whom, and one tab."""
    viewer = acting_post_of(request)
    assert viewer is not None
    found = case_scene(viewer, number, clock.now(), language())
    shown = [one for one in sorted(TABS.values(), key=lambda t: t.order) if one.shown(found)]
    chosen = next((one for one in shown if one.name == (tab or shown[0].name)), None)
    if chosen is None:
        raise Http404
    tabs = [
        {
            "label": one.called(found) or _(one.label),
            "href": reverse("case_tab", args=[number, one.name]),
            "current": one is chosen,
            "cites": one.cites,
        }
        for one in shown
    ]
    context = {
        **case_head(found),
        "tabs": tabs,
        "tab": chosen,
        "tab_label": chosen.called(found) or _(chosen.label),
        **chosen.context(found),
    }
    return render(request, "cases/case.html", context)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """新建: the first of four steps; afterwards the case exists and its application goes on."""
    viewer = acting_post_of(request)
    assert viewer is not None
    lang, procedure = language(), newest_procedure()
    allowed = viewer.unit_kind == "department" and viewer.kind in ("handler", "signatory")
    if not allowed:
        refused = Finding("not_your_role", procedure.cites("case.open"), {"action": "case.open", "by": ["department"]})
        raise NotAllowed([refused])
    given: dict[str, str] = {}
    if request.method == "POST" and MARK not in request.POST:  # another page sends what it knows already: a form to be filled in
        given, request.method = {"title": request.POST.get("title", "").strip()[:200]}, "GET"
    page = Page(
        label=label_in(procedure.labels["case.open"], lang, "case.open"),
        cites=procedure.cites("case.open"),
        back=reverse("cases"),
        done=lambda outcome: reverse("case_write", args=[outcome.result["number"], "townships"]),
        context={"path": request.get_full_path()},
    )
    return act_page(request, ACT_FORMS["case.open"], Scene(viewer, viewer.jurisdiction, clock.now(), lang, given), page)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """办理: the form of one action on a case."""
    viewer = acting_post_of(request)
    assert viewer is not None
    found = case_scene(viewer, number, clock.now(), language())
    form_class, step = ACT_FORMS.get(action), found.step(action)
    if form_class is None or step is None:
        raise Http404
    if form_class.own_page:
        route, *more = form_class.own_page
        return HttpResponseRedirect(reverse(route, args=[number, *more]), preserve_request=True)
    params = {name: request.GET[name][:200] for name in PARAMS if request.GET.get(name)}
    return act_on(request, found, form_class, step, params)


def act_on(
    request: HttpRequest,
    found: CaseScene,
    form_class: type[ActForm],
    step: Step,
    params: dict[str, str],
    *,
    done: Callable[[Any], str] | None = None,
    context: Mapping[str, Any] = MappingProxyType({}),
) -> HttpResponse:
    """办理页 of one action on a case that was opened; ``done`` says where to go afterwards, if not back to the case."""
    number, action = found.case.number, step.action
    scene = scene_of(found, step, params)
    named = unit_for(found, params["for"]) if "for" in params else None
    if "for" in params and named is None:
        raise Http404  # a mistyped unit must not turn another unit's paper into one's own act
    unit = named if step.on_paper else None
    if unit is not None:
        scene = replace(scene, expected=paper_expected(found, action, unit))
    can = step.status in ("open", "blocked", "depends") or unit is not None
    back = reverse("case_tab", args=[number, DONE_AT[action]]) if action in DONE_AT else reverse("case", args=[number])
    page = Page(
        label=action_in(found.now.procedure, action, found.case.kind, found.lang),
        cites=step.cites,
        back=back,
        done=done or back,
        can=can,
        blocked=[] if unit is not None else all_said(step.findings, found.lang),
        context={**_around(found), "path": request.get_full_path(), "why_not": None if can else step.status, **context},
    )
    response = act_page(request, form_class, scene, page)
    chooses = step.on_paper and "for" not in params  # another unit's act, and the page asks for which one it is entered
    if request.method != "POST" and not can and not chooses:
        response.status_code = 409 if step.status == "not_now" else 403
    return response


def _around(found: CaseScene) -> dict[str, Any]:
    """The case above the form."""
    return case_head(found)
