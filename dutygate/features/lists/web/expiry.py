"""页面: the notice of a term's end, and its receipt (Article 4.4)."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import directory_for, label_in, newest_procedure
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language
from dutygate.features.lists.ending import ending_of
from dutygate.features.lists.queries import duty_by_code
from dutygate.law.rules import Finding

ACTIONS: Final = {"duty.notify_end": "lead", "duty.acknowledge_end": "notified"}


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """One action on a duty whose term is over. 404 for what does not exist here, 403 for whose it is not."""
    viewer = acting_post_of(request)
    assert viewer is not None
    if action not in ACTIONS:
        raise Http404
    moment, lang, procedure = clock.now(), language(), newest_procedure()
    duty, today = duty_by_code(viewer, code), local_day(moment)
    found = ending_of(viewer, duty, directory_for(duty.jurisdiction_id), today)
    if found is None:
        raise Http404
    if not (found.leads if action == "duty.notify_end" else found.mine or request.method == "POST"):
        raise NotAllowed([Finding("not_your_role", procedure.cites(action), {"action": action, "by": [ACTIONS[action]]})])
    where = reverse("duty", args=[code])
    page = Page(
        label=label_in(procedure.labels[action], lang, action),
        cites=procedure.cites(action),
        back=where,
        done=where,
        context={"path": request.get_full_path()},
    )
    return act_page(request, ACT_FORMS[action], Scene(viewer, code, moment, lang, found), page)
