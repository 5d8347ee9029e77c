"""页面: what all pages of the audit share: who reads, and the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.sessions import acting_post_of
from dutygate.base.ui.language import language

PAGE: Final = 50
_TABS: Final = (
    ("audit", gettext_noop("登记簿")),
    ("audit_checks", gettext_noop("核验")),
    ("audit_heads", gettext_noop("链头")),
    ("audit_security", gettext_noop("安全日志")),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, with what is known of her place: ``seats`` are those that her unit holds today."""

    viewer: ActingPost
    directory: Directory
    seats: frozenset[str]
    moment: datetime
    today: date
    lang: str


def reader_of(request: HttpRequest) -> Reader:
    """The reader of this request, who acts in a post (``with_post``)."""
    viewer = acting_post_of(request)
    assert viewer is not None
    moment = clock.now()
    today, directory = local_day(moment), directory_for(viewer.jurisdiction_id)
    seats = directory.seats_of(viewer.unit_id, today) if viewer.unit_id is not None else frozenset[str]()
    return Reader(viewer, directory, seats, moment, today, language())


def tabs(reader: Reader, current: str) -> list[dict[str, Any]]:
    """The parts of the audit; the security log is the audit administrator's alone."""
    return [
        {"label": gettext(label), "href": reverse(route), "current": route == current}
        for route, label in _TABS
        if route != "audit_security" or reader.viewer.kind == "audit_admin"
    ]


def before_of(request: HttpRequest) -> int | None:
    """The number of the last line seen, from the address."""
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
