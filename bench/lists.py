"""``python -m bench.lists [--entries N] [--db sqlite|pg|both] [--write] [--date DAY]``: a list of a day, and two days compared.

So many entries are put into a database of the program in bulk: banners of twelve townships, each township with 340 duties at a time (the
average of the national lists), each duty changed twice, a tenth of the rows found wrong and corrected later. Then, for townships and
days taken by chance, in turns: the list of a day as known now and as known on an earlier day, read by the program and by one statement
of plain SQL; two days compared, field by field, by the program and by one statement of plain SQL; and both pages, whole, through the
application with a session. What the program reads and what plain SQL reads must be the same rows, otherwise the run ends.

The exit status is 1 when a claim does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bench.databases import Place
from bench.matters import _load
from bench.report import NAMES, percentile
from bench.results import RESULTS, with_part

HEADING: Final = "## Lists on two clocks"
ENTRIES, ASKED = 1_000_000, 120
DUTIES, TOWNSHIPS, PERIODS = 340, 12, 3
FIRST: Final = date(2020, 1, 1)
STEP: Final = timedelta(days=700)
KNOWN: Final = datetime(2021, 1, 1, tzinfo=UTC)
WRONG: Final = datetime(2024, 1, 1, tzinfo=UTC)
PAGE_MS: Final = 250.0
TIMES_SQL: Final = 6.0
CHANGED: Final = ("title", "category", "level", "document_number", "mode", "track")

AS_OF: Final = """
SELECT d.code, r.title, e.list_name, e.section, e.ordinal, e.valid_from, e.valid_to, r.category, r.document_number, r.level, r.mode,
       r.track, r.acts_in_name_of, r.lead_unit_id, r.co_leads, r.columns, d.origin
FROM lists_listentry e JOIN lists_duty d ON d.id = e.duty_id JOIN lists_dutyrevision r ON r.id = e.revision_id
WHERE e.township_id = %s AND e.jurisdiction_id = %s AND e.valid_from <= %s AND e.valid_to > %s AND e.recorded_from <= %s
  AND e.recorded_to > %s ORDER BY e.list_name, e.section, e.ordinal, e.id
"""
COMPARED: Final = f"""
WITH one AS ({AS_OF.strip().partition(" ORDER BY")[0]}), other AS ({AS_OF.strip().partition(" ORDER BY")[0]})
SELECT COALESCE(other.code, one.code) FROM one FULL OUTER JOIN other ON one.code = other.code
WHERE one.code IS NULL OR other.code IS NULL OR one.valid_from <> other.valid_from OR one.valid_to <> other.valid_to
   OR one.ordinal <> other.ordinal OR one.section <> other.section OR {" OR ".join(f"one.{n} <> other.{n}" for n in CHANGED)}
