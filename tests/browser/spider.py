"""Walks the pages as a person would who follows every link, by plain requests: quick enough for all of them.

Every link must lead to a page; every route of the program must have been walked by somebody. Which pages are built from pieces
that no page before had is known afterwards: those are opened in the browser.
"""

from __future__ import annotations

import os
import re
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404
from lxml import html

from dutygate.config.demo.performing import password_of

FAR: Final = os.environ.get("DUTYGATE_LONG") == "1"
"""In `make test-long` one person goes to every single page of help, law and cases, and the browser opens them."""
ALIKE: Final = 4
"""So many pages of one kind (route, tab or action, names of what the address asks for) are walked by each person."""
ARE_PAGES: Final = frozenset({"tab", "action", "part", "step"})
"""Arguments of routes that tell which page; all others tell of which thing."""
CASES: Final = 6
"""So many cases each person opens, and every form that they offer her."""
FEW_CASES: Final = 4
"""Not far: so many."""
PUBLIC: Final = "/gk/"
"""The same for everybody, so only nobody walks it; its language is told by the address."""
SAME: Final = (
    *("help/", "law/", "manual/", "lists/", "duties/", "bases/", "check/", "password/", "post/", "account/", "digest/"),
    *("papers/numbers/", "papers/letterheads/", "papers/templates/"),
)
"""Not far: much the same for everybody, so that only who walks wholly walks these."""
FILE: Final = 4
"""A file counts as so many pages: it takes longer to make, and is a file whatever is in it."""
ASKED: Final = 3
"""Not far: so many times ``ALIKE`` pages of one route, tab or action, however many ways there are to ask it."""
WHOLLY: Final = re.compile(r"help/|law/|cases/<str:number>/")
"""Far off, where somebody who walks wholly goes to every single page: each text is another, and each case is in another state."""


@dataclass(slots=True)
class Walked:
    """One page as it came."""

    username: str
    path: str
    route: str
    kind: tuple[Any, ...]
    status: int
    text: str
    found_on: str
    lang: str = "zh"
    shape: frozenset[str] = frozenset()

    @property
    def partial(self) -> bool:
        """A part of a page, fetched by the page itself."""
        return not self.text.lstrip().lower().startswith("<!doctype html>")

    @property
    def name(self) -> str:
        """Who is where."""
        return f"{self.username or 'nobody'} {self.path}"


@dataclass(slots=True)
class Spider:
    """One person's walk. ``alike`` bounds the pages of one kind; one who walks ``wholly`` leaves nothing out."""

    address: str
    username: str = ""
    lang: str = "zh"
    alike: int = ALIKE
    wholly: bool = False
    pages: dict[str, Walked] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)
    kinds: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.address, timeout=60, headers={"accept": "text/html"})
        if self.lang == "en":
            self.client.cookies.set("django_language", "en")
        if self.username:
            log_in(self.client, self.username)

    def walk(self, *starts: str) -> Spider:
        """Everything that can be come to from here."""
        ahead = deque((start, "") for start in starts)
        known = set(starts)
        while ahead:
            path, found_on = ahead.popleft()
            page = self.visit(path, found_on)
            if page is None:
                continue
            for link in links(page):
                if link not in known:
                    known.add(link)
                    ahead.append((link, page.path))
        return self

    def visit(self, path: str, found_on: str = "") -> Walked | None:
        """One page; None when it is enough of its kind, no page, or dead (which is noted)."""
        try:
            route, kind = kind_of(path)
        except Resolver404:
            if not path.startswith("/static/"):
                self.dead.append(f"{path} on {found_on}: no such route")
            return None
        if self.username and (path.startswith(PUBLIC) or (not FAR and not self.wholly and route.startswith(SAME))):
            return None
        cases = CASES if FAR else FEW_CASES
        bound = cases if route in ("cases/<str:number>/", "cases/<str:number>/do/<str:action>/") else self.alike
        however = ("however it is asked", *kind[:2])
        enough = self.kinds[kind] >= bound or (not FAR and self.kinds[however] >= ASKED * bound)
        if enough and not (FAR and self.wholly and WHOLLY.match(route)):
            return None
        self.kinds.update((kind, however))
        public_english = self.lang == "en" and path.startswith(PUBLIC)
        answer = self.client.get(httpx.URL(path).copy_merge_params({"lang": "en"}) if public_english else path)
        if answer.is_redirect:
            target = urlsplit(urljoin(path, answer.headers["location"]))
            return self.visit(target.path + (f"?{target.query}" if target.query else ""), found_on) if target.path != path else None
        if not answer.headers.get("content-type", "").startswith("text/html"):
            self.files[path] = answer.headers.get("content-type", "")
            self.kinds[however] += FILE
            if answer.status_code != 200:
                self.dead.append(f"{path} on {found_on}: {answer.status_code}")
            return None
        if answer.status_code != 200 and found_on:
            self.dead.append(f"{path} on {found_on}: {answer.status_code}")
        page = Walked(self.username, path, route, kind, answer.status_code, answer.text, found_on, self.lang)
        page.shape = shape(answer.text)
        self.pages[path] = page
        return page


