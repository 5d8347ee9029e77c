"""页面: the desk."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.drafts import count_drafts, own_drafts
from dutygate.base.actions.forms import ACT_FORMS
from dutygate.base.actions.naming import directory_for, light_of, newest_procedure
from dutygate.base.actions.now import TaskRow, count_late, count_own_tasks, late_tasks, own_tasks
from dutygate.base.actions.subjects import kind_of, titles_of_subjects
from dutygate.base.actions.waiting import waiting_for
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.notices.queries import count_unread, notice_papers
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_jurisdictions
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language
from dutygate.features.cases.head import act_href, lines_of
from dutygate.features.cases.kinds import ADMISSION, action_in, kind_label
from dutygate.features.cases.showing import DESK, desk_counts, desk_page, kinds_and_titles_of
from dutygate.features.conference.queries import SEATS, due_meetings, waiting_cases
from dutygate.features.desk.signing_web import RECEIPTS

PAGE: Final = 30
PARTS: Final = ("todo", "receipts", "late", *DESK, "drafts")


@with_post
@never_cache
@require_safe
def desk(request: HttpRequest, part: str = "todo") -> HttpResponse:
    """工作台: 待办, 待签收, 已办, 办结, 我发起, 草稿; what waits for my unit comes first. For the lead also 逾期未签收 of all."""
    viewer = acting_post_of(request)
    assert viewer is not None
    if part not in PARTS:
        raise Http404
    if viewer.kind not in ("handler", "signatory"):
        return render(request, "desk/administrator.html", {"kind": viewer.kind})
    owed = count_own_tasks(viewer)
    cases = desk_counts(viewer)
    receipts = sum(n for action, n in owed.items() if action in RECEIPTS)
    counts = {"todo": sum(owed.values()) - receipts, "receipts": receipts, **cases}
    counts["drafts"] = count_drafts(viewer)
    seats, today = _seats(viewer), local_day(clock.now())
    counts["late"] = count_late(viewer, seats, today, only=RECEIPTS)
    labels = {
        "todo": _("待办"),
        "receipts": _("待签收"),
        "late": _("逾期未签收"),
        "tosign": _("待签发"),
        "toread": _("待阅"),
        "done": _("已办"),
        "closed": _("办结"),
        "started": _("我发起"),
        "drafts": _("草稿"),
    }
    parts = [
        {"label": labels[name], "count": counts[name], "href": _href(name), "current": name == part}
        for name in PARTS
        if _is_offered(name, viewer, counts, seats)
    ]
    context = {
        "parts": parts,
        "part": part,
        "title": labels[part],
        "may_open": viewer.unit_kind == "department",
        "unread": count_unread(viewer),
        "waiting": waiting_for(viewer, today),
        "post": viewer.post_id,
        **(_conference(viewer, seats) if part == "todo" else {}),
        **_rows(viewer, part, request),
    }
    return render(request, "desk/desk.html", context)


def _conference(viewer: ActingPost, seats: frozenset[str]) -> dict[str, Any]:
    """联席会议 on the desk of its members (Article 3): the meetings that go on, and for the lead how many cases wait for one."""
    if not seats & SEATS:
        return {}
    return {"meetings": due_meetings(viewer), "waiting_for_meeting": waiting_cases(viewer).count() if "lead" in seats else 0}


def _is_offered(name: str, viewer: ActingPost, counts: dict[str, int], seats: frozenset[str]) -> bool:
    if name == "late":
        return "lead" in seats
    if name in ("tosign", "toread"):
        return bool(counts[name])
    return name != "started" or viewer.unit_kind == "department" or bool(counts["started"])


def _seats(viewer: ActingPost) -> frozenset[str]:
    """The seats of the viewer's unit today."""
    if viewer.unit_id is None:
        return frozenset()
    return directory_for(viewer.jurisdiction_id).seats_of(viewer.unit_id, local_day(clock.now()))


def _href(part: str) -> str:
    return reverse("home") if part == "todo" else reverse("desk_part", args=[part])


