"""页面: several receipts given at once from the desk (Article 4.4). Each is an act and an entry of its own."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dutygate.base.actions.now import own_tasks
from dutygate.base.actions.perform import perform
from dutygate.base.actions.saying import all_said
from dutygate.base.catalogue.errors import NotDone
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language

RECEIPTS: Final = ("notice.acknowledge", "duty.acknowledge_end")
EXPECTED: Final[dict[str, dict[str, int]]] = {"notice.acknowledge": {"receipt": 0}, "duty.acknowledge_end": {}}
"""What each is based on: a receipt that somebody of the unit has given meanwhile is not given again."""
MOST: Final = 100
"""Receipts in one go; the desk shows fewer on one page."""


@with_post
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """多件一起签收: those that were ticked and are still owed; what could not be done is said, and stays on the desk."""
    viewer = acting_post_of(request)
    assert viewer is not None
    back = HttpResponseRedirect(reverse("desk_part", args=["receipts"]))
    if request.POST.get("post") != str(viewer.post_id):
        messages.error(request, _("您在另一个窗口换了身份，没有签收。请核对身份以后再签收。"))
        return back
    chosen = list(dict.fromkeys(request.POST.getlist("sign")))[:MOST]
    if not chosen:
        messages.error(request, _("没有勾选要签收的文件。"))
        return back
    owed = {f"{task.action} {task.subject}": task for task in own_tasks(viewer, 10_000, only=RECEIPTS)}
    done, not_done = [], []
    for name in chosen:
        task = owed.get(name)
        if task is None:
            not_done.append((name.rpartition(" ")[2], _("已经签收过，或者不用签收。")))
            continue
        try:
            outcome = perform(viewer, task.action, task.subject, {}, expected=EXPECTED[task.action], via="page")
        except NotDone as error:
            not_done.append((task.subject, _why(error)))
        else:
            done.append((task.subject, outcome.entry))
    if done:
        what = _("、").join(f"{subject}（{entry}）" for subject, entry in done)
        messages.success(request, _("已签收 %(count)s 件：%(what)s。") % {"count": len(done), "what": what})
    for subject, why in not_done:
        messages.error(request, _("%(subject)s 没有签收：%(why)s") % {"subject": subject, "why": why})
    return back


def _why(error: NotDone) -> Any:
    said = all_said(error.findings, language())
    return said[0].message if said else _("请打开这一件再办。")