def log_in(client: httpx.Client, username: str) -> None:
    """As the log-in page does."""
    client.get("/login/")
    given = {"username": username, "password": password_of(username), "csrfmiddlewaretoken": client.cookies["csrftoken"]}
    answer = client.post("/login/", data=given)
    assert answer.status_code == 302, f"{username} cannot log in: {answer.status_code}"
    if answer.headers["location"].startswith("/post/"):
        tree = html.document_fromstring(client.get(answer.headers["location"]).text)
        first = tree.xpath("//main//*[@name='post']/@value")[0]
        client.post("/post/", data={"post": first, "csrfmiddlewaretoken": client.cookies["csrftoken"]})


def signed_in(address: str, username: str) -> dict[str, str]:
    """The cookies of somebody who has logged in."""
    with httpx.Client(base_url=address, timeout=60) as client:
        log_in(client, username)
        return dict(client.cookies)


def kind_of(path: str) -> tuple[str, tuple[Any, ...]]:
    """Route, and what makes pages of one kind. Raises Resolver404."""
    parts = urlsplit(path)
    match = resolve(parts.path)
    told = tuple(sorted((name, str(value)) for name, value in match.kwargs.items() if name in ARE_PAGES))
    asked = tuple(sorted({name for name, value in parse_qsl(parts.query)}))
    return match.route, (match.route, told, asked)


def links(page: Walked) -> list[str]:
    """Where the page leads without doing anything: its links, what it fetches by itself, and its search forms as they stand."""
    tree = html.document_fromstring(page.text)
    found = [str(link) for link in tree.xpath("//a[@href and not(@download)]/@href | //@data-hx-get")]
    for form in tree.xpath("//form[translate(@method, 'GET', 'get')='get']"):
        given = [(name, value or "") for name, value in form.form_values()]
        found.append(str(httpx.URL(form.get("action") or urlsplit(page.path).path).copy_merge_params(given)))
    out = []
    for link in found:
        parts = urlsplit(urljoin(page.path, link))
        if not parts.netloc and parts.scheme in ("", "http"):
            out.append(parts.path + (f"?{parts.query}" if parts.query else ""))
        elif parts.scheme in ("http", "https"):
            out.append(link)
    return list(dict.fromkeys(out))


def shape(text: str) -> frozenset[str]:
    """The pieces that a page is built of: an element in its parent, with classes, type, role and what it says of itself."""
    tree = html.document_fromstring(text)
    signs = {e: _sign(e) for e in tree.iter() if isinstance(e.tag, str)}
    return frozenset(f"{signs[e.getparent()]}>{sign}" for e, sign in signs.items() if e.getparent() is not None)


def _sign(element: Any) -> str:
    told = sorted(name for name in element.attrib if name in ("type", "role", "disabled", "open") or name.startswith("aria-"))
    return f"{element.tag}.{'.'.join(sorted(element.get('class', '').split()))}[{','.join(told)}{element.get('type', '')}]"


def routes() -> dict[str, URLPattern]:
    """Every route of the program that is a page's: all but the API's."""

    def inside(patterns: list[Any], before: str) -> dict[str, URLPattern]:
        found: dict[str, URLPattern] = {}
        for one in patterns:
            if isinstance(one, URLResolver):
                found |= inside(one.url_patterns, before + str(one.pattern))
            else:
                found[before + str(one.pattern)] = one
        return found

    return {route: one for route, one in inside(get_resolver().url_patterns, "").items() if not route.lstrip("^").startswith("api")}
