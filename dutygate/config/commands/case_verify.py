"""`dutygate case verify`: check a case file without the system that made it; no database is opened."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NAME = ("case", "verify")
HELP = "check a case file byte by byte, its entries and the chain between them, without any database"


def configure(parser: argparse.ArgumentParser) -> None:
    """FILE, and --head as often as heads stand on papers."""
    parser.add_argument("file", metavar="FILE", help="the package that `case export` or a page has written")
    parser.add_argument(
        "--head", metavar="CHAIN:NUMBER:HASH", action="append", default=[], help="a head as it stands on a paper; may be repeated"
    )


def run(args: argparse.Namespace) -> int:
    """0 when all holds; every fault is one line with its member on standard error."""
    from dutygate.features.casefile.checking import check

    done = check(Path(args.file), args.head)
    for fault in done.faults:
        print(fault, file=sys.stderr)
    if done.faults:
        return 1
    print(f"{done.number}, as {done.seen_by} may see it")
    print(f"{done.members} members, {done.entries} entries ({done.opened} with payload): all hold")
    print(f"{done.bridged} links over entries that are not in the package were followed by their hashes")
    if done.compared:
        print(f"{done.compared} older links over such entries (format 1) cannot be recomputed outside the register")
    print(f"head: {done.head}")
    return 0
