"""The queue in which writers of one SQLite file stand, within a process and between processes.

SQLite lets one writer in at a time, and one that finds the door shut sleeps and tries again while newcomers slip past:
with eight busy writers single waits reach seconds. So writers queue before BEGIN. Within a process the turn is handed
over in order of arrival. Between processes a lock on the file `<database>.lock` is the turn; the kernel takes it back from
a process that dies. Whoever wants it passes `<database>.gate` first and keeps the gate shut until the turn is hers, so that
the one who has just finished cannot take the next turn before those who wait.
"""

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from dutygate.config.sqlite import QueueTimeout

# Pauses between two looks at a file lock, in seconds: short at first, because a write takes a few milliseconds.
FIRST_PAUSE = 0.000_2
LONGEST_PAUSE = 0.002


class _InProcess:
    """First come, first served among the threads of this process; a turn is handed over, never put up for grabs."""

    def __init__(self) -> None:
        # Re-entrant, and we line up before we look: the garbage collector may drop a connection that holds the turn,
        # and so release it, between any two lines of acquire.
        self._mutex = threading.RLock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    def acquire(self, deadline: float) -> bool:
        called = threading.Event()
        with self._mutex:
            self._waiting.append(called)
            if not self._taken:
                self._taken = True
                self._waiting.remove(called)
                return True
        if called.wait(max(0.0, deadline - time.monotonic())):
            return True
        with self._mutex:
            if called.is_set():  # the turn came between the end of the wait and this line: it is ours
                return True
            self._waiting.remove(called)
            return False

    def release(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


class _BetweenProcesses:
    """The same between processes, by locks on two files that stay open as long as the process."""

    def __init__(self, path: str) -> None:
        self._turn = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        self._gate = os.open(f"{path}.gate", os.O_RDWR | os.O_CREAT, 0o600)

    def acquire(self, deadline: float) -> bool:
        if not _lock(self._gate, deadline):
            return False
        try:
            return _lock(self._turn, deadline)
        finally:
            fcntl.flock(self._gate, fcntl.LOCK_UN)

    def release(self) -> None:
        fcntl.flock(self._turn, fcntl.LOCK_UN)

    def close(self) -> None:
        for descriptor in (self._turn, self._gate):
            with suppress(OSError):
                os.close(descriptor)


def _lock(descriptor: int, deadline: float) -> bool:
    pause = FIRST_PAUSE
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)


class WritersQueue:
    """The queue of one database. `path` is None for a database in memory: then only this process can write to it."""

    def __init__(self, path: str | None) -> None:
        self._threads = _InProcess()
        self._processes = _BetweenProcesses(path) if path else None

    def acquire(self, timeout: float) -> None:
        """Wait for the turn, at most `timeout` seconds, then raise QueueTimeout."""
        deadline = time.monotonic() + timeout
        if not self._threads.acquire(deadline):
            raise _too_long(timeout)
        if self._processes is None:
            return
        taken = False
        try:
            taken = self._processes.acquire(deadline)
        finally:
            if not taken:
                self._threads.release()
        if not taken:
            raise _too_long(timeout)

    def release(self) -> None:
        if self._processes is not None:
            self._processes.release()
        self._threads.release()

    def close(self) -> None:
        if self._processes is not None:
            self._processes.close()


def _too_long(timeout: float) -> QueueTimeout:
    return QueueTimeout(f"the database is busy: other writers held it for more than {timeout:g} s; nothing was written, try again")


_queues: dict[str, WritersQueue] = {}
_queues_mutex = threading.Lock()


def queue_for(name: str) -> WritersQueue:
    """The one queue of this process for the database `name`, a path or the URI of a shared database in memory."""
    in_memory = name.startswith("file:") and "mode=memory" in name
    key = name if in_memory else os.path.realpath(name)
    with _queues_mutex:
        if key not in _queues:
            _queues[key] = WritersQueue(None if in_memory else key)
        return _queues[key]


def _forget_in_child() -> None:
    """A forked child shares its parent's open files, and so its parent's locks: it must open its own."""
    global _queues, _queues_mutex
    _queues_mutex = threading.Lock()
    inherited, _queues = _queues, {}
    for queue in inherited.values():
        queue.close()


os.register_at_fork(after_in_child=_forget_in_child)


class Place:
    """One connection's place in the queue. Taking it twice is taking it once; leaving without having it does nothing."""

    def __init__(self, find_queue: Callable[[], WritersQueue | None], timeout: float) -> None:
        self._find_queue = find_queue
        self._timeout = timeout
        self._standing: WritersQueue | None = None
        self._process = os.getpid()

    @property
    def taken(self) -> bool:
        return self._standing is not None

    def take(self) -> None:
        """Raises QueueTimeout when the turn does not come in time."""
        if self._standing is None:
            queue = self._find_queue()
            if queue is not None:
                queue.acquire(self._timeout)
                self._standing, self._process = queue, os.getpid()

    def leave(self) -> None:
        queue, self._standing = self._standing, None
        if queue is not None and self._process == os.getpid():  # a forked child must not release what its parent holds
            queue.release()
