"""``python -m bench.taskcheck [--rows N] [--few N] [--db sqlite|pg|both] [--write] [--date DAY]``: the task check in long lists.

So many duties, each with a revision and an entry, are put into a database of the program in bulk (``bench.matters``). Then titles with a
part left out or turned round, in the title of a notice or in the middle of its text, are checked by a department: both answers, through
the one function that the page and the API call. Beside it stand two floors in plain SQL: LIKE with the exact name, which finds no changed
one, and LIKE with any of the name's pieces of four characters, counted, which is what one would write by hand.

A claim is made for a county's 4,000; what becomes of it among a million is told. The exit status is 1 when a claim does not hold.
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
from pathlib import Path
from typing import Any, Final

from bench.databases import Place
from bench.matters import ON, fill, title
from bench.report import NAMES, percentile
from bench.results import RESULTS, with_part

HEADING: Final = "## Task check"
ROWS, FEW, ASKED, BY_HAND = 1_000_000, 4_000, 100, 10
WITHIN_MS: Final = 100.0
FIRST: Final = 3


def _changed(name: str, number: int) -> str:
    """What a paper makes of a name; four ways in turn."""
    from dutygate.features.taskcheck.rating import in_text, in_title, left_out, turned

    return (left_out, turned, in_title, in_text)[number % 4](name, number)


def _checks(titles: list[str]) -> dict[str, Any]:
    """Milliseconds of whole checks, and how often the name itself is among the first three that are named."""
    from dutygate.base.catalogue.action import ActingPost
    from dutygate.features.taskcheck.checking import checked

    viewer = ActingPost(1, 1, 2001, "150721.d1", "department", 1, "150721", "handler")
    chance, times, met = random.Random(3), [], 0
    checked(viewer, titles[0], ON)
    for number in range(ASKED):
        wanted = titles[chance.randrange(len(titles))]
        text = _changed(wanted, number)
        begun = time.perf_counter()
        found = checked(viewer, text, ON).answer
        times.append((time.perf_counter() - begun) * 1e3)
        named = [one.title for one in ((found.entry,) if found.entry else ()) + found.alike]
        met += wanted in named[:FIRST]
    return {"times": times, "met": met, "asked": ASKED}


def _by_hand(titles: list[str]) -> dict[str, Any]:
    """The two floors, each in one statement on the texts alone."""
    from django.db import connection

    chance, exact, pieces = random.Random(3), [], []
    for _number in range(BY_HAND):
        wanted = titles[chance.randrange(len(titles))].casefold()
        begun = time.perf_counter()
        _all(connection, "SELECT id FROM search_searchtext WHERE text LIKE %s LIMIT 20", [f"{wanted}%"])
        exact.append((time.perf_counter() - begun) * 1e3)
        cut = [f"%{wanted[place : place + 4]}%" for place in range(0, len(wanted) - 3, 4)]
        counted = " + ".join(["CASE WHEN text LIKE %s THEN 1 ELSE 0 END"] * len(cut))
        begun = time.perf_counter()
        _all(connection, f"SELECT id, {counted} AS n FROM search_searchtext ORDER BY n DESC LIMIT 20", cut)
        pieces.append((time.perf_counter() - begun) * 1e3)
    return {"exact": exact, "pieces": pieces}


def _all(connection: Any, sql: str, given: list[str]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def _child(rows: int) -> dict[str, Any]:
    """One database filled and measured."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from dutygate.base.register.chains import open_chain

    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")  # filling is not measured
    chance = random.Random(11)
    titles = [title(chance) for _ in range(rows)]
    filled = fill(titles, lambda _name: "")
    open_chain("150721", 1)
    _say(f"{rows:,} duties: " + ", ".join(f"{name} {value:.1f}" for name, value in filled.items()))
    return {"rows": rows, "check": _checks(titles), **_by_hand(titles)}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _measured(place: Place, kind: str, rows: int) -> dict[str, Any]:
    name = f"tasks{rows}"
    place.make(kind, name)
    command = [sys.executable, "-m", "bench.taskcheck", "--child", "--rows", str(rows)]
    done = subprocess.run(command, env=place.environment(kind, name), check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def tables(found: dict[str, list[dict[str, Any]]], day: str, loads: tuple[float, float]) -> tuple[str, bool]:
    """The section of RESULTS.md, and whether every claim holds."""
    lines = [HEADING, "", f"{day or 'Undated'}. {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}."]
    lines[-1] += " Milliseconds, p50 / p95, of a whole check with both answers; LIKE is a statement on the texts alone."
    lines[-1] += (
        f" Load of the machine: {loads[0]:.1f} before, {loads[1]:.1f} after; where that is more than one, other work made it slower."
    )
    lines += ["", "| | entries | check | the right one among three | LIKE, the exact name | LIKE, pieces counted |"]
    lines += ["| --- | ---: | ---: | ---: | ---: | ---: |"]
    claims, well = [], True
    for kind, runs in found.items():
        for run in runs:
            cells = (f"{percentile(times, 0.5):.1f} / {percentile(times, 0.95):.1f}" for times in (run["exact"], run["pieces"]))
            check = run["check"]
            took = f"{percentile(check['times'], 0.5):.1f} / {percentile(check['times'], 0.95):.1f}"
            lines.append(f"| {NAMES[kind]} | {run['rows']:,} | {took} | {check['met']} of {check['asked']} | {' | '.join(cells)} |")
            p50, claimed = percentile(check["times"], 0.5), run["rows"] <= FEW
            holds = p50 <= WITHIN_MS
            well = well and (holds or not claimed)
            verdict = f"<= {WITHIN_MS:g} | {'PASS' if holds else 'FAIL'}" if claimed else " | told"
            claims.append(f"| {NAMES[kind]}: a task checked among {run['rows']:,}, p50 ms | {p50:.1f} | {verdict} |")
    lines += ["", "| claim | measured | wanted | |", "| --- | ---: | ---: | --- |", *claims]
    return "\n".join(lines) + "\n", well


def main() -> int:
    """Fill, measure, print, write when asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.taskcheck", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--few", type=int, default=FEW, help="entries of the smaller list")
    parser.add_argument("--db", choices=["sqlite", "pg", "both"], default="both")
    parser.add_argument("--date", default="", help="the day to put over the results")
    parser.add_argument("--write", action="store_true", help="put the results into RESULTS.md")
    parser.add_argument("--dir", type=Path, help="where to keep the databases")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(_child(given.rows)))
        return 0
    kinds = ("sqlite", "pg") if given.db == "both" else (given.db,)
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="dutygate-tasks-", dir=given.dir, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder), kinds)
        place.start()
        found = {kind: [_measured(place, kind, rows) for rows in (given.few, given.rows)] for kind in kinds}
    section, well = tables(found, given.date, (before, os.getloadavg()[0]))
    print(section)
    if given.write:
        RESULTS.write_text(with_part(RESULTS.read_text(), section))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
