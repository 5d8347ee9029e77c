"""页面: a file brought, mapped, shown row by row, and then entered in one action (Article 4.5); for the seats that keep the lists."""

from __future__ import annotations

from typing import Any, Final, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for
from dutygate.base.actions.saying import Said, all_said, of_field
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.documents.download import as_download
from dutygate.base.documents.refusal import FileNotAccepted
from dutygate.base.documents.storage import Opened
from dutygate.base.documents.tables import MEDIA, as_file
from dutygate.base.organizations.sessions import with_post
from dutygate.base.ui.language import language
from dutygate.features.lists.forms.imports import BringForm, LeaveOutForm, PlanForm
from dutygate.features.lists.importing import drafts
from dutygate.features.lists.importing.shown import fault_shown, line_shown, report
from dutygate.features.lists.queries.kept import draft_visible, drafts_visible, imports_visible, lines_of_draft, require_keeper
from dutygate.features.lists.web import page_of, viewer_of
from dutygate.features.lists.words import PURPOSES, STATES
from dutygate.law.rules import Finding

SHOWN: Final = 20
LINES: Final = 100
WHOLE: Final = 150_000
UNDER_WAY: Final = ("waiting", "running", "asked", "acting")


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """导入: what was brought and what came of it; and a new file."""
    viewer, now = viewer_of(request), clock.now()
    require_keeper(viewer, local_day(now))
    form = BringForm(request.POST or None, request.FILES or None)
    refused: list[Said] = []
    if request.method == "POST" and form.is_valid():
        brought = form.cleaned_data["table"]
        try:
            draft = drafts.bring(viewer, str(brought.name or ""), cast(Any, brought), now)
        except FileNotAccepted as error:
            refused = all_said(error.findings, language())
        else:
            return HttpResponseRedirect(reverse("list_import", args=[draft.id]))
    rows = drafts_visible(viewer)[:SHOWN]
    context = {
        "form": form,
        "refused": refused,
        "drafts": [{"row": row, "href": reverse("list_import", args=[row.id]), "purpose": _purpose(row)} for row in rows],
        "taken": [{"row": row, "purpose": _(PURPOSES[row.purpose]), "counts": row.counts} for row in imports_visible(viewer, SHOWN)],
    }
    return render(request, "lists/imports.html", context, status=422 if request.method == "POST" else 200)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: HttpRequest, number: int) -> HttpResponse:
    """一个文件: how it is read, what each row does, and the button that enters it."""
    viewer, now = viewer_of(request), clock.now()
    require_keeper(viewer, local_day(now))
    draft = draft_visible(viewer, number)
    intent = request.POST.get("_intent", "")
    if request.method == "POST" and intent == "read":
        return _read(request, draft)
    if request.method == "POST" and intent == "enter" and draft.state == "ready":
        return _enter(request, draft, viewer)
    if draft.state == "mapping" or request.GET.get("map") == "1":
        return _map(request, draft, None)
    return _preview(request, draft, LeaveOutForm())


def _read(request: HttpRequest, draft: Any) -> HttpResponse:
    form = _plan_form(request, draft, request.POST)
    if not form.is_valid():
        return _map(request, draft, form)
    try:
        drafts.set_plan(draft, drafts.plan_of(form.given()), form.cleaned_data["other_seat"])
    except Malformed as error:
        for path, message in error.fields:
            form.add_error(form.place_of(path), of_field(message, language()))
        return _map(request, draft, form)
    if drafts.is_small(draft):
        drafts.go_on(draft)
    return HttpResponseRedirect(reverse("list_import", args=[draft.id]))


def _plan_form(request: HttpRequest, draft: Any, data: Any) -> PlanForm:
    directory, today = directory_for(draft.jurisdiction_id), local_day(clock.now())
    townships = [(directory.units[unit].key, directory.name_on(unit, today)) for unit in directory.townships(today)]
    kept = {**draft.plan, "other_seat": draft.other_seat} if draft.plan else None
    sheet = (data or request.GET).get("sheet", "") or (draft.plan or {}).get("sheet", "")
    if kept and kept.get("sheet") != sheet:  # another sheet has other columns
        kept = {name: value for name, value in kept.items() if name not in ("columns", "heading", "sheet")}
    return PlanForm(draft.summary["sheets"], townships, today, data, kept, sheet)


def _map(request: HttpRequest, draft: Any, form: PlanForm | None) -> HttpResponse:
    bound = form is not None
    form = form or _plan_form(request, draft, None)
    context = {
        "draft": draft,
        "form": form,
        "shown": form.sheet_shown,
        "problem": _problem(draft),
        "several": len(form.sheets) > 1,
        "sheets": [{"name": one["name"], "rows": one["rows"], "href": _sheet_href(one["name"])} for one in form.sheets],
    }
    return render(request, "lists/import_map.html", context, status=422 if bound else 200)


def _sheet_href(name: str) -> str:
    return f"?{urlencode({'map': '1', 'sheet': name})}"


