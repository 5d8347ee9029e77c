"""A moment in which nobody writes: for a check that found something, since somebody may have written in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from dutygate.base.register.append import lock_head
from dutygate.base.register.queries import public_heads


@contextmanager
def while_nobody_writes() -> Iterator[None]:
    """Hold the heads of all chains: every writer waits, at most as long as her time-out."""
    with transaction.atomic():
        for head in public_heads():
            lock_head(head.chain)
        yield
