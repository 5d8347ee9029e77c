"""页面: every edition, one of them with its file, and what differs between any two (preamble, Article 11)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.sessions import acting_post_of
from dutygate.base.register.law_here import this_place
from dutygate.base.ui.language import language
from dutygate.features.editions import provisions
from dutygate.features.editions.actions.publish import checked
from dutygate.features.editions.queries import CONFERENCE, drafts_visible, leads, public_interpretations, public_overridings, seats_here
from dutygate.features.editions.shelf import DRAFT, Shelved, shelf, shelved
from dutygate.features.editions.words import counted, lines_of
from dutygate.law.regulation.differences import differences
from dutygate.law.regulation.edition import edition_text

SHOWN_DRAFTS = 50


def _found(request: HttpRequest, key: str) -> Shelved:
    try:
        return shelved(key, acting_post_of(request), local_day(clock.now()))
    except NotFound:
        raise Http404 from None


@never_cache
@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """各版本: the newest first, and for the conference the drafts."""
    viewer, today = acting_post_of(request), local_day(clock.now())
    known = shelf(today)
    drafts = list(drafts_visible(viewer, today)[:SHOWN_DRAFTS]) if viewer is not None else []
    context = {
        "lines": [{"one": one, "before": known[at + 1].key if at + 1 < len(known) else ""} for at, one in enumerate(known)],
        "drafts": [{"row": row, "checked": checked(row), "href": reverse("edition_draft", args=[row.id])} for row in drafts],
        "conference": viewer is not None and bool(CONFERENCE & seats_here(viewer, today)),
        "leads": viewer is not None and leads(viewer, today),
        "choices": _choices(known, drafts),
    }
    return render(request, "editions/editions.html", context)


def _choices(known: list[Shelved], drafts: list[Any]) -> list[tuple[str, str]]:
    """Every edition and draft to choose from: (key, name)."""
    found = [(one.key, f"{one.edition.document_number} {one.words}") for one in known]
    return found + [(f"{DRAFT}{row.id}", _("草案 %(name)s") % {"name": row.edition}) for row in drafts]


@never_cache
@require_safe
def edition(request: HttpRequest, key: str) -> HttpResponse:
    """一个版本: what it is, from when to when, its provisions and parameters, what was interpreted and what gives way."""
    found, place = _found(request, key), this_place()
    if found.standing == "draft":
        raise Http404
    one = found.edition
    wording = provisions.official_wording(one)
    context = {
        "found": found,
        "edition": one,
        "lines": provisions.lines_of(one, wording),
        "wording": wording,
        "parameters": [provisions.parameter_line(parameter) for parameter in one.parameters.values()],
        "interpretations": public_interpretations(place, one.id) if place else [],
        "overridings": public_overridings(place, one.id) if place else [],
        "older": [other for other in shelf(local_day(clock.now())) if other.key != key],
    }
    return render(request, "editions/edition.html", context)


@never_cache
@require_safe
def edition_file(request: HttpRequest, key: str) -> HttpResponse:
    """版本文件: the whole edition as one YAML text, to be changed and brought back as a draft."""
    found = _found(request, key)
    name = f"{found.edition.id}.yaml"
    return HttpResponse(
        edition_text(found.edition),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@require_safe
def difference(request: HttpRequest) -> HttpResponse:
    """差异: what one edition says otherwise than another, part by part, in words and in colour."""
    viewer, today, lang = acting_post_of(request), local_day(clock.now()), language()
    known = shelf(today)
    drafts = list(drafts_visible(viewer, today)[:SHOWN_DRAFTS]) if viewer is not None else []
    keys = [one.key for one in known if one.edition.content_published] or [known[0].key]
    new_key = request.GET.get("new") or keys[0]
    old_key = request.GET.get("old") or next((key for key in keys if key != new_key), keys[-1])
    old, new = _found(request, old_key), _found(request, new_key)
    parts = lines_of(differences(old.edition, new.edition), old.edition, new.edition, lang)
    context = {
        "old": old,
        "new": new,
        "choices": _choices(known, drafts),
        "parts": parts,
        "counted": counted(parts),
        "swapped": f"{reverse('edition_difference')}?old={new.key}&new={old.key}",
    }
    return render(request, "editions/difference.html", context)
