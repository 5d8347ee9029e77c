"""One round of this program, in a process of its own: ``python -m bench.ours build|reply|admission …``; one line of JSON out.

``DATABASE_URL`` and ``DUTYGATE_HOME`` say where the database is; the settings are the ones in use.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

WARM_UP = 11


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dutygate.config.settings")
    django.setup()


def _asked() -> dict[str, str]:
    from django.db import connection

    from bench.databases import settings_of

    def ask(sql: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]

    return settings_of("sqlite" if connection.vendor == "sqlite" else "pg", ask)


def _posts() -> Path:
    return Path(os.environ["DUTYGATE_HOME"]) / "posts.json"


def build(townships: int) -> dict[str, Any]:
    """Migrate, and fill the database with a banner of so many townships."""
    from django.core.management import call_command

    from bench import world

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    posts = world.build(townships)
    _posts().write_text(json.dumps(posts))
    return {"seconds": round(time.perf_counter() - started, 1), "posts": posts}


def _world(townships: int) -> Any:
    from bench import world
    from dutygate.base.actions import clock
    from dutygate.base.actions.days import local_day

    return world.found(json.loads(_posts().read_text()), townships, local_day(clock.now()))


def reply(townships: int, cases: int) -> dict[str, Any]:
    """The time of each reply in that many cases; opening the cases is not measured."""
    world = _world(townships)
    number = _consulting(world)
    for step in world.replies()[:WARM_UP]:
        step.run(number)
    times: list[float] = []
    cpu = 0.0
    for _ in range(cases):
        number = _consulting(world)
        steps = world.replies()
        before = time.process_time()
        for step in steps:
            started = time.perf_counter()
            step.run(number)
            times.append(time.perf_counter() - started)
        cpu += time.process_time() - before
    return {"times": times, "cpu": cpu}


def _consulting(world: Any) -> str:
    number: str = world.open()
    for step in world.asked():
        step.run(number)
    return number


def admission(townships: int, cases: int) -> dict[str, Any]:
    """The time of each action of whole admissions, by name. The first case is not measured."""
    from dutygate.base.actions import clock
    from dutygate.base.actions.days import local_day

    world = _world(townships)
    on = local_day(clock.now())
    actions: dict[str, list[float]] = {}
    for case in range(cases + 1):
        started = time.perf_counter()
        number = world.open()
        times = {"case.open": [time.perf_counter() - started]}
        for step in (*world.asked(), *world.replies(), *world.rest(on)):
            started = time.perf_counter()
            done = step.run(number)
            times.setdefault(step.action, []).append(time.perf_counter() - started)
        if done.state != "done":
            raise SystemExit(f"{number} ended as {done.state}")
        for name, found in times.items() if case else ():
            actions.setdefault(name, []).extend(found)
    return {"actions": actions}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["build", "reply", "admission"])
    parser.add_argument("--townships", type=int, default=11)
    parser.add_argument("--cases", type=int, default=1)
    given = parser.parse_args()
    _django()
    if given.what == "build":
        found = build(given.townships)
    else:
        found = {"reply": reply, "admission": admission}[given.what](given.townships, given.cases)
    json.dump({"engine": "dutygate", "durability": _asked(), **found}, sys.stdout)


if __name__ == "__main__":
    main()
