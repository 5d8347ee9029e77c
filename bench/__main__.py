"""``python -m bench [--quick] [--db sqlite|pg|both] [--rounds N] [--date DAY] [--json OUT]``.

Every engine runs whole rounds in a process of its own, one after another within a round, so that what disturbs the machine
disturbs all alike; rates are medians of rounds, ratios are taken within a round. The exit status is 1 when a line says FAIL.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import engines, report
from bench.databases import NotDurable, Place, filesystem_of
from bench.results import RESULTS, keeping_others

CASES = {report.SMALL: 20, report.LARGE: 1}
QUICK = {report.SMALL: 4, report.LARGE: 1}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round; writes no RESULTS.md")
    parser.add_argument("--db", choices=["sqlite", "pg", "both"], default="both")
    parser.add_argument("--rounds", type=int, default=0, help="3 unless told (1 with --quick)")
    parser.add_argument("--date", default="", help="the day to put over the results")
    parser.add_argument("--json", type=Path, help="every single time, as JSON")
    parser.add_argument("--dir", type=Path, help="where to keep the databases; a disk, not memory")
    parser.add_argument("--townships", type=int, choices=sorted(CASES), help="only this size")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--without-admissions", action="store_true")
    return parser.parse_args()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _machine(place: Place) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        f"{os.cpu_count()} cores ({platform.machine()})",
        f"{memory:.0f} GiB of memory",
        f"{platform.system()}, {filesystem_of(place.root)}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
    ]
    if place.postgres:
        parts.append(f"PostgreSQL {place.postgres.version()}")
    return " · ".join(parts)


class Run:
    """Everything measured in one call of the bench."""

    def __init__(self, given: argparse.Namespace, place: Place) -> None:
        self.given = given
        self.place = place
        wanted = QUICK if given.quick else CASES
        self.cases = {size: n for size, n in wanted.items() if given.townships in (None, size)}
        self.rounds = given.rounds or (1 if given.quick else 3)
        self.peers, self.missing = ((), ["peers were left out: --without-peers"]) if given.without_peers else engines.present()
        self.replies: dict[report.Key, report.Replies] = {}
        self.admissions: dict[tuple[str, int], list[dict[str, list[float]]]] = {}
        self.durability: dict[str, dict[str, str]] = {}
        self.posts: dict[tuple[str, int], dict[str, int]] = {}

    def go(self) -> None:
        """Build the worlds, then round after round."""
        for word in self.missing:
            _say(word)
        for kind in self.place.kinds:
            for size in self.cases:
                built = engines.build_ours(self.place, kind, size)
                self.posts[kind, size] = built["posts"]
                self._durable(kind, engines.OURS, built)
                _say(f"{report.NAMES[kind]}: a banner of {size} townships in {built['seconds']} s")
        for number in range(1, self.rounds + 1):
            for kind in self.place.kinds:
                for size, cases in self.cases.items():
                    self._round(kind, size, cases)
            _say(f"round {number} of {self.rounds}")

    def _round(self, kind: str, size: int, cases: int) -> None:
        posts = self.posts[kind, size]
        self._add(kind, size, engines.OURS, engines.run_ours(self.place, kind, size, "reply", cases, posts))
        for peer in self.peers:
            self._add(kind, size, peer.name, engines.run_peer(self.place, peer, kind, size, cases))
        if not self.given.without_admissions:
            found = engines.run_ours(self.place, kind, size, "admission", max(1, cases // 5), posts)
            self.admissions.setdefault((kind, size), []).append(found["actions"])

    def _add(self, kind: str, size: int, engine: str, found: dict[str, Any]) -> None:
        self._durable(kind, engine, found)
        replies = self.replies.setdefault((kind, size, engine), report.Replies())
        replies.add(found)
        p50 = report.percentile(found["times"], 0.5) * 1e3
        _say(f"  {report.NAMES[kind]:10} {size:3} {engine:20} {replies.rates[-1]:7.0f}/s  p50 {p50:.2f} ms")

    def _durable(self, kind: str, engine: str, found: dict[str, Any]) -> None:
        self.durability.setdefault(kind, found["durability"])
        if self.durability[kind] != found["durability"]:
            raise SystemExit(f"{engine} is not as durable as the others: {found['durability']}")

    def as_dict(self) -> dict[str, Any]:
        """Every single time, by "database townships engine"."""
        return {
            "durability": self.durability,
            "missing": self.missing,
            "replies": {" ".join(map(str, key)): asdict(found) for key, found in self.replies.items()},
            "admissions": {f"{kind} {size}": rounds for (kind, size), rounds in self.admissions.items()},
        }

    def durable(self) -> list[str]:
        """What each database answered, the same from every engine's own connection."""
        return [f"{report.NAMES[k]}: " + ", ".join(f"{n} = {v}" for n, v in said.items()) for k, said in self.durability.items()]


def _markdown(run: Run, machine: str, lines: list[report.Line]) -> str:
    head = ["# What the bench found", "", f"{run.given.date or 'Undated'}; {run.rounds} rounds. {machine}.", ""]
    head += ["Made by `make bench`; what it measures and why the numbers are what they are: docs/explanation/speed.md.", ""]
    head += ["Durability, asked of each connection that was measured: " + "; ".join(run.durable()) + " (synchronous 2 is FULL).", ""]
    head += [f"- {word}" for word in run.missing]
    body = ["## The claims", "", "| claim | ratio | wanted | |", "| --- | ---: | ---: | --- |"]
    for line in lines:
        ratio = "-" if line.ratio is None else f"{line.ratio:.2f}"
        body += [f"| {line.what} | {ratio} | {'' if line.least is None else f'>= {line.least:g}'} | {line.verdict} |"]
    body += ["", "## `consultation.reply` beside the same step elsewhere"]
    body += report.reply_tables(run.replies)
    if run.admissions:
        body += ["", "## A whole admission, from opening to the last receipt (regular track)"]
        body += report.admission_tables(run.admissions)
    return "\n".join([*head, *body, ""])


def main() -> int:
    """Run, print, write."""
    given = _arguments()
    kinds = ("sqlite", "pg") if given.db == "both" else (given.db,)
    with tempfile.TemporaryDirectory(prefix="dutygate-bench-", dir=given.dir, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder), kinds)
        if filesystem_of(place.root) in {"tmpfs", "ramfs"}:
            raise NotDurable("the databases lie in memory: name a folder on a disk with --dir")
        place.start()
        run = Run(given, place)
        machine = _machine(place)
        run.go()
    lines = report.lines(run.replies, kinds)
    text = _markdown(run, machine, lines)
    print(text)
    if not given.quick:
        RESULTS.write_text(keeping_others(text, RESULTS.read_text()) if RESULTS.exists() else text)
    if given.json:
        given.json.write_text(json.dumps({"machine": machine, **run.as_dict()}, ensure_ascii=False))
    for said in run.durable():
        print(said)
    for word in run.missing:
        print(word)
    for line in lines:
        print(line)
    return int(any(line.verdict == "FAIL" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
