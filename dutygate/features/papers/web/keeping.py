"""页面: letterheads, templates and numbers, kept by the lead (Articles 3, 4)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.documents.download import as_download
from dutygate.base.documents.official.template import Line, as_template
from dutygate.base.documents.storage import Opened
from dutygate.base.documents.tables import MEDIA
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.base.organizations.sessions import with_post
from dutygate.base.ui.language import language
from dutygate.features.cases.sections import directory_now
from dutygate.features.papers.forms import HEAD, HeadPlace, TemplatePlace
from dutygate.features.papers.kinds import kinds
from dutygate.features.papers.queries import (
    keeps_papers,
    letterheads_of,
    numbers_of,
    public_letterhead,
    series_of,
    templates_of,
)
from dutygate.features.papers.web import act, not_yours, viewer_of
from dutygate.features.papers.web.papers import kind_of


@with_post
@never_cache
@require_safe
def letterheads(request: HttpRequest) -> HttpResponse:
    """版头: those that are set, and for the lead the units that have none yet."""
    viewer, today = viewer_of(request), local_day(clock.now())
    directory, keeps = directory_now(viewer), keeps_papers(viewer)
    rows = {row.unit_id: row for row in letterheads_of(viewer)}
    units = [unit for unit in directory.units.values() if unit.exists_on(today) and (keeps or unit.id in rows)]
    context = {
        "keeps": keeps,
        "rows": [
            {
                "name": directory.name_on(unit.id, today),
                "row": rows.get(unit.id),
                "href": reverse("paper_letterhead", args=[unit.key]) if keeps else "",
            }
            for unit in units
        ],
    }
    return render(request, "papers/letterheads.html", context)


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: HttpRequest, key: str) -> HttpResponse:
    """设置版头 of one unit."""
    viewer, today = viewer_of(request), local_day(clock.now())
    directory = directory_now(viewer)
    if not keeps_papers(viewer):
        raise not_yours("document.set_letterhead")
    try:
        unit = directory.by_key(key)
    except UnknownUnit:
        raise Http404 from None
    row = public_letterhead(unit.id)
    now = {name: getattr(row, name) for name in HEAD} if row else {}
    name = directory.name_on(unit.id, today)
    place, back = HeadPlace(unit.key, name, now, today.year), reverse("paper_letterheads")
    return act(request, "document.set_letterhead", place, back, back, {"unit": unit.key}, name)


@with_post
@never_cache
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """模板: every kind, the version in force, the earlier ones, and which placeholders it has."""
    viewer, lang = viewer_of(request), language()
    own = templates_of(viewer)
    rows: list[dict[str, Any]] = [
        {
            "kind": kind,
            "label": kind.label["en" if lang == "en" else "zh"],
            "versions": [(row, f"{reverse('paper_template', args=[kind.name])}?version={row.ordinal}") for row in own[kind.name]],
            "href": reverse("paper_template", args=[kind.name]),
            "adopt": reverse("paper_adopt", args=[kind.name]) if keeps_papers(viewer) else "",
        }
        for kind in kinds().values()
    ]
    return render(request, "papers/templates.html", {"rows": rows})


@with_post
@never_cache
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The template as a Word document with its placeholders: the one that comes with the system, or ``?version=`` an own one."""
    viewer, wanted = viewer_of(request), kind_of(kind)
    given = request.GET.get("version", "")
    lines = wanted.lines
    if given:
        row = next((one for one in templates_of(viewer)[kind] if str(one.ordinal) == given), None)
        if row is None:
            raise Http404
        lines = tuple(Line.model_validate(line) for line in row.lines)
    name = f"模板-{wanted.label['zh']}{f'-第{given}版' if given else ''}.docx"
    return as_download(Opened("", name, MEDIA["docx"], as_template(lines)))


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, kind: str) -> HttpResponse:
    """启用模板."""
    viewer, wanted = viewer_of(request), kind_of(kind)
    if not keeps_papers(viewer):
        raise not_yours("document.adopt_template")
    label, back = wanted.label["en" if language() == "en" else "zh"], reverse("paper_templates")
    place = TemplatePlace(wanted, label, bool(templates_of(viewer)[kind]), wanted.known)
    return act(request, "document.adopt_template", place, back, back, {"kind": kind}, label)


@with_post
@never_cache
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """发文字号: every series with every number, and for each without a valid paper why."""
    viewer, today = viewer_of(request), local_day(clock.now())
    directory = directory_now(viewer)
    found = series_of(viewer)
    chosen = next((one for one in found if str(one.id) == request.GET.get("series")), found[0] if found else None)
    context = {
        "series": [
            {
                "row": f"{one.code}〔{one.year}〕",
                "unit": directory.name_on(one.unit_id, today),
                "href": f"?series={one.id}",
                "current": one == chosen,
            }
            for one in found
        ],
        "chosen": chosen,
        "lines": [
            {"line": line, "number": line.printed, "href": reverse("paper", args=[line.paper.id]) if line.paper else ""}
            for line in numbers_of(viewer, chosen)
        ]
        if chosen
        else [],
    }
    return render(request, "papers/numbers.html", context)
