"""页面: every paper that one may read, one paper with its files, drawing one up and issuing it."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.documents.download import as_download
from dutygate.base.documents.official.paper import Head, Official
from dutygate.base.documents.official.pdf import as_pdf
from dutygate.base.documents.official.word import as_docx
from dutygate.base.documents.storage import Opened, open_kept
from dutygate.base.documents.tables import MEDIA, NoTypeface
from dutygate.base.organizations.sessions import with_post
from dutygate.base.ui.language import language
from dutygate.features.board.queries import years_of
from dutygate.features.cases.queries import case_visible
from dutygate.features.cases.sections import directory_now
from dutygate.features.papers.case_words import Given
from dutygate.features.papers.drawing import Asked, draw, offered_cases
from dutygate.features.papers.forms import IssuePlace
from dutygate.features.papers.kinds import Kind, kinds
from dutygate.features.papers.making import make
from dutygate.features.papers.of_meetings import finished_meetings
from dutygate.features.papers.of_years import told_of_year
from dutygate.features.papers.queries import (
    FILES,
    keeps_papers,
    paper_visible,
    papers_of_entry,
    papers_visible,
    public_letterhead,
    public_template,
    units_of_papers,
)
from dutygate.features.papers.shown import lines_of, may_issue
from dutygate.features.papers.web import act, not_yours, page_of, viewer_of
from dutygate.law.rules import Finding

PAGE: Final = 30
AT_ONCE: Final = 3
"""So many papers are set while the person waits; more are left to the worker, and the page shows how far it is."""
NO_TYPEFACE: Final = 503
OF_PAPER: Final = ("document.attach_scan", "document.void")


def kind_of(name: str) -> Kind:
    """Raises Http404 for what is no kind."""
    if name not in kinds():
        raise Http404
    return kinds()[name]


@with_post
@never_cache
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """公文: newest first."""
    viewer, page = viewer_of(request), page_of(request)
    rows = list(papers_visible(viewer)[page * PAGE : (page + 1) * PAGE + 1])
    context = {
        "rows": lines_of(viewer, rows[:PAGE], language()),
        "keeps": keeps_papers(viewer),
        "older": f"?page={page + 2}" if len(rows) > PAGE else "",
        "newer": ("?" if page == 1 else f"?page={page}") if page else "",
    }
    return render(request, "papers/papers.html", context)


@with_post
@never_cache
@require_safe
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """一份文书: what it says, to whom it went, its files and what they are worth."""
    viewer = viewer_of(request)
    row = paper_visible(viewer, number)
    batch = len(papers_of_entry(viewer, row.entry))
    context = {
        "row": row,
        "line": lines_of(viewer, [row], language())[0],
        "content": row.content,
        "own": row.unit_id == viewer.unit_id and not row.void,
        "cases": [one.case.number for one in row.cases.select_related("case").order_by("id")],
        "together": gettext("一起发出的 %(count)s 份") % {"count": batch} if batch > 1 else "",
    }
    return render(request, "papers/paper.html", context)


@with_post
@never_cache
@require_safe
def paper_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Word, PDF or the sealed paper, checked against its digest. Raises NotFound for what is not made or not brought yet."""
    viewer = viewer_of(request)
    row = paper_visible(viewer, number)
    if kind not in FILES:
        raise Http404
    opened = open_kept(getattr(row, kind)) if getattr(row, kind) else None
    if opened is None:
        raise NotFound([Finding("not_found", "4.4", {"subject": row.number})])
    return as_download(opened)


@with_post
@never_cache
@require_POST
def paper_make(request: HttpRequest, number: int) -> HttpResponse:
    """Set what is missing now: after a break-down, or once a typeface is installed."""
    viewer = viewer_of(request)
    row = paper_visible(viewer, number)
    if not row.void:
        make(row.id)
    return HttpResponseRedirect(reverse("paper", args=[row.id]))


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_paper(request: HttpRequest, number: int, action: str) -> HttpResponse:
    """附盖章件、文号作废."""
    viewer = viewer_of(request)
    row = paper_visible(viewer, number)
    if action not in OF_PAPER:
        raise Http404
    if row.unit_id != viewer.unit_id:
        raise not_yours(action)
    where = reverse("paper", args=[row.id])
    return act(request, action, row, where, where, {"paper": str(row.id)}, row.number)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, kind: str) -> HttpResponse:
    """发文: the paper as it would go out, and the button that gives it its number."""
    viewer, wanted = viewer_of(request), kind_of(kind)
    numbers = tuple(dict.fromkeys(request.GET.getlist("case")))[:100]
    versions = _allowed(viewer, wanted, numbers)
    today = local_day(clock.now())
    place = _place(viewer, wanted, numbers, request.GET.get("meeting", "")[:40], _year(request))
    back = reverse("case_tab", args=[numbers[0], "documents"]) if numbers else reverse("task_check" if wanted.about == "task" else "papers")
    back = reverse("meeting", args=[place.meeting]) if place.meeting else back

    def done(outcome: Any) -> str:
        made = outcome.result["papers"]
        if len(made) <= AT_ONCE:
            for one in made:
                make(int(one["paper"]))
        first = paper_visible(viewer, int(made[0]["paper"]))
        return reverse("paper", args=[first.id]) if len(made) == 1 else reverse("paper_batch", args=[first.entry])

    assert place.today == today
    label = wanted.label["en" if language() == "en" else "zh"]
    expected = {"case": versions[0]} if versions and not wanted.many else None
    params = {"kind": kind, **({"case": ",".join(numbers)} if numbers else {})}
    return act(request, "document.issue", place, back, done, params, label, expected=expected)


