"""页面: the ledger, one pledge, one commitment; deliveries, sheets, settlements (Article 5)."""

from __future__ import annotations

from django.http import HttpRequest

from dutygate.base.actions import facing
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.features.lists.queries import READING_POSTS
from dutygate.law.rules import Finding


def viewer_of(request: HttpRequest) -> ActingPost:
    """Who reads, in which post. Raises NotFound for administrators: they see no business content."""
    viewer = facing.viewer_of(request)
    if viewer.kind not in READING_POSTS:
        raise NotFound([Finding("not_found", "5", {"subject": request.path})])
    return viewer
