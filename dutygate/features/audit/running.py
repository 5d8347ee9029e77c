"""核验之执行: one check done in a process of its own, with its signs of life from a thread of its own.

The thread has its own connection: the check reads for minutes in one, and a writer in the middle of a reading would be in
its own way. What the check tells is only remembered, so that telling costs it nothing.
"""

from __future__ import annotations

import contextvars
import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Final

from django.db import DatabaseError, connection

from dutygate.base.actions import clock
from dutygate.features.audit.asking import beat, end_badly, finish, given
from dutygate.features.audit.checking import check

BEAT_EVERY: Final = 2.0
_log = logging.getLogger(__name__)


class Pulse:
    """Signs of life of one check, as long as the context lasts.

    ``alive`` says whether whoever started the check is still there; ``stopped`` is called when not, or when it was given up.
    """

    def __init__(self, check_id: int, stopped: Callable[[], None], alive: Callable[[], bool], every: float) -> None:
        self.done = 0
        self._check_id = check_id
        self._stopped = stopped
        self._alive = alive
        self._every = every
        self._ended = threading.Event()
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=lambda: context.run(self._beat), daemon=True)

    def tell(self, done: int) -> None:
        """How far it is."""
        self.done = done

    def __enter__(self) -> Pulse:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._ended.wait(self._every):
                if not self._goes_on():
                    self._stopped()
                    return
        finally:
            connection.close()

    def _goes_on(self) -> bool:
        try:
            return self._alive() and beat(self._check_id, self.done)
        except DatabaseError:  # busy for once: the next sign will do
            return True


def run_check(
    check_id: int,
    stopped: Callable[[], None] = lambda: None,
    alive: Callable[[], bool] = lambda: True,
    every: float = BEAT_EVERY,
) -> bool:
    """Do a check that was taken up; whether it came to its end. What it found, or that it broke down, stands in its row."""
    asked = given(check_id)
    if asked is None:
        return False
    kind, chain, heads = asked
    pulse = Pulse(check_id, stopped, alive, every)
    try:
        with pulse:
            result = check(kind, chain, heads, pulse.tell)
    except Exception:
        _log.exception("check %s of kind %s broke down", check_id, kind)
        end_badly(check_id, clock.now())
        return False
    finish(check_id, result, pulse.done if kind == "tasks" else result.facts["entries"], clock.now())
    return True
