"""页面: start, a township's list, search, a duty, changes, publications, heads of the register."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day, start_of
from dutygate.base.organizations.directory import UnitInfo
from dutygate.base.organizations.queries import public_jurisdictions
from dutygate.base.register.law_here import somewhere
from dutygate.base.register.queries import HeadLine, public_heads_of_days
from dutygate.features.lists.queries.published import (
    Sought,
    Standing,
    public_changes,
    public_counts,
    public_duty,
    public_found,
    public_last_seen,
    public_lists_of,
    public_places_published,
    public_publication,
    public_publications,
    public_rows,
)
from dutygate.features.lists.words import LISTS, SECTIONS, TEMPORARY
from dutygate.features.publicity.shown import change_shown, publication_shown, row_shown
from dutygate.features.publicity.site import Site, address
from dutygate.features.publicity.web import (
    LANGUAGES,
    PAGE,
    frame,
    kept,
    language_of,
    number_of,
    page,
    public_page,
    turning,
    words_of,
)

PARTS: Final = tuple(name for name in SECTIONS if name != TEMPORARY)
RECENT: Final = 186
"""近期: so many days back changes are shown."""
FEW: Final = 10
DAYS: Final = 30
"""So many heads of days are shown; whoever wants older ones has kept them."""


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """公开首页: the jurisdictions that have published something."""
    lang, today = language_of(request), local_day(clock.now())
    with translation.override(LANGUAGES[lang]), somewhere():
        published = public_places_published(today)
        places = [one for one in public_jurisdictions() if one.id in published]

        def made() -> HttpResponse:
            rows = [{"name": one.name, "code": one.code, "href": address("gk_place", lang, one.code)} for one in places]
            return render(request, "publicity/start.html", {**frame(request, lang, None), "rows": rows})

        return kept(request, [places, today], made, lang)


@public_page
def place(request: HttpRequest, site: Site) -> HttpResponse:
    """一个旗县: its townships with how much stands on their lists, what changed lately, where to search."""
    counts = public_counts(site.lists())
    changes = public_changes(site.place.id, site.today, site.today - timedelta(days=RECENT), limit=FEW)
    tables = [_townships(site, name, counts) for name in LISTS if site.lists(name)]
    shown = [change_shown(one, site) for one in changes]
    total = sum(sum(parts.values()) for parts in counts.values())
    return page(
        request,
        site,
        "publicity/place.html",
        tables=tables,
        changes=shown,
        total=total,
        sections=_choices(""),
        search=_to(site, "gk_search"),
    )


def _townships(site: Site, name: str, counts: dict[int, dict[str, int]]) -> dict[str, Any]:
    own = site.lists(name)
    parts = [part for part in PARTS if any(counts.get(key, {}).get(part) for key in own)]  # what was never taken in is not "none"
    rows = []
    for one in site.standing:
        if one.list_name == name:
            unit = site.directory.units[one.township_id]
            shown = [(_(SECTIONS[part]), counts.get(one.key, {}).get(part, 0)) for part in parts]
            asked = {} if name == "duties" else {"list": name}
            rows.append({"name": site.name(unit.id), "href": site.href("gk_list", unit.slug, **asked), "parts": shown, "as_of": one.as_of})
    return {"label": _(LISTS[name]), "parts": [_(SECTIONS[part]) for part in parts], "rows": rows}


def _choices(chosen: str) -> list[dict[str, Any]]:
    return [{"value": name, "label": _(SECTIONS[name]), "chosen": name == chosen} for name in PARTS]


def _to(site: Site, name: str, *args: Any) -> str:
    """Where a form leads; the language goes along as a field."""
    return site.href(name, *args).partition("?")[0]


def _section(request: HttpRequest) -> str:
    given = request.GET.get("section", "")
    return given if given in PARTS else ""


@public_page
def one_list(request: HttpRequest, site: Site, township: str) -> HttpResponse:
    """一个乡镇的清单, as it stands published."""
    unit = _unit(site, township)
    name = request.GET.get("list", "")
    name = name if name in LISTS else "duties"
    found = site.every.get((unit.id, name)) if unit.exists_on(site.today) else None
    if found is None:
        raise Http404
    others = [
        {"label": _(LISTS[one]), "href": site.href("gk_list", township, list="" if one == "duties" else one), "current": one == name}
        for one in LISTS
        if (unit.id, one) in site.every
    ]
    kept_in = {"list": "" if name == "duties" else name}
    return _list(request, site, found, unit, ("gk_list", (township,), kept_in), tabs=others, now=True)


@public_page
def version(request: HttpRequest, site: Site, number: int, township: str) -> HttpResponse:
    """一个乡镇的清单 in one publication, whatever was published since."""
    unit, row = _unit(site, township), public_publication(site.place.id, site.today, number)
    found = next((one for one in public_lists_of(row) if one.township_id == unit.id), None) if row is not None else None
    if found is None:
        raise Http404
    stands = any(one.key == found.key for one in site.standing)
    return _list(request, site, found, unit, ("gk_version", (number, township), {}), tabs=[], now=stands)


def _unit(site: Site, township: str) -> UnitInfo:
    unit = site.township(township)
    if unit is None:
        raise Http404
    return unit


def _list(
    request: HttpRequest, site: Site, found: Standing, unit: UnitInfo, here: tuple[str, tuple[Any, ...], dict[str, str]], **context: Any
) -> HttpResponse:
    section, q, number = _section(request), words_of(request), number_of(request)
    rows = public_rows(Sought((found.key,), section, q), number * PAGE, PAGE + 1)
    name, args, asked = here
    counts = public_counts([found.key]).get(found.key, {})
    title = site.name(unit.id, found.as_of)
    return page(
        request,
        site,
        "publicity/list.html",
        name=title,
        list=_(LISTS[found.list_name]),
        found=found,
        issuer=site.issuer(found.list_name, found.published_on),
        publication=site.href("gk_publication", found.publication_id),
        rows=[row_shown(row, site) for row in rows[:PAGE]],
        counts=[(_(SECTIONS[part]), counts[part]) for part in PARTS if part in counts],
        action=_to(site, name, *args),
        asked=asked,
        sections=_choices(section),
        q=q,
        narrowed=bool(q or section),
        contact=site.reached([title]).get(title),
        files=[(kind.upper(), site.href("gk_township_file", unit.slug, kind, **asked)) for kind in ("csv", "json")]
        if name == "gk_list"
        else [],
        content=site.href("gk_content", found.publication_id, unit.slug),
        **turning(request, site, number, len(rows) > PAGE, name, *args, **asked, section=section, q=q),
        **context,
    )


@public_page
def search(request: HttpRequest, site: Site) -> HttpResponse:
    """查找事项 in all lists as they stand published: each duty once."""
    section, q, number, township = _section(request), words_of(request), number_of(request), request.GET.get("township", "")[:80]
    unit = site.township(township) if township else None
    lists = site.lists(township=unit.id) if unit is not None else site.lists() if not township else ()
    found = public_found(Sought(lists, section, q), number * PAGE, PAGE + 1)
    townships = [site.directory.units[one] for one in dict.fromkeys(one.township_id for one in site.standing)]
    choices = [{"value": one.slug, "label": site.name(one.id), "chosen": one is unit} for one in townships]
    return page(
        request,
        site,
        "publicity/search.html",
        rows=[{**row_shown(one.row, site), "lists": one.lists} for one in found[:PAGE]],
        q=q,
        narrowed=bool(q or section or township),
        sections=_choices(section),
        townships=choices,
        search=_to(site, "gk_search"),
        **turning(request, site, number, len(found) > PAGE, "gk_search", section=section, q=q, township=township),
    )


@public_page
def duty(request: HttpRequest, site: Site, code: str) -> HttpResponse:
    """一件事项: what it is, who leads and helps and how they are reached, on what it rests, where it stands, since when and until when."""
    stands = public_duty(site.lists(), code)
    last = None if stands else public_last_seen(site.place.id, site.today, code)
    if not stands and last is None:
        raise Http404
    by_key = {one.key: one for one in site.standing}
    row = stands[-1][1] if stands else last.row if last is not None else {}
    shown = _standing(site, [(by_key[key], row_shown(one, site)) for key, one in stands])
    offices = [name for name in (row["department"], *row["helpers"]) if name]
    context = {"row": row_shown(row, site), "stands": shown, "offices": offices, "reached": list(site.reached(offices).values())}
    changes = [change_shown(one, site) for one in public_changes(site.place.id, site.today, code=code, limit=PAGE)]
    older = last.published_list.publication if last is not None else None
    gone = {"number": older.number, "as_of": older.as_of, "href": site.href("gk_publication", older.id)} if older is not None else None
    return page(request, site, "publicity/duty.html", **context, changes=changes, gone=gone)


def _standing(site: Site, found: list[tuple[Standing, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Townships where it stands alike, together: {townships, section, since, until, document_number, number, publication}."""
    together: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one, row in found:
        said = {name: row[name] for name in ("section", "since", "until", "document_number")}
        place = together.setdefault(
            (*said.values(), one.publication_id, one.list_name),
            {**said, "townships": [], "number": one.number, "publication": site.href("gk_publication", one.publication_id)},
        )
        asked = {"list": one.list_name} if one.list_name != "duties" else {}
        href = site.href("gk_list", site.directory.units[one.township_id].slug, **asked)
        place["townships"].append({"name": site.name(one.township_id), "href": href})
    return list(together.values())


