"""What the checking commands share: a moment in which nobody writes, and progress for whoever watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def while_nobody_writes() -> Iterator[None]:
    """Hold the heads of all chains: every writer waits, at most as long as her time-out."""
    from django.db import transaction

    from dutygate.base.register.append import lock_head
    from dutygate.base.register.queries import public_heads

    with transaction.atomic():
        for head in public_heads():
            lock_head(head.chain)
        yield


def progress(what: str, every: int = 500) -> Callable[[int], None]:
    """Tell on a terminal how far it is; say nothing into a pipe or file."""
    if not sys.stderr.isatty():
        return lambda done: None

    def tell(done: int) -> None:
        if done % every == 0:
            print(f"\r{done} {what}", end="", file=sys.stderr, flush=True)

    return tell
