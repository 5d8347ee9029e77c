"""The pictures of the manual, from the demo: ``python -m tests.browser.manual_pictures`` (``make manual``).

The demo's day stands still, so the same pages come out again; only the time of day in the register differs. What the text
tells to press has a box around it.
"""

from __future__ import annotations

import base64
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright  # noqa: E402 - Django is set up first

from tests.browser.chromium import FLAGS, MISSING, chromium  # noqa: E402 - the same
from tests.browser.served import REPOSITORY, made, serve  # noqa: E402 - the same
from tests.browser.spider import signed_in  # noqa: E402 - the same

INTO: Final = REPOSITORY / "dutygate" / "features" / "manual" / "static" / "manual"
QUALITIES: Final = (0.72, 0.6, 0.5, 0.4)
AT_MOST: Final = 60_000
"""Bytes of one picture; offices have slow lines."""
_BOX: Final = "(e) => { e.style.outline = '4px solid #c62828'; e.style.outlineOffset = '3px'; e.style.borderRadius = '4px'; }"
_TO_WEBP: Final = """async ([png, quality]) => {
  const image = new Image(); image.src = png; await image.decode();
  const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', quality);
}"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: who looks at which page, what she does first, from where on it is seen, what is boxed, and how much of it (pixels)."""

    name: str
    username: str
    path: str
    box: str = ""
    top: str = ""
    height: int = 620
    width: int = 1000
    first: Callable[[Page], None] | None = None


def _forbidden(page: Page) -> None:
    page.get_by_label("职责名称").first.fill("农村宅基地用地审批")
    page.get_by_role("group", name="类别").first.get_by_label("常态化").check()
    page.get_by_label("事项类别").first.select_option(label="行政许可（不能准入）")
    page.locator(".live .finding, .finding").first.wait_for()


def _check(page: Page) -> None:
    page.get_by_label("任务的标题或者来文的内容").fill("请各乡镇签订秋季秸秆禁烧责任状，分解下达离田指标，年底考核验收。")
    page.get_by_label("来文日期").fill("2026-11-18")
    page.get_by_role("button", name="核对").first.click()
    page.get_by_role("heading", name="一、是不是在清单上").wait_for()


def _refused(page: Page) -> None:
    page.get_by_role("radio", name="不同意").check()
    page.get_by_role("button", name="提交答复").click()
    page.locator(".notice.bad").first.wait_for()


_REPLY: Final = "/cases/150721-2026-0016/do/consultation.reply/"
PICTURES: Final = (
    Picture("login", "", "/login/", "button.btn-primary", height=560),
    Picture("desk", "bianban", "/", ".task a.btn", top="main h1", height=640),
    Picture("case", "bianban", "/cases/150721-2026-0010/", ".offers a", top=".case-head", height=560),
    Picture("new-case", "renshe", "/cases/new/", "", top=".live", height=360, first=_forbidden),
    Picture("write", "nongmu", "/cases/150721-2026-0013/write/items/", top="main h1", height=760),
    Picture("opinions", "yibao", "/cases/150721-2026-0012/opinions/", top=".case-body", height=760),
    Picture("reply", "naji", "/cases/150721-2026-0015/do/consultation.reply/", ".big-choices", top=".answer-title", height=560),
    Picture("accept", "bianban", "/cases/150721-2026-0010/do/review.accept/", "button.btn-primary", top="main h1", height=980),
    Picture("review", "bianban", "/cases/150721-2026-0005/review/", top=".case-body", height=700),
    Picture("board", "bianban", "/board/", "", top="main h1", height=760),
    Picture("meetings", "bianban", "/meetings/", ".page-head a.btn", top="main h1", height=640),
    Picture("assess", "sifa", "/cases/150721-2026-0017/do/review.assess/", ".point fieldset", top=".point", height=620),
    Picture("decision", "zhengban", "/cases/150721-2026-0009/do/decision.record/", "fieldset", top="main h1", height=760),
    Picture("reports", "jiwei", "/reports/", top="main h1", height=400),
    Picture("administration", "xitong", "/administration/", ".page-head a.btn", height=560),
    Picture("refused", "naji", _REPLY, ".notice.bad a", top="main h1", height=480, first=_refused),
    Picture("audit", "shenji", "/audit/", top="main h1", height=760),
    Picture("public-place", "", "/gk/150721/", height=620),
    Picture("public-duty", "", "/gk/150721/duties/150721-D-0004/", height=760),
    Picture("list", "yadong", "/lists/", top="main h1", height=620, width=1180),
    Picture("duty", "yadong", "/duties/150721-D-0004/", top=".case-head", height=700),
    Picture("support", "renshe", "/support/?year=2026", top="main h1", height=760, width=1280),
    Picture("check", "yadong", "/check/", top="main h1", height=700, first=_check),
    Picture("papers", "bianban", "/papers/", top="main h1", height=620),
)


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """One picture, as PNG."""
    context = browser.new_context(viewport={"width": picture.width, "height": picture.height}, locale="zh-CN", base_url=address)
    context.set_default_timeout(20_000)
    if picture.username:
        cookies = signed_in(address, picture.username)
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    page = context.new_page()
    answer = page.goto(picture.path)
    assert answer is not None and answer.status == 200, f"{picture.name}: {answer and answer.status}"
    if picture.first is not None:
        picture.first(page)
    page.evaluate("document.activeElement.blur()")
    if picture.box:
        page.locator(picture.box).first.evaluate(_BOX)
    top = page.locator(picture.top).first.bounding_box() if picture.top else None
    whole = page.evaluate("document.documentElement.scrollHeight")
    y = max(0, top["y"] + page.evaluate("window.scrollY") - 16) if top else 0
    clip: FloatRect = {"x": 0, "y": y, "width": picture.width, "height": min(picture.height, whole - y)}
    taken = page.screenshot(clip=clip, full_page=True)
    context.close()
    return taken


def as_webp(page: Page, png: bytes) -> bytes:
    """The same picture, small: the browser itself writes it."""
    given = "data:image/png;base64," + base64.b64encode(png).decode()
    for quality in QUALITIES:
        written = str(page.evaluate(_TO_WEBP, [given, quality]))
        assert written.startswith("data:image/webp;base64,"), "this Chromium writes no WebP"
        small = base64.b64decode(written.partition(",")[2])
        if len(small) <= AT_MOST:
            return small
    raise AssertionError(f"{len(small)} bytes: show less of the page")


def main() -> int:
    """0 when the pictures are there. Names as arguments make those alone."""
    path = chromium()
    if path is None:
        print(MISSING, file=sys.stderr)
        return 1
    wanted = [one for one in PICTURES if one.name in sys.argv[1:]] or list(PICTURES)
    INTO.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serve(made(Path(folder) / "made"), Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        writer = browser.new_page()
        total = 0
        for picture in wanted:
            small = as_webp(writer, take(browser, site.address, picture))
            (INTO / f"{picture.name}.webp").write_bytes(small)
            total += len(small)
        print(f"{len(wanted)} pictures in {INTO}, {total // 1024} KB")
        browser.close()
    for old in INTO.glob("*.webp"):
        if old.stem not in {one.name for one in PICTURES}:
            old.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
