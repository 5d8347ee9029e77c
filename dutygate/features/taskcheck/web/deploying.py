"""页面: uniform deployments of the banner, one of them, registering and withdrawing."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
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
from dutygate.base.organizations.sessions import with_post
from dutygate.base.ui.language import language
from dutygate.features.taskcheck.queries import deployment_visible, deployments_visible, keeps_deployments
from dutygate.features.taskcheck.shown import deployment_shown
from dutygate.features.taskcheck.web import page_of, refuse, viewer_of

PAGE: Final = 30


@with_post
@never_cache
@require_safe
def deployments(request: HttpRequest) -> HttpResponse:
    """统一部署, newest first."""
    viewer, page, today = viewer_of(request), page_of(request), local_day(clock.now())
    rows = list(deployments_visible(viewer)[page * PAGE : (page + 1) * PAGE + 1])
    context = {
        "rows": [deployment_shown(row, today) for row in rows[:PAGE]],
        "registers": keeps_deployments(viewer),
        "older": f"?page={page + 2}" if len(rows) > PAGE else "",
        "newer": ("?" if page == 1 else f"?page={page}") if page else "",
    }
    return render(request, "taskcheck/deployments.html", context)


@with_post
@never_cache
@require_safe
def deployment(request: HttpRequest, number: int) -> HttpResponse:
    """One of them."""
    viewer = viewer_of(request)
    row = deployment_visible(viewer, number)
    own = row.jurisdiction_id == viewer.jurisdiction_id and row.withdrawn_at is None and keeps_deployments(viewer)
    return render(request, "taskcheck/deployment.html", {"row": deployment_shown(row, local_day(clock.now())), "registers": own})


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """登记统一部署."""
    return _act(request, viewer_of(request), "deployment.register", reverse("deployments"), {})


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """撤销部署登记."""
    viewer = viewer_of(request)
    row = deployment_visible(viewer, number)
    return _act(request, viewer, "deployment.withdraw", reverse("deployment", args=[row.id]), {"deployment": str(row.id)}, row)


def _act(request: HttpRequest, viewer: ActingPost, action: str, back: str, params: dict[str, str], row: Any = None) -> HttpResponse:
    """The form, for the lead of the jurisdiction. Raises NotAllowed for everybody else."""
    if not keeps_deployments(viewer) or (row is not None and row.jurisdiction_id != viewer.jurisdiction_id):
        raise refuse(action, ["lead"])
    lang, procedure, moment = language(), newest_procedure(), clock.now()
    page = Page(
        label=label_in(procedure.labels[action], lang, action),
        cites=procedure.cites(action),
        back=back,
        done=lambda outcome: reverse("deployment", args=[outcome.result["deployment"]]) if outcome else back,
        context={"path": request.get_full_path(), "doing": action, "row": deployment_shown(row, local_day(moment)) if row else None},
    )
    return act_page(request, ACT_FORMS[action], Scene(viewer, viewer.jurisdiction, moment, lang, row, params, None), page)
