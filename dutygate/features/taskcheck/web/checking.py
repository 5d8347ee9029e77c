"""页面: one box, one date, one button; two answers; what was kept."""

from __future__ import annotations

import secrets
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for, edition_now
from dutygate.base.actions.perform import perform
from dutygate.base.actions.saying import all_said
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import Refused
from dutygate.base.documents.reading import text_of_file
from dutygate.base.documents.refusal import FileNotAccepted
from dutygate.base.organizations.sessions import with_post
from dutygate.base.ui.language import language
from dutygate.features.lists.queries import titles_of_duties
from dutygate.features.taskcheck.checking import Checked, checked, townships_offered
from dutygate.features.taskcheck.forms import MOST, CheckForm
from dutygate.features.taskcheck.queries import check_visible, checks_visible, keeps_deployments, may_keep
from dutygate.features.taskcheck.shown import as_kept, kept_shown
from dutygate.features.taskcheck.steps import steps_for
from dutygate.features.taskcheck.web import page_of, refuse, viewer_of

PAGE: Final = 30
WRONG: Final = 422


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """任务核对. A POST answers and writes nothing."""
    viewer = viewer_of(request)
    today = local_day(clock.now())
    townships = townships_offered(viewer, today)
    if request.method != "POST":
        return render(request, "taskcheck/check.html", _around(viewer, CheckForm(None, None, today=today, townships=townships)))
    form = CheckForm(request.POST, request.FILES, today=today, townships=townships)
    found, said = _answered(viewer, form)
    context = _around(viewer, form) | {"said": said}
    if found is None:
        return render(request, "taskcheck/check.html", context, status=WRONG)
    return _answer(request, viewer, found, context)


def _around(viewer: ActingPost, form: CheckForm) -> dict[str, Any]:
    return {"form": form, "keeps": may_keep(viewer), "registers": keeps_deployments(viewer), "said": {}}


def _answered(viewer: ActingPost, form: CheckForm) -> tuple[Checked | None, dict[str, list[Any]]]:
    """The answer, or what is wrong at which field."""
    if not form.is_valid():
        return None, {}
    data = form.cleaned_data
    text, brought = str(data["text"]), data.get("file")
    if brought is not None:
        try:
            read = text_of_file(brought)
        except FileNotAccepted as refused:
            return None, {"file": all_said(refused.findings, language())}
        text = f"{text}\n{read}".strip()[:MOST]
    if not text:
        form.add_error("text", _("请写任务的标题或者内容，或者选一个文件。"))
        return None, {}
    if data["paper_on"] > local_day(clock.now()):
        form.add_error("paper_on", _("来文日期还没有到。"))
        return None, {}
    return checked(viewer, text, data["paper_on"], sender=data["sender"], township=data.get("township") or ""), {}


def _answer(request: HttpRequest, viewer: ActingPost, found: Checked, context: dict[str, Any], status: int = 200) -> HttpResponse:
    asked = found.answer.asked
    more = {
        "answer": found.as_plain(language()),
        "text": asked.text,
        "steps": steps_for(viewer, found.directory, found.answer),
        "township_key": found.directory.unit(asked.township).key if asked.township is not None else "",
        "key": secrets.token_urlsafe(18),
    }
    return render(request, "taskcheck/answer.html", context | more, status=status)


@with_post
@never_cache
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """留存: the same question is answered once more, and that answer is kept."""
    viewer = viewer_of(request)
    if not may_keep(viewer):
        raise refuse("taskcheck.keep", ["department", "township"])
    today = local_day(clock.now())
    form = CheckForm(request.POST, None, today=today, townships=townships_offered(viewer, today))
    found, said = _answered(viewer, form)
    if found is None:
        return render(request, "taskcheck/check.html", _around(viewer, form) | {"said": said}, status=WRONG)
    note = request.POST.get("note", "").strip()[:300]
    payload = as_kept(found.answer, found.directory) | ({"note": note} if note else {})
    try:
        outcome = perform(
            viewer, "taskcheck.keep", found.directory.jurisdiction.code, payload, key=request.POST.get("_key") or None, via="page"
        )
    except Refused as refused:
        return _answer(request, viewer, found, _around(viewer, form) | {"refused": all_said(refused.findings, language())}, WRONG)
    messages.success(request, _("已办：%(what)s。登记号 %(entry)s。") % {"what": _("留存核对结果"), "entry": outcome.entry})
    return HttpResponseRedirect(reverse("task_kept", args=[outcome.result["check"]]))


@with_post
@never_cache
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """留存的核对结果, newest first."""
    viewer, page = viewer_of(request), page_of(request)
    rows = list(checks_visible(viewer).select_related("deployment")[page * PAGE : (page + 1) * PAGE + 1])
    context = {
        "rows": _rows(viewer, rows[:PAGE]),
        "everybody": keeps_deployments(viewer),
        "older": f"?page={page + 2}" if len(rows) > PAGE else "",
        "newer": ("?" if page == 1 else f"?page={page}") if page else "",
    }
    return render(request, "taskcheck/kept.html", context)


@with_post
@never_cache
@require_safe
def kept_one(request: HttpRequest, number: int) -> HttpResponse:
    """One of them, as it was answered then."""
    viewer = viewer_of(request)
    row = check_visible(viewer, number)
    return render(request, "taskcheck/kept_one.html", {"row": _rows(viewer, [row])[0]})


def _rows(viewer: ActingPost, rows: list[Any]) -> list[dict[str, Any]]:
    titles = titles_of_duties(viewer, {code for row in rows for code in (row.entry, *row.alike) if code})
    directory, edition, lang = directory_for(viewer.jurisdiction_id), edition_now(), language()
    return [kept_shown(row, directory, edition, titles, lang) for row in rows]
