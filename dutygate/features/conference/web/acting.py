"""页面: the forms of the conference, for the lead (Article 3)."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import edition_now, label_in
from dutygate.base.organizations.sessions import with_post
from dutygate.base.ui.language import language
from dutygate.features.cases.sections import directory_now
from dutygate.features.conference.drafting import draft_of
from dutygate.features.conference.forms.calling import AgendaPlace, CallPlace, MemberPlace
from dutygate.features.conference.forms.holding import AttendancePlace, ItemPlace, MinutesPlace
from dutygate.features.conference.forms.setting import AdoptPlace
from dutygate.features.conference.queries import closed_meetings, leads, meeting_visible, waiting_cases
from dutygate.features.conference.shown import Shelved, shelved
from dutygate.features.conference.web import act, not_yours, viewer_of
from dutygate.features.conference.words import outcomes_in
from dutygate.law.procedure.consistency import signable
from dutygate.law.procedure.table import procedure_of

MOST: Final = 100
STEPS: Final = {
    "agenda": "conference.agenda",
    "attendance": "conference.attendance",
    "item": "conference.conclude_item",
    "minutes": "conference.minutes",
    "adopt": "conference.adopt",
}
NEVER_MEMBERS: Final = ("township", "oversight")


def _waiting(viewer: Any) -> list[tuple[str, str]]:
    rows = waiting_cases(viewer).values_list("number", "title")[:MOST]
    return [(number, f"{title}（{number}）") for number, title in rows]


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def convene(request: HttpRequest) -> HttpResponse:
    """召集联席会议."""
    viewer, today = viewer_of(request), local_day(clock.now())
    if not leads(viewer, today):
        raise not_yours("conference.convene")
    directory = directory_now(viewer)
    members = [(directory.unit(unit).key, directory.name_on(unit, today)) for unit in directory.members(today)]
    place = CallPlace(members, _waiting(viewer), today)
    back = reverse("meetings")
    return act(
        request, "conference.convene", viewer.jurisdiction, place, back, lambda done: reverse("meeting", args=[done.result["meeting"]])
    )


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest) -> HttpResponse:
    """增补成员单位."""
    viewer, today = viewer_of(request), local_day(clock.now())
    if not leads(viewer, today):
        raise not_yours("conference.appoint_member")
    directory = directory_now(viewer)
    members = directory.members(today)
    units = [u for u in directory.units.values() if u.exists_on(today) and u.kind not in NEVER_MEMBERS and u.id not in members]
    units = [u for u in units if u.jurisdiction_id == viewer.jurisdiction_id]
    place = MemberPlace(
        [(u.key, directory.name_on(u.id, today)) for u in units],
        [(number, f"{title}（{number}）") for number, title in closed_meetings(viewer)],
        today,
        [(str(gettext("联席会议成员单位")), directory.name_on(unit, today)) for unit in members],
    )
    back = reverse("meetings")
    return act(request, "conference.appoint_member", viewer.jurisdiction, place, back, back)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_meeting(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """编排议题、登记到会情况、登记议题结论、起草会议纪要、规定参数."""
    viewer, today = viewer_of(request), local_day(clock.now())
    row = meeting_visible(viewer, number)
    if step not in STEPS:
        raise Http404
    found = shelved(viewer, row, today, language())
    if not found.leads:
        raise not_yours(STEPS[step])
    place, params, label = _place(request, found, step)
    back = reverse("meeting", args=[number])
    return act(request, STEPS[step], number, place, back, back, params, {"meeting": row.version}, label)


def _place(request: HttpRequest, found: Shelved, step: str) -> tuple[Any, dict[str, str], str]:
    viewer, today, row = viewer_of(request), local_day(clock.now()), found.row
    if step == "agenda":
        on_it = [(line["number"], f"{line['title']}（{line['number']}）") for line in found.items]
        return AgendaPlace(row, on_it, _waiting(viewer)), {}, row.title
    if step == "attendance":
        directory = directory_now(viewer)
        called = [one for one in found.attendances if one["called"]]
        taken = {one["id"] for one in called}
        others = [(u.key, directory.name_on(u.id, row.day)) for u in directory.units.values() if u.exists_on(row.day) and u.id not in taken]
        return AttendancePlace(row, called, [one for one in found.attendances if not one["called"]], others), {}, row.title
    if step == "item":
        asked = request.GET.get("case", "")
        line = next((one for one in found.items if one["number"] == asked), None)
        if line is None:
            raise Http404
        return ItemPlace(row, line["item"], list(outcomes_in(line["item"].case.kind).items())), {"case": asked}, line["title"]
    if step == "minutes":
        text = row.minutes or draft_of(viewer, row, today)
        waiting = [f"{line['title']}（{line['number']}）" for line in found.items if not line["item"].outcome]
        return MinutesPlace(row, text, not row.minutes, waiting), {}, row.title
    edition, lang = edition_now(), language()
    choices = [(name, one.label.in_language(lang)) for name, one in edition.parameters.items()]
    procedure = procedure_of(edition)
    codes = {label_in(procedure.labels[name], lang, name): name for name in sorted(signable(procedure))}
    return AdoptPlace(row, dict(edition.parameters), choices, today, codes), {}, row.title
