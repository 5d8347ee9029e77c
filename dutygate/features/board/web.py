"""页面: the board, the rows behind each of its figures, its tables as files (Articles 3-8)."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.facing import viewer_of
from dutygate.base.documents.download import as_download
from dutygate.base.documents.storage import Opened
from dutygate.base.documents.tables import MEDIA, NoTypeface, as_file
from dutygate.base.organizations.sessions import with_post
from dutygate.base.ui.language import language
from dutygate.features.board.documents import board_paper
from dutygate.features.board.forms import BoardForm
from dutygate.features.board.queries import Asked, board_of, entitled, years_of
from dutygate.features.board.rows import READERS, Reader, behind
from dutygate.features.board.shown import Shown
from dutygate.features.board.words import BEHIND
from dutygate.features.lists.places import places_of

PAGE: Final = 50
NARROWS: Final = ("state", "track", "kind", "outcome", "band", "action", "unit", "seat", "code", "provision", "township", "section", "form")
NO_TYPEFACE: Final = 503


class _Board:
    """What the address asks for, read once. Raises NotFound for who has no board."""

    def __init__(self, request: HttpRequest) -> None:
        self.viewer, self.today = viewer_of(request), local_day(clock.now())
        self.seats = entitled(self.viewer)
        self.places = places_of(self.viewer)
        self.place = next((one for one in self.places if one.code == request.GET.get("place")), self.places[0])
        years = years_of(self.viewer, self.place.id, self.today)
        self.form = BoardForm(request.GET, years, [(one.code, one.name) for one in self.places], self.today)
        self.asked = Asked(self.place.id, self.form.year_asked, self.form.day_asked, self.today)

    @property
    def query(self) -> str:
        """The address of the same board."""
        return "?" + urlencode({"place": self.place.code, "year": self.asked.year, "on": self.asked.on.isoformat()})

    def shown(self) -> Shown:
        """Every figure, in words."""
        return Shown(board_of(self.viewer, self.asked), language(), alone=len(self.places) == 1)


@with_post
@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """看板: every figure with the way to the rows behind it."""
    found = _Board(request)
    context = {
        "form": found.form,
        "place": found.place,
        "asked": found.asked,
        "blocks": found.shown().blocks(),
        "sees_all": found.viewer.jurisdiction_id != found.place.id or "lead" in found.seats,
        "report_href": f"{reverse('paper_issue', args=['yearly_report'])}?{urlencode({'year': found.asked.year})}"
        if "lead" in found.seats
        else "",
        "exports": [{"kind": kind, "href": f"{reverse('board_export', args=[kind])}{found.query}"} for kind in MEDIA],
    }
    return render(request, "board/board.html", context)


@with_post
@never_cache
@require_safe
def rows(request: HttpRequest, what: str) -> HttpResponse:
    """一个数后面的那些行, a page at a time. Raises Http404 for what is no figure, and for reports where the viewer examines none."""
    found = _Board(request)
    if what not in READERS or (what == "reports" and "lead" not in found.seats):
        raise Http404
    said = {name: request.GET[name][:120] for name in (*NARROWS, "from") if request.GET.get(name)}
    page = behind(what, Reader(found.viewer, found.asked, said, PAGE, language()))
    kept = {name: value for name, value in said.items() if name != "from"}
    context = {
        "title": _(BEHIND[what]),
        "behind": page,
        "back": f"{reverse('board')}{found.query}",
        "older": f"{found.query}&{urlencode({**kept, 'from': page.next})}" if page.next else "",
        "newer": f"{found.query}&{urlencode(kept)}" if "from" in said else "",
    }
    return render(request, "board/rows.html", context)


@with_post
@never_cache
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """导出: all tables of the page but that of the reports. Raises Http404 for another kind of file."""
    found = _Board(request)
    if kind not in MEDIA:
        raise Http404
    title = _("看板")
    dated = _("年度 %(year)s，清单截至 %(day)s") % {"year": found.asked.year, "day": found.asked.on.isoformat()}
    paper = board_paper(title, [found.place.name, dated], found.shown().blocks(), found.today)
    try:
        data = as_file(paper, kind)
    except NoTypeface:
        return render(request, "lists/no_typeface.html", {}, status=NO_TYPEFACE)
    return as_download(Opened("", f"{title}-{found.place.code}-{found.asked.year}.{kind}", MEDIA[kind], data))
