"""`dutygate tasks verify`: compute all open tasks anew from the records and compare them with those that are kept."""

from __future__ import annotations

import argparse
import sys

NAME = ("tasks", "verify")
HELP = "compute all open tasks anew and compare: nobody's move is missing, and none is there too much"
NEEDS_DJANGO = True


def run(args: argparse.Namespace) -> int:
    """0 when they agree; every difference is one line on standard error."""
    from dutygate.base.actions.tasks import verify_tasks
    from dutygate.base.register.quiet import while_nobody_writes

    problems = verify_tasks()
    if problems:  # somebody may have acted in between: only what is still so while nobody can is a problem
        with while_nobody_writes():
            problems = verify_tasks()
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("all open tasks are what the records ask for")
    return 1 if problems else 0
