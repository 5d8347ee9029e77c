"""``python -m bench.profile [--replies 2000] [--townships 11]``: where the time of a reply goes, and what hand-written SQL does not do.

Three looks at the same work on SQLite: the plain time of a reply; the time of its statements and of its commit, taken where Django
hands them to the driver; and a profile, whose shares divide the rest among the parts of the program. The profiler itself costs more
than the program, therefore only its shares are used.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

PARTS: Final = (
    ("commit", ("method 'commit' of",)),
    ("SQLite itself, statements", ("QueuedCursor.execute", "method 'execute' of", "fetchone", "fetchall", "method 'cursor' of")),
    ("pydantic: the payload, twice", ("pydantic",)),
    (
        "JCS and SM3: payload, seal, entry",
        ("regulation/canonical", "register/hashing", "json/encoder", "json/decoder", "json/__init__", "_hashlib"),
    ),
    ("engine, rules, tasks of the law", ("law/procedure", "law/rules", "law/regulation", "law/workdays")),
    ("Django: queries built, rows to records", ("django/db/models",)),
    ("Django: cursor, parameters, transaction", ("django/db", "django/utils", "asgiref", "dutygate/config/sqlite")),
    ("prepared statements, register, tasks", ("base/register", "base/actions/tasks", "base/notices")),
    ("the door and the features", ("dutygate/",)),
)
OTHER: Final = "the rest of Python"


def _part(function: tuple[str, int, str]) -> str:
    where = f"{function[0]} {function[2]}".replace(os.sep, "/")
    return next((name for name, marks in PARTS if any(mark in where for mark in marks)), "")


def shares(profile: cProfile.Profile) -> dict[str, float]:
    """Seconds by part. What is built into Python belongs to the part that called it."""
    found: Counter[str] = Counter()
    for function, (_calls, _all, own, _total, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if part := _part(function):
            found[part] += own
        elif function[0] == "~":
            for caller, (_c, _a, theirs, _t) in callers.items():
                found[_part(caller) or OTHER] += theirs
        else:
            found[OTHER] += own
    return dict(found)


class Statements:
    """Counts and times what Django hands to the driver."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            what = _short(sql)
            self.times[what] += time.perf_counter() - started
            self.calls[what] += 1


def _short(sql: str) -> str:
    words = sql.replace('"', "").split()
    if words[0] == "SELECT":
        return f"SELECT {words[words.index('FROM') + 1]}" + (" (count)" if "COUNT(" in sql else "")
    return " ".join(words[:3] if words[0] in ("INSERT", "DELETE") else words[:2])


@contextmanager
def _timed_commits(times: list[float]) -> Iterator[None]:
    from django.db import connection

    whole = connection._commit  # type: ignore[attr-defined]

    def commit() -> None:
        started = time.perf_counter()
        whole()
        times.append(time.perf_counter() - started)

    connection._commit = commit  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection._commit = whole  # type: ignore[attr-defined]


def _cases(replies: int, townships: int) -> Iterator[Callable[[], int]]:
    """Cases in which every township was asked, until there were that many replies: each answers and says how often."""
    from bench import world
    from dutygate.base.actions import clock
    from dutygate.base.actions.days import local_day

    posts = world.build(townships)
    here = world.found(posts, townships, local_day(clock.now()))
    for _ in range(-(-replies // townships)):
        number = here.open()
        for step in here.asked():
            step.run(number)

        def answer(number: str = number) -> int:
            steps = here.replies()
            for step in steps:
                step.run(number)
            return len(steps)

        yield answer


def measure(replies: int, townships: int) -> list[str]:
    """The table, as Markdown."""
    from django.db import connection

    profile, statements = cProfile.Profile(), Statements()
    commits: list[float] = []
    plain = watched = 0.0
    plainly = closely = 0
    for turn, answer in enumerate(_cases(replies, townships)):
        if turn % 3 == 0:
            started = time.perf_counter()
            plainly += answer()
            plain += time.perf_counter() - started
        elif turn % 3 == 1:
            with connection.execute_wrapper(statements), _timed_commits(commits):
                closely += answer()
            watched += 1
        else:
            profile.enable()
            answer()
            profile.disable()
    return _table(plain / plainly, statements, commits, closely, shares(profile))


def _table(each: float, statements: Statements, commits: list[float], closely: int, by_part: dict[str, float]) -> list[str]:
    commit = sum(commits) / closely
    asked = sum(statements.times.values()) / closely
    inside = sum(by_part.get(name, 0.0) for name, _ in PARTS[:2])
    rest = {name: seconds for name, seconds in by_part.items() if name not in dict(PARTS[:2])}
    scale = max(0.0, each - commit - asked) / (sum(rest.values()) or 1)
    out = [f"A reply takes {each * 1e6:.0f} µs: {sum(statements.calls.values()) / closely:.1f} statements and a commit.", ""]
    out += ["| part | µs | share |", "| --- | ---: | ---: |"]
    lines = {"commit (written through to the disk)": commit, "statements, with Django's cursor around them": asked}
    lines |= {name: seconds * scale for name, seconds in sorted(rest.items(), key=lambda item: -item[1])}
    out += [f"| {name} | {seconds * 1e6:.0f} | {seconds / each:.0%} |" for name, seconds in lines.items()]
    out += ["", f"(Of the profiled time the driver had {inside / sum(by_part.values()):.0%}.)", ""]
    out += ["| statement | times a reply | µs each |", "| --- | ---: | ---: |"]
    for what, seconds in statements.times.most_common():
        out += [f"| `{what}` | {statements.calls[what] / closely:.2f} | {seconds / statements.calls[what] * 1e6:.0f} |"]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("--replies", type=int, default=2000, help="in all; a third of them under each look")
    parser.add_argument("--townships", type=int, default=11)
    parser.add_argument("--dir", type=Path, help="where to keep the database; a disk, not memory")
    given = parser.parse_args()
    home = tempfile.mkdtemp(prefix="dutygate-profile-", dir=given.dir)
    os.environ |= {"DUTYGATE_HOME": home, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "dutygate.config.settings"}
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        print("\n".join(measure(given.replies, given.townships)))
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
