"""页面: the ledger with its sums and export, one pledge, one commitment with all that happened to it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.documents.download import as_download
from dutygate.base.documents.storage import Opened
from dutygate.base.documents.tables import MEDIA, as_file
from dutygate.base.organizations.directory import Directory, UnknownUnit
from dutygate.base.organizations.sessions import with_post
from dutygate.features.lists.places import places_of
from dutygate.features.lists.queries import duty_by_code
from dutygate.features.support.documents import ledger_paper
from dutygate.features.support.forms.ledger import LedgerForm
from dutygate.features.support.queries import (
    Wanted,
    commitment_by_ref,
    commitments_of_pledge,
    leads,
    lights,
    page_of_commitments,
    pledge_by_code,
    sums,
    sums_by,
    years_of,
)
from dutygate.features.support.shown import Names, history_shown, line_shown, sums_shown
from dutygate.features.support.web import viewer_of
from dutygate.features.support.words import BAD, FILTERS

PAGE: Final = 100


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return max(int(given) - 1, 0) if given.isdecimal() and len(given) < 5 else 0


class _Asked:
    """What the address asks for, read once: the form, the duty, the units to choose from."""

    def __init__(self, request: HttpRequest, viewer: ActingPost, today: date) -> None:
        self.viewer, self.today = viewer, today
        self.directories = [directory_for(place.id) for place in places_of(viewer)]
        code = str(request.GET.get("duty", ""))[:40]
        self.duty = duty_by_code(viewer, code) if code else None
        found = {kind: list(self._units(kind)) for kind in ("department", "township")}
        self.form = LedgerForm(request.GET, years_of(viewer), found["department"], found["township"])
        self.wanted: Wanted = self.form.wanted(self._id, None if self.duty is None else self.duty.id)

    def _units(self, kind: str) -> Any:
        for directory in self.directories:
            own = directory.jurisdiction.id
            units = [unit for unit in directory.units.values() if unit.kind == kind and unit.jurisdiction_id == own]
            for unit in sorted(units, key=lambda unit: (unit.code_on(self.today) or "~", unit.key)):
                yield unit.key, directory.name_on(unit.id, self.today)

    def _id(self, key: str) -> int | None:
        for directory in self.directories if key else []:
            try:
                return directory.by_key(key).id
            except UnknownUnit:
                continue
        return None

    def name_of(self, by: str, key: Any) -> str:
        """What a line of sums is called."""
        if by in ("department", "township"):
            directory: Directory | None = next((one for one in self.directories if key in one.units), None)
            return str(key) if directory is None else directory.name_on(key, self.today)
        return str(key)

    def query(self, **more: Any) -> str:
        """The address of another view of the same."""
        return self.form.query(**({"duty": self.duty.code} if self.duty is not None else {}), **more)

    def sums(self) -> list[dict[str, Any]]:
        """The lines of sums, then what they add up to. Two queries, one more for the names of duties."""
        by = self.form.by_what
        found = sums_by(self.viewer, by, self.wanted, self.today)
        names = {key: self.name_of(by, key) for key in found}
        if by == "duty":
            rows = page_of_commitments(self.viewer, self.wanted, self.today)
            names = {row.duty_id: f"{row.duty.code} {row.duty.title}" for row in rows}
        lines = [{"name": names[key], **sums_shown(one)} for key, one in found.items()]
        return [*lines, {"name": _("合计"), "all": True, **sums_shown(sums(self.viewer, self.wanted, self.today))}]


@with_post
@never_cache
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """保障台账: sums by department, township, duty or year, and the commitments that they add up."""
    viewer, today = viewer_of(request), local_day(clock.now())
    asked, page = _Asked(request, viewer, today), _page(request)
    rows = page_of_commitments(viewer, asked.wanted, today, start=page * PAGE, limit=PAGE + 1)
    names = Names(today)
    counts = lights(viewer, asked.wanted, today)
    year = asked.wanted.year or today.year
    context = {
        "form": asked.form,
        "duty": asked.duty,
        "sums": asked.sums(),
        "rows": [line_shown(row, names, today) for row in rows[:PAGE]],
        "lights": [
            {"word": _(word), "count": counts[name], "href": asked.query(light=name), "bad": name in BAD} for name, word in FILTERS.items()
        ],
        "narrowed": any(asked.form.value(name) for name in ("year", "department", "township", "kind", "light")) or asked.duty is not None,
        "older": asked.query(page=page + 2) if len(rows) > PAGE else "",
        "newer": asked.query() if page else "",
        "exports": [{"kind": kind, "href": f"{reverse('support_export', args=[kind])}{asked.query()}"} for kind in MEDIA],
        "sheet_href": reverse("support_sheet", args=[viewer.unit, year]) if viewer.unit_kind == "township" else "",
        "year": year,
    }
    return render(request, "support/ledger.html", context)


@with_post
@never_cache
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """导出: all lines of what the page shows, with the sums. Raises Http404 for another kind of file."""
    if kind not in MEDIA:
        raise Http404
    viewer, today = viewer_of(request), local_day(clock.now())
    asked, names = _Asked(request, viewer, today), Names(today)
    rows = [line_shown(row, names, today) for row in page_of_commitments(viewer, asked.wanted, today)]
    said = [_("截至 %(day)s") % {"day": today.isoformat()}]
    if asked.duty is not None:
        said.append(f"{asked.duty.code} {asked.duty.title}")
    title = _("保障台账")
    paper = ledger_paper(title, said, asked.sums(), rows, today)
    return as_download(Opened("", f"{title}-{today.isoformat()}.{kind}", MEDIA[kind], as_file(paper, kind)))


@with_post
@never_cache
@require_safe
def pledge(request: HttpRequest, code: str) -> HttpResponse:
    """年度保障: what one department owes with one duty in one year, to which townships; what may be done with it now."""
    viewer, today = viewer_of(request), local_day(clock.now())
    found = pledge_by_code(viewer, code)
    rows, names = commitments_of_pledge(viewer, found), Names(today)
    mine = viewer.unit_id == found.department_id
    context = {
        "pledge": found,
        "department": names.of(found.jurisdiction_id, found.department_id),
        "rows": [line_shown(row, names, today) for row in rows],
        "may_deliver": mine and any(row.promised > row.released + row.delivered for row in rows),
        "may_settle": leads(viewer) and any(row.disputed for row in rows),
        "paper_hrefs": _paper_hrefs(rows, names, found) if mine or leads(viewer) else [],
    }
    return render(request, "support/pledge.html", context)


def _paper_hrefs(rows: Any, names: Names, found: Any) -> list[dict[str, str]]:
    """Where a paper confirmation of a township may be entered (代录)."""
    waiting = {row.township_id for row in rows if row.delivered > row.confirmed + row.disputed}
    directory = directory_for(found.jurisdiction_id)
    return [
        {
            "name": names.of(found.jurisdiction_id, unit),
            "href": reverse("support_sheet", args=[directory.unit(unit).key, found.year]),
        }
        for unit in sorted(waiting, key=lambda unit: directory.unit(unit).key)
    ]


@with_post
@never_cache
@require_safe
def one(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """保障承诺: one commitment, how it stands, and all that happened to it."""
    viewer, today = viewer_of(request), local_day(clock.now())
    row, names = commitment_by_ref(viewer, f"{code}.{ordinal}"), Names(today)
    directory = directory_for(row.jurisdiction_id)
    own = viewer.unit_id == row.township_id
    sheet = [directory.unit(row.township_id).key, row.year]
    context = {
        "line": line_shown(row, names, today),
        "case": row.case,
        "history": history_shown(viewer, row, names),
        "former": [names.of(row.jurisdiction_id, unit) for unit in row.passed_from],
        "deliver_href": reverse("support_act", args=[code, "support.deliver"])
        if viewer.unit_id == row.department_id and row.promised > row.released + row.delivered
        else "",
        "settle_href": reverse("support_act", args=[code, "support.settle"]) if leads(viewer) and row.disputed else "",
        "sheet_href": reverse("support_sheet", args=sheet) if own and row.delivered > row.confirmed + row.disputed else "",
        "dispute_href": reverse("support_dispute", args=sheet) if own and row.delivered > row.disputed else "",
    }
    return render(request, "support/one.html", context)
