"""页面: the register searched, one entry with its hashes, the heads to print."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions.naming import label_in, named, newest_procedure
from dutygate.base.actions.saying import all_said
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.queries import public_names_of
from dutygate.base.organizations.sessions import with_post
from dutygate.base.register.hashing import as_hashed
from dutygate.base.register.history import entry_place
from dutygate.base.register.queries import (
    EntryLine,
    Sought,
    entries_sought,
    entry_numbered,
    heads_of,
    may_read_register,
    sealed_of,
)
from dutygate.features.audit.forms import SearchForm
from dutygate.features.audit.web import PAGE, Reader, before_of, reader_of, tabs
from dutygate.features.cases.showing import titles_of
from dutygate.law.rules import Finding


@with_post
@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """登记簿: newest first, narrowed by action, unit, subject, outcome and days."""
    reader = reader_of(request)
    _only_readers(reader)
    procedure = newest_procedure()
    actions = sorted(((name, label_in(label, reader.lang, name)) for name, label in procedure.labels.items()), key=lambda one: one[1])
    form = SearchForm(request.GET, reader.directory, actions)
    before, rows = before_of(request), []
    if form.is_valid():
        plain = form.cleaned_data
        sought = Sought(plain["action"], plain["unit"], plain["subject"].strip(), plain["outcome"], **form.period())
        rows = entries_sought(reader.viewer, reader.seats, sought, PAGE + 1, before)
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = {
        "tabs": tabs(reader, "audit"),
        "form": form,
        "units": sorted(reader.directory.short_name_on(unit, reader.today) for unit in reader.directory.units),
        "lines": _lines(reader, rows[:PAGE]),
        "sought": bool(kept),
        "older": f"?{urlencode({**kept, 'before': rows[PAGE - 1].seq})}" if len(rows) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if before else "",
    }
    return render(request, "audit/register.html", context, status=200 if form.is_valid() else 422)


@with_post
@never_cache
@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """登记: one entry, with everything that its hash covers."""
    reader = reader_of(request)
    row = entry_numbered(reader.viewer, reader.seats, number)
    if row is None:
        raise Http404
    line = _lines(reader, [row])[0]
    follows = entry_numbered(reader.viewer, reader.seats, number + 1) is not None
    context = {
        "tabs": tabs(reader, "audit"),
        "line": line,
        "row": row,
        "chain": reader.viewer.jurisdiction,
        "before": reverse("audit_entry", args=[number - 1]) if number > 1 else "",
        "after": reverse("audit_entry", args=[number + 1]) if follows else "",
        "caused_by": _entry_href(row.caused_by),
        "caused_by_number": entry_place(row.caused_by)[1] if row.caused_by else None,
        "recorded_at": as_hashed(row.recorded_at),
        "at": as_hashed(row.at),
        "payload": _payload(line["sealed"]),
    }
    return render(request, "audit/entry.html", context)


@with_post
@never_cache
@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """链头: to be kept where the database's owner cannot reach."""
    reader = reader_of(request)
    _only_readers(reader)
    context = {"tabs": tabs(reader, "audit_heads"), "heads": heads_of(reader.viewer), "moment": reader.moment}
    return render(request, "audit/heads.html", context)


@with_post
@never_cache
@require_safe
def heads_text(request: HttpRequest) -> HttpResponse:
    """The same as a text file, one line for each chain, as `dutygate register head` prints them."""
    reader = reader_of(request)
    _only_readers(reader)
    text = "".join(f"{head.printed}\n" for head in heads_of(reader.viewer))
    name = f"register-heads-{reader.viewer.jurisdiction}-{reader.today.isoformat()}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _only_readers(reader: Reader) -> None:
    if not may_read_register(reader.viewer, reader.seats):
        raise NotAllowed([Finding("not_your_role", "3", {"action": "register", "by": ["lead", "audit_admin"]})])


def _lines(reader: Reader, rows: list[EntryLine]) -> list[dict[str, Any]]:
    """Entries for a page: names for numbers, and what a refusal said where the reader may read the case."""
    titles = titles_of(reader.viewer, {row.subject for row in rows}) if rows else {}
    numbers = [row.seq for row in rows if row.subject in titles]
    sealed = sealed_of(reader.viewer, reader.viewer.jurisdiction, numbers) if numbers else {}
    people = public_names_of(row.user_id for row in rows if row.user_id is not None)
    return [_line(reader, row, titles, sealed, people) for row in rows]


def _line(
    reader: Reader, row: EntryLine, titles: Mapping[str, str], sealed: Mapping[int, Any], people: Mapping[int, str]
) -> dict[str, Any]:
    procedure, units = newest_procedure(), reader.directory
    unit, entered_for = named(units, row.unit_id, reader.today), named(units, row.entered_for, reader.today)
    return {
        "entry": f"{reader.viewer.jurisdiction}/{row.seq}",
        "href": reverse("audit_entry", args=[row.seq]),
        "at": row.at,
        "recorded_at": row.recorded_at,
        "late": row.recorded_at.date() != row.at.date(),
        "unit": unit["name"] if unit else "",
        "entered_for": entered_for["name"] if entered_for else "",
        "person": people.get(row.user_id or 0, ""),
        "system": row.user_id is None,
        "action": label_in(procedure.labels.get(row.action), reader.lang, row.action),
        "cites": procedure.cites(row.action) if row.action in procedure.labels else "",
        "subject": row.subject,
        "title": titles.get(row.subject, ""),
        "case": reverse("case", args=[row.subject]) if row.subject in titles else "",
        "refused": row.outcome == "refused",
        "findings": _findings(sealed.get(row.seq), reader.lang),
        "readable": row.seq in sealed,
        "sealed": sealed.get(row.seq),
    }


def _findings(sealed: Any, lang: str) -> list[Any]:
    found: Iterable[Any] = sealed.get("findings", ()) if sealed else ()
    return all_said([Finding(one["code"], one["provision"], one["params"]) for one in found], lang)


def _payload(sealed: Any) -> str:
    """What was given, as it was given, for whoever may read the case."""
    if not sealed:
        return ""
    return json.dumps({name: sealed[name] for name in ("payload", "result") if sealed.get(name)}, ensure_ascii=False, indent=2)


def _entry_href(entry_id: int | None) -> str:
    return reverse("audit_entry", args=[entry_place(entry_id)[1]]) if entry_id else ""
