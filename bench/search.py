"""``python -m bench.search [--rows N] [--alike N] [--db sqlite|pg|both] [--write] [--date DAY]``: search and likeness in many rows.

So many duties, each with a revision and an entry on a list of its own, are put into a database of the program in bulk (``bench.matters``).
Then words of 1, 2, 3 and 8 Chinese characters, frequent, rare and absent ones, are asked for: the newest 20 of the index, and the page of
50 duties in force that ``/lists/search/`` shows, each beside the same with plain LIKE, in turns. Every id that the one finds the other
must find, all of them and not only those shown; otherwise the run ends. Likeness is measured in a smaller database (4,000 duties with
contents) for titles with words left out, put in and turned round.

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
from functools import partial
from pathlib import Path
from typing import Any, Final

from bench.databases import Place
from bench.matters import ON, content_of, fill, questions, title
from bench.report import NAMES, percentile
from bench.results import RESULTS, with_part

HEADING: Final = "## Search and likeness among many duties"
ROWS, ALIKE, ASKED = 1_000_000, 4_000, 200
SHOWN, PAGE = 20, 50
SECONDS, TURNS = 6.0, 100
"""Each question is asked for so long or so often, and three times at least."""
WITHIN_MS: Final = 100.0
FEWER: Final = 10.0
"""How much quicker than LIKE a rare word of two characters and more has to be found."""


# In a process of its own, with the settings of the program and a database of the bench


def _in_turns(asked: dict[str, Callable[[], Any]]) -> dict[str, list[float]]:
    """Milliseconds of each, asked in turns; all must answer the same."""
    times: dict[str, list[float]] = {name: [] for name in asked}
    first = {name: ask() for name, ask in asked.items()}
    if len({json.dumps(answer) for answer in first.values()}) != 1:
        raise SystemExit(f"different answers: {first}")
    started = time.perf_counter()
    while len(times[next(iter(times))]) < 3 or (time.perf_counter() - started < SECONDS and len(times[next(iter(times))]) < TURNS):
        for name, ask in asked.items():
            begun = time.perf_counter()
            ask()
            times[name].append((time.perf_counter() - begun) * 1e3)
    return times


def _search(titles: list[str]) -> dict[str, Any]:
    """Question -> {hits, times of the index, of the page, and of both with LIKE}."""
    from unittest.mock import patch

    from dutygate.base.catalogue.action import ActingPost
    from dutygate.base.search.index import MANY
    from dutygate.base.search.models import SearchText
    from dutygate.base.search.text import words
    from dutygate.features.lists.queries import finding

    viewer = ActingPost(1, 1, 1, "150721.t1", "township", 1, "150721", "handler")
    every = SearchText.objects.filter(kind="duty")

    def plain(word: str) -> Any:
        return every.filter(text__contains=word)

    def page() -> list[str]:
        return [duty.code for duty in finding.duties_found(viewer, word, ON, limit=PAGE)]

    def few_by_like(_kind: str, _question: str) -> list[int] | None:
        ids = list(plain(word).order_by().values_list("id", flat=True)[: MANY + 1])
        return ids if len(ids) <= MANY else None

    def page_by_like() -> list[str]:
        with patch.object(finding, "few", few_by_like):
            return page()

    found: dict[str, Any] = {}
    for label, word in questions(titles).items():
        mine = set(every.filter(text__holds=words(word)).values_list("id", flat=True))
        if mine != set(plain(word).values_list("id", flat=True)):
            raise SystemExit(f"{word}: the index and LIKE find different rows")
        index = _in_turns({"index": partial(_found, every, word), "LIKE": partial(_newest, plain(word))})
        pages = _in_turns({"page": page, "page by LIKE": page_by_like})
        found[label] = {"word": word, "hits": len(mine), "times": {**index, **pages}}
        _say(f"  {label:22} {word:10} {len(mine):9,} " + " ".join(f"{n} {percentile(t, 0.5):.2f}" for n, t in {**index, **pages}.items()))
    return found


def _found(every: Any, word: str) -> list[int]:
    """As a list of cases asks: newest first, narrowed beforehand."""
    from dutygate.base.search.index import narrowed

    return _newest(every.filter(narrowed("duty", word)))


def _newest(rows: Any) -> list[int]:
    return list(rows.all().order_by("-id").values_list("id", flat=True)[:SHOWN])


def _put() -> list[float]:
    """Microseconds for one row more, in a transaction with 1,000."""
    from django.db import transaction

    from dutygate.base.search.index import put
    from dutygate.base.search.text import Text

    chance, times = random.Random(5), []
    with transaction.atomic():
        for number in range(1000):
            text = Text(10**9 + number, title(chance))
            begun = time.perf_counter()
            put("duty", [text])
            times.append((time.perf_counter() - begun) * 1e6)
        transaction.set_rollback(True)
    return times


def _alike(titles: list[str], asked: int) -> dict[str, Any]:
    """Likeness for titles with a part left out, put in or turned round: times, and whether the title itself comes up."""
    from dutygate.base.catalogue.action import ActingPost
    from dutygate.base.organizations.queries import public_directory
    from dutygate.features.cases.similar import similar_matters

    viewer = ActingPost(1, 1, 1, "150721.t1", "township", 1, "150721", "handler")
    directory = public_directory(1, 0)
    chance, times, met = random.Random(3), [], 0
    for number in range(asked):
        wanted = titles[chance.randrange(len(titles))]
        half = len(wanted) // 2
        left_out, put_in, turned = wanted[:half] + wanted[half + 2 :], f"{wanted[:half]}集中{wanted[half:]}", wanted[half:] + wanted[:half]
        changed = (left_out, put_in, turned)[number % 3]
        begun = time.perf_counter()
        found = similar_matters(viewer, directory, changed, content_of(wanted), ON)
        times.append((time.perf_counter() - begun) * 1e3)
        met += any(one["title"] == wanted for one in found)
    return {"times": times, "met": met, "asked": asked}


def _child(rows: int, part: str) -> dict[str, Any]:
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
    filled = fill(titles, content_of if part == "alike" else lambda _name: "")
    open_chain("150721", 1)
    _say(f"{rows:,} duties: " + ", ".join(f"{name} {value:.1f}" for name, value in filled.items()))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = FULL")
    if part == "alike":
        return {**filled, "alike": _alike(titles, ASKED)}
    return {**filled, "search": _search(titles), "put": _put()}


# In the process that was started


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--alike", type=int, default=ALIKE, help="duties among which likeness is measured")
    parser.add_argument("--db", choices=["sqlite", "pg", "both"], default="both")
    parser.add_argument("--date", default="", help="the day to put over the results")
    parser.add_argument("--write", action="store_true", help="put the results into RESULTS.md")
    parser.add_argument("--dir", type=Path, help="where to keep the databases")
    parser.add_argument("--child", choices=["search", "alike"], help=argparse.SUPPRESS)
    return parser.parse_args()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _measured(place: Place, kind: str, part: str, rows: int) -> dict[str, Any]:
    place.make(kind, part)
    command = [sys.executable, "-m", "bench.search", "--child", part, "--rows", str(rows)]
    done = subprocess.run(command, env=place.environment(kind, part), check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _claims(found: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str, str, bool]]:
    """(claim, measured, wanted, holds)."""
    for kind, one in found.items():
        name = NAMES[kind]
        yield f"{name}: every question finds the same ids as LIKE", "equal", "equal", True  # otherwise the run has ended
        rare = [q for label, q in one["search"].items() if not label.startswith("1 ") and ("rare" in label or "absent" in label)]
        least = min(percentile(q["times"]["LIKE"], 0.5) / percentile(q["times"]["index"], 0.5) for q in rare)
        yield (
            f"{name}: a rare or absent word of 2 characters and more, times quicker than LIKE",
            f"{least:.0f}",
            f">= {FEWER:g}",
            least >= FEWER,
        )
        slowest = max(percentile(q["times"]["index"], 0.95) for label, q in one["search"].items() if not label.startswith("1 "))
        yield f"{name}: newest 20, 2 characters and more, slowest p95 ms", f"{slowest:.1f}", f"<= {WITHIN_MS:g}", slowest <= WITHIN_MS
        alike = percentile(one["alike"]["times"], 0.95)
        yield f"{name}: similar matters, p95 ms", f"{alike:.1f}", f"<= {WITHIN_MS:g}", alike <= WITHIN_MS


def tables(found: dict[str, dict[str, Any]], rows: int, alike: int, day: str, loads: tuple[float, float]) -> tuple[str, bool]:
    """The section of RESULTS.md, and whether every claim holds."""
    lines = [HEADING, "", f"{day or 'Undated'}. {rows:,} duties, revisions and entries. {os.cpu_count()} cores ({platform.machine()}),"]
    lines[-1] += f" Python {platform.python_version()}. Milliseconds, p50 / p95; LIKE is the same statement without the index."
    lines[-1] += (
        f" Load of the machine: {loads[0]:.1f} before, {loads[1]:.1f} after; where that is more than one, other work made it slower."
    )
    for kind, one in found.items():
        put = percentile(one["put"], 0.5)
        lines += ["", f"### {NAMES[kind]}", ""]
        lines.append(f"Index of pairs: {one['index_mb']:.0f} MB beside {one['table_mb']:.0f} MB, built in {one['build_s']:.0f} s;")
        lines[-1] += f" a row more costs {put:.0f} µs."
        lines += [
            "",
            "| word | found | newest 20 | LIKE | page of 50 in force | page by LIKE |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
        ]
        for label, asked in one["search"].items():
            cells = (f"{percentile(t, 0.5):.1f} / {percentile(t, 0.95):.1f}" for t in asked["times"].values())
            lines.append(f"| {label} | {asked['hits']:,} | {' | '.join(cells)} |")
        near = one["alike"]
        times = f"{percentile(near['times'], 0.5):.1f} / {percentile(near['times'], 0.95):.1f} ms"
        lines += [
            "",
            f"Similar matters among {alike:,}: {times}; {near['met']} of {near['asked']} changed titles find the duty they came from.",
        ]
    lines += ["", "| claim | measured | wanted | |", "| --- | ---: | ---: | --- |"]
    well = True
    for claim, measured, wanted, holds in _claims(found):
        well &= holds
        lines.append(f"| {claim} | {measured} | {wanted} | {'PASS' if holds else 'FAIL'} |")
    return "\n".join([*lines, ""]), well


def main() -> int:
    """Fill, measure, print, write when asked."""
    given = _arguments()
    if given.child:
        found = _child(given.rows, given.child)
        print(json.dumps(found))
        return 0
    kinds = ("sqlite", "pg") if given.db == "both" else (given.db,)
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="dutygate-search-", dir=given.dir, ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder), kinds)
        place.start()
        every = {kind: {**_measured(place, kind, "alike", given.alike), **_measured(place, kind, "search", given.rows)} for kind in kinds}
    section, well = tables(every, given.rows, given.alike, given.date, (before, os.getloadavg()[0]))
    print(section)
    if given.write:
        RESULTS.write_text(with_part(RESULTS.read_text(), section))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
