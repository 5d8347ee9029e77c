"""页面: orders of correction as papers, for who examines the report and the body ordered; for everybody else there are none (8)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dutygate.base.actions import clock, facing
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import edition_now
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.documents.download import as_download
from dutygate.base.documents.official.paper import Content, Head, Official
from dutygate.base.documents.official.pdf import as_pdf
from dutygate.base.documents.official.word import as_docx
from dutygate.base.documents.refusal import FileDamaged
from dutygate.base.documents.storage import Opened, open_apart
from dutygate.base.documents.tables import MEDIA, NoTypeface
from dutygate.base.organizations.sessions import with_post
from dutygate.features.papers.making import make_order
from dutygate.features.papers.order_forms import OrderPlace
from dutygate.features.papers.order_pages import open_now, order_label, order_line
from dutygate.features.papers.orders import drafted_order, order_code, order_kind
from dutygate.features.papers.queries import (
    FILES,
    order_visible,
    orders_of_report,
    orders_page,
    public_letterhead,
    public_template,
)
from dutygate.features.papers.web import page_of, viewer_of
from dutygate.features.supervision.queries import Here, Seen, here_in_office, report_seen
from dutygate.law.rules import Finding

PAGE: Final = 30
NO_TYPEFACE: Final = 503


def _reader(request: HttpRequest) -> tuple[ActingPost, Here]:
    """Who reads, in which office. Raises NotAllowed for administrators."""
    viewer = viewer_of(request)
    return viewer, here_in_office(viewer, local_day(clock.now()))


@with_post
@never_cache
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """整改通知: those that the viewer may see with their numbers, newest first; a void one says why."""
    viewer, place = _reader(request)
    page = page_of(request)
    rows = orders_page(viewer, place, page, PAGE)
    context = {
        "lines": [
            {
                "paper": row,
                "to": place.directory.name_on(row.body_id, row.dated_on),
                "unit": place.directory.name_on(row.unit_id, row.dated_on),
                "href": reverse("report", args=[row.report.public_id]),
            }
            for row in rows[:PAGE]
        ],
        "older": f"?page={page + 2}" if len(rows) > PAGE else "",
        "newer": ("?" if page == 1 else f"?page={page}") if page else "",
    }
    return render(request, "papers/orders.html", context)


@with_post
@never_cache
@require_safe
def order(request: HttpRequest, public_id: str, nth: int) -> HttpResponse:
    """一份整改通知: what it says, its number, its files."""
    viewer, place = _reader(request)
    row = order_visible(viewer, place, public_id, nth)
    context = {
        "row": row,
        "line": order_line(place, row, public_id, nth),
        "content": row.content,
        "id": public_id,
        "nth": nth,
        "label": order_label(),
    }
    return render(request, "papers/order.html", context)


@with_post
@never_cache
@require_safe
def order_file(request: HttpRequest, public_id: str, nth: int, kind: str) -> HttpResponse:
    """Word, PDF or the sealed paper, checked against its digest. Raises NotFound for what is not made or not brought yet."""
    viewer, place = _reader(request)
    row = order_visible(viewer, place, public_id, nth)
    if kind not in FILES or not getattr(row, kind):
        raise NotFound([Finding("not_found", "8", {"subject": str(nth)})])
    try:
        return as_download(open_apart(getattr(row, kind), row.number))
    except FileDamaged:
        return render(request, "documents/damaged.html", {"digest": ""}, status=500)


@with_post
@never_cache
@require_POST
def order_make(request: HttpRequest, public_id: str, nth: int) -> HttpResponse:
    """Set what is missing now."""
    viewer, place = _reader(request)
    row = order_visible(viewer, place, public_id, nth)
    if not row.void:
        make_order(row.id)
    return HttpResponseRedirect(reverse("order", args=[public_id, nth]))


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, public_id: str) -> HttpResponse:
    """制发整改通知: the paper as it would go out, and the button that gives it its number."""
    viewer, place = _reader(request)
    seen, expected = _examined(viewer, place, public_id, "supervision.issue_order")
    back = reverse("report", args=[public_id])

    def done(_outcome: Any) -> str:
        rows = orders_of_report(viewer, place, public_id)
        make_order(rows[-1].id)
        return reverse("order", args=[public_id, len(rows)])

    return facing.act(request, "supervision.issue_order", public_id, _order_place(viewer, place, seen), back, done, expected=expected)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, public_id: str) -> HttpResponse:
    """整改通知附盖章件."""
    return _of_standing(request, public_id, "supervision.attach_order_scan")


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, public_id: str) -> HttpResponse:
    """整改通知文号作废."""
    return _of_standing(request, public_id, "supervision.void_order")


def _of_standing(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    viewer, place = _reader(request)
    seen, expected = _examined(viewer, place, public_id, action)
    standing = next((row for row in orders_of_report(viewer, place, public_id) if not row.void), None)
    if standing is None:
        raise NotFound([Finding("not_found", "8", {"subject": public_id})])
    back = reverse("report", args=[public_id])
    about = _order_place(viewer, place, seen, standing.number)
    return facing.act(request, action, public_id, about, back, back, expected=expected)


@with_post
@never_cache
@require_safe
def draft(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """草稿: the paper as it would be set, without number."""
    viewer, place = _reader(request)
    seen, _expected = _examined(viewer, place, public_id, "supervision.issue_order")
    if ending not in MEDIA or ending not in FILES:
        raise Http404
    about, head = _order_place(viewer, place, seen), public_letterhead(viewer.unit_id)
    name = place.directory.name_on(viewer.unit_id or 0, place.on)
    code = order_code(head, place.directory, place.directory.stands_for(seen.body or 0), place.on)
    official = Official(
        Head(
            form=order_kind().form,
            mark=head.mark_document if head else f"{name}文件",
            number=f"{code}〔{place.on.year}〕　　号",
            colour=head.colour if head else "C8102E",
            mongolian=head.mongolian if head else "",
            printed_by=head.printed_by if head else name,
        ),
        about.draw(place.on, about.facts, about.demand, ""),
        "草稿：没有编号，没有登记",
    )
    try:
        data = as_docx(official) if ending == "docx" else as_pdf(official)
    except NoTypeface:
        return render(request, "lists/no_typeface.html", {}, status=NO_TYPEFACE)
    return as_download(Opened("", f"草稿-{order_kind().label['zh']}.{ending}", MEDIA[ending], data))


def _examined(viewer: ActingPost, place: Here, public_id: str, action: str) -> tuple[Seen, dict[str, int]]:
    """The report, and what is to be sent back, for who may do that now. Raises NotFound for everybody else."""
    seen, expected = report_seen(viewer, place, public_id), open_now(viewer, place, public_id, action)
    if seen.side != "examiner" or expected is None:
        raise NotFound([Finding("not_found", "8", {"subject": public_id})])
    return seen, expected


def _order_place(viewer: ActingPost, place: Here, seen: Seen, number: str = "") -> OrderPlace:
    template = public_template(viewer.jurisdiction_id, order_kind())
    body = place.directory.stands_for(seen.body or 0)
    edition = edition_now()

    def drawn(dated_on: date, facts: str, demand: str, remark: str) -> Content:
        return drafted_order(
            template,
            place.directory,
            edition,
            body,
            place.directory.name_on(viewer.unit_id or 0, dated_on),
            dated_on=dated_on,
            facts=facts,
            demand=demand,
            forms=seen.shown["finding_forms"],
            correct_by=seen.shown["correct_by"],
            matter=seen.shown["matter"],
            remark=remark,
        )

    return OrderPlace(template.ordinal, place.on, seen.shown["finding_text"], seen.shown["order_text"], drawn, number)
