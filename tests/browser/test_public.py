"""第四条（五）: somebody who is not signed in finds a duty and how its office is reached, without scripts, on a screen and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.checks import NARROW, WIDE, Watch
from tests.browser.served import Site


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_duty_is_found_and_its_office_reached(still: Site, browser: Browser, window: tuple[int, int]) -> None:
    size = {"width": window[0], "height": window[1]}
    context = browser.new_context(viewport=size, java_script_enabled=False, locale="en-US", base_url=still.address)
    watch, tab = Watch(context, still.address), context.new_page()
    tab.goto("/login/")
    context.clear_cookies()
    tab.get_by_role("link", name="查看公布的乡镇职责清单").click()
    tab.get_by_role("link", name="阿荣旗").click()
    tab.get_by_label("查找", exact=True).fill("养老保险 认证")
    tab.get_by_role("button", name="查找").click()
    tab.get_by_role("link", name="城乡居民基本养老保险待遇领取资格认证帮办").click()
    told = tab.locator("main").inner_text()
    for words in ("阿荣旗人力资源和社会保障局", "0470-0000102", "呼政字〔2026〕41号", "长期"):
        assert words in told, words
    tab.get_by_role("link", name="六合镇").first.click()
    assert "六合镇 乡镇职责事项清单" in tab.locator("h1").inner_text()
    tab.get_by_role("link", name="近期变动").click()
    assert "列入公布的清单" in tab.locator("main").inner_text()
    tab.get_by_role("link", name="English").click()
    assert tab.locator("html").get_attribute("lang") == "en" and "Entered a published list" in tab.locator("main").inner_text()
    assert context.cookies() == [], "nobody is known here"
    assert all(answer.headers.get("cache-control") == "public, max-age=300" for answer in watch.answers[1:])
    assert watch.take() == []
    context.close()
