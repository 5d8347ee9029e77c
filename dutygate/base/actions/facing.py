"""What faces have in common: who reads, which page of a list, who is turned away, the form of an act that is no step of a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import label_in, newest_procedure
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.sessions import acting_post_of
from dutygate.base.ui.language import language
from dutygate.law.rules import Finding


def viewer_of(request: HttpRequest) -> ActingPost:
    """Who reads, in which post; ``with_post`` has seen to it that there is one."""
    viewer = acting_post_of(request)
    assert viewer is not None
    return viewer


def page_of(request: HttpRequest) -> int:
    """Which page, from 0; the address counts from 1."""
    given = request.GET.get("page", "")
    return max(int(given) - 1, 0) if given.isdecimal() and len(given) < 5 else 0


def not_yours(action: str) -> NotAllowed:
    """For whom the procedure does not name."""
    procedure = newest_procedure()
    return NotAllowed([Finding("not_your_role", procedure.cites(action), {"action": action, "by": sorted(procedure.roles_of(action))})])


def act(
    request: HttpRequest,
    action: str,
    subject: str,
    place: Any,
    back: str,
    done: Any,
    params: dict[str, str] | None = None,
    expected: dict[str, int] | None = None,
    label: str = "",
) -> HttpResponse:
    """The form of an action by name; ``label``: what it is about, behind the name of the action."""
    viewer, lang, procedure = viewer_of(request), language(), newest_procedure()
    name = label_in(procedure.labels[action], lang, action)
    page = Page(
        label=f"{name}{'：' if lang != 'en' else ': '}{label}" if label else name,
        cites=procedure.cites(action),
        back=back,
        done=done,
        context={"path": request.get_full_path(), "place": place},
    )
    return act_page(request, ACT_FORMS[action], Scene(viewer, subject, clock.now(), lang, place, params or {}, expected), page)
