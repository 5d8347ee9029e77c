"""页面: all lists of a banner, one township's list on a day, what a department has handed over, one duty (Articles 4.3, 4.5)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for, edition_now
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.documents.tables import KINDS
from dutygate.base.organizations.directory import Directory, UnitInfo
from dutygate.base.organizations.sessions import with_post
from dutygate.base.ui.language import language
from dutygate.features.bases.queries import bases_of_duty
from dutygate.features.cases.duties import duty_on
from dutygate.features.cases.head import line_of
from dutygate.features.cases.sections import Reading, one_section, readable_cases
from dutygate.features.cases.showing import about_duty
from dutygate.features.lists.ending import ending_of
from dutygate.features.lists.forms import DaysForm, TownshipForm
from dutygate.features.lists.offers import offered, parts_of
from dutygate.features.lists.places import places_of, unit_read
from dutygate.features.lists.queries import (
    READING_POSTS,
    Wanted,
    counts_of_departments,
    counts_of_townships,
    duties_of_township,
    duty_by_code,
    handed_by,
    revisions_of,
    townships_of,
)
from dutygate.features.lists.queries.kept import corrections_of, seats_keeping
from dutygate.features.lists.shown import (
    basis_shown,
    handed_shown,
    in_code_order,
    line_shown,
    section_counts,
    spans_shown,
    support_shown,
    unit_of,
)
from dutygate.features.lists.web import page_of, viewer_of
from dutygate.features.lists.words import COLUMNS, LEVELS, LISTS, MODES, ORIGINS, TEMPORARY

PAGE: Final = 100
KEEPING: Final[tuple[tuple[str, str, frozenset[str]], ...]] = (
    (gettext_noop("公布过的版本"), "publications", frozenset()),
    (gettext_noop("导入清单"), "list_imports", frozenset({"lead", "services"})),
    (gettext_noop("公布清单"), "list_publish", frozenset({"lead", "services"})),
    (gettext_noop("依法列入清单"), "list_by_law", frozenset({"lead"})),
)
"""What is offered beside all lists: label, route, and the seats to which (none: to everybody)."""
WHOLE: Final = 5000
"""How much a page for printing holds: all of it, on any list there will ever be."""


@with_post
@never_cache
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """清单: a township goes straight to its own, everybody else to all of them."""
    viewer = viewer_of(request)
    if viewer.unit_kind == "township" and viewer.kind in READING_POSTS:
        return HttpResponseRedirect(reverse("list_township", args=[viewer.unit]))
    return _all(request, viewer)


@with_post
@never_cache
@require_safe
def all_lists(request: HttpRequest) -> HttpResponse:
    """所有乡镇的清单, for whoever wants to choose."""
    return _all(request, viewer_of(request))


def _all(request: HttpRequest, viewer: ActingPost) -> HttpResponse:
    today = local_day(clock.now())
    form = DaysForm(request.GET, today)
    places = places_of(viewer)
    chosen = next((place for place in places if place.code == request.GET.get("place")), places[0])
    directory, as_of = directory_for(chosen.id), form.as_of
    kept = form.query()
    townships = _townships(directory, as_of.on)
    counts = counts_of_townships(viewer, [unit.id for unit in townships], as_of.on, as_of.known_at)
    handed = counts_of_departments(viewer, chosen.id, as_of.on, as_of.known_at)
    context = {
        "place": chosen,
        "banners": [{"code": place.code, "name": place.name, "current": place is chosen} for place in places] if len(places) > 1 else [],
        "form": form,
        "as_of": as_of,
        "townships": [_township_row(unit, directory, as_of.on, counts.get(unit.id, {}), kept) for unit in townships],
        "departments": [
            {
                **unit_of(directory, unit, as_of.on),
                "href": f"{reverse('list_department', args=[directory.units[unit].key])}{kept}",
                "count": n,
            }
            for unit, n in sorted(handed.items(), key=lambda pair: directory.units[pair[0]].key)
        ],
    }
    seats = seats_keeping(viewer, today) if chosen.id == viewer.jurisdiction_id else frozenset()
    context["keeping"] = [{"label": _(label), "href": reverse(route)} for label, route, needs in KEEPING if not needs or needs & seats]
    place = {"place": chosen.code} if len(places) > 1 else {}
    context["filing"] = [
        {"label": _(label), "href": f"{reverse('list_filing', args=['xlsx'])}?{urlencode({**form.kept(), **place, 'list': name})}"}
        for name, label in LISTS.items()
    ]
    return render(request, "lists/all.html", context)


def _townships(directory: Directory, on: date) -> list[UnitInfo]:
    """乡镇 of the jurisdiction: those of the day in the order of their codes, then those that were merged or not founded yet."""
    there = directory.townships(on)
    own = directory.jurisdiction.id
    others = [u for u in directory.units.values() if u.kind == "township" and u.jurisdiction_id == own and u.id not in there]
    return [*(directory.units[unit] for unit in there), *sorted(others, key=lambda u: (u.code or "~", u.key))]


def _township_row(unit: UnitInfo, directory: Directory, on: date, counts: dict[tuple[str, str], int], kept: str) -> dict[str, Any]:
    return {
        "name": directory.name_on(unit.id, on),
        "code": unit.code_on(on) or unit.code,
        "href": f"{reverse('list_township', args=[unit.key])}{kept}",
        "there": unit.exists_on(on),
        "duties": sum(n for (name, section), n in counts.items() if name == "duties" and section != TEMPORARY),
        "temporary": sum(n for (_name, section), n in counts.items() if section == TEMPORARY),
        "powers": sum(n for (name, section), n in counts.items() if name == "powers" and section != TEMPORARY),
    }


@with_post
@never_cache
@require_safe
def township_list(request: HttpRequest, key: str) -> HttpResponse:
    """一个乡镇的清单: on a day, as known on a day; temporary duties in force in a table of their own."""
    viewer, today = viewer_of(request), local_day(clock.now())
    directory, unit = unit_read(viewer, key, "township")
    form = TownshipForm(request.GET, today)
    as_of, name, printed = form.as_of, form.list_name, request.GET.get("print") == "1"
    section, q, page = form.cleaned_data.get("section") or "", form.cleaned_data.get("q") or "", page_of(request)
    counts = counts_of_townships(viewer, [unit.id], as_of.on, as_of.known_at).get(unit.id, {})
    limit, days = WHOLE if printed else PAGE, form.query(("on", "known"))
    rows: list[dict[str, Any]] = []
    beside: list[dict[str, Any]] = []

    def read(start: int, **narrowed: str) -> tuple[list[dict[str, Any]], bool]:
        found = duties_of_township(
            viewer, unit.id, as_of.on, as_of.known_at, wanted=Wanted(name, q=q, **narrowed), start=start, limit=limit + 1
        )
        return [line_shown(line, directory, as_of.on, days) for line in found[:limit]], len(found) > limit

    more = more_beside = False
    if section != TEMPORARY:
        rows, more = read(page * limit, section=section, apart=TEMPORARY)
    if section in ("", TEMPORARY):
        beside, more_beside = read(page * limit if section else 0, section=TEMPORARY)
    context = {
        "township": {"name": directory.name_on(unit.id, as_of.on), "code": unit.code_on(as_of.on), "key": unit.key},
        "there": "yes" if unit.exists_on(as_of.on) else "not_yet" if as_of.on < unit.valid_from else "no_longer",
        "form": form,
        "as_of": as_of,
        "print": printed,
        "lists": [
            {"label": _(label), "href": form.query(("on", "known"), list=one) or "?", "current": one == name, "count": _on(counts, one)}
            for one, label in LISTS.items()
        ],
        "list_label": _(LISTS[name]),
        "sections": section_counts(counts, name),
        "national_missing": name == "duties" and not any(part in ("basic", "cooperative", "taken_back") for _list, part in counts),
        "temporary_count": counts.get((name, TEMPORARY), 0),
        "rows": rows,
        "beside": beside,
        "narrowed": bool(section or q),
        "only_temporary": section == TEMPORARY,
        "all_temporary": form.query(section=TEMPORARY) if more_beside and not section else "",
        "older": form.query(page=page + 2) if more or (more_beside and section) else "",
        "newer": form.query() or "?" if page else "",
        "print_href": form.query(print="1"),
        "compare_href": f"{reverse('list_compare', args=[unit.key])}{form.query(('list',))}",
        "exports": [{"kind": kind, "href": f"{reverse('list_export', args=[unit.key, kind])}{form.query()}"} for kind in KINDS],
        "back_href": form.query() or "?",
        "clear_href": form.query(("on", "known", "list")) or "?",
        "others_href": f"{reverse('lists_all')}{days}",
        "own": unit.id == viewer.unit_id,
    }
    return render(request, "lists/township.html", context)


def _on(counts: dict[tuple[str, str], int], list_name: str) -> int:
    return sum(n for (name, section), n in counts.items() if name == list_name and section != TEMPORARY)


@with_post
@never_cache
@require_safe
def department_list(request: HttpRequest, key: str) -> HttpResponse:
    """一个部门交出去的事项: what it has handed to whom, as it holds on a day."""
    viewer, today = viewer_of(request), local_day(clock.now())
    directory, unit = unit_read(viewer, key, "department")
    form, page = DaysForm(request.GET, today), page_of(request)
    as_of = form.as_of
    found = handed_by(viewer, (unit.id, unit.key), as_of.on, as_of.known_at, start=page * PAGE, limit=PAGE + 1)
    context = {
        "department": {"name": directory.name_on(unit.id, as_of.on)},
        "form": form,
        "as_of": as_of,
        "rows": [handed_shown(one, directory, as_of.on) for one in found[:PAGE]],
        "older": form.query(page=page + 2) if len(found) > PAGE else "",
        "newer": form.query() or "?" if page else "",
        "others_href": f"{reverse('lists_all')}{form.query()}",
        "own": unit.id == viewer.unit_id,
    }
    return render(request, "lists/department.html", context)


@with_post
@never_cache
@require_safe
def duty(request: HttpRequest, code: str) -> HttpResponse:
    """事项: what it is, who has it, what was promised, on what it rests, where it came from."""
    viewer, today, lang = viewer_of(request), local_day(clock.now()), language()
    found = duty_by_code(viewer, code)
    directory = directory_for(found.jurisdiction_id)
    names = {unit.key: directory.name_on(unit.id, today) for unit in directory.units.values()}
    items = {item.id: item.label.in_language(lang) for item in edition_now().items.values()}
    revisions = revisions_of(viewer, found)
    case = readable_cases(viewer).filter(id=found.case_id).first()
    notice = one_section("notice", viewer, Reading(viewer, case, directory, today)) if case is not None else None
    entries, newest = townships_of(viewer, found), revisions[-1]
    context = {
        "duty": found,
        "list_label": _(LISTS[found.list_name]),
        "mode": _(MODES[found.mode]) if found.mode in MODES else found.mode,
        "lead": unit_of(directory, found.lead_unit_id, today),
        "helps": [{"key": key, "name": names.get(key, key)} for key in found.co_leads],
        "held": len({entry.township_id for entry in entries}),
        "spans": spans_shown(in_code_order(directory, today, entries), directory, today),
        "support": support_shown(newest.support, names),
        "bases": [
            basis_shown(basis, today, known) for basis, known in zip(newest.bases, bases_of_duty(viewer, found, newest.bases), strict=True)
        ],
        "revisions": [
            {
                "number": revision.revision,
                "recorded_at": revision.recorded_at,
                "items": [{"label": label, "text": revision.items[name]} for name, label in items.items() if revision.items.get(name)],
                "additions": [
                    {
                        "township": names.get(key, key),
                        "items": [{"label": items.get(n, n), "text": text} for n, text in added.items() if text],
                    }
                    for key, added in sorted(revision.additions.items())
                ],
            }
            for revision in reversed(revisions)
        ],
        "offers": offered(viewer, duty_on(found.jurisdiction_id, found.id, today)),
        "parts": parts_of(viewer, found, directory, today),
        "about": [line_of(one, directory, today, lang) for one in about_duty(viewer, found.id)],
        "case": case,
        "notice": (notice or {}).get("notice"),
        "origin": _(ORIGINS[found.origin]) if found.origin in ORIGINS else found.origin,
        "said": [{"label": _(COLUMNS[name]), "text": newest.columns[name]} for name in COLUMNS if newest.columns.get(name)],
        "category": newest.category,
        "level": _(LEVELS[newest.level]) if newest.level in LEVELS else "",
        "corrections": corrections_of(viewer, found),
        "correct_href": reverse("duty_correct", args=[code])
        if found.jurisdiction_id == viewer.jurisdiction_id and seats_keeping(viewer, today)
        else "",
        "ending": ending_of(viewer, found, directory, today) if found.ends_on is not None else None,
    }
    return render(request, "lists/duty.html", context)
