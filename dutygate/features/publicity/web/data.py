"""开放数据: csv and JSON, their schema, the feed, the heads of days, and what search engines ask for."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day, start_of
from dutygate.base.documents.guarding import guarded
from dutygate.base.organizations.queries import public_jurisdictions
from dutygate.features.lists.queries.published import (
    Standing,
    public_codes,
    public_content,
    public_every_row,
    public_how_many,
    public_lists_of,
    public_places_published,
    public_publication,
    public_publications,
)
from dutygate.features.publicity.schema import CSV, FORMAT, schema
from dutygate.features.publicity.shown import publication_shown
from dutygate.features.publicity.site import Site, address
from dutygate.features.publicity.web import KEPT, kept, page, public_page
from dutygate.features.publicity.web.pages import heads_of

PLAIN: Final[dict[str, Any]] = {"ensure_ascii": False, "separators": (",", ":")}
IN_A_MAP: Final = 5_000
IN_THE_FEED: Final = 30
MEDIA: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@public_page
def data(request: HttpRequest, site: Site) -> HttpResponse:
    """开放数据: what there is, in which form, under which licence."""
    townships = [site.directory.units[one] for one in dict.fromkeys(one.township_id for one in site.standing)]
    files = [
        {
            "name": site.name(unit.id),
            "csv": _file(site, "gk_township_file", unit.slug, "csv"),
            "json": _file(site, "gk_township_file", unit.slug, "json"),
        }
        for unit in townships
    ]
    whole = {kind: _file(site, "gk_lists_file", kind) for kind in MEDIA}
    more = {name: _file(site, f"gk_{name}") for name in ("schema", "feed", "heads_file")}
    return page(
        request, site, "publicity/data.html", files=files, whole=whole, more=more, map=reverse("gk_map"), licence=settings.OPEN_DATA_LICENCE
    )


def _file(site: Site, name: str, *args: Any) -> str:
    """A file is the same in every language."""
    return address(name, "zh", site.place.code, *args)


@public_page
def lists_file(request: HttpRequest, site: Site, kind: str) -> HttpResponseBase:
    """All lists as they stand published."""
    return _handed_out(request, site, site.standing, kind, site.place.code)


@public_page
def township_file(request: HttpRequest, site: Site, township: str, kind: str) -> HttpResponseBase:
    """Those of one township; ``?list=powers`` the powers list alone."""
    unit, name = site.township(township), request.GET.get("list", "")
    found = [one for one in site.standing if unit is not None and one.township_id == unit.id and name in ("", one.list_name)]
    if not found:
        raise Http404
    return _handed_out(request, site, found, kind, f"{site.place.code}-{township}")


def _handed_out(request: HttpRequest, site: Site, lists: list[Standing], kind: str, name: str) -> StreamingHttpResponse:
    if kind not in MEDIA:
        raise Http404
    pieces = _csv(site, lists) if kind == "csv" else _json(request, site, lists)
    response = StreamingHttpResponse(pieces, content_type=MEDIA[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"' if kind == "csv" else "inline"
    return response


def _of_list(site: Site, one: Standing) -> dict[str, Any]:
    unit = site.directory.units[one.township_id]
    named = {"key": unit.key, "code": unit.code_on(one.as_of), "name": site.name(unit.id, one.as_of)}
    days = {"as_of": one.as_of.isoformat(), "published_on": one.published_on.isoformat()}
    return {"township": named, "list": one.list_name, "publication": one.number, **days, "digest": one.digest}


def _json(request: HttpRequest, site: Site, lists: list[Standing]) -> Iterator[str]:
    """Written list by list, so that it costs no more memory for many."""
    licence = {"set": bool(settings.OPEN_DATA_LICENCE), "name": settings.OPEN_DATA_LICENCE}
    head = {
        "$schema": request.build_absolute_uri(_file(site, "gk_schema")),
        "format": FORMAT,
        "jurisdiction": {"code": site.place.code, "name": site.place.name},
        "licence": licence,
    }
    yield json.dumps(head, **PLAIN)[:-1] + ',"lists":['
    for place, one in enumerate(lists):
        rows = ",".join(json.dumps(row, **PLAIN) for _key, row in public_every_row([one.key]))
        yield ("," if place else "") + json.dumps(_of_list(site, one), **PLAIN)[:-1] + f',"rows":[{rows}]}}'
    yield "]}"


class _Line:
    """What the writer of csv writes to: it gives back each line."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def _csv(site: Site, lists: list[Standing]) -> Iterator[str]:
    """UTF-8 with its mark; a cell that a spreadsheet would calculate is marked as text."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(CSV)
    for one in lists:
        said = _of_list(site, one)
        of_list = {**said, "township_code": said["township"]["code"], "township": said["township"]["name"]}
        for _key, row in public_every_row([one.key]):
            joined = {"helpers": "、".join(row["helpers"]), "bases": "\n".join(row.get("bases", ()))}
            cells = {**of_list, **row["columns"], **row, **joined}
            yield writer.writerow([guarded(str(cells.get(name, ""))) for name in CSV])


@public_page
def schema_file(request: HttpRequest, site: Site) -> HttpResponse:
    """The schema of the JSON files."""
    return JsonResponse(schema(request.build_absolute_uri(request.path)), json_dumps_params={"ensure_ascii": False, "indent": 1})


@public_page
def content(request: HttpRequest, site: Site, number: int, township: str) -> HttpResponse:
    """摘要所据的内容: a published list as the very content of which its digest is the SM3."""
    unit, row = site.township(township), public_publication(site.place.id, site.today, number)
    found = (
        next((one for one in public_lists_of(row) if unit is not None and one.township_id == unit.id), None) if row is not None else None
    )
    if found is None:
        raise Http404
    return JsonResponse(public_content(found.key), json_dumps_params={**PLAIN, "sort_keys": True})


@public_page
def heads_file(request: HttpRequest, site: Site) -> HttpResponse:
    """The heads of days, as ``dutygate register verify`` takes them."""
    rows = [
        {"day": day.isoformat(), "chain": head.chain, "seq": head.seq, "hash": head.hash, "head": head.printed}
        for day, head in heads_of(site)
    ]
    return JsonResponse({"jurisdiction": site.place.code, "heads": rows}, json_dumps_params={"ensure_ascii": False})


@public_page
def feed(request: HttpRequest, site: Site) -> HttpResponse:
    """Atom (RFC 4287): what was published, newest first."""
    rows = [(row, publication_shown(row, site)) for row in public_publications(site.place.id, site.today)[:IN_THE_FEED]]
    own, page_of_it = (request.build_absolute_uri(site.href(name)) for name in ("gk_feed", "gk_place"))
    title = _("%(place)s公布的乡镇职责清单") % {"place": site.place.name}
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr("en" if site.lang == "en" else "zh-Hans")}>',
        f"<title>{escape(title)}</title>",
        f"<id>urn:dutygate:{site.place.code}:publications</id>",
        f'<link rel="self" href={quoteattr(own)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(page_of_it)}/>',
        f"<updated>{start_of(max(row.published_on for row, _shown in rows)).isoformat()}</updated>",
        f"<author><name>{escape(rows[0][1]['issuer'] or site.place.name)}</name></author>",
    ]
    for row, shown in rows:
        said = _("%(list)s，%(day)s的清单，%(count)s项。") % {"list": shown["list"], "day": row.as_of.isoformat(), "count": row.rows}
        lines += [
            "<entry>",
            f"<title>{escape(row.number + ' ' + shown['list'])}</title>",
            f"<id>urn:dutygate:{site.place.code}:{row.digest}:{row.id}</id>",
            f'<link rel="alternate" type="text/html" href={quoteattr(request.build_absolute_uri(shown["href"]))}/>',
            f"<updated>{start_of(row.published_on).isoformat()}</updated>",
            f"<summary>{escape(said)}</summary>",
            "</entry>",
        ]
    return HttpResponse("\n".join([*lines, "</feed>", ""]), content_type="application/atom+xml; charset=utf-8")


@public_page
def map_part(request: HttpRequest, site: Site, part: int) -> HttpResponse:
    """One part of the map of a site: first the pages, then its duties."""
    codes = public_codes(site.lists(), (part - 1) * IN_A_MAP, IN_A_MAP)
    pages = ["gk_place", "gk_search", "gk_changes", "gk_publications", "gk_data", "gk_heads"] if part == 1 else []
    found = [site.href(name) for name in pages]
    if part == 1:
        found += [site.href("gk_list", site.directory.units[one.township_id].slug) for one in site.standing if one.list_name == "duties"]
    found += [site.href("gk_duty", code) for code in codes]
    if not found:
        raise Http404
    return _xml("urlset", "url", [request.build_absolute_uri(one) for one in found])


@require_safe
def site_map(request: HttpRequest) -> HttpResponseBase:
    """The map of all sites: for each its parts."""
    today = local_day(clock.now())
    published = public_places_published(today)
    sites = [Site(one, today, "zh") for one in public_jurisdictions() if one.id in published]

    def made() -> HttpResponse:
        found = []
        for site in sites:
            parts = max(1, -(-public_how_many(site.lists()) // IN_A_MAP))
            found += [address("gk_map_part", "zh", site.place.code, part) for part in range(1, parts + 1)]
        return _xml("sitemapindex", "sitemap", [request.build_absolute_uri(one) for one in found])

    return kept(request, [site.state for site in sites], made, "zh")


def _xml(outer: str, inner: str, addresses: list[str]) -> HttpResponse:
    lines = [f"<{inner}><loc>{escape(one)}</loc></{inner}>" for one in addresses]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return HttpResponse("\n".join([head, *lines, f"</{outer}>", ""]), content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The public site is for everybody, programs too; the rest is for people who are signed in."""
    whole = request.build_absolute_uri(reverse("gk_map"))
    said = f"User-agent: *\nAllow: /gk/\nAllow: /static/\nDisallow: /\nSitemap: {whole}\n"
    response = HttpResponse(said, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = KEPT
    return response
