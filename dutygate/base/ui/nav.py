"""导航: the few places to go, brought by the features, shown by the kind of post one acts in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: a label (Chinese, translated when shown), a route name, an icon, and for which acting posts."""

    label: str
    route: str
    icon: str
    order: int
    shown_to: Callable[[Any], bool]


_places: Final[dict[str, Place]] = {}


def offers_place(place: Place) -> None:
    """Register a place, by its route."""
    _places[place.route] = place


def public_places(acting: Any, path: str) -> list[dict[str, Any]]:
    """The places for somebody acting in that post: {label, href, icon, current}. ``acting`` is None for who is not signed in."""
    found = []
    for place in sorted(_places.values(), key=lambda p: p.order):
        if place.shown_to(acting):
            href = reverse(place.route)
            current = path == href if href == "/" else path.startswith(href)
            found.append({"label": gettext(place.label), "href": href, "icon": place.icon, "current": current})
    return found
