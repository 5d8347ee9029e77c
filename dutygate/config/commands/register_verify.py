"""`dutygate register verify`: check the chains from their first entry to their heads, and against a head printed before."""

from __future__ import annotations

import argparse
import sys

from dutygate.config.cli import Failure

NAME = ("register", "verify")
HELP = "check order, hashes and digests of every chain; with --head also that a head printed earlier still stands in it"
NEEDS_DJANGO = True


def configure(parser: argparse.ArgumentParser) -> None:
    """--head, as often as heads were kept."""
    parser.add_argument(
        "--head", metavar="CHAIN:NUMBER:HASH", action="append", default=[], help="a head as it was printed; may be repeated"
    )


def run(args: argparse.Namespace) -> int:
    """0 when all holds; every problem is one line on standard error."""
    from dutygate.base.register.queries import public_heads
    from dutygate.base.register.quiet import while_nobody_writes
    from dutygate.base.register.verify import Problem, verify_against, verify_all

    problems: list[Problem] = []
    for printed in args.head:
        try:
            problems += verify_against(printed)
        except ValueError:
            raise Failure(f"a head looks like 150721:37:3f9a…, not {printed!r}.") from None
    found = verify_all()
    if found:  # somebody may have written in between: only what is still so while nobody can is a problem
        with while_nobody_writes():
            found = verify_all()
    problems += found
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    heads = public_heads()
    print(f"{len(heads)} chains, {sum(head.seq for head in heads)} entries: all hold")
    return 0
