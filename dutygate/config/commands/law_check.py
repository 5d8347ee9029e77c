"""`dutygate law check`: walk every reachable state of a case and show that the procedure keeps what the text promises."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from dutygate.config.cli import Failure
from dutygate.law.procedure.check import Report, check_edition
from dutygate.law.procedure.fitness import problems
from dutygate.law.procedure.mutations import summary
from dutygate.law.procedure.table import ProcedureError, procedure_of
from dutygate.law.regulation.edition import Edition, EditionError, package_editions, read_edition

NAME = ("law", "check")
HELP = "walk every state of a case under each edition with a procedure and check every promise of the text"
NEEDS_DJANGO = False


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="the small walk: one township, fewer variants; some seconds")
    parser.add_argument("--file", type=Path, metavar="FILE", help="check a drafted edition in this file instead, before it is brought in")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace) -> int:
    editions = [edition for edition in package_editions().values() if edition.procedure]
    if args.file is not None:
        return _file(args, editions[-1])
    reports = [check_edition(edition, quick=args.quick) for edition in editions]
    mutations = summary()
    if args.format == "json":
        print(json.dumps({"editions": [report.as_dict() for report in reports], "mutations": mutations}, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(_page(report, mutations) for report in reports))
    return 0 if all(report.ok for report in reports) else 1


def _file(args: argparse.Namespace, base: Edition) -> int:
    """A draft: what it lacks or contradicts first, and only when there is nothing of that the walk."""
    try:
        edition = read_edition(args.file.read_text(encoding="utf-8-sig"), args.file.name)
        found = problems(edition, base, procedure_of(base).names())
    except (EditionError, ProcedureError, UnicodeDecodeError) as error:
        raise Failure(f"{args.file}: {error}") from None
    report = None if found else check_edition(edition, quick=args.quick)
    if args.format == "json":
        walked = report.as_dict() if report else None
        print(json.dumps({"problems": [asdict(one) for one in found], "edition": walked}, ensure_ascii=False, indent=2))
    else:
        lines = [f"{one.name} (Article {one.provision}): {one.where}" for one in found]
        print("\n".join(lines) if report is None else _page(report, {}))
    return 0 if report is not None and report.ok else 1


def _page(report: Report, mutations: Mapping[str, int]) -> str:
    lines = [f"{report.edition}  {report.digest[:16]}{'  (quick)' if report.quick else ''}"]
    rows = [(cut.name, cut.states, cut.permitted, cut.refused) for cut in report.cuts]
    rows.append(("all", report.total("states"), report.total("permitted"), report.total("refused")))
    lines += [f"  {name:<32} {states:>8,} states {yes:>11,} permitted {no:>13,} refused" for name, states, yes, no in rows]
    for broken in report.broken[:1]:
        lines += ["", f"BROKEN: {broken.invariant} (Article {broken.cites}), in {broken.cut}:"]
        lines += [f"  {n}. {line}" for n, line in enumerate(broken.path, start=1)]
        return "\n".join(lines)
    if report.unreached:
        return "\n".join([*lines, "", f"BROKEN: no walk reaches {', '.join(report.unreached)}"])
    lines.append(f"  {report.invariants} promises hold in all of them; done can be reached from every state that is not final")
    if mutations:
        caught = ", ".join(f"{count:,} by {kind}" for kind, count in mutations.items() if kind != "all")
        lines.append(f"  mutations of the procedure: {mutations['all']:,} on record, caught {caught}")
    return "\n".join(lines)
