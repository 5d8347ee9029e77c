"""页面: asking that a duty leave the lists, from the duty's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dutygate.base.organizations.sessions import with_post
from dutygate.features.exit.forms import AskForExitForm
from dutygate.features.lists.asking import asking_page


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_exit(request: HttpRequest, code: str) -> HttpResponse:
    """申请退出: why; afterwards the case exists, with its short list to be written."""
    return asking_page(
        request,
        code,
        AskForExitForm,
        label=_("申请退出"),
        cites="4.4",
        done=lambda outcome: reverse("case_write", args=[outcome.result["number"], "items"]),
    )