def _rows(viewer: ActingPost, part: str, request: HttpRequest) -> dict[str, Any]:
    if part in ("todo", "receipts", "late"):
        return _tasks(viewer, part, request.GET.get("after", ""))
    if part == "drafts":
        return {"drafts": own_drafts(viewer, 200)}
    before = request.GET.get("before", "")
    rows = desk_page(viewer, part, PAGE + 1, int(before) if before.isdecimal() and len(before) < 19 else None)
    lang, today = language(), local_day(clock.now())
    directories = {place: directory_for(place) for place in {row.jurisdiction_id for row in rows}}
    return {
        "lines": lines_of(viewer, rows[:PAGE], directories, today, lang),
        "older": f"?{urlencode({'before': rows[PAGE - 1].id})}" if len(rows) > PAGE else "",
        "newer": "?" if before else "",
    }


def _known(viewer: ActingPost, subjects: list[str]) -> dict[str, tuple[str, str]]:
    """Of the subjects of tasks (kind of case, title): cases, and what else may be owed something."""
    if not subjects:
        return {}
    cases = [subject for subject in subjects if kind_of(subject) is None]
    found = kinds_and_titles_of(viewer, cases) if cases else {}
    return {**found, **{subject: (ADMISSION, title) for subject, title in titles_of_subjects(viewer, subjects).items()}}


def _act(row: TaskRow) -> str:
    kind = kind_of(row.subject)
    return kind.act(row.subject, row.action) if kind else act_href(row.subject, row.action)


def _tasks(viewer: ActingPost, part: str, after: str) -> dict[str, Any]:
    lang, today = language(), local_day(clock.now())
    if part == "late":
        rows = late_tasks(viewer, _seats(viewer), today, PAGE + 1, _after(after), only=RECEIPTS)
    else:
        chosen = {"only": RECEIPTS} if part == "receipts" else {"without": RECEIPTS}
        rows = own_tasks(viewer, PAGE + 1, _after(after), **chosen)
    shown = rows[:PAGE]
    papers = notice_papers(viewer, [row.subject for row in shown]) if part == "receipts" and shown else {}
    known = _known(viewer, [row.subject for row in shown])
    codes = {row.subject.partition("-")[0] for row in shown}
    places = {place.code: place.id for place in public_jurisdictions()} if codes - {viewer.jurisdiction} else {}
    directories = {code: directory_for(places.get(code, viewer.jurisdiction_id)) for code in codes}
    procedure = newest_procedure()

    def line(row: TaskRow) -> dict[str, Any]:
        kind, title = known.get(row.subject, (ADMISSION, ""))
        return {
            "number": row.subject,
            "title": title,
            "kind": kind,
            "kind_label": kind_label(procedure, kind, lang),
            "case": other.page(row.subject) if (other := kind_of(row.subject)) else reverse("case", args=[row.subject]),
            "action": row.action,
            "label": action_in(procedure, row.action, kind, lang),
            "cites": procedure.cites(row.action),
            "paper": papers.get(row.subject),
            "unit": directories[row.subject.partition("-")[0]].name_on(row.unit_id, today),
            "ways": _ways(row, directories[row.subject.partition("-")[0]]) if part == "late" and row.unit_id != viewer.unit_id else [],
            "href": _act(row) if row.action in ACT_FORMS else "",
            **light_of(directories[row.subject.partition("-")[0]], row, today),
        }

    last = shown[-1] if len(rows) > PAGE else None
    return {
        "several_asked": part == "todo" and sum(row.action == "consultation.reply" for row in shown) > 1,
        "tasks": [line(row) for row in shown],
        "older": f"?{urlencode({'after': f'{(last.due_on or date.max).isoformat()}.{last.id}'})}" if last else "",
        "newer": "?" if after else "",
    }


def _ways(row: TaskRow, directory: Directory) -> list[dict[str, str]]:
    """What the lead may do about a late receipt of a case: record how it was delivered, enter a receipt given on paper."""
    if row.action != "notice.acknowledge":
        return []
    unit = quote(directory.unit(row.unit_id).key)
    return [
        {"label": _("登记送达"), "href": f"{act_href(row.subject, 'notice.deliver')}?for={unit}"},
        {"label": _("代录纸质回执"), "href": f"{act_href(row.subject, 'notice.acknowledge')}?for={unit}"},
    ]


def _after(text: str) -> tuple[date, int] | None:
    day, _dot, number = text.partition(".")
    try:
        return (date.fromisoformat(day), int(number)) if text else None
    except ValueError:
        return None
