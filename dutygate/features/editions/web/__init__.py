"""页面: the regulation, its parameters, what keeps it, the diagram, the terms, the help. Nothing of any case: no login is asked."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import edition_now
from dutygate.base.organizations.sessions import acting_post_of
from dutygate.base.register.law_here import law_of_this_place, this_place
from dutygate.base.ui.language import language
from dutygate.features.editions import glossary as terms
from dutygate.features.editions import helping, provisions, topic_page
from dutygate.features.editions.picture import TRACKS, picture, ways_of
from dutygate.features.editions.queries import public_interpretations, public_overridings
from dutygate.features.editions.web.asking import may_ask, may_interpret, may_mark
from dutygate.law.procedure.bpmn import MEDIA_TYPE, bpmn
from dutygate.law.regulation.edition import Edition

LONGEST_SEARCH: Final = 60


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """条款: the edition in force, its provisions in order, and the lists it brings."""
    edition = edition_now()
    wording = provisions.official_wording(edition)
    context = {
        "edition": edition,
        "repealed": [one for one in law_of_this_place().editions if one.id in edition.repeals],
        "lines": provisions.lines_of(edition, wording),
        "wording": wording,
        "classes": list(edition.exclusions.classes.values()),
        **{name: list(getattr(edition, name).values()) for name in ("principles", "tracks", "items", "focus_points", "seats")},
    }
    return render(request, "editions/law.html", context)


@require_safe
def provision(request: HttpRequest, provision: str) -> HttpResponse:
    """一条: what it says, what it means here, and the rules, actions, pages and tests that rest on it."""
    edition, lang = edition_now(), language()
    if provision not in edition.provisions:
        raise Http404
    wording = provisions.official_wording(edition)
    context = {
        "edition": edition,
        "official": (wording.provisions.get(provision, "") if wording else "").splitlines(),
        "topic": helping.topic(f"article-{provision}", lang),
        **provisions.provision_page(edition, provision, lang),
        **_said_about(request, edition, provision),
    }
    return render(request, "editions/provision.html", context)


def _said_about(request: HttpRequest, edition: Edition, provision: str) -> dict[str, Any]:
    """What was said about a provision here: interpretations, what takes its place, and what the reader may do about it."""
    viewer, place, today = acting_post_of(request), this_place(), local_day(clock.now())
    said = public_interpretations(place, provision=provision) if place else []
    return {
        "interpretations": [one for one in said if one.edition == edition.id],
        "earlier": [one for one in said if one.edition != edition.id],
        "overridings": public_overridings(place, edition.id, provision) if place else [],
        "today": today,
        "asks": may_ask(viewer),
        "interprets": may_interpret(viewer),
        "marks": may_mark(viewer, today),
    }


@require_safe
def coverage_table(request: HttpRequest) -> HttpResponse:
    """条款对照: each provision with what keeps it."""
    edition = edition_now()
    return render(request, "editions/coverage.html", {"edition": edition, "lines": provisions.coverage_lines(edition, language())})


@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """参数: what the text leaves to the conference, with the value in use and where it comes from (Article 3)."""
    edition = edition_now()
    lines = [provisions.parameter_line(one) for one in edition.parameters.values()]
    return render(request, "editions/parameters.html", {"edition": edition, "lines": lines, "counted": provisions.counted(lines)})


def _track(request: HttpRequest) -> str:
    asked = request.GET.get("track", "")
    return asked if asked in TRACKS else ""


@require_safe
def diagram(request: HttpRequest) -> HttpResponse:
    """程序图: both tracks or one, with a table that says the same."""
    edition, lang, track = edition_now(), language(), _track(request)
    context: dict[str, Any] = {
        "edition": edition,
        "track": track,
        "tracks": list(edition.tracks.values()),
        "wide": picture(edition, lang, columns=2, track=track),
        "tall": picture(edition, lang, columns=1, track=track),
        **ways_of(edition, lang, track),
    }
    return render(request, "editions/diagram.html", context)


@require_safe
def diagram_svg(request: HttpRequest) -> HttpResponse:
    """The diagram as a file."""
    drawn = picture(edition_now(), language(), columns=2, track=_track(request))
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Content-Disposition": 'attachment; filename="procedure.svg"'})


@require_safe
def diagram_bpmn(request: HttpRequest) -> HttpResponse:
    """The procedure as BPMN 2.0."""
    document = bpmn(edition_now(), language())
    return HttpResponse(document, content_type=MEDIA_TYPE, headers={"Content-Disposition": 'attachment; filename="procedure.bpmn"'})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """用语."""
    return render(request, "editions/glossary.html", {"sections": terms.sections()})


@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    """帮助: all topics, or those in which the words asked for stand."""
    asked = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    groups = topic_page.groups(edition_now(), language(), asked)
    return render(request, "editions/help.html", {"groups": groups, "asked": asked})


@require_safe
def help_topic(request: HttpRequest, topic: str) -> HttpResponse:
    """帮助的一篇."""
    lang = language()
    found = helping.topic(topic, lang)
    if found is None:
        raise Http404
    return render(request, "editions/topic.html", topic_page.page(edition_now(), found, lang))
