"""``python -m bench.pages [--cases N] [--requests N] [--write] [--date DAY]``: what the desk and a case page cost among many cases.

Cases are made by ``perform`` on SQLite in a folder of its own, standing in many states, each asked of three townships of eleven. Then
three people (department, township, lead) read their desk and cases that all three may see. The WSGI application is called in this process,
whole, with every middleware and a session in the database: no server and no network is measured. Requests of all pages and people take
turns, so that what disturbs the machine disturbs all alike. Beside them stands an empty page of the same base template. The exit status is
1 when the three roles are further apart than a fifth. Filling takes some minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from wsgiref.util import setup_testing_defaults

from bench.report import percentile
from bench.results import RESULTS, with_part

HEADING: Final = "## Pages among many cases"
TOWNSHIPS, ASKED, CASES, REQUESTS, WARM_UP = 11, 3, 3500, 200, 10
SHARED: Final = 20
"""So many cases that all three people may read are looked at in turn."""
WITHIN: Final = 1.2
ROLES: Final = {"department": "housing", "township": "t000", "lead": "lead_office"}
STATES: Final = (
    *("consulting", "answered", "consulting", "agreed", "consulting", "applied", "consulting", "reviewing", "consulting", "drafting"),
    *("consulting", "answered", "consulting", "agreed", "consulting", "applied", "drafting", "reviewing", "commented", "done"),
)
"""How far each case has come, turn by turn: most are short, one of twenty is done."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each page by each person")
    parser.add_argument("--date", default="", help="the day to put over the results")
    parser.add_argument("--write", action="store_true", help="put the results into RESULTS.md")
    parser.add_argument("--dir", type=Path, help="where to keep the database")
    return parser.parse_args()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _django(home: Path) -> None:
    """Settings of the program itself, with one route more; nothing of the machine's own installation is touched."""
    import django
    from django.conf import settings

    os.environ["DUTYGATE_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dutygate.config.settings"
    settings.ROOT_URLCONF = "bench.pages_urls"
    django.setup()


class Filled:
    """A database with so many cases. ``shared``: the numbers of cases that all three people may read."""

    def __init__(self, cases: int) -> None:
        from django.core.management import call_command
        from django.db import connection

        from bench import world
        from dutygate.base.actions import clock
        from dutygate.base.actions.days import local_day

        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")  # filling is not measured
        self.on = local_day(clock.now())
        self.world = world.found(world.build(TOWNSHIPS), TOWNSHIPS, self.on)
        self.everybody = self.world.townships
        self.shared: list[str] = []
        for number in range(cases):
            self._case(number)
            if (number + 1) % 500 == 0:
                _say(f"  {number + 1:,} cases")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute("PRAGMA optimize")

    def _case(self, place: int) -> None:
        """One case, as far as its turn is. Every case is asked of t000 and of two others that take turns."""
        state = STATES[place % len(STATES)]
        others = [self.everybody[1 + (place + n) % (TOWNSHIPS - 1)] for n in range(ASKED - 1)]
        self.world.townships = [self.everybody[0], *others]
        number = self.world.open()
        for step in self._road(state):
            step.run(number)
        if state in ("reviewing", "commented") and len(self.shared) < SHARED:
            self.shared.append(number)

    def _road(self, state: str) -> Iterator[Any]:
        if state == "drafting":
            return
        yield from self.world.asked()
        if state == "consulting":
            return
        replies = self.world.replies()
        yield from replies[1:] if state == "answered" else replies  # t000 still owes one
        if state == "answered":
            return
        last = {"agreed": "consultation.conclude", "applied": "application.submit", "reviewing": "review.accept"}
        stop = {**last, "commented": "review.comment"}.get(state)
        for step in self.world.rest(self.on):
            yield step
            if step.action == stop:
                return


@dataclass(slots=True)
class Measured:
    """All times of one page for one person, in milliseconds, and the size of the page."""

    times: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def p50(self) -> float:
        """The median."""
        return percentile(self.times, 0.5)

    @property
    def p95(self) -> float:
        """Nineteen of twenty are faster."""
        return percentile(self.times, 0.95)


class Reader:
    """A person in her post who reads pages from the WSGI application, signed in."""

    def __init__(self, app: Callable[..., Any], acting: Any) -> None:
        from django.conf import settings
        from django.test import Client

        from dutygate.base.organizations.models import User

        User.objects.filter(pk=acting.user_id).update(must_change_password=False)
        client = Client()
        client.force_login(User.objects.get(pk=acting.user_id))
        session = client.session
        session["post"] = acting.post_id
        session.save()
        self.app = app
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

    def read(self, path: str) -> tuple[float, int]:
        """Milliseconds, and bytes of the page. Ends the run where it is no page."""
        environ: dict[str, Any] = {"PATH_INFO": path, "HTTP_HOST": "localhost", "HTTP_COOKIE": self.cookie}
        setup_testing_defaults(environ)
        said: list[str] = []
        started = time.perf_counter()
        answer = self.app(environ, lambda status, _headers, _wrong=None: said.append(status))
        body = b"".join(answer)
        answer.close()
        took = (time.perf_counter() - started) * 1e3
        if not said[0].startswith("200"):
            raise SystemExit(f"{path}: {said[0]}")
        return took, len(body)


def measure(filled: Filled, requests: int) -> dict[tuple[str, str], Measured]:
    """(page, role) -> its times."""
    from django.core.wsgi import get_wsgi_application

    from bench.pages_urls import EMPTY

    app = get_wsgi_application()
    readers = {role: Reader(app, filled.world.people[slug]) for role, slug in ROLES.items()}
    found = {(page, role): Measured() for page in ("empty page", "desk", "case page") for role in ROLES}
    for turn in range(WARM_UP + requests):
        paths = {"empty page": EMPTY, "desk": "/", "case page": f"/cases/{filled.shared[turn % len(filled.shared)]}/"}
        for (page, role), measured in found.items():
            took, measured.size = readers[role].read(paths[page])
            if turn >= WARM_UP:
                measured.times.append(took)
    return found


def apart(found: dict[tuple[str, str], Measured], page: str) -> float:
    """How far the slowest of the three is from the fastest: the ratio of their medians."""
    medians = [found[page, role].p50 for role in ROLES]
    return max(medians) / min(medians)


def tables(found: dict[tuple[str, str], Measured], cases: int, requests: int, date: str) -> tuple[str, bool]:
    """The section of RESULTS.md, and whether every claim holds."""
    lines = [
        HEADING,
        "",
        f"{date or 'Undated'}. {cases:,} cases, {requests} requests of each page by each person; SQLite, the WSGI application in process",
    ]
    lines[-1] += f" (no server, no network). {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}."
    lines += ["", "| page | read by | p50 ms | p95 ms | beside the empty page (p50) | kB |", "| --- | --- | ---: | ---: | ---: | ---: |"]
    for (page, role), one in found.items():
        beside = one.p50 / found["empty page", role].p50
        lines.append(f"| {page} | {role} | {one.p50:.1f} | {one.p95:.1f} | {beside:.2f} | {one.size / 1e3:.0f} |")
    lines += ["", "| claim | ratio | wanted | |", "| --- | ---: | ---: | --- |"]
    well = True
    for page in ("desk", "case page"):
        ratio = apart(found, page)
        well &= ratio <= WITHIN
        lines.append(
            f"| {page}: three roles within 20 % of each other | {ratio:.2f} | <= {WITHIN} | {'PASS' if ratio <= WITHIN else 'FAIL'} |"
        )
    return "\n".join([*lines, ""]), well


def main() -> int:
    """Fill, measure, print, write when asked."""
    given = _arguments()
    if given.cases < len(STATES):
        raise SystemExit(f"at least {len(STATES)} cases, one in each state")
    with tempfile.TemporaryDirectory(prefix="dutygate-pages-", dir=given.dir, ignore_cleanup_errors=True) as folder:
        _django(Path(folder))
        started = time.perf_counter()
        filled = Filled(given.cases)
        _say(f"{given.cases:,} cases in {time.perf_counter() - started:.0f} s")
        found = measure(filled, given.requests)
    section, well = tables(found, given.cases, given.requests, given.date)
    print(section)
    if given.write:
        RESULTS.write_text(with_part(RESULTS.read_text(), section))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
