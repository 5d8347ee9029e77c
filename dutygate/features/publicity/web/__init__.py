"""页面: the public site. Each page says when it is another one (ETag), may be kept by anybody, and is the same for everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import dutygate
from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.queries import public_jurisdiction
from dutygate.base.register.law_here import somewhere, stand_in
from dutygate.features.publicity.site import Site, address

PAGE: Final = 100
LONGEST: Final = 60
KEPT: Final = "public, max-age=300"
MISSING: Final = "public, max-age=60"
LANGUAGES: Final = {"zh": "zh-hans", "en": "en"}
Shown = Callable[..., HttpResponseBase]


def language_of(request: HttpRequest) -> str:
    """By the address alone: what is kept under one address is one language."""
    return "en" if request.GET.get("lang") == "en" else "zh"


def public_page(view: Callable[..., HttpResponseBase]) -> Shown:
    """A page of one jurisdiction's site: ``view(request, site, …)``. 304 where the reader has it; 404 for what is not published."""

    @require_safe
    def shown(request: HttpRequest, place: str, **parts: Any) -> HttpResponseBase:
        lang = language_of(request)
        with translation.override(LANGUAGES[lang]), somewhere():
            found = public_jurisdiction(place)
            if found is None:
                return not_published(request, lang)
            stand_in(found.id)
            site = Site(found, local_day(clock.now()), lang)
            if not site.version.count:
                return not_published(request, lang)
            return kept(request, site.state, lambda: view(request, site, **parts), lang, site)

    return shown


def kept(request: HttpRequest, state: Any, made: Callable[[], HttpResponseBase], lang: str, site: Site | None = None) -> HttpResponseBase:
    """The answer with what caches need to know; 304 without making it where the reader has this very one."""
    told = [dutygate.__version__, settings.OPEN_DATA_LICENCE, request.get_host(), request.scheme, request.get_full_path(), state]
    etag = f'W/"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            response = made()
        except (Http404, NotFound):
            return not_published(request, lang, site)
    response["ETag"] = etag
    response["Cache-Control"] = KEPT
    response["Content-Language"] = LANGUAGES[lang]
    if site is not None and site.changed_at is not None:
        response["Last-Modified"] = http_date(site.changed_at.timestamp())
    return response


def not_published(request: HttpRequest, lang: str, site: Site | None = None) -> HttpResponse:
    """404: it was not published, or it does not exist, which is the same here."""
    response = render(request, "publicity/missing.html", frame(request, lang, site), status=404)
    response["Cache-Control"] = MISSING
    response["Content-Language"] = LANGUAGES[lang]
    return response


def frame(request: HttpRequest, lang: str, site: Site | None) -> dict[str, Any]:
    """What stands around every page: {lang, home, other, place, mongolian, places}."""
    asked = request.GET.copy()
    asked.pop("lang", None)
    if lang == "zh":
        asked["lang"] = "en"
    other = f"{request.path}?{asked.urlencode()}" if asked else request.path
    plain: dict[str, Any] = {"lang": lang, "other": other, "home": address("gk", lang), "places": [], "place": None}
    if site is None:
        return plain
    routes = {
        "gk_place": _("首页"),
        "gk_search": _("查找事项"),
        "gk_changes": _("近期变动"),
        "gk_publications": _("公布过的版本"),
        "gk_heads": _("每天的登记号"),
        "gk_data": _("开放数据"),
    }
    here = request.path
    places = [
        {"label": label, "href": site.href(name), "current": here == site.href(name).partition("?")[0]} for name, label in routes.items()
    ]
    head = {"place": site.place, "home": site.href("gk_place"), "places": places, "mongolian": site.mongolian}
    return {**plain, **head, "feed": request.build_absolute_uri(site.href("gk_feed"))}


def page(request: HttpRequest, site: Site, template: str, **context: Any) -> HttpResponse:
    """A page of the site."""
    return render(request, template, {**frame(request, site.lang, site), **context})


def turning(request: HttpRequest, site: Site, number: int, more: bool, name: str, *args: Any, **asked: Any) -> Mapping[str, str]:
    """{older, newer}: the next page, and back to the first."""
    return {
        "older": site.href(name, *args, **asked, page=number + 2) if more else "",
        "newer": site.href(name, *args, **asked) if number else "",
    }


def number_of(request: HttpRequest) -> int:
    """Which page, from 0; the address counts from 1."""
    given = request.GET.get("page", "")
    return max(int(given) - 1, 0) if given.isascii() and given.isdecimal() and len(given) < 5 else 0


def words_of(request: HttpRequest) -> str:
    """What is sought, cut to a sensible length."""
    return " ".join(request.GET.get("q", "").split())[:LONGEST]
