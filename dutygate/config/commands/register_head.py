"""`dutygate register head`: the heads of all chains, to be kept where the database's owner cannot reach."""

from __future__ import annotations

import argparse

NAME = ("register", "head")
HELP = "print the head of every chain; `dutygate register verify --head` later finds a cut tail by it"
NEEDS_DJANGO = True


def run(args: argparse.Namespace) -> int:
    """One line for each chain."""
    from dutygate.base.register.queries import public_heads

    for head in public_heads():
        print(head.printed)
    return 0
