"""Every page there is, for everybody, wide and narrow, in both languages: in the long run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dutygate.base.actions.forms import ACT_FORMS
from dutygate.base.actions.naming import newest_procedure
from tests.browser import nu
from tests.browser.checks import NARROW, WIDE, Watch, axe, complaints, look, lost_in_print
from tests.browser.english import said_by_people, untranslated, words_of_program
from tests.browser.keyboard import by_keyboard
from tests.browser.served import Site
from tests.browser.spider import FAR, Spider, Walked, kind_of, log_in, routes, signed_in
from tests.browser.walks import cover

PARTS = 6
POSTED_TO = {
    "language/",
    "display/",
    "logout/",
    "account/token/<int:token>/revoke/",
    "administration/logins/unlock/",
    "administration/person/<str:username>/first-password/",
    "administration/person/<str:username>/tokens/<int:token>/revoke/",
    "law/drafts/<int:draft>/check/",
    "papers/<int:number>/make/",
    "papers/orders/<slug:public_id>/<int:nth>/make/",
    "desk/receipts/sign/",
    "check/keep/",
}
"""Routes that are no pages: a button leads there."""


FOR_PROGRAMS = {"robots.txt", "gk/<str:place>/sitemap-<int:part>.xml"}
"""Search engines know where they are: no page leads there."""
PARTS_OF_PAGES = {"audit/checks/now/", "lists/imports/<int:number>/now/", "papers/batch/<int:entry>/now/"}


def everything(walks: dict[str, Spider]) -> list[Walked]:
    return [page for walk in walks.values() for page in walk.pages.values() if page.route not in PARTS_OF_PAGES]


@pytest.mark.long
def test_every_link_leads_to_a_page(walks: dict[str, Spider]) -> None:
    dead = {f"{username}: {link}" for username, walk in walks.items() for link in walk.dead}
    assert not dead, "\n".join(sorted(dead))


@pytest.mark.long
def test_every_route_is_walked_by_somebody(walks: dict[str, Spider], still: Site) -> None:
    """A page to which no link leads is lost to people, and to these tests."""
    walked = {page.route for walk in walks.values() for page in walk.pages.values()} | {
        kind_of(path)[0] for walk in walks.values() for path in walk.files
    }
    assert set(routes()) - walked == POSTED_TO | FOR_PROGRAMS
    spider = Spider(still.address)
    log_in(spider.client, "xitong")
    for route in POSTED_TO:
        path = "/" + re.sub(r"<\w+:\w+>", "1", route)
        assert spider.client.get(path).status_code in (302, 403, 404, 405), path


@pytest.mark.long
def test_only_parts_of_pages_come_without_the_rest(walks: dict[str, Spider]) -> None:
    assert {page.route for walk in walks.values() for page in walk.pages.values() if page.partial} == PARTS_OF_PAGES


@pytest.mark.long
def test_the_form_of_every_action_on_a_case_is_met(walks: dict[str, Spider]) -> None:
    met = {part.split("/do/")[1].split("/")[0] for page in everything(walks) if "/do/" in (part := page.path)}
    on_a_case = {name for name, rows in newest_procedure().rows.items() if any(row.sources != {"none"} for row in rows)}
    written_in_steps = {"application.edit"}
    under_another_edition = {"edition.move_case", "signature.sign", "signature.return", "signature.take_back"}  # of two: test_signing
    after_the_end = {"notice.show_original"}  # in the same trip
    assert {name for name in ACT_FORMS if name in on_a_case} - met == written_in_steps | under_another_edition | after_the_end


@pytest.mark.long
def test_html_is_valid(walks: dict[str, Spider], tmp_path: Path) -> None:
    pages = everything(walks) if FAR else cover(everything(walks))
    assert not (wrong := nu.invalid(((page.name, page.text) for page in pages), tmp_path)), "\n".join(wrong)


@pytest.mark.long
def test_english_is_whole(walks: dict[str, Spider], still: Site, demo: Path) -> None:
    """Nothing but what people wrote, names and the law's own words is Chinese on a page in English."""
    said, words = said_by_people(demo), words_of_program()
    chosen = cover(everything(walks))
    wrong: dict[str, str] = {}
    for username in dict.fromkeys(page.username for page in chosen):
        spider = Spider(still.address, username, lang="en", alike=len(chosen))
        for path in (page.path for page in chosen if page.username == username):
            if (page := spider.visit(path)) is not None:
                assert '<html lang="en"' in page.text, page.name
                wrong |= {f"{text} on {page.name}": text for text in untranslated(page.text, said, words) if text not in wrong.values()}
        spider.client.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_pages_are_sound_in_the_browser(walks: dict[str, Spider], still: Site, browser: Browser, part: int) -> None:
    """axe finds nothing, nothing leaves the origin, nothing complains, nothing is wider than a phone, the keyboard is enough."""
    wrong = []
    chosen = cover(everything(walks))[part::PARTS]
    for username in dict.fromkeys(page.username for page in chosen):
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, locale="zh-CN", base_url=still.address)
        context.set_default_timeout(30_000)
        watch = Watch(context, still.address)
        tab = context.new_page()
        if username:
            context.add_cookies(
                [{"name": name, "value": value, "url": still.address} for name, value in signed_in(still.address, username).items()]
            )
        for page in (page for page in chosen if page.username == username):
            tab.goto(page.path)
            for name, (width, height) in (("wide", WIDE), ("narrow", NARROW)):
                tab.set_viewport_size({"width": width, "height": height})
                seen, narrow = look(tab), name == "narrow"
                found = watch.take() + complaints(seen) + ([] if narrow else lost_in_print(tab))
                found += axe(tab, again=narrow)
                if not narrow:
                    found += by_keyboard(tab)
                wrong += [f"{page.name} ({name}): {one}" for one in found]
            tab.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        context.close()
    assert not wrong, "\n".join(wrong)
