"""`dutygate search rebuild`: make the index by which rows are found again from the rows."""

from __future__ import annotations

import argparse

NAME = ("search", "rebuild")
HELP = "make the search index again from the records; searches go on meanwhile and see the old one"
NEEDS_DJANGO = True


def run(args: argparse.Namespace) -> int:
    """0, with how many rows of each kind can be found now. Nobody writes while it runs."""
    from dutygate.base.register.quiet import while_nobody_writes
    from dutygate.base.search.index import rebuild

    with while_nobody_writes():
        made = rebuild()
    for kind, count in made.items():
        print(f"{kind}: {count}")
    return 0