def _year(request: HttpRequest) -> int | None:
    """The year that the address asks a report for."""
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and len(given) == 4 else None


def _place(viewer: ActingPost, kind: Kind, numbers: tuple[str, ...], asked_meeting: str = "", asked_year: int | None = None) -> IssuePlace:
    today, directory = local_day(clock.now()), directory_now(viewer)
    found = draw(viewer, kind, Asked(numbers), Given(today)) if numbers and kind.each else []
    names = {key: directory.name_on(directory.by_key(key).id, today) for one in found for key in one.to}
    years: list[int] = []
    if kind.about == "year":
        names = dict(told_of_year(directory, today))
        years = sorted(years_of(viewer, directory.jurisdiction.id, today), key=lambda year: (year != asked_year, -year))
    townships = (
        [] if kind.about != "list" else [(directory.unit(unit).key, directory.name_on(unit, today)) for unit in directory.townships(today)]
    )
    departments = [(directory.unit(unit).key, directory.name_on(unit, today)) for unit in directory.of_kind("department", today)]
    meetings = finished_meetings(viewer) if kind.about == "meeting" else []
    chosen = next((number for number, _title in meetings if number == asked_meeting), meetings[0][0] if meetings else "")
    return IssuePlace(
        kind=kind,
        template=public_template(viewer.jurisdiction_id, kind).ordinal,
        today=today,
        draw=lambda asked, given: draw(viewer, kind, asked, given),
        recipients=list(names.items()),
        cases=offered_cases(viewer, kind) if kind.many else [],
        chosen=numbers,
        townships=townships,
        meetings=meetings,
        meeting=chosen,
        departments=departments if kind.about == "task" else [],
        years=[(str(year), str(year)) for year in years],
    )


def _allowed(viewer: ActingPost, kind: Kind, numbers: tuple[str, ...]) -> list[int]:
    """The versions of these cases. Raises NotFound for a case that she may not see, NotAllowed for a kind that is not hers to issue."""
    directory = directory_now(viewer)
    versions = [case_visible(viewer, number, directory).version for number in numbers]
    if (not numbers and kind.of_case and not kind.many) or not may_issue(viewer, kind, numbers, clock.now(), language()):
        raise not_yours("document.issue")
    return versions


def _mark(head: Any, kind: Kind, place: str) -> str:
    return f"{place}{kind.mark}" if kind.mark else head.mark_letter if kind.form == "letter" else head.mark_document


@with_post
@never_cache
@require_safe
def draft(request: HttpRequest, kind: str, ending: str) -> HttpResponse:
    """草稿: the first paper of a kind as it would be set, without number, to be read on paper before it is issued."""
    viewer, wanted = viewer_of(request), kind_of(kind)
    numbers = tuple(dict.fromkeys(request.GET.getlist("case")))[:100]
    _allowed(viewer, wanted, numbers)
    today, directory = local_day(clock.now()), directory_now(viewer)
    townships = tuple(directory.unit(unit).key for unit in directory.townships(today)) if wanted.about == "list" else ()
    drawn = draw(viewer, wanted, Asked(numbers, townships, today, request.GET.get("meeting", "")[:40], year=_year(request)), Given(today))
    if not drawn or ending not in ("docx", "pdf"):
        raise NotFound([Finding("not_found", "4.4", {"subject": kind})])
    head = public_letterhead(viewer.unit_id)
    name = directory.name_on(viewer.unit_id or 0, today)
    letter = wanted.form == "letter"
    official = Official(
        Head(
            form=wanted.form,
            mark=_mark(head, wanted, directory.jurisdiction.name) if head or wanted.mark else name if letter else f"{name}文件",
            number=f"{wanted.code or ((head.code_letter if letter else head.code_document) if head else '')}〔{today.year}〕　　号",
            colour=head.colour if head else "C8102E",
            signatory="　　　" if wanted.upward else "",
            mongolian=head.mongolian if head else "",
            printed_by=head.printed_by if head else name,
        ),
        drawn[0].content,
        "草稿：没有编号，没有登记",
    )
    try:
        data = as_docx(official) if ending == "docx" else as_pdf(official)
    except NoTypeface:
        return render(request, "lists/no_typeface.html", {}, status=NO_TYPEFACE)
    return as_download(Opened("", f"草稿-{drawn[0].content.title}.{ending}", MEDIA[ending], data))


@with_post
@never_cache
@require_safe
def batch(request: HttpRequest, entry: int) -> HttpResponse:
    """一批文书: papers that were issued together, and how many of them are set by now."""
    return render(request, "papers/batch.html", _progress(request, entry))


@with_post
@never_cache
@require_safe
def batch_now(request: HttpRequest, entry: int) -> HttpResponse:
    """How far it is: that part of the page alone."""
    context = _progress(request, entry)
    response = render(request, "papers/_batch_now.html", context)
    if not context["under_way"]:
        response["HX-Refresh"] = "true"
    return response


def _progress(request: HttpRequest, entry: int) -> dict[str, Any]:
    viewer = viewer_of(request)
    rows = papers_of_entry(viewer, entry) if entry < 1 << 63 else []
    if not rows:
        raise NotFound([Finding("not_found", "4.4", {"subject": str(entry)})])
    made = sum(bool(row.docx) or row.void for row in rows)
    return {
        "rows": lines_of(viewer, rows, language()),
        "title": rows[0].title,
        "made": made,
        "total": len(rows),
        "under_way": made < len(rows),
        "now_href": reverse("paper_batch_now", args=[entry]),
        "units": units_of_papers(viewer, rows),
    }
