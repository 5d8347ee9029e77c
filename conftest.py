"""What holds for a whole run: in CI nothing may be skipped, and the tests that docs/explanation/regulation.md names have run."""

import os
import re

import pytest

from tests.regulation_table import named

pytest_plugins = ["tests.evidence.plugin", "tests.fixtures", "tests.order"]


_skipped: list[str] = []
_passed: set[str] = set()
PAGES = re.compile(r"/tests/(?:pages|browser)/|/test_pages[^/]*$|/features/(?:desk|administration)/tests/")
"""Tests of what a page says and does with what is typed: once, on SQLite. What is stored is tested on both databases."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if PAGES.search(item.path.as_posix()):
            item.add_marker("page")


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
