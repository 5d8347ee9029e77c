"""页面: 年度确认单 of a township: everything that was given in a year, confirmed or disputed in one go; on paper by lead or department."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dutygate.base.actions import clock
from dutygate.base.actions.acting import Page, act_page
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.actions.naming import label_in, newest_procedure
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.sessions import with_post
from dutygate.base.ui.language import language
from dutygate.features.lists.places import unit_read
from dutygate.features.support.actions.answer import sheet_ref
from dutygate.features.support.queries import last_word, leads, public_reference, sheet_of
from dutygate.features.support.shown import Names, line_shown
from dutygate.features.support.web import viewer_of
from dutygate.features.support.words import amount_said
from dutygate.law.rules import Finding


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """确认单: what awaits the township's word."""
    return _answering(request, key, year, "support.confirm")


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """异议: against one delivery, also one that was confirmed for the township from a paper."""
    return _answering(request, key, year, "support.dispute")


def _answering(request: HttpRequest, key: str, year: int, action: str) -> HttpResponse:
    viewer, moment, lang, procedure = viewer_of(request), clock.now(), language(), newest_procedure()
    today = local_day(moment)
    directory, unit = unit_read(viewer, key, "township")
    rows = sheet_of(viewer, unit.id, year)
    own = viewer.unit_id == unit.id
    if not own and (action == "support.dispute" or not (rows and (leads(viewer) or viewer.unit_kind == "department"))):
        raise NotAllowed([Finding("not_your_role", procedure.cites(action), {"action": action, "by": ["township"]})])
    names = Names(today)
    lines = [line for row in rows if (line := _line(row, names, today, action))["waiting"] > 0]
    place = {"lines": lines, "paper": not own, "year": year}
    ref = sheet_ref(unit, year)
    scene = Scene(viewer, ref, moment, lang, place, params={"unit": key}, expected={"sheet": last_word(viewer, unit.id, year)})
    back = reverse("support")
    context = {
        "path": request.get_full_path(),
        "township": directory.name_on(unit.id, today),
        "year": year,
        "lines": lines,
        "answered": [line for row in rows if (line := _line(row, names, today, action))["waiting"] <= 0],
        "paper": not own,
        "disputing": action == "support.dispute",
    }
    label = label_in(procedure.labels[action], lang, action)
    page = Page(label=label, cites=procedure.cites(action), back=back, done=back, can=bool(lines), context=context)
    return act_page(request, ACT_FORMS[action], scene, page)


def _line(row: Any, names: Names, today: Any, action: str) -> dict[str, Any]:
    """One delivery. ``waiting``: of how much this word may still be said."""
    commitment = row.commitment
    waiting = row.amount - row.confirmed - row.disputed - row.refused + (row.on_paper if action == "support.dispute" else 0)
    shown = line_shown(commitment, names, today)
    return {
        "key": str(row.id),
        "ref": f"{public_reference(commitment)}.{row.ordinal}",
        "measure": commitment.measure,
        "waiting": waiting,
        "amount": amount_said(max(waiting, 0), commitment.measure),
        "given": row.given,
        "voucher": row.voucher_number,
        "day": row.delivered_on,
        "scan": row.scan,
        "confirmed": amount_said(row.confirmed, commitment.measure),
        "disputed": amount_said(row.disputed, commitment.measure),
        **{name: shown[name] for name in ("title", "duty", "department", "kind", "href")},
    }
