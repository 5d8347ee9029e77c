"""The order of a run with several workers: each begins with its share of what takes long, so that none is left with it at the end."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import pytest

T = TypeVar("T")

LONG: Final = {
    "tests/browser/test_crawl.py": (40, 30),
    "tests/browser/test_exit_and_adjustment.py": (60, 40),
    "tests/browser/test_whole_roads.py": (60,),
    "tests/browser/test_reports.py": (50,),
    "tests/browser/test_conference.py": (40,),
    "tests/browser/test_signing.py": (40,),
    "tests/browser/test_moments.py": (30,),
    "tests/browser/test_support.py": (20,),
    "tests/browser/test_time.py": (20,),
    "tests/browser/test_task_check.py": (15,),
    "tests/browser/test_public.py": (10,),
    "tests/browser/test_keyboard.py": (3,),
    "tests/proof/test_old_database.py": (40,),
    "tests/trips/test_api_schemathesis.py": (60,),
    "tests/pages/test_reports_are_secret.py": (10,),
    "tests/trips/test_api_matrix.py": (30,),
    "tests/pages/test_constant.py": (30,),
    "tests/proof/test_tamper.py": (25,),
    "tests/trips/test_demo.py": (25,),
    "tests/proof/test_machine.py": (20,),
    "dutygate/law/procedure/tests/test_walk.py": (15,),
    "dutygate/features/papers/tests/test_kinds.py": (15,),
    "tests/proof/test_killed.py": (15,),
    "dutygate/config/tests/test_work.py": (15,),
    "tests/trips/test_reports_leave_no_trace.py": (15,),
    "dutygate/base/actions/tests/test_query_counts.py": (10,),
}
"""Files, the parts in which they may be divided, and about how many seconds each takes. Only the order hangs on it."""
SERVED: Final = "tests/browser/"
TOGETHER: Final = 150
"""Seconds of trips up to which one worker makes them all: a second one would need a server and a browser of its own."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """After what is not wanted has gone. The scheduler hands each worker an equal piece; who is idle takes from the end of another's."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers > 1:
        items[:] = dealt(items, [item.path.relative_to(config.rootpath).as_posix() for item in items], workers)


def dealt(items: Sequence[T], files: Sequence[str], workers: int) -> list[T]:
    """The same items: as many pieces as workers, each with long ones at its head, the longest first."""
    parts = sorted(_parts(items, files), key=lambda part: -part[0])
    short = [item for item, file in zip(items, files, strict=True) if file not in LONG]
    shares: list[list[tuple[bool, list[T]]]] = [[] for _ in range(workers)]
    trips = sum(seconds for seconds, on_site, _part in parts if on_site)
    loads = [trips if trips <= TOGETHER else 0.0, *[0.0] * (workers - 1)]
    for seconds, on_site, part in parts:
        least = loads.index(min(loads))
        if on_site and trips <= TOGETHER:
            shares[0].append((on_site, part))
        else:
            shares[least].append((on_site, part))
            loads[least] += seconds
    for share in shares[1:]:  # while the first has the demo made that is served, the others do something else
        if (elsewhere := next((number for number, (on_site, _part) in enumerate(share) if not on_site), 0)) > 0:
            share.insert(0, share.pop(elsewhere))
    heads = [[item for _on_site, part in share for item in part] for share in shares]
    out: list[T] = []
    for number, head in enumerate(heads):
        size = (len(items) - len(out)) // (workers - number)
        rest = max(0, size - len(head))
        out += head + short[:rest]
        short = short[rest:]
    return out + short


def _parts(items: Sequence[T], files: Sequence[str]) -> Iterable[tuple[float, bool, list[T]]]:
    """Seconds, whether it needs the served demo, tests."""
    for file, seconds in LONG.items():
        found = [item for item, its in zip(items, files, strict=True) if its == file]
        for number, share in enumerate(seconds):
            if part := found[number :: len(seconds)]:
                yield share, file.startswith(SERVED), part
