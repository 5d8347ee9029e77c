"""页面: changes of units, each with what it touches before it is done; people passed on to a successor (Articles 1, 3, 4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions.forms import Scene
from dutygate.base.actions.naming import edition_now, label_in, newest_procedure
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.cards import UnitCard
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.facts import UnitSubject
from dutygate.base.organizations.queries.changes import SuccessionLine, changes_in, going_along, successions_of
from dutygate.base.organizations.queries.units import unit_card
from dutygate.base.organizations.sessions import with_post
from dutygate.base.organizations.terms import ADMINISTRATORS, OPEN_END
from dutygate.features.administration.access import OFFICE, Visit, visit_of
from dutygate.features.administration.forms_changes import NEW
from dutygate.features.administration.labels import UNIT_KINDS
from dutygate.features.administration.web import act, asked, places, tabs
from dutygate.features.succession.queries import touched_by
from dutygate.law.rules import Finding

ACTION_OF: Final = {"merge": "unit.merge", "split": "unit.split", "transfer": "unit.transfer_function"}
SHOWN: Final = 20
"""Numbers and codes named in a preview; how many more there are is said."""


@with_post
@never_cache
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """机构变更: what is on record, what is still to take effect."""
    visit = visit_of(request)
    place = visit.place(asked(request, "place", 12))
    lines = changes_in(visit.viewer, place.code, visit.today)
    context = {
        "tabs": tabs(visit, "administration_changes"),
        "places": places(visit, place),
        "place": place,
        "changes": changes_shown(lines, visit, visit.directory(place.code)),
        "may_merge": visit.may("unit.merge", place.code),
    }
    return render(request, "administration/changes.html", context)


def changes_shown(lines: Iterable[SuccessionLine], visit: Visit, directory: Directory) -> list[dict[str, Any]]:
    """Each change once: {ref, label, day, document, former, successors, effective, cancel}."""
    found: dict[str, list[SuccessionLine]] = {}
    for line in lines:
        found.setdefault(line.ref, []).append(line)
    return [_change(rows, visit, directory) for rows in found.values()]


def _change(rows: Sequence[SuccessionLine], visit: Visit, directory: Directory) -> dict[str, Any]:
    first = rows[0]
    code = first.ref.partition(".")[0]
    labels = newest_procedure().labels
    return {
        "ref": first.ref,
        "label": label_in(labels[ACTION_OF[first.kind]], visit.lang, first.kind),
        "day": first.valid_from,
        "document": first.document,
        "former": _units([(row.former_id, row.former) for row in reversed(rows)], visit, directory, first),
        "successors": _units([(row.successor_id, row.successor) for row in reversed(rows)], visit, directory, first),
        "what": [row.what for row in reversed(rows) if row.what],
        "goes_on": not first.ends,
        "effective": first.effective_at is not None,
        "cancel": reverse("administration_cancel_change", args=[first.ref])
        if first.effective_at is None and visit.may("unit.cancel_change", code)
        else "",
    }


def _units(found: Iterable[tuple[int, str]], visit: Visit, directory: Directory, line: SuccessionLine) -> list[dict[str, str]]:
    """By the name of the day of the change; a link where the unit's page is open to the visitor."""
    seen = dict.fromkeys(found)
    return [
        {
            "name": directory.name_on(unit_id, line.valid_from) if unit_id in directory.units else key,
            "href": reverse("administration_unit", args=[key]) if visit.administers or visit.leads else "",
        }
        for unit_id, key in seen
    ]


def touched_shown(cards: Sequence[UnitCard], visit: Visit) -> list[dict[str, Any]]:
    """变更会动到什么, unit by unit; two queries for each kind of thing and unit."""
    return [_touched(card, visit) for card in cards]


def _touched(card: UnitCard, visit: Visit) -> dict[str, Any]:
    now = [post for post in card.posts if post.on(visit.today) != "past"]
    seats = [line for line in card.seats if line.on(visit.today) != "past"]
    labels = edition_now().seats
    found = touched_by(visit.viewer, _subject(card, visit), visit.today, visit.moment)
    return {
        **asdict(found),
        "name": card.name_on(visit.today),
        "cases_shown": found.cases[:SHOWN],
        "cases_more": max(0, len(found.cases) - SHOWN),
        "duties_shown": found.duties[:SHOWN],
        "duties_more": max(0, len(found.duties) - SHOWN),
        "seats": [
            {
                "label": labels[line.seat].label.in_language(visit.lang) if line.seat in labels else line.seat,
                "elsewhere": "" if line.place == card.place else line.place_name,
            }
            for line in seats
        ],
        "people": len({post.user_id for post in now if post.kind in OFFICE}),
        "administrators": len({post.user_id for post in now if post.kind in ADMINISTRATORS}),
    }


def _subject(card: UnitCard, visit: Visit) -> UnitSubject:
    return UnitSubject(card.id, card.key, card.kind, visit.place(card.place).id, card.valid_from, card.valid_to)


