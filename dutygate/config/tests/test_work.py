"""`dutygate work`: checks are taken in turn, each in a process of its own, and whatever dies leaves no check that seems to run."""

import os
import subprocess
import sys
import threading

import pytest
from django.apps import apps
from django.db import connection

from dutygate.base.actions import clock
from dutygate.base.actions.perform import perform
from dutygate.config.commands import serve, work
from dutygate.features.audit.asking import ask_check
from dutygate.features.audit.running import run_check
from dutygate.features.audit.tests.conftest import NEVER
from dutygate.features.editions import checking

Check = apps.get_model("audit.Check")


class Process:
    """A check's process that ends with a status after some looks at it."""

    def __init__(self, status, looks=0):
        self.returncode, self._status, self._looks = None, status, looks

    def poll(self):
        if self.returncode is None and self._looks <= 0:
            self.returncode = self._status
        self._looks -= 1
        return self.returncode

    def terminate(self):
        self._status, self._looks = -15, 0

    def wait(self):
        return self.poll()


def test_checks_are_taken_in_turn(world):
    audit = world.people["audit_admin"]
    asked = [ask_check(audit, kind, [], clock.now()) for kind in ("tasks", "chain")]
    done = []

    def start(_option, check_id):
        done.append(check_id)
        return Process(0 if run_check(check_id, every=NEVER) else 1)

    while work.turn(lambda: True, start):
        pass
    assert done == asked and set(Check.objects.values_list("state", flat=True)) == {"done"}


@pytest.fixture
def draft_check(world):
    """(draft, the number of its check), asked before a check of the audit administrator."""
    lead = world.people["lead"]
    made = perform(lead, "edition.draft", "150721", {"name": "arun_2027_1"}, via="import")
    draft = apps.get_model("editions.EditionDraft").objects.get(pk=int(made.result["draft"]))
    number = checking.ask_check(lead, draft, False, clock.now())
    ask_check(world.people["audit_admin"], "tasks", [], clock.now())
    return draft, number


def _all_checks():
    done = []

    def start(option, number):
        done.append(option)
        ended = run_check(number, every=NEVER) if option == "--check" else checking.run_check(number)
        return Process(0 if ended else 1)

    while work.turn(lambda: True, start):
        pass
    return done


@pytest.mark.once
def test_a_draft_of_an_edition_is_checked_after_them(draft_check, monkeypatch):
    draft, number = draft_check
    monkeypatch.setattr(checking, "look_through", lambda edition, whole: ([], 4321))  # the walk itself: in the long run
    assert _all_checks() == ["--check", "--draft-check"]
    draft.refresh_from_db()
    assert apps.get_model("editions.DraftCheck").objects.get(pk=number).state == "done"
    assert (draft.checked_digest, draft.problems, draft.checked_states) == (draft.digest, [], 4321)


@pytest.mark.long
@pytest.mark.once
def test_the_check_of_a_draft_walks_its_procedure(draft_check):
    draft, number = draft_check
    _all_checks()
    draft.refresh_from_db()
    assert apps.get_model("editions.DraftCheck").objects.get(pk=number).state == "done"
    assert draft.checked_digest == draft.digest and draft.problems == [] and draft.checked_states > 1000


@pytest.mark.parametrize(("process", "alive"), [(Process(-9), True), (Process(0, looks=99), False)])
def test_a_process_that_dies_or_must_stop_leaves_a_broken_check(world, process, alive):
    check = ask_check(world.people["audit_admin"], "chain", [], clock.now())
    assert work.turn(lambda: alive, lambda _option, _number: process)
    assert Check.objects.get(pk=check).state == "broken" and process.returncode != 0


def test_an_idle_loop_writes_nothing(world, django_assert_num_queries):
    with django_assert_num_queries(7) as queries:
        assert not work.turn(lambda: True, lambda _option, _number: Process(0))
    assert all(one["sql"].startswith("SELECT") for one in queries.captured_queries)


def test_serving_starts_it_beside_the_server(db, monkeypatch):
    started, became = [], []
    monkeypatch.setattr(serve.subprocess, "Popen", lambda command, **_: started.append(command))
    monkeypatch.setattr(serve.os, "execv", lambda _path, command: became.append(command))
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setenv("PORT", "8123")
    serve.serve()
    assert started == [[sys.executable, "-m", "dutygate", "work", "--beside", str(os.getpid())]]
    assert "granian" in became[0] and "8123" in became[0]


@pytest.mark.long
def test_the_real_process_does_a_real_check_and_ends_with_its_parent(tmp_path):
    env = {**os.environ, "DUTYGATE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "dutygate.config.settings"}
    env.pop("DATABASE_URL", None)
    first = [sys.executable, "-m", "dutygate", "admin", "create-first", "--post", "audit_admin", "--username", "chen.yu", "--name", "陈宇"]
    subprocess.run(first, env=env, input=b"Chen-Yu-2026!\n", check=True, capture_output=True)
    script = """
import os, subprocess, sys, time, django
django.setup()
from dutygate.base.actions import clock
from dutygate.base.actions.perform import perform
from dutygate.features.audit.models import Check
Check.objects.create(kind="chain", chain="150721", state="waiting", asked_at=clock.now(), beat_at=clock.now())
work = subprocess.Popen([sys.executable, "-m", "dutygate", "work", "--beside", str(os.getpid())])
for _ in range(3000):
    row = Check.objects.get()
    if row.ended_at:
        break
    time.sleep(0.1)
print(work.pid, row.state, row.problems, row.facts.get("entries"))
"""
    done = subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True, timeout=360)
    pid, state, problems, entries = done.stdout.decode().split()
    assert (state, problems) == ("done", "0") and int(entries) > 3
    for _ in range(100):  # its parent has ended
        state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True).stdout.decode().strip()
        if state in ("", "Z"):
            break
        threading.Event().wait(0.1)
    else:
        pytest.fail("it went on without its parent")
