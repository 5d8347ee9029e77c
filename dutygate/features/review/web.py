"""审核表: the review of a case on one printed page (Articles 2, 3, 4.2)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.register.chains import edition_by_digest
from dutygate.base.ui.language import language
from dutygate.features.cases.head import line_of
from dutygate.features.cases.showing import reading_of
from dutygate.features.review.beside import MODES, townships_counted, townships_in
from dutygate.features.review.pages import why_closed
from dutygate.features.review.sheet import limits_for
from dutygate.features.review.shown import review_shown
from dutygate.features.support.load import load_lines


@with_post
@never_cache
@require_safe
def review_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """审核表: who may see the case sees its sheet, with what she may read of the review."""
    viewer = acting_post_of(request)
    assert viewer is not None
    reading, lang = reading_of(viewer, number, clock.now()), language()
    case, edition = reading.case, edition_by_digest(reading.case.edition_digest)
    shown = review_shown(reading, lang)
    declared = edition.exclusions.classes.get(case.declared_class)
    context = {
        "case": line_of(case, reading.directory, reading.on, lang),
        "ends_on": case.ends_on,
        "mode": MODES.get(case.mode, ""),
        "declared": declared.label.in_language(lang) if declared else case.declared_class,
        "edition": edition.document_number,
        "principles": [principle.label.in_language(lang) for principle in edition.principles.values()],
        "shown": shown,
        "limits": limits_for(shown, case.title),
        "why": why_closed(shown),
        "townships": townships_counted(reading),
        "printed_on": reading.on,
        "load": load_lines(viewer, reading.directory, townships_in(reading), reading.on),
    }
    return render(request, "review/sheet.html", context)
