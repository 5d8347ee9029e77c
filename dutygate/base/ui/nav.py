"""导航: the few places to go, brought by the features, shown by the kind of post one acts in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: a label (Chinese, translated when shown), a route name, an icon, and for which acting posts.

    ``seats``: also for the handlers and signatories of a unit that holds one of these.
    """

    label: str
    route: str
    icon: str
    order: int
    shown_to: Callable[[Any], bool]
    seats: frozenset[str] = frozenset()


_places: Final[dict[str, Place]] = {}


def offers_place(place: Place) -> None:
    """Register a place, by its route."""
    _places[place.route] = place


def public_places(acting: Any, path: str, seats: Callable[[], frozenset[str]] = frozenset) -> list[dict[str, Any]]:
    """The places for somebody acting in that post: {label, href, icon, current}. ``acting`` is None for who is not signed in.

    ``seats`` tells which seats her unit holds now; asked at most once, and not at all where it does not matter.
    """
    found = []
    held: frozenset[str] | None = None
    for place in sorted(_places.values(), key=lambda p: p.order):
        shown = place.shown_to(acting)
        if not shown and place.seats:
            held = seats() if held is None else held
            shown = bool(place.seats & held)
        if shown:
            href = reverse(place.route)
            current = path == href if href == "/" else path.startswith(href)
            found.append({"label": gettext(place.label), "href": href, "icon": place.icon, "current": current})
    return found
