"""页面: the lists, one township's and one department's, a duty; importing, comparing, handing out, correcting and publishing."""

from __future__ import annotations

from django.http import HttpRequest

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.sessions import acting_post_of


def viewer_of(request: HttpRequest) -> ActingPost:
    """Who reads, in which post; ``with_post`` has seen to it that there is one."""
    viewer = acting_post_of(request)
    assert viewer is not None
    return viewer


def page_of(request: HttpRequest) -> int:
    """Which page, from 0; the address counts from 1."""
    given = request.GET.get("page", "")
    return max(int(given) - 1, 0) if given.isdecimal() and len(given) < 5 else 0
