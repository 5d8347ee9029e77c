"""页面: the manual. No log-in is needed: it tells nothing but how the program is used. Who is logged in finds her own chapter first."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dutygate.base.organizations.queries import public_directory
from dutygate.base.organizations.sessions import acting_post_of, today
from dutygate.base.register.chains import reference_version_of
from dutygate.features.manual.book import COMMON, ORDER, ROLES, SUBJECTS, Chapter, chapters, own_chapters
from dutygate.features.manual.rendering import Renderer


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """目录: my own chapters first, then all by role."""
    book = chapters()
    own = [book[name] for name in _own(request)]
    groups = [(names, [book[name] for name in ORDER if name in names]) for names in (COMMON, ROLES, SUBJECTS)]
    context = {"own": own, "common": groups[0][1], "roles": groups[1][1], "subjects": groups[2][1]}
    return render(request, "manual/contents.html", context)


@require_safe
def chapter(request: HttpRequest, chapter: str) -> HttpResponse:
    """一章. Raises Http404."""
    found = chapters().get(chapter)
    if found is None:
        raise Http404
    at = ORDER.index(chapter)
    book = chapters()
    context = {
        **_shown(found),
        "before": book[ORDER[at - 1]] if at else None,
        "after": book[ORDER[at + 1]] if at + 1 < len(ORDER) else None,
    }
    return render(request, "manual/chapter.html", context)


@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """全书: every chapter on one page, to print."""
    return render(request, "manual/whole.html", {"chapters": [_shown(one, whole=True) for one in chapters().values()]})


def _shown(chapter: Chapter, *, whole: bool = False) -> dict[str, Any]:
    renderer = Renderer(chapter.id, whole)
    sections = [{"anchor": renderer.anchor(one.anchor), "title": one.title} for one in chapter.sections]
    return {"chapter": chapter, "sections": sections, "body": renderer.blocks(chapter.body)}


def _own(request: HttpRequest) -> tuple[str, ...]:
    held = acting_post_of(request)
    if held is None:
        return ()
    seats: frozenset[str] = frozenset()
    if held.unit_id is not None and held.unit_kind == "department":
        seats = public_directory(held.jurisdiction_id, reference_version_of(held.jurisdiction_id)).seats_of(held.unit_id, today())
    return own_chapters(held.kind, held.unit_kind, seats)
