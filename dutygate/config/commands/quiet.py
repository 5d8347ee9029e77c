"""What the checking commands share: progress for whoever watches."""

from __future__ import annotations

import sys
from collections.abc import Callable


def progress(what: str, every: int = 500) -> Callable[[int], None]:
    """Tell on a terminal how far it is; say nothing into a pipe or file."""
    if not sys.stderr.isatty():
        return lambda done: None

    def tell(done: int) -> None:
        if done % every == 0:
            print(f"\r{done} {what}", end="", file=sys.stderr, flush=True)

    return tell
