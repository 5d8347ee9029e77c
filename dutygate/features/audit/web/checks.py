"""页面: verify, replay and task check: asked for here, done elsewhere, looked at whenever one likes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions.naming import label_in, named, newest_procedure
from dutygate.base.organizations.queries import public_names_of
from dutygate.base.organizations.sessions import with_post
from dutygate.features.audit.asking import ask_check
from dutygate.features.audit.checking import FIRST, KINDS
from dutygate.features.audit.forms import CheckForm
from dutygate.features.audit.queries import CheckLine, check_numbered, checks_page, newest_checks
from dutygate.features.audit.web import Reader, before_of, reader_of, tabs
from dutygate.features.audit.words import table_in_words, what_in_words

SHOWN = 20


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: HttpRequest) -> HttpResponse:
    """核验: what can be checked, what is under way, what was found before."""
    reader = reader_of(request)
    before = before_of(request)
    rows = checks_page(reader.viewer, reader.seats, SHOWN + 1, before)
    form = CheckForm(reader.viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        ask_check(reader.viewer, kind, form.cleaned_data["heads"] if kind == "chain" else [], reader.moment)
        messages.success(request, _("已经发起。可以离开这一页，做完以后结果在这里。"))
        return HttpResponseRedirect(reverse("audit_checks"))
    context = {
        "tabs": tabs(reader, "audit_checks"),
        "form": form,
        **_past(rows, before),
        **_now(reader),
    }
    return render(request, "audit/checks.html", context, status=422 if form.is_bound else 200)


@with_post
@never_cache
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """How far the checks are: those parts of the page alone, fetched every other second while something is under way."""
    reader, before = reader_of(request), before_of(request)
    rows = checks_page(reader.viewer, reader.seats, SHOWN + 1, before)
    return render(request, "audit/_progress.html", {**_past(rows, before), **_now(reader)})


@with_post
@never_cache
@require_safe
def check(request: HttpRequest, number: int) -> HttpResponse:
    """One check with what it found."""
    reader = reader_of(request)
    row = check_numbered(reader.viewer, reader.seats, number)
    if row is None:
        raise Http404
    people = public_names_of([row.asked_by]) if row.asked_by else {}
    context = {
        "tabs": tabs(reader, "audit_checks"),
        "line": {**_line(row), "person": people.get(row.asked_by or 0, "")},
        "found": [_found(one, reader) for one in row.found],
        "first": FIRST,
        "more": row.problems > FIRST,
    }
    return render(request, "audit/check.html", context)


def _past(rows: list[CheckLine], before: int | None) -> dict[str, Any]:
    here = reverse("audit_checks")
    return {
        "before": before,
        "lines": [_line(row) for row in rows[:SHOWN]],
        "older": f"{here}?{urlencode({'before': rows[SHOWN - 1].id})}" if len(rows) > SHOWN else "",
        "newer": here if before else "",
    }


def _now(reader: Reader) -> dict[str, Any]:
    newest = newest_checks(reader.viewer, reader.seats)
    kinds = [{"kind": kind, "line": _line(newest[kind]) if kind in newest else None} for kind in KINDS]
    return {"kinds": kinds, "under_way": any(line.under_way for line in newest.values())}


def _line(row: CheckLine) -> dict[str, Any]:
    """A check as the templates show it."""
    return {
        "href": reverse("audit_check", args=[row.id]),
        "row": row,
        "kind": row.kind,
        "state": row.state,
        "holds": row.holds,
        "moved": row.moved,
        "under_way": row.under_way,
    }


def _found(one: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """One problem: {where, what, entry}."""
    entry = ""
    if one.get("number") and one.get("chain") == reader.viewer.jurisdiction:
        entry = reverse("audit_entry", args=[one["number"]])
    return {"where": _where(one, reader), "what": what_in_words(str(one["what"])), "entry": entry}


def _where(one: dict[str, Any], reader: Reader) -> str:
    procedure = newest_procedure()
    action = one.get("action", "")
    label = label_in(procedure.labels.get(action), reader.lang, action) if action else ""
    if "table" in one:
        return f"{table_in_words(one['table'], one['column'], reader.lang)} · {one['row']}"
    if "subject" in one:
        unit = named(reader.directory, int(one["unit"]), reader.today) if one.get("unit") else None
        return " · ".join(part for part in (one["subject"], label, unit["name"] if unit else one.get("unit", "")) if part)
    place = f"{one['chain']}/{one['number']}" if one.get("number") else str(one["chain"])
    return f"{place} {label}".strip()
