"""页面: 登记兑现 by the department, 核定异议 by the lead."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
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
from dutygate.features.support.queries import answers_of, commitments_of_pledge, deliveries_of, leads, pledge_by_code, public_reference
from dutygate.features.support.shown import Names, line_shown
from dutygate.features.support.web import viewer_of
from dutygate.features.support.words import amount_said
from dutygate.law.rules import Finding

ACTIONS: Final = {"support.deliver": "department", "support.settle": "lead"}


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """One act on a pledge. 404 for what does not exist here, 403 for whose it is not."""
    if action not in ACTIONS:
        raise Http404
    viewer, moment, lang, procedure = viewer_of(request), clock.now(), language(), newest_procedure()
    today, found = local_day(moment), pledge_by_code(viewer, code)
    if not (viewer.unit_id == found.department_id if action == "support.deliver" else leads(viewer)):
        raise NotAllowed([Finding("not_your_role", procedure.cites(action), {"action": action, "by": [ACTIONS[action]]})])
    rows, names = commitments_of_pledge(viewer, found), Names(today)
    place: dict[str, Any] = {"pledge": found, "today": today}
    if action == "support.deliver":
        shown = [line_shown(row, names, today) for row in rows]
        place["lines"] = [line for line in shown if line["open"]]
    else:
        place["disputes"] = _disputes(viewer, rows, names)
    where = reverse("support_pledge", args=[code])
    context = {"path": request.get_full_path(), "pledge": found, "department": names.of(found.jurisdiction_id, found.department_id)}
    label = label_in(procedure.labels[action], lang, action)
    page = Page(label=label, cites=procedure.cites(action), back=where, done=where, context=context)
    return act_page(request, ACT_FORMS[action], Scene(viewer, code, moment, lang, place), page)


def _disputes(viewer: Any, rows: Any, names: Names) -> list[dict[str, Any]]:
    """The deliveries of which something is disputed, with what was said of them."""
    known = {row.id: row for row in rows}
    deliveries = [one for one in deliveries_of(viewer, rows) if one.disputed]
    reasons: dict[int, list[str]] = {}
    for word in answers_of(viewer, deliveries):
        if word.answer == "disputed":
            reasons.setdefault(word.delivery_id, []).append(word.reason)
    found = []
    for one in deliveries:
        row = known[one.commitment_id]
        line = line_shown(row, names, names.on)
        found.append(
            {
                "key": str(one.id),
                "ref": f"{public_reference(row)}.{one.ordinal}",
                "township": line["township"],
                "kind": line["kind"],
                "measure": row.measure,
                "disputed": amount_said(one.disputed, row.measure),
                "given": amount_said(one.amount, row.measure),
                "voucher": one.voucher_number,
                "day": one.delivered_on,
                "reasons": reasons.get(one.id, []),
            }
        )
    return found
