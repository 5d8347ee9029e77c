"""`dutygate work`: the daily sweep, digests by mail, and the checks that were asked for on a page (of the register, of a drafted edition)
and imports of lists, one after another, each in a process of its own.

`dutygate serve` starts it beside the server and it ends with the server. A check that breaks its process down, or is
killed for its memory, takes neither the server nor this loop with it, and its row says at once that it ended badly.
"""

import argparse
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

NAME = "work"
HELP = "do the daily sweep and the checks and imports asked for on a page; `serve` starts it by itself"
NEEDS_DJANGO = True

LOOKED_EVERY = 1.0
SWEPT_EVERY = 600.0
MAILED_EVERY = 60.0
_log = logging.getLogger("dutygate.work")


def configure(parser: argparse.ArgumentParser) -> None:
    """--beside, --check, --draft-check, --import: for `serve` and for the loop itself."""
    parser.add_argument("--beside", type=int, metavar="PID", help="end when this parent process has ended")
    parser.add_argument("--check", type=int, metavar="NUMBER", help="do this one check, which was taken up, and end")
    parser.add_argument("--draft-check", type=int, metavar="NUMBER", help="do this one check of a drafted edition, and end")
    parser.add_argument("--import", dest="draft_import", type=int, metavar="NUMBER", help="do this one import, which was taken up, and end")


def run(args: argparse.Namespace) -> int:
    """The loop, until it is told to end; or one check: 0 when it came to its end, whatever it found."""
    parent = args.beside
    with own_clock():
        if args.check is not None:
            return _one(args.check, parent)
        if args.draft_check is not None:
            return _one_draft(args.draft_check)
        if args.draft_import is not None:
            return _one_import(args.draft_import)
        signal.signal(signal.SIGTERM, _end)
        loop(lambda: parent is None or os.getppid() == parent, _in_a_process)
    return 0


def _end(*_: Any) -> None:
    raise SystemExit(0)


@contextmanager
def own_clock() -> Iterator[None]:
    """A demo's clock stands on its last day here too."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    from dutygate.base.actions.clock import other_clock

    path = getattr(settings, "STANDING_CLOCK", "")
    if not path:
        yield
        return
    with other_clock(import_string(path)):
        yield


def _one(check_id: int, parent: int | None) -> int:
    from dutygate.features.audit.running import run_check

    return 0 if run_check(check_id, lambda: os._exit(1), alive=lambda: parent is None or os.getppid() == parent) else 1


def _one_draft(check_id: int) -> int:
    from dutygate.features.editions.checking import run_check

    return 0 if run_check(check_id) else 1


def _one_import(draft_id: int) -> int:
    from dutygate.features.lists.importing.drafts import see_through

    return 0 if see_through(draft_id) else 1


Start = Callable[[str, int], "subprocess.Popen[bytes]"]
"""(option of this command, number of the check or import) -> its process."""


def loop(alive: Callable[[], bool], start: Start) -> None:
    """Look for a check every second and see it through. ``alive`` ends the loop, ``start`` a check's process."""
    from django.db import DatabaseError, connections

    swept_at, mailed_at = -SWEPT_EVERY, -MAILED_EVERY
    while alive():
        try:
            if time.monotonic() - swept_at >= SWEPT_EVERY:
                swept_at = time.monotonic()
                sweep_once()
            if time.monotonic() - mailed_at >= MAILED_EVERY:
                mailed_at = time.monotonic()
                mail_once()
            worked = turn(alive, start)
        except DatabaseError as error:  # busy, or away for a while: a page says meanwhile that nobody takes the checks up
            _log.warning("the database does not answer: %s", error)
            connections.close_all()
            worked = False
        if not worked:
            time.sleep(LOOKED_EVERY)


def sweep_once() -> None:
    """What is due today; what cannot be done now is done in the next turn."""
    from dutygate.base.actions.sweep import sweep
    from dutygate.base.catalogue.errors import Busy

    try:
        sweep()
    except Busy as error:
        _log.warning("the sweep waits: %s", error)


def mail_once() -> dict[str, int]:
    """Make the digests that are due, and send what waits; nothing where no mail server is set. How many mails became what."""
    from django.conf import settings

    from dutygate.base.actions import clock
    from dutygate.base.notices.mail import MailServer, send_waiting
    from dutygate.features.desk.digest import make_digests

    if settings.MAIL is None:
        return {}
    make_digests(clock.now())
    done = send_waiting(MailServer(**settings.MAIL), clock.now)
    if done.get("waiting") or done.get("refused") or done.get("unclear"):
        _log.warning("mails: %s", done)
    return done


def turn(alive: Callable[[], bool], start: Start) -> bool:
    """Take up the next check, import or paper to be set, if one waits, and see it through to its end; whether there was one."""
    from dutygate.base.actions import clock
    from dutygate.features.audit import asking
    from dutygate.features.editions import checking
    from dutygate.features.lists.importing import drafts
    from dutygate.features.papers import making

    asking.bury_dead(clock.now())
    check_id = asking.take_next(clock.now())
    if check_id is not None:
        _see_through(check_id, alive, start("--check", check_id), asking.end_badly)
        return True
    check_id = checking.take_next(clock.now())
    if check_id is not None:
        _see_through(check_id, alive, start("--draft-check", check_id), checking.end_badly)
        return True
    drafts.bury_dead(clock.now())
    draft_id = drafts.take_next()
    if draft_id is not None:
        _see_through(draft_id, alive, start("--import", draft_id), drafts.end_badly)
        return True
    return making.make_waiting(limit=1) > 0


def _see_through(
    check_id: int, alive: Callable[[], bool], process: "subprocess.Popen[bytes]", end_badly: Callable[[int, datetime], None]
) -> None:
    """Until its process ends; a check whose process ended badly, or must end with this one, is marked so."""
    from dutygate.base.actions import clock

    try:
        while process.poll() is None:
            if not alive():
                break
            time.sleep(0.2)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
        if process.returncode != 0:
            end_badly(check_id, clock.now())


def _in_a_process(option: str, check_id: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "dutygate", "work", option, str(check_id), "--beside", str(os.getpid())]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - no shell, no words of anybody's
