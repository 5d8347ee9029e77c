"""Pictures of every page in its main states, wide and narrow: ``python -m tests.browser.pictures [FOLDER]`` (``make screenshots``)."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DUTYGATE_LONG"] = "1"  # the walks go to every case and text, and each way in which a page is built is one to look at

import django

django.setup()

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from tests.browser.checks import NARROW, WIDE  # noqa: E402
from tests.browser.chromium import FLAGS, MISSING, chromium  # noqa: E402
from tests.browser.served import Site, made, serve  # noqa: E402
from tests.browser.spider import Walked, kind_of, signed_in  # noqa: E402
from tests.browser.walks import cover, walk_all  # noqa: E402

SIZES: Final = {"wide": WIDE, "narrow": NARROW}


def chosen(site: Site, folder: Path) -> Iterator[Walked]:
    """One of every kind of page, more where it is built otherwise, each case in each of its states."""
    walks = walk_all(site.address, folder)
    yield from cover(page for walk in walks.values() for page in walk.pages.values() if not page.partial)


def name_of(page: Walked) -> str:
    """case_tab-150721-2026-0010-review.bianban, so that pages of one kind stand together."""
    path = re.sub(r"[^\w.-]+", "-", page.path).strip("-")[:90] or "desk"
    return f"{path}.{page.username or 'nobody'}"


def take(browser: Browser, site: Site, pages: list[Walked], into: Path) -> int:
    """All pages of one person after another; how many pictures were taken."""
    taken = 0
    for username in dict.fromkeys(page.username for page in pages):
        cookies = signed_in(site.address, username) if username else {}
        for size, (width, height) in SIZES.items():
            context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", base_url=site.address)
            context.add_cookies([{"name": name, "value": value, "url": site.address} for name, value in cookies.items()])
            tab = context.new_page()
            for page in (page for page in pages if page.username == username):
                tab.goto(page.path)
                tab.screenshot(path=into / f"{name_of(page)}.{size}.png", full_page=True)
                taken += 1
            context.close()
    return taken


def main() -> int:
    """0 when the pictures are there."""
    into = Path(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots")
    path = chromium()
    if path is None:
        print(MISSING, file=sys.stderr)
        return 1
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serve(made(Path(folder) / "made"), Path(folder)) as site, sync_playwright() as playwright:
        pages = sorted(chosen(site, Path(folder) / "walks"), key=lambda page: (kind_of(page.path), page.path))
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        print(f"{take(browser, site, pages, into)} pictures in {into}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
