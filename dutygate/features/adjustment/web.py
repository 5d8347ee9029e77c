"""页面: asking that a duty on the lists be changed, from the duty's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.features.adjustment.forms import AskForAdjustmentForm
from dutygate.features.lists.asking import asking_page


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_adjustment(request: HttpRequest, code: str) -> HttpResponse:
    """申请调整: why; afterwards the case exists with the duty's text, and a department chooses its townships first."""
    viewer = acting_post_of(request)
    step = "items" if viewer is not None and viewer.unit_kind == "township" else "townships"
    return asking_page(
        request,
        code,
        AskForAdjustmentForm,
        label=_("申请调整"),
        cites="4.5",
        done=lambda outcome: reverse("case_write", args=[outcome.result["number"], step]),
    )
