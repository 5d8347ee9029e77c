"""页面: checking a task, what was kept, uniform deployments."""

from __future__ import annotations

from django.http import HttpRequest

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed, NotFound
from dutygate.base.organizations.sessions import acting_post_of
from dutygate.features.taskcheck.checking import reads_tasks
from dutygate.law.rules import Finding


def viewer_of(request: HttpRequest) -> ActingPost:
    """Who reads, in which post; ``with_post`` has seen to it that there is one. Raises NotFound for administrators."""
    viewer = acting_post_of(request)
    assert viewer is not None
    if not reads_tasks(viewer):
        raise NotFound([Finding("not_found", "7", {"subject": request.path})])
    return viewer


def page_of(request: HttpRequest) -> int:
    """Which page, from 0; the address counts from 1."""
    given = request.GET.get("page", "")
    return max(int(given) - 1, 0) if given.isdecimal() and len(given) < 5 else 0


def refuse(action: str, by: list[str]) -> NotAllowed:
    """For whom the procedure does not name."""
    return NotAllowed([Finding("not_your_role", "7", {"action": action, "by": by})])
