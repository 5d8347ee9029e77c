"""页面: a draft of the next edition: begun, changed part by part, checked, published (preamble, Article 11)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import label_in, newest_procedure
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language
from dutygate.features.editions.actions.draft import content_of
from dutygate.features.editions.actions.publish import checked
from dutygate.features.editions.checking import ask_check
from dutygate.features.editions.forms.drafting import part_forms
from dutygate.features.editions.queries import check_under_way, draft_visible, leads
from dutygate.features.editions.shelf import DRAFT
from dutygate.features.editions.words import problem_in_words
from dutygate.law.procedure.fitness import Problem
from dutygate.law.rules import Finding


def viewer_of(request: HttpRequest) -> ActingPost:
    """Who reads; ``with_post`` has seen to it that there is somebody."""
    viewer = acting_post_of(request)
    assert viewer is not None
    return viewer


def only_lead(viewer: ActingPost, action: str) -> None:
    """Raises NotAllowed for everybody but the lead, in the words of the procedure."""
    if not leads(viewer, local_day(clock.now())):
        procedure = newest_procedure()
        raise NotAllowed([Finding("not_your_role", procedure.cites(action), {"action": action, "by": ["lead"]})])


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: HttpRequest) -> HttpResponse:
    """起草: the next edition, from the one in force."""
    viewer = viewer_of(request)
    only_lead(viewer, "edition.draft")
    page = _page(request, "edition.draft", reverse("editions"), lambda outcome: reverse("edition_draft", args=[outcome.result["draft"]]))
    return act_page(request, ACT_FORMS["edition.draft"], Scene(viewer, viewer.jurisdiction, clock.now(), language()), page)


def _page(request: HttpRequest, action: str, back: str, done: Any, **context: Any) -> Page:
    procedure, lang = newest_procedure(), language()
    return Page(
        label=label_in(procedure.labels[action], lang, action),
        cites=procedure.cites(action),
        back=back,
        done=done,
        context={"path": request.get_full_path(), **context},
    )


@with_post
@never_cache
@require_safe
def draft(request: HttpRequest, draft: int) -> HttpResponse:
    """草案: what it rests on, how its check stands, what can be done with it."""
    viewer, today = viewer_of(request), local_day(clock.now())
    row = draft_visible(viewer, draft, today)
    own = row.jurisdiction_id == viewer.jurisdiction_id and leads(viewer, today)
    context = {
        "row": row,
        "edition": content_of(row),
        "checked": checked(row),
        "problems": [problem_in_words(Problem(**problem)) for problem in row.problems],
        "under_way": check_under_way(viewer, row),
        "parts": [(reverse("edition_draft_part", args=[row.id, name]), label) for name, _form, label in part_forms()],
        "leads": own and row.published_at is None,
        "difference": f"{reverse('edition_difference')}?old={row.based_on}&new={DRAFT}{row.id}",
        "key": f"{DRAFT}{row.id}",
    }
    return render(request, "editions/draft.html", context)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, draft: int, part: str) -> HttpResponse:
    """改草案的一部分."""
    viewer, today = viewer_of(request), local_day(clock.now())
    row = draft_visible(viewer, draft, today)
    only_lead(viewer, "edition.draft")
    found = next(((form, label) for name, form, label in part_forms() if name == part), None)
    if found is None or row.jurisdiction_id != viewer.jurisdiction_id:
        raise Http404
    form, label = found
    back = reverse("edition_draft", args=[row.id])
    if row.published_at is not None:
        messages.info(request, _("这份草案已经发布，不能再改。"))
        return HttpResponseRedirect(back)
    scene = Scene(
        viewer, viewer.jurisdiction, clock.now(), language(), content_of(row), {"draft": str(row.id), "part": part}, {"draft": row.version}
    )
    page = _page(request, "edition.draft", back, back, part_label=label, draft=row, file_key=f"{DRAFT}{row.id}")
    return act_page(request, form, scene, page)


@with_post
@require_POST
def check(request: HttpRequest, draft: int) -> HttpResponse:
    """检查草案: asked for here, done by the worker; the page can be left."""
    viewer, today = viewer_of(request), local_day(clock.now())
    row = draft_visible(viewer, draft, today)
    only_lead(viewer, "edition.check")
    if row.jurisdiction_id != viewer.jurisdiction_id or row.published_at is not None:
        raise Http404
    ask_check(viewer, row, request.POST.get("whole") == "yes", clock.now())
    messages.success(request, _("已经发起检查。可以离开这一页，做完以后结果在这里。"))
    return HttpResponseRedirect(reverse("edition_draft", args=[row.id]))


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, draft: int) -> HttpResponse:
    """发布: with number, day of issue and first day in force."""
    viewer, today = viewer_of(request), local_day(clock.now())
    row = draft_visible(viewer, draft, today)
    only_lead(viewer, "edition.publish")
    if row.jurisdiction_id != viewer.jurisdiction_id:
        raise Http404
    if row.published_at is not None:
        messages.info(request, _("这份草案已经发布，不能再改。"))
        return HttpResponseRedirect(reverse("edition", args=[row.edition]))
    scene = Scene(viewer, viewer.jurisdiction, clock.now(), language(), content_of(row), {"draft": str(row.id)}, {"draft": row.version})
    page = _page(
        request,
        "edition.publish",
        reverse("edition_draft", args=[row.id]),
        lambda outcome: reverse("edition", args=[outcome.result["edition"]]),
        draft=row,
        checked=checked(row),
    )
    return act_page(request, ACT_FORMS["edition.publish"], scene, page)
