"""`dutygate law coverage`: each provision with the rules, actions, pages and tests that keep it."""

import argparse
import json
import sys
import unicodedata
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from dutygate.config.cli import Failure
from dutygate.law.procedure.coverage import COLUMNS, Kept, coverage, gaps, packaged_evidence
from dutygate.law.regulation.edition import Edition, package_editions

NAME = ("law", "coverage")
HELP = "show what keeps each provision; exit status 1 when one of Articles 1 to 4.5 has no rule, no action or no test"
NEEDS_DJANGO = False


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=["table", "json"], default="table", help="json: names, not only counts")
    parser.add_argument("--edition", default="arun_2024_15", metavar="ID", help="edition of the regulation (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    edition = package_editions().get(args.edition)
    if edition is None or not edition.procedure:
        raise Failure(f"no edition {args.edition!r} with a procedure; there is {', '.join(_with_procedure())}")
    found = coverage(edition, packaged_evidence(), pages())
    if args.format == "json":
        print(json.dumps({provision: kept.as_dict() for provision, kept in found.items()}, ensure_ascii=False, indent=2))
    else:
        print(_table(edition, found))
    lacking = gaps(found)
    for provision, columns in lacking.items():
        print(f"dutygate: provision {provision} has no {', no '.join(columns)}", file=sys.stderr)
    return 1 if lacking else 0


def pages() -> Mapping[str, tuple[str, ...]]:
    """The pages and the provisions that each shows; none before there are pages."""
    if find_spec("dutygate.config.pages") is None:
        return {}
    found: Mapping[str, tuple[str, ...]] = import_module("dutygate.config.pages").PAGES
    return found


def _with_procedure() -> list[str]:
    return [edition.id for edition in package_editions().values() if edition.procedure]


def _table(edition: Edition, found: Mapping[str, Kept]) -> str:
    rows = [["provision", "", *COLUMNS]]
    for provision, kept in found.items():
        counts = [str(len(getattr(kept, column)) or "-") for column in COLUMNS]
        rows.append([provision, edition.provisions[provision].label.zh, *counts])
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(_padded(cell, widths[i], left=i < 2) for i, cell in enumerate(row)).rstrip() for row in rows)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int, *, left: bool) -> str:
    space = " " * (width - _width(text))
    return text + space if left else space + text
