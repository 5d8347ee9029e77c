"""Writers of one SQLite file stand in a queue: in threads, in processes, after a crash, and not for ever."""

import gc
import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction

from dutygate.config.sqlite import QueueTimeout
from dutygate.config.sqlite.base import writes
from dutygate.config.sqlite.queue import Place, WritersQueue, queue_for
from dutygate.config.sqlite.tests.conftest import ALIAS
from dutygate.config.sqlite.tests.writer import write_once

pytestmark = pytest.mark.law_only  # its own SQLite file, whatever database the run is on

Database = Callable[..., Path]


def run_sql(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def start(path: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dutygate.config.sqlite.tests.writer", str(path), *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@contextmanager
def held_by_another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    process = start(path, "hold")
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def held_by_another_thread() -> Iterator[None]:
    held, enough = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(using=ALIAS):
            held.set()
            enough.wait(60)
        connections[ALIAS].close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(60)
    try:
        yield
    finally:
        enough.set()
        thread.join()


def test_the_file_is_durable(database: Database) -> None:
    assert run_sql("PRAGMA journal_mode") == [("wal",)]
    assert run_sql("PRAGMA synchronous") == [(2,)]
    assert run_sql("PRAGMA foreign_keys") == [(1,)]


def test_threads_write_one_after_the_other(database: Database) -> None:
    def work(name: str) -> None:
        for _ in range(25):
            write_once(name, ALIAS)
        connections[ALIAS].close()

    threads = [threading.Thread(target=work, args=(f"t{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert run_sql("SELECT who, count(*) FROM tally GROUP BY who ORDER BY who") == [(f"t{n}", 25) for n in range(8)]


def test_processes_take_turns_and_nobody_is_overtaken_without_end(database: Database) -> None:
    path, times = database(), 60
    processes = [start(path, "write", str(times)) for _ in range(4)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    served = [asked for (asked,) in run_sql("SELECT asked_at FROM tally ORDER BY id")]
    assert len(served) == 4 * times
    # A starved writer would be served after all the others had finished: overtaken about 3 x 60 times.
    overtaken = max(sum(earlier > asked for earlier in served[:place]) for place, asked in enumerate(served))
    assert overtaken < 90


def test_in_a_process_the_first_to_come_is_the_first_served() -> None:
    queue, served = WritersQueue(None), []
    queue.acquire(60)

    def wait(name: int) -> None:
        queue.acquire(60)
        served.append(name)
        queue.release()

    threads = [threading.Thread(target=wait, args=(name,)) for name in range(5)]
    for count, thread in enumerate(threads, start=1):
        thread.start()
        while len(queue._threads._waiting) < count:
            time.sleep(0.001)
    queue.release()
    for thread in threads:
        thread.join()
    assert served == [0, 1, 2, 3, 4]


def test_nested_blocks_and_writes_inside_stand_once(database: Database) -> None:
    place = connections[ALIAS].place
    with transaction.atomic(using=ALIAS):
        run_sql("INSERT INTO tally (who) VALUES ('outer')")
        with transaction.atomic(using=ALIAS):
            run_sql("INSERT INTO tally (who) VALUES ('inner')")
        assert place.taken
    assert not place.taken
    with held_by_another_thread():
        pass


@pytest.mark.parametrize("end", ["rollback", "close"])
def test_the_place_is_given_up_however_a_transaction_ends(database: Database, end: str) -> None:
    connection = connections[ALIAS]
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert connection.place.taken
    getattr(connection, end)()
    assert not connection.place.taken


def test_a_commit_that_fails_keeps_the_place_until_the_rollback(database: Database) -> None:
    run_sql("CREATE TABLE child (tally INTEGER REFERENCES tally (id) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(IntegrityError), transaction.atomic(using=ALIAS):
        run_sql("INSERT INTO child VALUES (99)")
    assert not connections[ALIAS].place.taken
    assert run_sql("SELECT count(*) FROM child") == [(0,)]


def test_waiting_ends_with_a_time_out_and_nothing_written_for_threads(database: Database) -> None:
    database(queue_timeout=0.05)
    with held_by_another_thread(), pytest.raises(QueueTimeout) as caught:
        write_once("late", ALIAS)
    assert isinstance(caught.value, OperationalError)
    write_once("in time", ALIAS)
    assert run_sql("SELECT who FROM tally") == [("in time",)]


def test_waiting_ends_with_a_time_out_and_nothing_written_for_processes(database: Database) -> None:
    path = database(queue_timeout=0.05)
    with held_by_another_process(path), pytest.raises(QueueTimeout):
        write_once("late", ALIAS)
    write_once("in time", ALIAS)
    assert run_sql("SELECT who FROM tally") == [("in time",)]


def test_a_write_outside_a_transaction_queues_and_a_read_does_not(database: Database) -> None:
    database(queue_timeout=0.05)
    with held_by_another_thread():
        assert run_sql("SELECT count(*) FROM tally") == [(0,)]
        with pytest.raises(QueueTimeout):
            run_sql("INSERT INTO tally (who) VALUES ('alone')")
    run_sql("INSERT INTO tally (who) VALUES ('alone')")
    assert not connections[ALIAS].place.taken
    assert run_sql("SELECT who FROM tally") == [("alone",)]


def test_a_process_that_is_killed_gives_up_its_place(database: Database) -> None:
    path = database()
    with held_by_another_process(path) as holder:
        os.kill(holder.pid, signal.SIGKILL)
        write_once("next", ALIAS)
    assert run_sql("SELECT who FROM tally") == [("next",)]


def test_a_connection_dropped_in_a_transaction_gives_up_its_place(database: Database) -> None:
    def leave_without_closing() -> None:
        connections[ALIAS].set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        del connections[ALIAS]

    thread = threading.Thread(target=leave_without_closing)
    thread.start()
    thread.join()
    gc.collect()
    database(queue_timeout=5)
    write_once("next", ALIAS)


def test_a_forked_child_does_not_share_its_parents_place(tmp_path: Path) -> None:
    name = str(tmp_path / "forked.sqlite3")
    place = Place(lambda: queue_for(name), timeout=0.05)
    place.take()
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            place.leave()  # inherited: must release nothing
            Place(lambda: queue_for(name), timeout=0.05).take()
        except QueueTimeout:
            outcome = 0
        os._exit(outcome)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    place.leave()
    place.take()
    place.leave()


READS = ["SELECT 1", "  select * from t", "PRAGMA x", "EXPLAIN SELECT 1", "WITH a AS (SELECT 1) SELECT * FROM a", "VALUES (1)"]
WRITES = ["INSERT INTO t VALUES (1)", "update t set a = 1", "\nDELETE FROM t", "REPLACE INTO t VALUES (1)", "BEGIN IMMEDIATE"]
WRITES += ["CREATE TABLE t (a)", "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", "SAVEPOINT s", "VACUUM", "-- odd\nSELECT 1"]


@pytest.mark.parametrize(("sql", "expected"), [*zip(READS, itertools.repeat(False)), *zip(WRITES, itertools.repeat(True))])
def test_what_counts_as_a_write(sql: str, expected: bool) -> None:
    assert writes(sql) is expected