@public_page
def changes(request: HttpRequest, site: Site) -> HttpResponse:
    """近期变动: what entered, left and changed in the published lists of the last months, newest first."""
    number, since = number_of(request), site.today - timedelta(days=RECENT)
    rows = public_changes(site.place.id, site.today, since, start=number * PAGE, limit=PAGE + 1)
    shown = [change_shown(one, site) for one in rows[:PAGE]]
    return page(
        request, site, "publicity/changes.html", rows=shown, since=since, **turning(request, site, number, len(rows) > PAGE, "gk_changes")
    )


@public_page
def publications(request: HttpRequest, site: Site) -> HttpResponse:
    """公布过的版本: newest first, each for ever."""
    number = number_of(request)
    rows = list(public_publications(site.place.id, site.today)[number * PAGE : (number + 1) * PAGE + 1])
    shown = [publication_shown(row, site) for row in rows[:PAGE]]
    return page(
        request, site, "publicity/publications.html", rows=shown, **turning(request, site, number, len(rows) > PAGE, "gk_publications")
    )


@public_page
def publication(request: HttpRequest, site: Site, number: int) -> HttpResponse:
    """一个公布版本: what government sites say of it, and its lists."""
    row = public_publication(site.place.id, site.today, number)
    if row is None:
        raise Http404
    lists = [
        {
            "name": site.name(one.township_id, one.as_of),
            "href": site.href("gk_version", number, site.directory.units[one.township_id].slug),
            "digest": one.digest,
        }
        for one in public_lists_of(row)
        if one.township_id in site.directory.units
    ]
    return page(request, site, "publicity/publication.html", row=publication_shown(row, site), lists=lists)


@public_page
def heads(request: HttpRequest, site: Site) -> HttpResponse:
    """每天的登记号: the last entry of the register on each day that is over, for anyone to keep."""
    return page(request, site, "publicity/heads.html", rows=heads_of(site), file=site.href("gk_heads_file"))


def heads_of(site: Site) -> list[tuple[Any, HeadLine]]:
    """(day, head at its end), the newest first; no day before the first entry."""
    days = [site.today - timedelta(days=back) for back in range(1, DAYS + 1)]
    found = public_heads_of_days(site.place.code, [start_of(day + timedelta(days=1)) for day in days])
    return [(day, head) for day, head in zip(days, found, strict=True) if head is not None]
