"""`dutygate register replay`: do every entry again on an empty database in memory and compare all business tables."""

from __future__ import annotations

import argparse
import sys

NAME = ("register", "replay")
HELP = "do every entry again from the beginning and compare: the tables must say exactly what the register says"
NEEDS_DJANGO = True


def run(args: argparse.Namespace) -> int:
    """0 when all agrees; every difference is one line on standard error."""
    from dutygate.base.actions.replay import replay
    from dutygate.base.register.queries import public_heads
    from dutygate.config.commands.quiet import progress

    before = public_heads()
    report = replay(progress("entries"))
    for line in (*report.problems, *report.differences):
        print(line, file=sys.stderr)
    if not report.holds:
        if public_heads() != before:
            print("the register moved on while it was replayed: run this again while nobody works", file=sys.stderr)
        return 1
    erased = f", {report.skipped} erased ones passed over" if report.skipped else ""
    apart = f" (and {report.apart} confidential ones)" if report.apart else ""
    print(f"{report.entries} entries done again{apart}{erased}, {report.rows} rows compared: all agree")
    return 0
