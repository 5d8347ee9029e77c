"""页面: what all pages of administration share: the tabs, the choice of a jurisdiction, the one way in which a form acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import label_in, newest_procedure
from dutygate.base.actions.outcome import Outcome
from dutygate.base.organizations.directory import JurisdictionInfo
from dutygate.features.administration.access import Visit

PAGE: Final = 50
_TABS: Final = (
    ("administration", gettext_noop("机构")),
    ("administration_people", gettext_noop("人员")),
    ("administration_seats", gettext_noop("席位")),
    ("administration_changes", gettext_noop("机构变更")),
    ("administration_calendar", gettext_noop("工作日历")),
    ("administration_logins", gettext_noop("登录与锁定")),
)


def tabs(visit: Visit, current: str) -> list[dict[str, Any]]:
    """The parts that are open to the visitor."""
    shown = {"administration", "administration_seats", "administration_changes", "administration_calendar"}
    shown |= {"administration_people"} if visit.administers else set()
    shown |= {"administration_logins"} if visit.viewer.kind == "security_admin" else set()
    return [{"label": gettext(label), "href": reverse(route), "current": route == current} for route, label in _TABS if route in shown]


def places(visit: Visit, chosen: JurisdictionInfo, **kept: str) -> list[dict[str, Any]]:
    """The jurisdictions to choose from; [] where there is only one."""
    if len(visit.places) < 2:
        return []
    carried = {name: value for name, value in kept.items() if value}

    def href(place: JurisdictionInfo) -> str:
        return f"?{urlencode({'place': place.code, **carried})}"

    return [{"name": place.name, "href": href(place), "current": place is chosen} for place in visit.places]


Done = str | Callable[[Outcome | None], str]


def act(request: HttpRequest, action: str, scene: Scene, back: str, done: Done, **context: Any) -> HttpResponse:
    """The form of one action of administration, through the one door. ``context``: what stands above the form."""
    procedure = newest_procedure()
    page = Page(
        label=label_in(procedure.labels[action], scene.lang, action),
        cites=procedure.cites(action),
        back=back,
        done=done,
        context={"path": request.get_full_path(), **context},
    )
    return act_page(request, ACT_FORMS[action], scene, page)


def asked(request: HttpRequest, name: str, limit: int = 100) -> str:
    """One word of the address."""
    return request.GET.get(name, "").strip()[:limit]


def number_asked(request: HttpRequest, name: str) -> int | None:
    """One number of the address, or None."""
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None
