"""`dutygate documents verify FILE`: whether a paper is the one that was issued."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NAME = ("documents", "verify")
HELP = "say whether a Word, PDF or scanned file is the very one that was issued here, and whether its number still stands"
NEEDS_DJANGO = True


def configure(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path, help="the paper as a file")


def run(args: argparse.Namespace) -> int:
    """0: it was issued and stands. 1: it was not issued here, or was changed. 2: it cannot be read. 3: its number was voided."""
    from dutygate.features.papers.verifying import verified

    try:
        data = args.file.read_bytes()
    except OSError as error:
        print(f"{args.file}: {error.strerror}", file=sys.stderr)
        return 2
    answer = verified(data)
    for line in answer.lines:
        print(line)
    return answer.status
