"""可以申请什么: what the page of a duty offers whoever hands it over or carries it; the features above say so (Articles 4.4, 4.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.features.cases.duties import DutyNow
from dutygate.features.lists.queries import READING_POSTS


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of case about a duty: what its button says, on which provision, and the route of the page, which takes the duty's code."""

    label: str
    cites: str
    route: str
    order: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page of a duty that a feature above keeps: ``template`` is given what ``read`` returns, as ``part``."""

    template: str
    read: Callable[[ActingPost, Any, Directory, date], Any]


_offers: Final[list[Offer]] = []
_parts: Final[list[Part]] = []


def shows_on_duty(part: Part) -> None:
    """Register a part, which stands below what was promised with the duty."""
    _parts.append(part)


def parts_of(viewer: ActingPost, duty: Any, directory: Directory, today: date) -> list[dict[str, Any]]:
    """[{template, part}] of the duty for this viewer; ``directory`` is that of its jurisdiction."""
    return [{"template": part.template, "part": part.read(viewer, duty, directory, today)} for part in _parts]


def offers_on_duty(offer: Offer) -> None:
    """Register a button on the page of every duty in force."""
    _offers.append(offer)


def may_ask(viewer: ActingPost, duty: DutyNow) -> bool:
    """Whether the viewer's unit hands this duty over, or carries it, and the viewer may act for it."""
    if viewer.kind not in READING_POSTS or not duty.in_force:
        return False
    return viewer.unit_id == duty.lead or viewer.unit in duty.partners or viewer.unit_id in duty.holders


def offered(viewer: ActingPost, duty: DutyNow | None) -> list[dict[str, Any]]:
    """The buttons for this viewer: [{label, cites, href}]."""
    if duty is None or not may_ask(viewer, duty):
        return []
    ordered = sorted(_offers, key=lambda offer: offer.order)
    return [{"label": gettext(one.label), "cites": one.cites, "href": reverse(one.route, args=[duty.code])} for one in ordered]
