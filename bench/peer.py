"""One round of a peer, in a process of its own and with the peers' Python; one line of JSON out.

    python peer.py FOLDER MODULE --db sqlite|pg --path FILE --mode … --cases N

Uses nothing of this program, so that it runs where only the peers' packages are. The fan is that of the environment (FAN).
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from typing import Any

WARM_UP = 11
WANTED = {
    "sqlite": {"journal_mode": "wal", "synchronous": "2"},
    "pg": {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"},
}


def _said(driver: Any, kind: str) -> dict[str, str]:
    """What the peer's own connection says of its durability."""
    if hasattr(driver, "c"):
        ask = lambda sql: driver.c.execute(sql).fetchone()[0]  # noqa: E731
    else:
        from django.db import connection

        def ask(sql: str) -> Any:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchone()[0]

    word = "PRAGMA" if kind == "sqlite" else "SHOW"
    said = {name: str(ask(f"{word} {name}")).lower() for name in WANTED[kind]}
    if said != WANTED[kind]:
        raise SystemExit(f"{kind}: wanted {WANTED[kind]}, found {said}")
    return said


def _case(driver: Any, common: Any, number: int, opinions: int | None = None) -> tuple[list[float], list[float], float]:
    """One case through all its steps: the times of the opinions, of the other steps, and the processor's on opinions."""
    case = driver.new_case(number)
    said: list[float] = []
    others: list[float] = []
    cpu = 0.0
    for kind, fan, _next in common.STEPS:
        before = time.process_time()
        for seq in range(fan):
            started = time.perf_counter()
            driver.complete(case, kind, seq, f"user{seq}", common.TEXT)
            (said if kind == "opinion" else others).append(time.perf_counter() - started)
            if kind == "opinion" and len(said) == opinions:
                return said, others, cpu
        if kind == "opinion":
            cpu += time.process_time() - before
    return said, others, cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("module")
    parser.add_argument("--db", choices=sorted(WANTED), required=True)
    parser.add_argument("--path", default="")
    parser.add_argument("--mode", default="")
    parser.add_argument("--cases", type=int, default=1)
    given = parser.parse_args()
    given.sync = "FULL"
    sys.path.insert(0, given.folder)
    common = importlib.import_module("peer_common")
    driver = importlib.import_module(given.module).Driver(given)
    driver.create_schema()
    driver.connect()
    _case(driver, common, 0, min(WARM_UP, common.FAN))
    times: list[float] = []
    others: list[float] = []
    cpu = 0.0
    for number in range(1, given.cases + 1):
        said, rest, used = _case(driver, common, number)
        times += said
        others += rest
        cpu += used
    json.dump({"engine": given.module, "durability": _said(driver, given.db), "times": times, "others": others, "cpu": cpu}, sys.stdout)


if __name__ == "__main__":
    main()
