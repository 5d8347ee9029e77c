"""`dutygate search verify`: compare the search index with the records."""

from __future__ import annotations

import argparse
import sys

NAME = ("search", "verify")
HELP = "compare the search index with the records: no row is missing, none reads otherwise, none is there too much"
NEEDS_DJANGO = True


def run(args: argparse.Namespace) -> int:
    """0 when they agree; every difference is one line on standard error."""
    from dutygate.base.register.quiet import while_nobody_writes
    from dutygate.base.search.index import verify

    problems = verify()
    if problems:  # somebody may have written in between: only what is still so while nobody can is a problem
        with while_nobody_writes():
            problems = verify()
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("dutygate search rebuild makes it again", file=sys.stderr)
    else:
        print("the search index is what the records ask for")
    return 1 if problems else 0