"""


# In a process of its own, with the settings of the program and a database of the bench


def fill(entries: int) -> dict[str, float]:
    """Banners, townships, duties, revisions, entries; how long it took and how large it is."""
    from django.db import connection, transaction

    from dutygate.base.organizations.models import Jurisdiction, Post, Unit, UnitName, User
    from dutygate.base.register.chains import open_chain
    from dutygate.features.lists.models import OPEN_END, OPEN_MOMENT, Duty, DutyRevision, ListEntry

    banners = max(1, round(entries / (DUTIES * TOWNSHIPS * PERIODS * 1.1)))
    started = time.perf_counter()
    chance = random.Random(7)
    with transaction.atomic():
        for n in range(1, banners + 1):
            Jurisdiction.objects.create(id=n, code=f"{150700 + n}", name=f"第{n}旗", kind="banner")
        units = [(b, t) for b in range(1, banners + 1) for t in range(TOWNSHIPS + 1)]  # 0: the lead
        kinds = ["department" if t == 0 else "township" for _, t in units]
        rows = zip(range(1, len(units) + 1), units, kinds, strict=True)
        named = ("id", "jurisdiction_id", "key", "kind")
        _load(connection, Unit, {"valid_from": FIRST}, named, ((i, b, f"{150700 + b}.t{t}", kind) for i, (b, t), kind in rows))
        names = ((i, b, i, f"第{t}镇", f"第{t}镇") for i, (b, t) in enumerate(units, start=1))
        _load(connection, UnitName, {"valid_from": FIRST}, ("id", "jurisdiction_id", "unit_id", "name", "short_name"), names)
        number = range(banners * DUTIES)
        duty = {"list_name": "duties", "admitted_on": FIRST, "origin": "baseline"}
        varying = ("id", "jurisdiction_id", "code", "title")
        coded = ((n + 1, n // DUTIES + 1, f"{150701 + n // DUTIES}-D-{n % DUTIES + 1:04d}", f"第{n % DUTIES}项工作") for n in number)
        _load(connection, Duty, duty, varying, coded)
        revised = (
            (n * PERIODS + p + 1, n // DUTIES + 1, n + 1, p + 1, f"第{n % DUTIES}项工作（{p}）", f"类别{(n + p) % 12}")
            for n in number
            for p in range(PERIODS)
        )
        varying = ("id", "jurisdiction_id", "duty_id", "revision", "title", "category")
        fixed = {
            "items": {},
            "recorded_at": KNOWN,
            "columns": {"upper_department": "旗林业和草原局"},
            "document_number": "内党办发〔2025〕1号",
        }
        _load(connection, DutyRevision, fixed, varying, revised)
        entry = {"list_name": "duties", "section": "basic"}
        varying = ("id", "jurisdiction_id", "duty_id", "revision_id", "township_id", "ordinal")
        varying += ("valid_from", "valid_to", "recorded_from", "recorded_to")
        _load(connection, ListEntry, entry, varying, _entries(banners, chance, OPEN_END, OPEN_MOMENT, connection.vendor))
        user = User.objects.create(id=1, username="li", name="李明", created_on=FIRST, must_change_password=False)
        Post.objects.create(id=1, jurisdiction_id=1, user=user, unit_id=1, kind="handler", valid_from=FIRST)
    for n in range(1, banners + 1):
        open_chain(f"{150700 + n}", n)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return {"fill_s": time.perf_counter() - started, "entries": ListEntry.objects.count(), "banners": banners}


def _entries(banners: int, chance: random.Random, end: date, moment: datetime, vendor: str) -> Iterator[tuple[Any, ...]]:
    def plain(value: Any) -> Any:
        if vendor != "sqlite":
            return value
        return value.strftime("%Y-%m-%d %H:%M:%S") if isinstance(value, datetime) else value.isoformat()

    key = 0
    bounds = [*(FIRST + STEP * p for p in range(PERIODS)), end]
    for banner in range(banners):
        for township in range(1, TOWNSHIPS + 1):
            unit = banner * (TOWNSHIPS + 1) + township + 1
            for place in range(DUTIES):
                duty = banner * DUTIES + place
                for period in range(PERIODS):
                    first, last = bounds[period] + timedelta(days=place % 60), bounds[period + 1]
                    last = last if last == end else last + timedelta(days=place % 60)
                    row = (banner + 1, duty + 1, duty * PERIODS + period + 1, unit, place + 1)
                    wrong = chance.random() < 0.1
                    key += 1
                    yield (key, *row, plain(first), plain(last), plain(KNOWN), plain(WRONG if wrong else moment))
                    if wrong:
                        key += 1
                        yield (key, *row[:2], row[2], *row[3:], plain(first + timedelta(days=1)), plain(last), plain(WRONG), plain(moment))


def _in_turns(asked: dict[str, Callable[[int], Any]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each, in turns, for the same questions."""
    times: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(rounds):
        for name, ask in asked.items():
            begun = time.perf_counter()
            ask(number)
            times[name].append((time.perf_counter() - begun) * 1e3)
    return times


