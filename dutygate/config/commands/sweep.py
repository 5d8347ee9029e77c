"""`dutygate sweep`: what the day brings about by itself: terms that end, reminders that fall due (Article 4.4)."""

from __future__ import annotations

import argparse
import sys

NAME = "sweep"
HELP = "do what is due today: end temporary duties on their day, remind of ends; any number of times a day (`serve` does it by itself)"
NEEDS_DJANGO = True


def run(args: argparse.Namespace) -> int:
    """0 when everything that was due is done; what could not be done is one line each on standard error."""
    from dutygate.base.actions.sweep import sweep
    from dutygate.config.commands.work import own_clock

    with own_clock():
        found = sweep()
    for action, count in sorted(found.done.items()):
        print(f"{action} {count}")
    for line in found.failed:
        print(line, file=sys.stderr)
    if not found.done and not found.failed:
        print("nothing is due")
    return 1 if found.failed else 0