def _of_kind(directory: Directory, kind: str, visit: Visit, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(key, name) of the jurisdiction's own units of a kind that are there today and not on record to be dissolved."""
    out = set(without)
    found = [directory.unit(unit) for unit in directory.of_kind(kind, visit.today)]
    there = [unit for unit in found if unit.key not in out and unit.valid_to == OPEN_END]
    there.sort(key=lambda unit: (unit.code_on(visit.today) or "~", unit.key))
    return [(unit.key, directory.name_on(unit.id, visit.today)) for unit in there]


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """机构合并: first which units and into which, then what it touches, and the rest."""
    visit = visit_of(request)
    keys = list(dict.fromkeys(key[:80] for key in request.GET.getlist("unit") if key))[:50]
    into = asked(request, "into", 80)
    if not keys:
        raise NotFound([Finding("not_found", "3", {"subject": "unit"})])
    cards = [unit_card(visit.viewer, key, visit.today) for key in keys]
    first = cards[0]
    visit.must("unit.merge", first.place)
    directory = visit.directory(first.place)
    chosen = bool(into) and into not in keys and (into != NEW or len(keys) > 1)
    if not chosen:
        return _choose(request, visit, first, keys, directory)
    target = None if into == NEW else unit_card(visit.viewer, into, visit.today)
    params = {"units": " ".join(keys), "into": into}
    scene = Scene(visit.viewer, first.place, visit.moment, visit.lang, params=params)
    back = f"?{urlencode({'unit': keys}, doseq=True)}"
    context = {
        "touched": touched_shown(cards, visit),
        "former": [card.name_on(visit.today) for card in cards],
        "target": target.name_on(visit.today) if target is not None else "",
        "intro": "merge",
    }
    return act(request, "unit.merge", scene, back, _to_changes(first.place), **context)


def _choose(request: HttpRequest, visit: Visit, first: UnitCard, keys: Sequence[str], directory: Directory) -> HttpResponse:
    others = _of_kind(directory, first.kind, visit)
    context = {
        "tabs": tabs(visit, "administration_changes"),
        "first": first,
        "name": first.name_on(visit.today),
        "kind": gettext(UNIT_KINDS.get(first.kind, first.kind)),
        "others": [{"key": key, "name": name, "chosen": key in keys} for key, name in others if key != first.key],
        "into": [(key, name) for key, name in others if key != first.key],
        "wanting": bool(request.GET.get("into")),
    }
    return render(request, "administration/merge.html", context)


def _to_changes(code: str) -> str:
    return f"{reverse('administration_changes')}?{urlencode({'place': code})}"


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, key: str) -> HttpResponse:
    """机构拆分."""
    visit = visit_of(request)
    card = unit_card(visit.viewer, key, visit.today)
    visit.must("unit.split", card.place)
    units = _of_kind(visit.directory(card.place), card.kind, visit, without=[card.key])
    scene = Scene(visit.viewer, card.key, visit.moment, visit.lang, place=units, params={"kind": card.kind})
    back = reverse("administration_unit", args=[card.key])
    context = {"touched": touched_shown([card], visit), "about": card.name_on(visit.today), "intro": f"split_{card.kind}"}
    return act(request, "unit.split", scene, back, _to_changes(card.place), **context)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, key: str) -> HttpResponse:
    """职能划转."""
    visit = visit_of(request)
    card = unit_card(visit.viewer, key, visit.today)
    visit.must("unit.transfer_function", card.place)
    touched = touched_shown([card], visit)
    directory = visit.directory(card.place)
    departments = [
        pair
        for kind in UNIT_KINDS
        if kind not in ("township", "oversight")
        for pair in _of_kind(directory, kind, visit, without=[card.key])
    ]
    choices = (departments, touched[0]["duties"], touched[0]["cases"])
    scene = Scene(visit.viewer, card.key, visit.moment, visit.lang, place=choices)
    back = reverse("administration_unit", args=[card.key])
    context = {"touched": touched, "about": card.name_on(visit.today), "intro": "transfer"}
    return act(request, "unit.transfer_function", scene, back, _to_changes(card.place), **context)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, ref: str) -> HttpResponse:
    """取消机构变更."""
    visit = visit_of(request)
    code = ref.partition(".")[0]
    visit.must("unit.cancel_change", visit.place(code).code)
    lines = [line for line in changes_in(visit.viewer, code, visit.today) if line.ref == ref]
    if not lines:
        raise NotFound([Finding("not_found", "3", {"subject": ref})])
    scene = Scene(visit.viewer, ref, visit.moment, visit.lang)
    shown = [{**change, "cancel": ""} for change in changes_shown(lines, visit, visit.directory(code))]
    return act(request, "unit.cancel_change", scene, _to_changes(code), _to_changes(code), shown=shown)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: HttpRequest, key: str) -> HttpResponse:
    """人员转任."""
    visit = visit_of(request)
    card = unit_card(visit.viewer, key, visit.today)
    visit.must("post.pass_on", card.place)
    directory = visit.directory(card.place)
    lines = [line for line in successions_of(visit.viewer, card.key, visit.today) if line.former == card.key]
    successors = {line.successor: directory.name_on(line.successor_id, line.valid_from) for line in lines}
    people = going_along(visit.viewer, card.key, visit.today)
    scene = Scene(visit.viewer, card.key, visit.moment, visit.lang, place=(list(successors.items()), people))
    back = reverse("administration_unit", args=[card.key])
    return act(request, "post.pass_on", scene, back, back, about=card.name_on(visit.today), intro="pass_on")


def change_links(card: UnitCard, visit: Visit) -> list[dict[str, str]]:
    """The changes that the visitor may enter for a unit that is not on record to be dissolved."""
    if card.valid_to != OPEN_END:
        return []
    township = card.kind in ("township", "oversight")
    found = [
        ("unit.merge", gettext("与其他机构合并"), f"{reverse('administration_merge')}?{urlencode({'unit': card.key})}"),
        ("unit.split", gettext("拆分"), reverse("administration_split", args=[card.key])),
        ("unit.transfer_function", gettext("划出职能"), "" if township else reverse("administration_transfer", args=[card.key])),
    ]
    return [{"label": label, "href": href} for action, label, href in found if href and visit.may(action, card.place)]


__all__ = ["cancel", "change_links", "changes", "changes_shown", "merge", "pass_on", "split", "touched_shown", "transfer"]
