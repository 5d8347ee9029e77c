"""What one process of a run has made, its others need not make again: kept below the run's folder, and gone with it.

Only between workers of pytest-xdist; a run in one process keeps nothing but what it has in memory.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def recalled(what: str) -> Any:
    """What another process has kept under this name, or None."""
    place = _place(what)
    return pickle.loads(place.read_bytes()) if place is not None and place.exists() else None


def keep(what: str, value: object) -> None:
    """For the others. What was kept before under this name stays."""
    place = _place(what)
    if place is None or place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    ahead = place.with_suffix(f".{os.getpid()}")
    ahead.write_bytes(pickle.dumps(value))
    ahead.rename(place)


@contextlib.contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Who comes while another makes it waits, and finds it made."""
    place = _place(what)
    if place is None:
        yield
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _place(what: str) -> Path | None:
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return None
    name = hashlib.sha256(f"{run} {what}".encode()).hexdigest()[:32]
    return Path(os.environ["DUTYGATE_TEST_RUN"]) / "shared" / f"{name}.pickle"
