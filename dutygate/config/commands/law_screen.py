"""`dutygate law screen`: the gate of Articles 1 and 7 over a file of matters."""

import argparse
import csv
import io
import json
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dutygate.config.cli import Failure
from dutygate.law.regulation.edition import Edition, package_editions
from dutygate.law.rules.screening import Counted, held_out, screen

NAME = ("law", "screen")
HELP = "which matters of a CSV file the gate of Articles 1 and 7 would stop as declared, and which their wording hints at"
NEEDS_DJANGO = False


def configure(parser: argparse.ArgumentParser) -> None:
    """FILE and its two columns."""
    parser.add_argument("file", metavar="FILE.csv", help="a CSV file with a header row, UTF-8 or GB 18030")
    parser.add_argument("--text", required=True, metavar="COLUMN", help="the column with the name or the text of the matter")
    parser.add_argument(
        "--class",
        dest="class_column",
        required=True,
        metavar="COLUMN",
        help="the column with its class: our ids (licence), labels (行政许可) or national item-type codes (1, 01)",
    )
    parser.add_argument("--format", choices=["table", "json"], default="table")
    parser.add_argument("--edition", default="arun_2024_15", metavar="ID", help="edition of the regulation (default: %(default)s)")
    parser.add_argument(
        "--held-out",
        action="store_true",
        help="only the rows that the wording rules were not made on (SHA-256 of the text begins with an odd byte), with the rates",
    )


def run(args: argparse.Namespace) -> int:
    """Print the counts; 1 when a row could not be read or names a class that we do not know."""
    edition = package_editions().get(args.edition)
    if edition is None or not edition.exclusions.classes:
        known = ", ".join(found.id for found in package_editions().values() if found.exclusions.classes)
        raise Failure(f"no edition {args.edition!r} that says what may not be handed over; there is {known}.")
    problems: list[str] = []
    matters = list(_matters(args.file, args.text, args.class_column, problems))
    chosen = [matter for matter in matters if held_out(matter[0])] if args.held_out else matters
    found = screen(edition, chosen)
    rates = _rates(found) if args.held_out else None
    if args.format == "json":
        print(json.dumps(_plain(found, rates), ensure_ascii=False, indent=2))
    else:
        print(_table(edition, found))
        if rates is not None:
            print(_said(rates, len(chosen), len(matters)))
    problems += [
        f"class {named!r} is none of ours, and no national item type: its {counted.rows:,} row(s) are counted, not judged"
        for named, counted in found.items()
        if counted.class_id is None
    ]
    if not matters:
        problems.append(f"{args.file}: has no rows")
    for problem in problems:
        print(f"dutygate: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _matters(path: str, text: str, class_column: str, problems: list[str]) -> Iterator[tuple[str, str]]:
    rows = csv.reader(io.StringIO(_decoded(path), newline=""), strict=True)
    try:
        header = next(rows, [])
        places = [_place(path, header, column) for column in (text, class_column)]
        for row in rows:
            if not any(row):
                continue
            if len(row) != len(header):
                problems.append(f"line {rows.line_num}: has {len(row)} cells where the header has {len(header)}; left out")
            elif not row[places[0]].strip():
                problems.append(f"line {rows.line_num}: column {text!r} is empty; left out")
            else:
                yield row[places[0]], row[places[1]].strip()
    except csv.Error as error:
        raise Failure(f"{path}: line {rows.line_num}: cannot be read as CSV ({error}).") from None


def _place(path: str, header: list[str], column: str) -> int:
    if column not in header:
        raise Failure(f"{path}: has no column {column!r}; it has {', '.join(header) or 'no header row'}.")
    return header.index(column)


def _decoded(path: str) -> str:
    data = Path(path).read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Failure(f"{path}: is neither UTF-8 nor GB 18030 text; save it as CSV in one of the two.")


def _plain(found: Mapping[str, Counted], rates: Mapping[str, Any] | None) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "declared": {named: {"rows": counted.rows, "stopped": counted.stopped} for named, counted in found.items()},
        "wording": {named: {"rows": counted.rows, "flagged": counted.flagged} for named, counted in found.items()},
    }
    return plain if rates is None else {**plain, "held_out": rates}


def _rates(found: Mapping[str, Counted]) -> dict[str, dict[str, Any]]:
    """How many licences their wording gives away, and how many public services it accuses wrongly."""
    licences = [counted for counted in found.values() if counted.class_id == "licence"]
    services = [counted for counted in found.values() if counted.class_id == "public_service"]
    return {
        "licences_flagged_as_licence": _share(sum(c.hinted.get("licence", 0) for c in licences), licences),
        "licences_flagged": _share(sum(c.flagged for c in licences), licences),
        "public_services_flagged": _share(sum(c.flagged for c in services), services),
    }


def _share(flagged: int, of: list[Counted]) -> dict[str, Any]:
    rows = sum(counted.rows for counted in of)
    return {"rows": rows, "flagged": flagged, "percent": round(100 * flagged / rows, 1) if rows else None}


def _table(edition: Edition, found: Mapping[str, Counted]) -> str:
    rows = [["class", "read as", "rows", "stopped when declared so", "wording hints", "at"]]
    for named, counted in found.items():
        kinds = ", ".join(f"{kind} {counted.hinted[kind]:,}" for kind in edition.exclusions.wording if kind in counted.hinted)
        counts = (f"{counted.rows:,}", f"{counted.stopped:,}", f"{counted.flagged:,}")
        rows.append([named or "(empty)", counted.class_id or "?", *counts, kinds or "-"])
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    left = (0, 1, 5)
    return "\n".join("  ".join(_padded(cell, widths[i], left=i in left) for i, cell in enumerate(row)).rstrip() for row in rows)


def _said(rates: Mapping[str, Mapping[str, Any]], chosen: int, of: int) -> str:
    lines = [f"\nheld-out half: {chosen:,} of {of:,} rows, those whose text has a SHA-256 that begins with an odd byte"]
    words = {
        "licences_flagged_as_licence": "licences that their wording hints at as such",
        "licences_flagged": "licences that any wording hints at",
        "public_services_flagged": "public services that any wording hints at",
    }
    for name, rate in rates.items():
        percent = "-" if rate["percent"] is None else f"{rate['percent']} %"
        lines.append(f"  {words[name]:<46} {rate['flagged']:>5,} of {rate['rows']:>5,}  {percent:>7}")
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int, *, left: bool) -> str:
    space = " " * (width - _width(text))
    return text + space if left else space + text
