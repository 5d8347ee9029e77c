"""``python -m bench.imports [--rows N] [--db sqlite|pg|both] [--kind xlsx|csv] [--again] [--write] [--date DAY]``:
a file taken into the lists.

A file of so many invented rows with the columns of the national lists is brought, read with every row's state, and entered in one action,
on an empty database of its own, durable as in service. For each step: seconds, and the greatest memory of the process until then.
``--again`` brings the same file
once more, so that every row is found to be the same. Each database has a process of its own. The exit status is 1 when a row went missing.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bench.databases import Place
from bench.results import RESULTS, with_part

HEADING: Final = "## A file taken into the lists"
ROWS, TOWNSHIPS = 100_000, 12
MATTERS: Final = ("巡查", "宣传", "排查", "登记", "初核", "劝导", "上报", "调解", "管护", "服务")
FIELDS: Final = ("森林草原防火", "秸秆禁烧", "河道管理", "农房安全", "高龄津贴", "矛盾纠纷", "动物防疫", "道路养护", "文物保护", "食品安全")
HEADINGS: Final = ("序号", "类别", "事项名称", "对应上级部门", "上级部门职责", "乡镇配合职责", "乡镇")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--db", choices=["sqlite", "pg", "both"], default="both")
    parser.add_argument("--kind", choices=["xlsx", "csv"], default="xlsx")
    parser.add_argument("--again", action="store_true", help="bring the same file a second time")
    parser.add_argument("--date", default="", help="the day to put over the results")
    parser.add_argument("--write", action="store_true", help="put the results into RESULTS.md")
    parser.add_argument("--dir", type=Path, help="where to keep the databases; a disk, not memory")
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def rows_of(count: int, townships: int) -> Iterator[tuple[str, ...]]:
    """Invented rows: each township has its share; titles repeat from township to township, as they do in real lists."""
    for place in range(count):
        item, township = divmod(place, townships)
        field, matter = FIELDS[item % 10], MATTERS[item // 10 % 10]
        title = f"{field}{matter}第{item:05d}项"
        yield (
            str(item + 1),
            field[:4],
            title,
            "住房和城乡建设局",
            f"组织开展{field}工作",
            f"开展{field}{matter}，发现问题及时上报",
            f"第{township}镇",
        )


def file_of(kind: str, rows: Iterator[tuple[str, ...]]) -> bytes:
    """The rows as a file."""
    if kind == "csv":
        return "\n".join(",".join(row) for row in (HEADINGS, *rows)).encode()
    import xlsxwriter

    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet("配合履职")
    for number, row in enumerate((HEADINGS, *rows)):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return into.getvalue()


def _child(args: argparse.Namespace) -> int:
    """All steps, in this process; one line of JSON at the end."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from bench import world as made
    from dutygate.base.actions import clock
    from dutygate.base.actions.days import local_day
    from dutygate.features.lists.importing import drafts
    from dutygate.features.lists.queries import duties_of_township, public_overlaps

    on = local_day(clock.now())
    world = made.found(made.build(TOWNSHIPS), TOWNSHIPS, on)
    lead = world.people["lead_office"]
    data = file_of(args.kind, rows_of(args.rows, TOWNSHIPS))
    steps: list[tuple[str, float, float]] = [("(before)", 0.0, _memory())]

    def step(name: str, do: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        found = do()
        steps.append((name, time.perf_counter() - begun, _memory()))
        print(f"  {args.child} {name}: {steps[-1][1]:.1f} s, {steps[-1][2]:.0f} MiB", file=sys.stderr, flush=True)
        return found

    def through(suffix: str) -> Any:
        draft = step(f"brought{suffix}", lambda: drafts.bring(lead, f"清单.{args.kind}", io.BytesIO(data), clock.now()))
        guess = draft.summary["sheets"][0]["guess"]
        plan = {
            **guess,
            "purpose": "baseline",
            "level": "region",
            "document_number": "一号",
            "section": "cooperative",
            "valid_from": str(on),
        }
        drafts.set_plan(draft, drafts.plan_of(plan))
        step(f"read and shown{suffix}", lambda: drafts.go_on(draft))
        return draft

    draft = through("")
    counts = dict(draft.summary["counts"])
    drafts.ask_for(draft, ())
    step("entered", lambda: drafts.go_on(draft))
    township = world.people["t000"].unit_id or 0
    lines = step("one township's list read", lambda: duties_of_township(lead, township, on))
    again = through(" again").summary["counts"] if args.again else {"same": args.rows}
    good = draft.state == "done" and counts["new"] == args.rows == again["same"] and not public_overlaps()
    good = good and len(lines) == len(range(0, args.rows, TOWNSHIPS))
    print(json.dumps({"steps": steps, "good": good, "size": len(data), "counts": counts, "problem": draft.problem}))
    return 0 if good else 1


def _memory() -> float:
    """The greatest memory of this process until now, MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if platform.system() == "Linux" else 1024 * 1024)


@contextmanager
def _somewhere(named: Path | None) -> Iterator[Path]:
    if named is not None:
        named.mkdir(parents=True, exist_ok=True)
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="dg-") as folder:
        yield Path(folder)


def main() -> int:
    """0 when every row was taken in, on each database."""
    args = _arguments()
    if args.child:
        return _child(args)
    kinds = ("sqlite", "pg") if args.db == "both" else (args.db,)
    found: dict[str, Any] = {}
    with _somewhere(args.dir) as folder:
        place = Place(folder, kinds)
        place.start()
        for kind in kinds:
            place.make(kind, kind)
            command = [sys.executable, "-m", "bench.imports", "--child", kind, "--rows", str(args.rows), "--kind", args.kind]
            done = subprocess.run(  # noqa: S603 - our own module
                [*command, *(["--again"] if args.again else [])], env=place.environment(kind, kind), stdout=subprocess.PIPE, check=False
            )
            lines = done.stdout.decode().strip().splitlines()
            found[kind] = json.loads(lines[-1]) if lines else {"steps": [], "good": False, "size": 0}
    part = report(args, found)
    print(part)
    if args.write:
        RESULTS.write_text(with_part(RESULTS.read_text(encoding="utf-8"), part), encoding="utf-8")
    return 0 if all(one["good"] for one in found.values()) else 1


def report(args: argparse.Namespace, found: dict[str, Any]) -> str:
    """The part of RESULTS.md."""
    size = max(one["size"] for one in found.values()) / 2**20
    lines = [HEADING, "", f"`python -m bench.imports`{f', {args.date}' if args.date else ''}: {args.rows:,} rows, {TOWNSHIPS} townships, "
             f"{args.kind} of {size:.1f} MiB; {os.cpu_count()} cores, Python {platform.python_version()}.", "",
             "| database | step | seconds | greatest memory until then, MiB |", "| --- | --- | ---: | ---: |"]  # fmt: skip
    for kind, one in found.items():
        lines += [f"| {kind} | {name} | {seconds:.1f} | {memory:.0f} |" for name, seconds, memory in one["steps"]]
        lines.append(f"| {kind} | {'every row is there, no overlap' if one['good'] else 'FAIL'} | | |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
