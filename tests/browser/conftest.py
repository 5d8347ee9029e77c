"""The browser, the served demo, and people at it. Nothing here needs a database of the tests'."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import nu
from tests.browser.chromium import FLAGS, MISSING, chromium
from tests.browser.person import Person, documents
from tests.browser.served import Site, made, serve
from tests.browser.spider import Spider
from tests.browser.walks import walk_all


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a trip in the browser; without one it is left out, in CI it fails."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker("browser")
            if chromium() is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def shared() -> Path:
    """A folder that all processes of this run share."""
    return Path(os.environ["DUTYGATE_TEST_RUN"]) / "browser"


@pytest.fixture(scope="session")
def demo(shared: Path, request: pytest.FixtureRequest) -> Path:
    """The demo year, made once; and a little more on its last day for the trips of the long run, which look at every page."""
    long = any(item.get_closest_marker("long") for item in request.session.items if item.path.is_relative_to(Path(__file__).parent))
    return made(shared / "made", further=long)


@pytest.fixture(scope="session")
def still(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A served demo in which nobody does anything."""
    with serve(demo, tmp_path_factory.mktemp("still")) as site:
        yield site


@pytest.fixture(scope="session")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A served demo in which the trips are made."""
    with serve(demo, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def walks(still: Site, shared: Path) -> dict[str, Spider]:
    """Everybody's walk through all pages."""
    return walk_all(still.address, shared / "walks")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for each process."""
    path = chromium()
    assert path is not None, MISSING
    # Playwright keeps an event loop in this thread until the end of the run, and Django would take every later test for a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chrome
        chrome.close()


@pytest.fixture(scope="session")
def valid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """At the end, every answer that people met on their trips goes to the HTML checker."""
    yield
    assert not (wrong := nu.invalid(documents, tmp_path_factory.mktemp("met"))), "\n".join(wrong)


@pytest.fixture
def person(browser: Browser, site: Site, valid: None) -> Iterator[Callable[..., Person]]:
    """Somebody at a browser of her own: ``person("naji")``, ``person("naji", narrow=True)``."""
    there: list[Person] = []

    def come(username: str = "", **how: Any) -> Person:
        there.append(Person(browser, site.address, username, **how))
        return there[-1]

    yield come
    for one in there:
        one.context.close()
