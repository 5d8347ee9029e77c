"""页面: the legal bases with search, one with all that rests on it, and what the lead and the legal seat do with it (Articles 1, 4.5)."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import directory_for, label_in, named, newest_procedure
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language
from dutygate.features.bases.keeping import details_of
from dutygate.features.bases.queries import (
    adjustments_of,
    bases_of_text,
    basis_visible,
    cases_resting_on,
    changes_of,
    duties_resting,
    keeps_bases,
    page_of_bases,
    readings_before,
    version_of,
)
from dutygate.features.bases.touched import change_shown, reading_shown, touched_shown
from dutygate.features.bases.wording import basis_line
from dutygate.features.cases.head import line_of
from dutygate.law.rules import Finding

PAGE: Final = 30
CASES: Final = 100
STATES: Final[dict[str, bool | None]] = {"": None, "confirmed": True, "proposed": False}


def _viewer(request: HttpRequest) -> ActingPost:
    viewer = acting_post_of(request)
    assert viewer is not None
    return viewer


@with_post
@never_cache
@require_safe
def basis_list(request: HttpRequest) -> HttpResponse:
    """法定依据: newest first, narrowed by words and by whether they are confirmed."""
    viewer, today = _viewer(request), local_day(clock.now())
    words, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    state = state if state in STATES else ""
    before = request.GET.get("before", "")
    rows = page_of_bases(viewer, words, STATES[state], PAGE + 1, int(before) if before.isdecimal() and len(before) < 19 else None)
    kept = {name: value for name, value in (("q", words), ("state", state)) if value}
    context = {
        "lines": [_line(row, today) for row in rows[:PAGE]],
        "words": words,
        "state": state,
        "states": [("", _("全部")), ("confirmed", _("已确认")), ("proposed", _("待确认"))],
        "keeps": keeps_bases(viewer, today),
        "older": f"?{urlencode({**kept, 'before': rows[PAGE - 1].id})}" if len(rows) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if before else "",
    }
    return render(request, "bases/list.html", context)


@with_post
@never_cache
@require_safe
def basis_page(request: HttpRequest, basis: int) -> HttpResponse:
    """One basis: its days, what changed it, the other articles of its text, the duties and the cases resting on it."""
    viewer, today, lang = _viewer(request), local_day(clock.now()), language()
    row = basis_visible(viewer, basis)
    cases = cases_resting_on(viewer, row, CASES + 1)
    directory = directory_for(row.jurisdiction_id)
    proposed_by = named(directory, row.proposed_by_id, today)
    changes = changes_of(viewer, row)
    adjusted = adjustments_of(viewer, {code for change in changes for code in change.duties})
    context = {
        "basis": _line(row, today),
        "proposed_by": proposed_by["name"] if proposed_by else "",
        "keeps": keeps_bases(viewer, today) and row.jurisdiction_id == viewer.jurisdiction_id,
        "others": [_line(other, today) for other in bases_of_text(viewer, row) if other.id != row.id],
        "changes": [change_shown(change) for change in changes],
        "adjusted": {code: line_of(case, directory, today, lang) for code, case in adjusted.items()},
        "readings": _readings(viewer, row, directory, today),
        "touched": touched_shown(duties_resting(viewer, row, today), directory, today),
        "lines": [line_of(case, directory, today, lang) for case in cases[:CASES]],
        "more": len(cases) > CASES,
    }
    return render(request, "bases/basis.html", context)


def _readings(viewer: ActingPost, row: Any, directory: Any, today: Any) -> list[dict[str, Any]]:
    """原来的登记, newest first, each beside what came after it."""
    after, found = details_of(row), []
    for reading in readings_before(viewer, row):
        found.append(reading_shown(reading, after, directory, today))
        after = reading.details
    return found


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """登记法定依据."""
    viewer = _viewer(request)
    return _act(request, viewer, "basis.register", reverse("bases"))


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, basis: int) -> HttpResponse:
    """确认法定依据: as it was proposed, or put right."""
    viewer = _viewer(request)
    row, where = basis_visible(viewer, basis), reverse("basis", args=[basis])
    if row.confirmed:
        messages.info(request, _("这条依据已经确认，不用再办。"))
        return HttpResponseRedirect(where)
    same = [_line(other, local_day(clock.now())) for other in bases_of_text(viewer, row) if other.article_key == row.article_key]
    return _act(request, viewer, "basis.confirm", where, row, alike=[line for line in same if line["confirmed"]])


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, basis: int, what: str) -> HttpResponse:
    """登记修改、登记废止、更正, of a basis that is confirmed."""
    viewer = _viewer(request)
    row, where = basis_visible(viewer, basis), reverse("basis", args=[basis])
    if not row.confirmed:
        messages.info(request, _("这条依据还没有确认，请先核对、确认。"))
        return HttpResponseRedirect(where)
    return _act(request, viewer, f"basis.{what}", where, row)


def _act(request: HttpRequest, viewer: ActingPost, action: str, back: str, row: Any = None, **more: Any) -> HttpResponse:
    """The form, for the lead and the legal seat of the basis's own jurisdiction. Raises NotAllowed for everybody else."""
    lang, procedure, moment = language(), newest_procedure(), clock.now()
    own = row is None or row.jurisdiction_id == viewer.jurisdiction_id
    if not (own and keeps_bases(viewer, local_day(moment))):
        raise NotAllowed([Finding("not_your_role", procedure.cites(action), {"action": action, "by": ["lead", "legal"]})])
    page = Page(
        label=label_in(procedure.labels[action], lang, action),
        cites=procedure.cites(action),
        back=back,
        done=lambda outcome: reverse("basis", args=[outcome.result["basis"]]) if outcome and "basis" in outcome.result else back,
        context={"path": request.get_full_path(), "doing": action, **more},
    )
    params = {} if row is None else {"basis": str(row.id)}
    expected = {"basis": version_of(viewer, row)} if action == "basis.correct" else None
    return act_page(request, ACT_FORMS[action], Scene(viewer, viewer.jurisdiction, moment, lang, row, params, expected), page)


def _line(row: Any, today: Any) -> dict[str, Any]:
    return {**basis_line(row, today), "href": reverse("basis", args=[row.id])}