def measure(banners: int, rounds: int) -> dict[str, Any]:
    """All questions, and how many statements each page needs."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from dutygate.base.catalogue.action import ActingPost
    from dutygate.base.organizations.models import Unit, User
    from dutygate.features.lists.differences import differences
    from dutygate.features.lists.queries import duties_of_township

    chance = random.Random(13)
    townships = {unit.id: unit for unit in Unit.objects.filter(kind="township")}
    questions = []
    for _ in range(rounds):
        unit = townships[chance.choice(sorted(townships))]
        days = sorted(FIRST + timedelta(days=chance.randrange(2400)) for _ in range(2))
        known = datetime(2022, 1, 1, tzinfo=UTC) + timedelta(days=chance.randrange(1500))
        viewer = ActingPost(1, 1, unit.id, unit.key, "township", unit.jurisdiction_id, str(150700 + unit.jurisdiction_id), "handler")
        questions.append((viewer, unit, days, known))

    def read(n: int) -> Any:
        viewer, unit, days, known = questions[n]
        return duties_of_township(viewer, unit.id, days[0], known)

    def by_sql(n: int) -> Any:
        _viewer, unit, days, known = questions[n]
        with connection.cursor() as cursor:
            cursor.execute(AS_OF, _asked(unit, days[0], known))
            return cursor.fetchall()

    def compared(n: int) -> Any:
        viewer, unit, days, known = questions[n]
        return differences(duties_of_township(viewer, unit.id, days[0], known), duties_of_township(viewer, unit.id, days[1], known))

    def compared_by_sql(n: int) -> Any:
        _viewer, unit, days, known = questions[n]
        with connection.cursor() as cursor:
            cursor.execute(COMPARED, [*_asked(unit, days[0], known), *_asked(unit, days[1], known)])
            return cursor.fetchall()

    for n in range(min(rounds, 20)):
        if [line.code for line in read(n)] != [row[0] for row in by_sql(n)]:
            raise SystemExit("the program and plain SQL read different lists")
        if {one.line.code for one in compared(n)} != {row[0] for row in compared_by_sql(n)}:
            raise SystemExit("the program and plain SQL find different changes")
    client = Client()
    client.force_login(User.objects.get(pk=1))
    session = client.session
    session["post"] = 1
    session.save()
    own = [unit for unit in townships.values() if unit.jurisdiction_id == 1]

    def page(n: int) -> Any:
        return _page(client, f"/lists/{own[n % len(own)].key}/?on={questions[n][2][0]}")

    def page_compared(n: int) -> Any:
        days = questions[n][2]
        return _page(client, f"/lists/{own[n % len(own)].key}/differences/?first={days[0]}&second={days[1]}")

    counts = {}
    for name, ask in (("page", page), ("page of changes", page_compared)):
        ask(0)
        with CaptureQueriesContext(connection) as queries:
            ask(1)
        counts[name] = len(queries)
    found = {
        **_in_turns({"list": read, "list, plain SQL": by_sql}, rounds),
        **_in_turns({"changes": compared, "changes, plain SQL": compared_by_sql}, rounds),
        **_in_turns({"page": page, "page of changes": page_compared}, min(rounds, 60)),
    }
    lines = sum(len(read(n)) for n in range(10)) / 10
    return {"times": found, "statements": counts, "lines": lines}


def _page(client: Any, path: str) -> int:
    answer = client.get(path, HTTP_HOST="localhost")
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return len(answer.content)


def _asked(unit: Any, day: date, known: datetime) -> list[Any]:
    return [unit.id, unit.jurisdiction_id, day, day, known, known]


def _child(entries: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")  # filling is not measured
    filled = fill(entries)
    print(f"  {filled['entries']:,.0f} entries in {filled['fill_s']:.0f} s", file=sys.stderr, flush=True)
    return {**filled, **measure(int(filled["banners"]), ASKED)}


# In the process that was started


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.lists", description=__doc__)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--few", type=int, default=20_000, help="entries of the small database beside it")
    parser.add_argument("--db", choices=["sqlite", "pg", "both"], default="both")
    parser.add_argument("--date", default="", help="the day to put over the results")
    parser.add_argument("--write", action="store_true", help="put the results into RESULTS.md")
    parser.add_argument("--dir", type=Path, help="where to keep the databases")
    parser.add_argument("--child", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(place: Place, kind: str, name: str, entries: int) -> dict[str, Any]:
    place.make(kind, name)
    command = [sys.executable, "-m", "bench.lists", "--child", str(entries)]
    done = subprocess.run(command, env=place.environment(kind, name), check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _claims(kind: str, many: dict[str, Any], few: dict[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    name, times = NAMES[kind], many["times"]
    yield f"{name}: the program and plain SQL read the same", "equal", "equal", True  # otherwise the run has ended
    for what in ("list", "changes"):
        ratio = percentile(times[what], 0.5) / percentile(times[f"{what}, plain SQL"], 0.5)
        yield f"{name}: {what}, times plain SQL (p50)", f"{ratio:.1f}", f"<= {TIMES_SQL:g}", ratio <= TIMES_SQL
    for what in ("page", "page of changes"):
        slow = percentile(times[what], 0.95)
        yield f"{name}: {what}, p95 ms", f"{slow:.0f}", f"<= {PAGE_MS:g}", slow <= PAGE_MS
    same = many["statements"] == few["statements"]
    yield f"{name}: statements of both pages, the same among few", str(list(many["statements"].values())), "equal", same


def tables(found: dict[str, tuple[dict[str, Any], dict[str, Any]]], day: str, loads: tuple[float, float]) -> tuple[str, bool]:
    """The section of RESULTS.md, and whether every claim holds."""
    about = (
        f"{day or 'Undated'}. {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}."
        f" Load of the machine: {loads[0]:.1f} before, {loads[1]:.1f} after; where that is more than one, other work made it slower."
    )
    lines = [HEADING, "", about]
    well = True
    for kind, (many, few) in found.items():
        lines += ["", f"### {NAMES[kind]}", ""]
        lines += [f"{many['entries']:,.0f} entries in {many['banners']:.0f} banners, about {many['lines']:.0f} lines a list.", ""]
        lines += [f"| | p50 ms | p95 ms | among {few['entries']:,.0f}: p50 ms |", "| --- | ---: | ---: | ---: |"]
        for what, times in many["times"].items():
            small = percentile(few["times"][what], 0.5)
            lines.append(f"| {what} | {percentile(times, 0.5):.2f} | {percentile(times, 0.95):.2f} | {small:.2f} |")
        lines += ["", "| claim | measured | wanted | |", "| --- | ---: | ---: | --- |"]
        for claim, measured, wanted, holds in _claims(kind, many, few):
            well &= holds
            lines.append(f"| {claim} | {measured} | {wanted} | {'PASS' if holds else 'FAIL'} |")
    return "\n".join([*lines, ""]), well


def main() -> int:
    """Fill, measure, print, write when asked."""
    given = _arguments()
    if given.child:
        print(json.dumps(_child(given.child)))
        return 0
    kinds = ("sqlite", "pg") if given.db == "both" else (given.db,)
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="dutygate-lists-", dir=given.dir, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder), kinds)
        place.start()
        found = {kind: (_measured(place, kind, "many", given.entries), _measured(place, kind, "few", given.few)) for kind in kinds}
    section, well = tables(found, given.date, (before, os.getloadavg()[0]))
    print(section)
    if given.write:
        RESULTS.write_text(with_part(RESULTS.read_text(), section))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
