"""页面: one letter that answers several cases, for a township (Article 4.1)."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import label_in, newest_procedure
from dutygate.base.actions.now import own_tasks
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language
from dutygate.features.application.forms.replying_set import AskedCase
from dutygate.features.cases.showing import titles_of
from dutygate.law.rules import Finding

ACTION: Final = "consultation.reply_set"
MOST: Final = 60
"""Cases on one page, the most urgent ones."""


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply_set(request: HttpRequest) -> HttpResponse:
    """一函多复: every case that waits for the township's answer."""
    viewer = acting_post_of(request)
    assert viewer is not None
    lang, procedure = language(), newest_procedure()
    if viewer.unit_kind != "township" or viewer.kind not in ("handler", "signatory"):
        raise NotAllowed([Finding("not_your_role", procedure.cites(ACTION), {"action": ACTION, "by": ["township"]})])
    numbers = [task.subject for task in own_tasks(viewer, MOST, only=("consultation.reply",))]
    numbers += [name.removeprefix("answer_")[:40] for name in request.POST if name.startswith("answer_")]
    titles = titles_of(viewer, numbers)
    cases = [AskedCase(number, titles[number], reverse("case", args=[number])) for number in dict.fromkeys(numbers) if number in titles]
    scene = Scene(viewer, viewer.jurisdiction, clock.now(), lang, place=cases, expected={})
    page = Page(
        label=label_in(procedure.labels[ACTION], lang, ACTION),
        cites=procedure.cites(ACTION),
        back=reverse("home"),
        done=reverse("home"),
        can=bool(cases),
        context={"path": request.get_full_path()},
    )
    return act_page(request, ACT_FORMS[ACTION], scene, page)
