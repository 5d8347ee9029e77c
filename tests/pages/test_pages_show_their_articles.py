"""PAGES is honest: each page listed there is opened by somebody who may, and bears the tag of each provision listed (all articles)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from dutygate.config.commands.law_coverage import pages
from dutygate.law.regulation.edition import package_editions
from tests.journey import Journey
from tests.pages.signed_in import browser_of, text
from tests.world import World

EDITION = package_editions()["arun_2024_15"]
Opened = tuple[str, str]
"""Who opens it, and its address."""


def tab(name: str, who: str, state: str, track: str = "regular") -> Callable[[Any], Opened]:
    """A tab of a case in that state."""
    return lambda journey: (who, reverse("case_tab", args=[journey().up_to(state, track).number, name]))


def plain(name: str, who: str = "", state: str = "") -> Callable[[Any], Opened]:
    """A page without a case in its address; with a state there is a case that somebody waits for."""

    def opened(journey: Callable[[], Journey]) -> Opened:
        if state:
            journey().up_to(state)
        return who, reverse(name)

    return opened


OPENERS: Final[dict[str, Callable[[Any], Opened]]] = {
    "home": plain("home", "naji", "consulting"),
    "case": lambda journey: ("forestry", reverse("case", args=[journey().up_to("consulting").number])),
    "case_new": plain("case_new", "forestry"),
    "case_tab:diagram": tab("diagram", "naji", "consulting"),
    "case_tab:register": tab("register", "forestry", "agreed"),
    "law": plain("law"),
    "law_parameters": plain("law_parameters"),
    "law_diagram": plain("law_diagram"),
    "law_glossary": plain("law_glossary"),
}
"""Route of PAGES -> how it is opened. A page that is added there is added here."""


def tags(page: str) -> set[str]:
    """The provisions whose tags stand in the body of the page."""
    return set(re.findall(r'<a class="article" href="/law/([^/"]+)/"', page.split('id="content"')[1]))


def test_every_page_listed_is_opened_here() -> None:
    assert OPENERS.keys() == settings.PAGES.keys()


def test_every_provision_listed_is_one() -> None:
    assert all(provisions and set(provisions) <= EDITION.provisions.keys() for provisions in settings.PAGES.values())


@pytest.mark.parametrize("route", list(settings.PAGES))
def test_a_page_bears_the_tags_it_is_listed_with(world: World, journey: Callable[..., Journey], route: str) -> None:
    who, path = OPENERS[route](journey)
    page = (browser_of(world.people[who]) if who else Client()).get(path)
    assert page.status_code == 200
    assert set(settings.PAGES[route]) <= tags(text(page)), route


def test_a_page_without_a_tag_would_be_noticed(db: None) -> None:
    assert tags(text(Client().get("/help/keyboard/"))) == set()


def test_the_command_shows_the_same_pages() -> None:
    assert pages() == settings.PAGES
