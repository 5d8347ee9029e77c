"""页面: units with present and former names, one unit, a new one, another name; seats and who sits in them."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions.forms import Scene
from dutygate.base.actions.naming import edition_now
from dutygate.base.actions.outcome import Outcome
from dutygate.base.organizations.cards import HeldPost, SeatLine
from dutygate.base.organizations.directory import Directory, UnitInfo
from dutygate.base.organizations.queries.changes import successions_of
from dutygate.base.organizations.queries.people import person_card
from dutygate.base.organizations.queries.units import seatable_units, seats_of_place, unit_card
from dutygate.base.organizations.sessions import with_post
from dutygate.base.search.text import folded, words
from dutygate.features.administration.access import OFFICE, Visit, visit_of
from dutygate.features.administration.labels import UNIT_KINDS
from dutygate.features.administration.web import act, asked, number_asked, places, tabs
from dutygate.features.administration.web.changes import change_links, changes_shown

ORDER: Final = tuple(UNIT_KINDS)
PAGE: Final = 100
"""A banner's units on one page."""


@with_post
@never_cache
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """机构: by kind, then code or key; found by any name they have or had. With ``person`` one is chosen for her."""
    visit = visit_of(request)
    place = visit.place(asked(request, "place", 12))
    kind, q, person = asked(request, "kind", 20), asked(request, "q"), asked(request, "person", 64)
    directory = visit.directory(place.code)
    found = _found(directory, visit, kind, q)
    start = min(number_asked(request, "from") or 0, len(found))
    chosen = person_card(visit.viewer, person, visit.today) if person and visit.may("post.appoint", place.code) else None
    kept = {name: value for name, value in (("place", asked(request, "place", 12)), ("kind", kind), ("q", q), ("person", person)) if value}
    context = {
        "tabs": tabs(visit, "administration"),
        "places": places(visit, place, kind=kind, q=q, person=person),
        "place": place,
        "kinds": [(name, gettext(label)) for name, label in UNIT_KINDS.items()],
        "kind": kind,
        "q": q,
        "person": chosen,
        "lines": [_line(unit, visit, chosen.username if chosen else "") for unit in found[start : start + PAGE]],
        "total": len(found),
        "may_create": visit.may("unit.create", place.code),
        "older": f"?{urlencode({**kept, 'from': start + PAGE})}" if len(found) > start + PAGE else "",
        "newer": f"?{urlencode(kept)}" if start else "",
    }
    return render(request, "administration/units.html", context)


@with_post
@never_cache
@require_safe
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """机构: names, codes, seats, and the people who do its work."""
    visit = visit_of(request)
    card = unit_card(visit.viewer, key, visit.today)
    changed = successions_of(visit.viewer, card.key, visit.today)
    posts = [_post(post, visit) for post in card.posts if visit.administers or post.kind in OFFICE]
    context = {
        "tabs": tabs(visit, "administration"),
        "card": card,
        "name": card.name_on(visit.today),
        "kind": gettext(UNIT_KINDS.get(card.kind, card.kind)),
        "names": card.names,
        "codes": card.codes,
        "seats": [{**_seat(line, visit), "when": line.on(visit.today)} for line in card.seats],
        "posts": [post for post in posts if post["when"] != "past"],
        "past_posts": [post for post in posts if post["when"] == "past"],
        "administers": visit.administers,
        "may_rename": visit.may("unit.rename", card.place) and card.on(visit.today) != "past",
        "change_links": change_links(card, visit),
        "changes": changes_shown(changed, visit, visit.directory(card.place)) if changed else [],
        "pass_on": any(line.former == card.key for line in changed) and visit.may("post.pass_on", card.place),
        "dissolved": card.on(visit.today) == "past",
        "may_appoint": visit.may("post.appoint", card.place) and card.on(visit.today) != "past",
        "may_end": visit.may("post.end", card.place),
        "many_places": len(visit.places) > 1,
    }
    return render(request, "administration/unit.html", context)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """设立机构."""
    visit = visit_of(request)
    place = visit.place(asked(request, "place", 12))
    visit.must("unit.create", place.code)
    scene = Scene(visit.viewer, place.code, visit.moment, visit.lang)
    back = f"{reverse('administration')}?{urlencode({'place': place.code})}"

    def done(outcome: Outcome | None) -> str:
        return _unit_href(outcome.result["key"]) if outcome else back

    return act(request, "unit.create", scene, back, done, about=place.name)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, key: str) -> HttpResponse:
    """机构更名、换码."""
    visit = visit_of(request)
    card = unit_card(visit.viewer, key, visit.today)
    visit.must("unit.rename", card.place)
    back = _unit_href(card.key)
    return act(request, "unit.rename", Scene(visit.viewer, card.key, visit.moment, visit.lang), back, back, about=card.name_on(visit.today))


