"""`dutygate serve`: bring the database up to date, then serve pages and API."""

import argparse
import os
import subprocess
import sys

from dutygate.config.cli import Failure

NAME = "serve"
HELP = "bring the database up to date and serve on http://127.0.0.1:$PORT (default 8000; DUTYGATE_BIND for another address)"
NEEDS_DJANGO = True


def run(args: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    serve()
    return 0


def serve() -> None:
    """Replace this process by the server, with `dutygate work` as its child; does not return."""
    address, port = os.environ.get("DUTYGATE_BIND", "127.0.0.1"), os.environ.get("PORT", "8000")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Failure(f"PORT must be a number from 1 to 65535, not {port!r}.")
    print(f"dutygate: http://{address}:{port}/  (stop with Ctrl-C)", flush=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dutygate.config.settings")
    from django.db import connections

    connections.close_all()
    # It sees by the number of its parent, which the server takes over with this process, when the server has ended.
    work = [sys.executable, "-m", "dutygate", "work", "--beside", str(os.getpid())]
    subprocess.Popen(work, stdin=subprocess.DEVNULL)  # noqa: S603 - no shell is wanted
    # One process per core of a small machine; threads wait for the disk in the writers' queue, not for each other.
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", address, "--port", port]
    command += ["--workers", "2", "--blocking-threads", "4", "--no-ws", "dutygate.config.wsgi:application"]
    os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted: the server takes this process over
