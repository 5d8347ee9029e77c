"""A pytest plugin that watches the law while each test runs.

A rule that found something and an action that was decided are noted for the test in whose own body it happened (not in its
fixtures), if that test passed. At the end everything seen is merged into ``build/law-evidence.json``: what ran now replaces
what is known of the same tests. Workers of pytest-xdist hand theirs to the process that started them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from dutygate.law.procedure import engine
from dutygate.law.rules import registry
from tests.evidence.seen import Seen, merge

COLLECTED = "law_evidence"


class Watcher:
    """What was seen so far in this process, by test."""

    def __init__(self, build: Path) -> None:
        self.file = build / "law-evidence.json"
        self.seen: dict[str, Seen] = {}
        self.now: Seen | None = None
        self.ends: list[Callable[[], None]] = [registry.listen(self._found), engine.watch(self._decided)]

    def _found(self, rule: str) -> None:
        if self.now is not None:
            self.now.rules.add(rule)

    def _decided(self, action: str, permitted: bool) -> None:
        if self.now is not None:
            (self.now.permitted if permitted else self.now.refused).add(action)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        self.now = Seen()
        try:
            result = yield
            if self.now:
                self.seen[item.nodeid] = self.now
            return result
        finally:
            self.now = None

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        handed = getattr(node, "workeroutput", {}).get(COLLECTED, {})
        self.seen |= {test: Seen.from_plain(plain) for test, plain in handed.items()}

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[COLLECTED] = {test: seen.as_plain() for test, seen in self.seen.items()}
        elif self.seen:
            merge(self.file, self.seen)

    def pytest_unconfigure(self) -> None:
        for end in self.ends:
            end()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Watcher(config.rootpath / "build"), "law-evidence")
