"""`dutygate demo`: a year of 阿荣旗 in a database of its own, then the server on it."""

import argparse
import os
import time
from typing import Any

from dutygate.config.cli import Failure
from dutygate.config.environment import home

NAME = "demo"
HELP = "perform a year of 阿荣旗 in a database of its own (DUTYGATE_HOME/demo, or DATABASE_URL), show it and serve it"
NEEDS_DJANGO = False  # its settings and its data directory are others; run() chooses them before Django starts

REFUSED = {
    "REAL": "holds a real register, and a demo would put invented people and cases into it. Choose an empty database.",
    "STRANGE": "holds tables of another program. Choose an empty database.",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """--no-serve, --fresh."""
    parser.add_argument("--no-serve", action="store_true", help="show it and end")
    parser.add_argument("--fresh", action="store_true", help="make the demo anew; without, one that is there is used again")


def run(args: argparse.Namespace) -> int:
    """Make the demo or find it, show it; 1 when its register or its open tasks do not hold."""
    place = _choose_place()
    from django.db.utils import DatabaseError

    try:
        stand_up(fresh=args.fresh)
        status = show(place)
    except DatabaseError as error:
        raise Failure(f"the database does not answer as it should: {' '.join(str(error).split())}") from None
    if status == 0 and not args.no_serve:
        from dutygate.config.commands.serve import serve

        serve()
    return status


def _choose_place() -> str:
    """The demo's own data directory and settings, for this process and for the server that takes it over."""
    import django

    directory = home() / "demo"
    os.environ["DUTYGATE_HOME"] = str(directory)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dutygate.config.demo.settings"
    home()
    django.setup()
    return str(directory)


def stand_up(*, fresh: bool) -> bool:
    """A whole demo in the default database; whether it was made now. Raises Failure where a demo has no place."""
    from dutygate.config.demo.material import material
    from dutygate.config.demo.performing import StoryBroken, perform_demo, planned
    from dutygate.config.demo.place import Standing, make_room, standing, up_to_date

    told = material()
    found = standing(planned(told))
    if found.name in REFUSED:
        raise Failure(f"{_database()} {REFUSED[found.name]}")
    if found is Standing.WHOLE and not fresh:
        up_to_date()
        print("演示已在 The demo is there already and is used again; --fresh makes it anew.", flush=True)
        return False
    if found is Standing.PART:
        print("发现不完整或者旧版的演示，重新建立 A demo that is not whole, or of another version, is made anew.", flush=True)
    began = time.monotonic()
    print("正在办理一年的演示 Performing the demo year …", flush=True)
    make_room(found)
    try:
        perform_demo(told)
    except StoryBroken as error:
        raise Failure(f"the demo's story does not go as told: {error}") from None
    print(f"共办理 {planned(told)} 步 steps, {time.monotonic() - began:.1f} s\n", flush=True)
    return True


def _database() -> str:
    from django.db import connection

    settings: dict[str, Any] = connection.settings_dict
    return f"the database {settings['NAME']}"


def show(place: str) -> int:
    """Print everything; 1 when something does not hold."""
    from dutygate.config.demo import report
    from dutygate.config.demo.material import material

    told = material()
    for part in (report.people, report.lists, report.cases, report.refusals, report.heads):
        print(part(told), end="\n\n")
    problems = list(report.problems())
    for problem in problems:
        print(f"  {problem}")
    print(f"核验 register verify, tasks verify: {f'{len(problems)} 处不符 problems' if problems else '无误 all is well'}\n")
    print(_next(place))
    return 1 if problems else 0


def _next(place: str) -> str:
    from dutygate.config.demo.performing import password_of

    port = os.environ.get("PORT", "8000")
    database = "（DATABASE_URL 不变 the same DATABASE_URL）" if os.environ.get("DATABASE_URL") else ""
    return "\n".join(
        (
            "令牌 A token for the API, while the demo is served (for anybody above; naji as an example):",
            f"  curl -s -H 'Content-Type: application/json' http://127.0.0.1:{port}/api/v1/tokens \\",
            f'    -d \'{{"username": "naji", "password": "{password_of("naji")}"}}\'',
            f"命令 Other commands on this demo{database}:",
            f"  DUTYGATE_HOME={place} dutygate register verify | replay | head, tasks verify, perform",
            "",
        )
    )