def _enter(request: HttpRequest, draft: Any, viewer: Any) -> HttpResponse:
    form = LeaveOutForm(request.POST)
    if not form.is_valid():
        return _preview(request, draft, form, status=422)
    left_out = form.left_out(draft.summary["wrong"])
    drafts.ask_for(draft, left_out)
    if drafts.is_small(draft):
        drafts.go_on(draft)
    if draft.state == "done":
        messages.success(request, _("已导入。登记号 %(entry)s。") % {"entry": draft.entry})
    elif draft.state in UNDER_WAY:
        messages.success(request, _("已经开始导入。可以离开这一页，做完以后结果在这里。"))
    return HttpResponseRedirect(reverse("list_import", args=[draft.id]))


def _preview(request: HttpRequest, draft: Any, form: LeaveOutForm, status: int = 200) -> HttpResponse:
    viewer, today, page = viewer_of(request), local_day(clock.now()), page_of(request)
    state = request.GET.get("state", "")
    state = state if state in (*STATES, "noted") else ""
    shown = draft.state in ("ready", "done")
    only = {"state": "" if state == "noted" else state, "noted": state == "noted"}
    rows = lines_of_draft(viewer, draft, **only, start=page * LINES, limit=LINES + 1) if shown else []  # type: ignore[arg-type]
    directory = directory_for(draft.jurisdiction_id)
    everybody = len(directory.townships(today))
    counts = draft.summary.get("counts", {})
    kept = f"&state={state}" if state else ""
    context = {
        **_progress(draft),
        "purpose": _purpose(draft),
        "counts": counts,
        "tabs": [
            {"label": _("全部"), "count": draft.summary.get("rows", 0), "href": "?", "current": not state},
            *(
                {"label": _(label), "count": counts.get(name, 0), "href": f"?state={name}", "current": name == state}
                for name, label in STATES.items()
            ),
            {"label": _("请核对"), "count": draft.summary.get("noted", 0), "href": "?state=noted", "current": state == "noted"},
        ]
        if shown
        else [],
        "lines": [line_shown(row, directory, today, everybody) for row in rows[:LINES]],
        "older": f"?page={page + 2}{kept}" if len(rows) > LINES else "",
        "newer": f"?{kept[1:]}" if page else "",
        "form": form,
        "faults": [{"what": fault_shown([code, "", _Dashes()]), "count": n} for code, n in draft.summary.get("faults", {}).items()],
        "problem": _problem(draft),
        "reports": [{"kind": kind, "href": reverse("list_import_report", args=[draft.id, kind])} for kind in ("xlsx", "csv")]
        if shown
        else [],
        "changes_something": any(counts.get(name) for name in ("new", "changed", "ended")),
    }
    return render(request, "lists/import.html", context, status=status)


class _Dashes(dict[str, str]):
    """A sum over many rows names none of them."""

    def __missing__(self, key: str) -> str:
        return "…"


@with_post
@never_cache
@require_safe
def now(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is: that part of the page alone, fetched every other second while something is under way."""
    viewer = viewer_of(request)
    require_keeper(viewer, local_day(clock.now()))
    draft = draft_visible(viewer, number)
    response = render(request, "lists/_import_now.html", _progress(draft))
    if draft.state not in UNDER_WAY:
        response["HX-Refresh"] = "true"
    return response


@with_post
@never_cache
@require_safe
def import_report(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """预览报告: every row with its state, to be sent back to who made the file."""
    viewer, today = viewer_of(request), local_day(clock.now())
    require_keeper(viewer, today)
    draft = draft_visible(viewer, number)
    directory = directory_for(draft.jurisdiction_id)
    everybody = len(directory.townships(today))
    lines = [line_shown(line, directory, today, everybody) for line in lines_of_draft(viewer, draft, limit=WHOLE)]
    paper = report(draft.name, lines, draft.summary.get("counts", {}), today)
    kind = kind if kind in ("xlsx", "csv") else "csv"
    named = _("导入预览报告")
    return as_download(Opened("", f"{draft.name.rpartition('.')[0]}-{named}.{kind}", MEDIA[kind], as_file(paper, kind)))


def _progress(draft: Any) -> dict[str, Any]:
    return {"draft": draft, "under_way": draft.state in UNDER_WAY, "now_href": reverse("list_import_now", args=[draft.id])}


def _purpose(draft: Any) -> str:
    purpose = (draft.plan or {}).get("purpose", "")
    return _(PURPOSES[purpose]) if purpose in PURPOSES else ""


def _problem(draft: Any) -> dict[str, Any]:
    """Why it was not read or not entered the last time, in words."""
    if not draft.problem:
        return {}
    kept = draft.problem[0]
    findings = [Finding(one["code"], one["provision"], one["params"]) for one in kept["findings"]]
    lang = language()
    return {
        "findings": all_said(findings, lang),
        "fields": [of_field(message, lang) for _path, message in kept["fields"]],
        "stale": kept["code"] == "conflict",
    }
