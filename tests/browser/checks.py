"""What holds on every page, whoever looks at it and however wide the window is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

HERE: Final = Path(__file__).parent
AXE: Final = HERE.parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
BY_LAYOUT: Final = ("color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block", "nested-interactive", "link-name")
"""What may hold in one window and not in another: the elements of a page are the same."""
WIDE: Final = (1280, 900)
NARROW: Final = (390, 844)


@lru_cache(maxsize=1)
def _look() -> str:
    text = (HERE / "look.js").read_text(encoding="utf-8")
    return text[text.index("() =>") :].strip()


def look(page: Page) -> dict[str, Any]:
    """What the page is made of."""
    found: dict[str, Any] = page.evaluate(_look())
    return found


def complaints(seen: dict[str, Any], lang: str = "") -> list[str]:
    """What is wrong with a page, without axe."""
    wrong = [f"{name}: {seen[name]}" for name in ("unlabelled", "unnamed", "twice", "inline", "scripts", "broken", "skipped") if seen[name]]
    if seen["h1"] != 1:
        wrong.append(f"{seen['h1']} first headings")
    if not seen["title"]:
        wrong.append("no title")
    if not (seen["lang"] == lang if lang else seen["lang"] in ("zh-Hans", "zh-hans", "en")):
        wrong.append(f"language {seen['lang']!r}")
    if seen["over"] > 0:
        wrong.append(f"{seen['over']} px too wide: {seen['beyond']}")
    return wrong


@lru_cache(maxsize=1)
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def axe(page: Page, *, again: bool = False, pieces: Iterable[str] | None = None) -> list[str]:
    """The violations that axe-core finds, each with its first places. ``again``: only the window has changed.

    ``pieces``: of the page's shape, as ``look`` has just found it; axe looks where these stand, and not at the rest.
    """
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_axe())
    only = {"type": "rule", "values": list(BY_LAYOUT)} if again else list(RULES)
    asked = json.dumps({"runOnly": only, "resultTypes": ["violations"], "preload": False, "iframes": False})
    whole = f"axe.run(document, {asked})"
    if pieces is not None:  # what is in a page's template, or went meanwhile, axe does not take for a place
        there = f"{json.dumps(sorted(pieces))}.map((piece) => window.__pieces.get(piece))"
        whole = f"axe.run({{ include: {there} }}, {asked}).catch(() => {whole})"
    found = page.evaluate(f"async () => (await {whole}).violations")
    return [f"axe {one['id']} ({one['help']}): {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]


def lost_in_print(page: Page) -> list[str]:
    """Tables that are seen on the screen and not on paper, beside those that belong to the screen alone."""
    shown = "[...document.querySelectorAll('main table')].map((e) => e.getClientRects().length > 0)"
    told = (
        "[...document.querySelectorAll('main table')].map((e) => [!!e.closest('.no-print, .case-body .beside'), e.outerHTML.slice(0, 120)])"
    )
    before = page.evaluate(shown)
    page.emulate_media(media="print")
    after = page.evaluate(shown)
    page.emulate_media(media="screen")
    both = zip(before, after, page.evaluate(told), strict=True) if before else ()
    return [f"not printed: {words}" for seen, printed, (screen, words) in both if seen and not printed and not screen]


class Watch:
    """Everything that a window does besides showing pages: what it asks for, and what it complains of."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.origin = address
        self.wrong: list[str] = []
        self.answers: list[Response] = []
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.wrong.append(f"script error: {error.error}"))

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and f"{address.scheme}://{address.netloc}" != self.origin:
            self.wrong.append(f"a request leaves the origin: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.answers.append(response)
            policy = response.headers.get("content-security-policy", "")
            html = response.headers.get("content-type", "").startswith("text/html")
            if html and ("default-src 'self'" not in policy or "unsafe" in policy):
                self.wrong.append(f"no strict policy: {response.url} {policy!r}")
        elif response.status >= 400 and not response.request.headers.get("hx-request"):
            self.wrong.append(f"{response.status} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # The status of a page itself is judged by whoever opened it; 401 is how htmx is told that the session is over.
        known = ("Failed to load resource", "Response Status Error Code 401")
        if message.type in ("error", "warning") and not message.text.startswith(known):
            self.wrong.append(f"console: {message.text[:300]}")

    def take(self) -> list[str]:
        """What was found since the last time."""
        found, self.wrong = list(dict.fromkeys(self.wrong)), []
        return found
