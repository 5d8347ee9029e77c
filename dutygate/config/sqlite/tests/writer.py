"""A writer for the tests of the queue, also as a process of its own.

python -m dutygate.config.sqlite.tests.writer DATABASE hold            take the place, say so, keep it until killed
python -m dutygate.config.sqlite.tests.writer DATABASE write TIMES     that many transactions
python -m dutygate.config.sqlite.tests.writer DATABASE measure SECONDS THREADS   print the waits as JSON
"""

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import django
from django.db import connections, transaction
from django.db.utils import ConnectionHandler


def description(path: Path, **options: Any) -> dict[str, Any]:
    """Django's description of the queued database at `path`."""
    wanted = {
        "ENGINE": "dutygate.config.sqlite",
        "NAME": str(path),
        "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE", "queue_timeout": 30, **options},
    }
    complete: dict[str, Any] = ConnectionHandler({"default": {}, "queued": wanted}).settings["queued"]
    return complete


def write_once(who: str, using: str) -> float:
    """One transaction that remembers when it asked for its turn; returns how long it waited."""
    asked_at = time.monotonic()
    with transaction.atomic(using=using):
        waited = time.monotonic() - asked_at
        with connections[using].cursor() as cursor:
            cursor.execute("INSERT INTO tally (who, asked_at) VALUES (%s, %s)", [who, asked_at])
    return waited


def main(path: str, what: str, *arguments: str) -> None:
    from django.conf import settings

    settings.configure(DATABASES={"default": description(Path(path))})
    django.setup()
    connections["default"].ensure_connection()
    print("ready", flush=True)
    if what == "hold":
        with transaction.atomic():
            print("held", flush=True)
            time.sleep(600)
    elif what == "write":
        sys.stdin.readline()
        for _ in range(int(arguments[0])):
            write_once(str(os.getpid()), "default")
    else:
        sys.stdin.readline()
        print(json.dumps(_measure(float(arguments[0]), int(arguments[1]))))


def _measure(seconds: float, threads: int) -> list[float]:
    waits: list[float] = []

    def write_until(end: float) -> None:
        mine = []
        while time.monotonic() < end:
            mine.append(write_once(f"{os.getpid()}.{threading.get_ident()}", "default"))
        waits.extend(mine)
        connections["default"].close()

    end = time.monotonic() + seconds
    writers = [threading.Thread(target=write_until, args=(end,)) for _ in range(threads)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return waits


if __name__ == "__main__":
    main(*sys.argv[1:])