@with_post
@never_cache
@require_safe
def seats(request: HttpRequest) -> HttpResponse:
    """席位: who leads, examines and decides now, who did before, who will."""
    visit = visit_of(request)
    place = visit.place(asked(request, "place", 12) or next((p.code for p in visit.places if p.kind == "banner"), ""))
    lines = seats_of_place(visit.viewer, place.code, visit.today)
    now = [line for line in lines if line.on(visit.today) == "now"]
    held = {line.seat for line in now}
    labels = edition_now().seats
    may_take = visit.may("unit.take_seat", place.code)
    take = f"{reverse('administration_take_seat')}?place={place.code}"
    context = {
        "tabs": tabs(visit, "administration_seats"),
        "places": places(visit, place),
        "place": place,
        "seatless": place.kind != "banner",
        "now": [{**_seat(line, visit), "take": f"{take}&seat={line.seat}" if may_take else ""} for line in now],
        "empty": [
            {"label": seat.label.in_language(visit.lang), "take": f"{take}&seat={seat.id}" if may_take else ""}
            for seat in labels.values()
            if seat.id not in held and seat.id != "member" and place.kind == "banner"
        ],
        "ahead": [_seat(line, visit) for line in lines if line.on(visit.today) == "ahead"],
        "past": [_seat(line, visit) for line in lines if line.on(visit.today) == "past"],
        "take": take if may_take else "",
    }
    return render(request, "administration/seats.html", context)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_seat(request: HttpRequest) -> HttpResponse:
    """任席位."""
    visit = visit_of(request)
    place = visit.place(asked(request, "place", 12))
    visit.must("unit.take_seat", place.code)
    choices = seatable_units(visit.viewer, place.code, visit.today)
    params = {"seat": asked(request, "seat", 20)} if asked(request, "seat") else {}
    scene = Scene(visit.viewer, place.code, visit.moment, visit.lang, place=choices, params=params)
    back = f"{reverse('administration_seats')}?place={place.code}"
    return act(request, "unit.take_seat", scene, back, back, about=place.name)


def _found(directory: Directory, visit: Visit, kind: str, q: str) -> list[UnitInfo]:
    """The jurisdiction's own units that exist or will, by their names dissolved ones too; the directory is at hand, so nothing is read."""
    here = [u for u in directory.units.values() if u.jurisdiction_id == directory.jurisdiction.id and u.valid_to > u.valid_from]
    own = [u for u in here if u.valid_to > visit.today or q]
    fit = [u for u in own if (not kind or u.kind == kind) and (not q or _has(u, q))]
    return sorted(fit, key=lambda u: (ORDER.index(u.kind) if u.kind in ORDER else 99, u.code_on(visit.today) or "~", u.key))


def _has(unit: UnitInfo, q: str) -> bool:
    said = [unit.key, *(name.name for name in unit.names), *(name.short_name for name in unit.names), *(code.code for code in unit.codes)]
    text = "\n".join(map(folded, said))
    return all(word in text for word in words(q))


def _line(unit: UnitInfo, visit: Visit, person: str) -> dict[str, Any]:
    named = unit.named_on(visit.today)
    now = named.name if named else unit.key
    return {
        "key": unit.key,
        "href": _unit_href(unit.key),
        "name": now,
        "short_name": named.short_name if named and named.short_name != now else "",
        "former": list(dict.fromkeys(name.name for name in unit.names if name.valid_to <= visit.today and name.name != now)),
        "kind": gettext(UNIT_KINDS.get(unit.kind, unit.kind)),
        "code": unit.code_on(visit.today),
        "since": unit.valid_from,
        "ahead": unit.valid_from > visit.today,
        "dissolved": unit.valid_to <= visit.today,
        "appoint": f"{reverse('administration_appoint')}?{urlencode({'unit': unit.key, 'person': person})}" if person else "",
    }


def _post(post: HeldPost, visit: Visit) -> dict[str, Any]:
    """A post in its unit: the person by her name; her user name for administrators alone."""
    kept = urlencode({"unit": post.unit, "person": post.username, "post": post.kind})
    return {
        "label": gettext(post.label),
        "person": post.person,
        "username": post.username if visit.administers else "",
        "href": reverse("administration_person", args=[post.username]) if visit.administers else "",
        "valid_from": post.valid_from,
        "last_day": post.last_day,
        "when": post.on(visit.today),
        "end": f"{reverse('administration_end')}?{kept}",
    }


def _seat(line: SeatLine, visit: Visit) -> dict[str, Any]:
    """A seat and its holder; the link only where the unit's page is open to the visitor."""
    label = edition_now().seats.get(line.seat)
    open_to_her = line.unit.partition(".")[0] in {place.code for place in visit.places}
    return {
        "label": label.label.in_language(visit.lang) if label else line.seat,
        "place_name": line.place_name,
        "unit": line.unit_name,
        "href": _unit_href(line.unit) if open_to_her else "",
        "valid_from": line.valid_from,
        "last_day": line.last_day,
        "document": line.document,
    }


def _unit_href(key: str) -> str:
    return reverse("administration_unit", args=[key])
