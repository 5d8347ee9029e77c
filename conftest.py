"""What holds for a whole run: in CI nothing may be skipped, and the tests that docs/explanation/regulation.md names have run."""

import gc
import os
import re
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.regulation_table import named

pytest_plugins = ["tests.evidence.plugin", "tests.fixtures", "tests.order"]


_skipped: list[str] = []
_passed: set[str] = set()

PAGES = re.compile(r"/tests/(?:pages|browser)/|/test_pages[^/]*$|/features/(?:desk|administration)/tests/")
"""Tests of what a page says and does with what is typed: once, on SQLite. What is stored is tested on both databases."""
STEPS = re.compile(
    "|".join(
        (
            r"/features/(?:adjustment|application|audit|bases|cases|conference|decision|editions|exit)/",
            r"/features/(?:publicity|review|succession|supervision|taskcheck|yearly)/",
            r"/features/lists/tests/test_(?:a_term_ends|by_law_and_earlier|change_of_law|corrections)",
            r"/features/papers/tests/test_(?!numbers)",
            r"/base/organizations/tests/test_create_first",
            r"/tests/trips/test_(?!api_(?:both_tracks|parallel|perform_command|problems))",
            r"/tests/proof/test_(?:another_release|leaving_by_the_law|published_editions)",
        )
    )
)
"""Tests of single steps and what the law says of them: once, on SQLite; on the second database in the long run. In CI what they write is
written there by whole admissions, random people, the old database and whoever tampers.
"""
WHERE = {"page": PAGES, "once": STEPS}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark, files in WHERE.items():
            if files.search(item.path.as_posix()):
                item.add_marker(mark)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is made while tests are collected stays to the end: it is not looked through for what may go, neither now nor later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        gc.enable()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files of which nothing is wanted need not be read."""
    unwanted = (files for mark, files in WHERE.items() if f"not {mark}" in config.getoption("markexpr"))
    return any(files.search(collection_path.as_posix()) for files in unwanted) or None


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)
    if report.passed and report.when == "call":
        _passed.add(report.nodeid.partition("[")[0])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("CI") and _skipped:
        print(f"\nIn CI nothing may be skipped: {', '.join(_skipped)}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    whole = session.config.getoption("markexpr") == "not long" and session.config.args_source.name == "TESTPATHS"
    if whole and not hasattr(session.config, "workerinput") and (missing := named() - _passed):
        print(f"\ndocs/explanation/regulation.md names tests that did not run or pass: {', '.join(sorted(missing))}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
