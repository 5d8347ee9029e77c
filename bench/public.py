"""``python -m bench.public [--entries N] [--requests N] [--write] [--date DAY]``: what the public list costs among many published rows.

A banner of twelve townships publishes its lists through the one door, so many rows in all, on SQLite in a folder of its own. Then somebody
who is not signed in reads, in turns: the start page, which is the public base template with one link, a township's list, the search over
all lists, a duty, and the list once more with the mark of the answer that she has (304). The WSGI application is called in this process,
whole, with every middleware: no server and no network is measured. The exit status is 1 when the list takes more than ``LIST_MS``.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Final
from wsgiref.util import setup_testing_defaults

from bench.pages import _django
from bench.report import percentile
from bench.results import RESULTS, with_part

HEADING: Final = "## The public list among many published rows"
ENTRIES, TOWNSHIPS, REQUESTS, WARM_UP = 4_000, 12, 100, 10
LIST_MS: Final = 250.0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.public", description=__doc__)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each page")
    parser.add_argument("--date", default="", help="the day to put over the results")
    parser.add_argument("--write", action="store_true", help="put the results into RESULTS.md")
    return parser.parse_args()


def fill(entries: int) -> date:
    """The lists in bulk, then published as the lead does it."""
    from django.core.management import call_command

    from bench import world
    from dutygate.base.actions import clock
    from dutygate.base.actions.perform import perform
    from dutygate.base.organizations.queries import public_jurisdiction
    from dutygate.features.lists.models import Duty, DutyRevision, ListEntry

    call_command("migrate", verbosity=0)
    today = clock.now().date()
    made = world.found(world.build(TOWNSHIPS), TOWNSHIPS, today)
    lead = made.people["lead_office"]
    place = public_jurisdiction(lead.jurisdiction)
    assert place is not None
    from django.apps import apps

    units = apps.get_model("organizations", "Unit")._default_manager.filter(jurisdiction=place.id)
    townships = list(units.filter(kind="township").order_by("key").values_list("id", flat=True))
    department = units.filter(kind="department").order_by("key").values_list("id", flat=True).first()
    first, duties = date(2025, 1, 1), entries // len(townships)
    numbers = range(1, duties + 1)
    plain = {"jurisdiction_id": place.id}
    Duty.objects.bulk_create(
        (
            Duty(
                id=n,
                code=f"{place.code}-D-{n:04d}",
                origin="baseline",
                title=f"第{n}项防火巡查",
                list_name="duties",
                admitted_on=first,
                **plain,
            )
            for n in numbers
        ),
        batch_size=500,
    )
    said = {
        "columns": {"upper_duties": "组织督查" * 10, "township_duties": "劝导、上报、登记" * 10},
        "document_number": "内党办发〔2025〕1号",
    }
    DutyRevision.objects.bulk_create(
        (
            DutyRevision(
                id=n,
                duty_id=n,
                revision=1,
                title=f"第{n}项防火巡查",
                category="生态环保",
                lead_unit_id=department,
                items={},
                recorded_at=clock.now(),
                **said,
                **plain,
            )
            for n in numbers
        ),
        batch_size=500,
    )
    ListEntry.objects.bulk_create(
        (
            ListEntry(
                id=place_of * duties + n,
                duty_id=n,
                revision_id=n,
                township_id=township,
                list_name="duties",
                section=("basic", "cooperative", "taken_back")[n % 3],
                ordinal=n,
                valid_from=first,
                recorded_from=clock.now(),
                **plain,
            )
            for place_of, township in enumerate(townships)
            for n in numbers
        ),
        batch_size=500,
    )
    given = {"number": "1", "as_of": today, "published_on": today, "checked": True, "checked_by": "-", "layout": 2}
    perform(lead, "list.publish", place.code, given, via="import")
    return today


def read(app: Any, path: str, etag: str = "") -> tuple[float, int, str, str]:
    """Milliseconds, bytes, status, mark of the answer."""
    import time

    path, _, query = path.partition("?")
    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
    environ |= {"HTTP_IF_NONE_MATCH": etag} if etag else {}
    setup_testing_defaults(environ)
    said: list[Any] = []
    started = time.perf_counter()
    answer = app(environ, lambda status, headers, _wrong=None: said.extend((status, dict(headers))))
    body = b"".join(answer)
    answer.close()
    return (time.perf_counter() - started) * 1e3, len(body), said[0], said[1].get("ETag", "")


def main() -> int:
    """Fill, measure, print, write when asked."""
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="dutygate-public-", ignore_cleanup_errors=True) as folder:
        _django(Path(folder))
        fill(given.entries)
        from django.core.wsgi import get_wsgi_application

        from dutygate.features.lists.models import PublishedEntry
        from dutygate.features.lists.queries.published import public_places_published  # noqa: F401 - the app is loaded

        app = get_wsgi_application()
        row = PublishedEntry.objects.select_related("published_list__publication").order_by("id").first()
        assert row is not None
        code = row.code.partition("-")[0]
        slug = row.published_list.content["township"].partition(".")[2]
        pages = {
            "start page with one link": "/gk/",
            "a township's list": f"/gk/{code}/lists/{slug}/",
            "search over all lists": f"/gk/{code}/search/?q=%E9%98%B2%E7%81%AB",
            "a duty": f"/gk/{code}/duties/{row.code}/",
        }
        mark = read(app, pages["a township's list"])[3]
        times: dict[str, list[float]] = {name: [] for name in (*pages, "a township's list, not changed (304)")}
        sizes: dict[str, int] = {}
        for turn in range(WARM_UP + given.requests):
            for name in times:
                took, sizes[name], _status, _mark = read(app, pages.get(name, pages["a township's list"]), "" if name in pages else mark)
                if turn >= WARM_UP:
                    times[name].append(took)
        count = PublishedEntry.objects.count()
    empty = percentile(times["start page with one link"], 0.5)
    about = f"{given.date or 'Undated'}. {count:,} published rows, {given.requests} requests of each page; SQLite, the WSGI application in"
    about += f" process (no server, no network). {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}."
    lines = [
        HEADING,
        "",
        about,
        "",
        "| page | p50 ms | p95 ms | beside the start page (p50) | kB |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, took in times.items():
        half, most = (percentile(took, part) for part in (0.5, 0.95))
        lines.append(f"| {name} | {half:.1f} | {most:.1f} | {half / empty:.2f} | {sizes[name] / 1e3:.0f} |")
    slow = percentile(times["a township's list"], 0.5)
    well = slow <= LIST_MS
    lines += ["", "| claim | ms | wanted | |", "| --- | ---: | ---: | --- |"]
    lines += [f"| a township's list of {count:,} rows | {slow:.1f} | <= {LIST_MS:.0f} | {'PASS' if well else 'FAIL'} |", ""]
    section = "\n".join(lines)
    print(section)
    if given.write:
        RESULTS.write_text(with_part(RESULTS.read_text(), section))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
