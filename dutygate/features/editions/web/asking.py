"""页面: questions about provisions and their answers, interpreting, marking what gives way to a higher rule (Articles 9, 10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import directory_for, edition_now, label_in, named, newest_procedure
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.sessions import with_post
from dutygate.base.register.law_here import this_place
from dutygate.base.ui.language import language
from dutygate.features.editions.queries import (
    OFFICE_POSTS,
    answers_to,
    interpreters_of,
    leads,
    public_interpretations,
    question_visible,
    questions_visible,
)
from dutygate.features.editions.web.drafts import viewer_of
from dutygate.law.rules import Finding

PAGE: Final = 30


def may_ask(viewer: ActingPost | None) -> bool:
    """Whether somebody acts for an office, which may ask what a provision means."""
    return viewer is not None and viewer.kind in OFFICE_POSTS


def may_interpret(viewer: ActingPost | None) -> bool:
    """Whether somebody acts for the interpreter (Article 10)."""
    return viewer is not None and viewer.kind in OFFICE_POSTS and viewer.unit_id in interpreters_of(viewer, edition_now())


def may_mark(viewer: ActingPost | None, on: date) -> bool:
    """Whether somebody acts for the lead, which marks what gives way (Article 9)."""
    return viewer is not None and leads(viewer, on)


@with_post
@never_cache
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """询问与解释: the questions that the reader may see, newest first, and what was published."""
    viewer, today, edition = viewer_of(request), local_day(clock.now()), edition_now()
    before = request.GET.get("before", "")
    rows = questions_visible(viewer, today, edition)
    if request.GET.get("open"):
        rows = rows.filter(answered_at=None)
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(id__lt=int(before))
    found, place = list(rows[: PAGE + 1]), this_place()
    kept = {"open": "1"} if request.GET.get("open") else {}
    context = {
        "lines": _lines(found[:PAGE]),
        "only_open": bool(request.GET.get("open")),
        "interpretations": public_interpretations(place, edition.id) if place else [],
        "edition": edition,
        "interprets": may_interpret(viewer),
        "asks": may_ask(viewer),
        "older": f"?{urlencode({**kept, 'before': found[PAGE - 1].id})}" if len(found) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if before else "",
    }
    return render(request, "editions/questions.html", context)


def _lines(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Questions as the pages show them; the directory of each jurisdiction is asked once."""
    today, places = local_day(clock.now()), {place: directory_for(place) for place in {row.jurisdiction_id for row in rows}}
    return [
        {
            "row": row,
            "href": reverse("law_question", args=[row.id]),
            "unit": (named(places[row.jurisdiction_id], row.asked_by_id, today) or {}).get("name", ""),
        }
        for row in rows
    ]


@with_post
@never_cache
@require_safe
def question(request: HttpRequest, question: int) -> HttpResponse:
    """一件询问 with its answer."""
    viewer, today, edition = viewer_of(request), local_day(clock.now()), edition_now()
    row = question_visible(viewer, question, today, edition)
    own, directory = row.jurisdiction_id == viewer.jurisdiction_id, directory_for(row.jurisdiction_id)
    answers = answers_to(viewer, [row]).get(row.id, [])
    context = {
        "line": _lines([row])[0],
        "answers": [{"row": one, "unit": (named(directory, one.given_by_id, today) or {}).get("name", "")} for one in answers],
        "interprets": own and row.answered_at is None and row.edition == edition.id and may_interpret(viewer),
    }
    return render(request, "editions/question.html", context)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, provision: str) -> HttpResponse:
    """询问一条."""
    viewer = viewer_of(request)
    _only(may_ask(viewer), "law.ask", ["department", "township", "lead"])
    return _act(request, viewer, "law.ask", provision, lambda outcome: reverse("law_question", args=[outcome.result["question"]]))


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interpret(request: HttpRequest, provision: str) -> HttpResponse:
    """解释一条, in answer to ``?question=`` or of one's own accord."""
    viewer = viewer_of(request)
    _only(may_interpret(viewer), "law.interpret", ["interpreter"])
    asked = request.GET.get("question", "")
    if not asked:
        return _act(request, viewer, "law.interpret", provision)
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    row = question_visible(viewer, int(asked), local_day(clock.now()), edition_now())
    return _act(request, viewer, "law.interpret", provision, reverse("law_question", args=[row.id]), {"question": asked}, question=row)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def override(request: HttpRequest, provision: str) -> HttpResponse:
    """标明从其规定."""
    viewer = viewer_of(request)
    _only(may_mark(viewer, local_day(clock.now())), "law.mark_overridden", ["lead"])
    return _act(request, viewer, "law.mark_overridden", provision)


def _only(allowed: bool, action: str, by: list[str]) -> None:
    if not allowed:
        raise NotAllowed([Finding("not_your_role", newest_procedure().cites(action), {"action": action, "by": by})])


def _act(
    request: HttpRequest,
    viewer: ActingPost,
    action: str,
    provision: str,
    done: Any = None,
    params: dict[str, str] | None = None,
    **context: Any,
) -> HttpResponse:
    found, procedure, lang = edition_now().provisions.get(provision), newest_procedure(), language()
    if found is None:
        raise Http404
    where = reverse("law_provision", args=[provision])
    page = Page(
        label=label_in(procedure.labels[action], lang, action),
        cites=procedure.cites(action),
        back=where,
        done=done or where,
        context={"path": request.get_full_path(), **context},
    )
    scene = Scene(viewer, viewer.jurisdiction, clock.now(), lang, found, {"provision": provision, **(params or {})})
    return act_page(request, ACT_FORMS[action], scene, page)
