"""`dutygate taskcheck rate`: how often the task check finds the right entry of a list, for any list of names."""

import argparse
import csv
import io
import json
from pathlib import Path

from dutygate.config.cli import Failure

NAME = ("taskcheck", "rate")
HELP = "how often the right entry comes among the first three when the names of a CSV file are asked for as papers put them"
NEEDS_DJANGO = True


def configure(parser: argparse.ArgumentParser) -> None:
    """FILE and its column."""
    parser.add_argument("file", metavar="FILE.csv", help="a CSV file with a header row, UTF-8 or GB 18030")
    parser.add_argument("--column", required=True, metavar="NAME", help="the column with the names of the entries")
    parser.add_argument("--seed", type=int, default=7, help="which words are left out and where the order changes (default: %(default)s)")
    parser.add_argument("--missed", action="store_true", help="name what was not found, with what came first instead")
    parser.add_argument("--format", choices=["table", "json"], default="table")


def run(args: argparse.Namespace) -> int:
    """Print the rates; nothing is stored, and no database of the office is opened. 1 when the file has no names."""
    from dutygate.features.taskcheck.rating import FIRST, rate

    names = _names(args.file, args.column)
    if not names:
        raise Failure(f"{args.file}: column {args.column!r} has no names.")
    found = rate(names, args.seed)
    if args.format == "json":
        plain = {
            variant: {"asked": one.asked, "first": one.first, f"first_{FIRST}": one.among, "percent": one.percent}
            for variant, one in found.items()
        }
        print(json.dumps(plain, ensure_ascii=False, indent=2))
        return 0
    print(f"{'asked for':<28}{'names':>7}{'first':>8}{f'first {FIRST}':>9}{'percent':>9}")
    for variant, one in found.items():
        print(f"{variant:<28}{one.asked:>7,}{one.first:>8,}{one.among:>9,}{one.percent:>8.1f}%")
        if args.missed:
            for name, instead in one.missed:
                print(f"    {name}  <>  {instead or '-'}")
    return 0


def _names(path: str, column: str) -> list[str]:
    data = Path(path).read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Failure(f"{path}: is neither UTF-8 nor GB 18030 text; save it as CSV in one of the two.")
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if column not in (rows.fieldnames or ()):
            raise Failure(f"{path}: has no column {column!r}; it has {', '.join(rows.fieldnames or ()) or 'no header row'}.")
        return [str(row[column] or "") for row in rows]
    except csv.Error as error:
        raise Failure(f"{path}: cannot be read as CSV ({error}).") from None
