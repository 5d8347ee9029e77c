"""审核表 on paper (Articles 2, 4.2): one page of A4, printed by Chromium, however much was written and by however many."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import dutygate
from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.organizations.queries import forget_directories
from tests.browser.chromium import FLAGS, MISSING, chromium
from tests.journey import POINTS, Journey
from tests.pages.signed_in import browser_of, text
from tests.world import create_world

pytestmark = [pytest.mark.browser, pytest.mark.skipif(chromium() is None, reason=MISSING)]
PACKAGE = Path(dutygate.__file__).parent
LONG = "经费、人员、设备和培训都要落到具体单位和具体日期，不得只写原则。"


@pytest.fixture
def world(db):
    yield create_world(12)
    forget_directories()
    forget_kept_editions()


def reviewed(world, words):
    """Twelve townships, three departments, three seats, an expert; every text is as long as ``words``."""
    case = Journey(world).up_to("reviewing")
    case.ask_department("finance", "water", "agriculture")
    for slug in ("finance", "water", "agriculture"):
        case.do(slug, "review.comment", text=words)
    case.do("lead", "review.hear_expert", expert="王教授", affiliation="内蒙古农业大学林学院", opinion=words, heard_on=world.today)
    points = {point: {"finding": "concern", "text": words} for point in POINTS}
    reasons = {"excluded_power_reason": words, "emergency_reason": words}
    case.assess("lead", "services", points=points, text=words)
    case.assess("legal", points=points, text=words, recommends="not_admit", **reasons)
    case.conclude_review(text=words * 3, no_other_concerned="")
    return case


def styled(html):
    """The page with its style sheets in it, so that nothing is asked of a server."""

    def put_in(match):
        return f"<style>{(PACKAGE / where(match[1])).read_text(encoding='utf-8')}</style>"

    def where(address):
        name = address.partition("/static/")[2]
        return next(p.relative_to(PACKAGE) for p in PACKAGE.glob(f"*/*/static/{name}"))

    html = re.sub(r"<script[^>]*></script>", "", html)
    return re.sub(r'<link rel="stylesheet" href="([^"]+)">', put_in, html)


def printed(html, tmp_path):
    """(pages, how much sticks out, the smallest type, how much of the page is used) as Chromium prints it.

    In a thread of its own: the trips in the browser keep an event loop in this one until the end of the run.
    """
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(_printed, html, tmp_path).result()


def _printed(html, tmp_path):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 695, "height": 1032})
        page.set_content(styled(html))
        page.emulate_media(media="print")
        out = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        small = page.evaluate(
            "Math.min(...[...document.querySelectorAll('.review-sheet td')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        used = page.evaluate("document.querySelector('.review-sheet').getBoundingClientRect().height") / 1032
        pdf = page.pdf(prefer_css_page_size=True, path=str(tmp_path / "sheet.pdf"))
        browser.close()
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf)), out, small, used


@pytest.mark.parametrize("times", [1, pytest.param(3, marks=pytest.mark.long), 30])
def test_the_sheet_is_one_page_that_can_be_read(world, tmp_path, times):
    case = reviewed(world, LONG * times)
    html = text(browser_of(world.people["lead"]).get(f"/cases/{case.number}/review/sheet/"))
    assert ("文字较长的只印开头" in html) == (times > 1)
    pages, out, small, used = printed(html, tmp_path)
    assert (pages, out) == (1, 0)
    assert small >= 11, "pixels: 8.5 points"
    assert used > 0.8 or times == 1, f"no more is cut than has to be: {used:.0%} of the page is used"
