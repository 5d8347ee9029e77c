"""页面: checking a task, what was kept, uniform deployments."""

from __future__ import annotations

from django.http import HttpRequest

from dutygate.base.actions import facing
from dutygate.base.actions.facing import page_of
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed, NotFound
from dutygate.features.taskcheck.checking import reads_tasks
from dutygate.law.rules import Finding

__all__ = ["page_of", "refuse", "viewer_of"]


def viewer_of(request: HttpRequest) -> ActingPost:
    """Who reads, in which post; ``with_post`` has seen to it that there is one. Raises NotFound for administrators."""
    viewer = facing.viewer_of(request)
    if not reads_tasks(viewer):
        raise NotFound([Finding("not_found", "7", {"subject": request.path})])
    return viewer


def refuse(action: str, by: list[str]) -> NotAllowed:
    """For whom the procedure does not name."""
    return NotAllowed([Finding("not_your_role", "7", {"action": action, "by": by})])
