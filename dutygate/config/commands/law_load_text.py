"""`dutygate law load-text`: store the official wording of the regulation, which does not ship with the program."""

import argparse
import datetime
import os
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from dutygate.config.cli import Failure
from dutygate.law.regulation.citations import label
from dutygate.law.regulation.edition import Edition, in_force, package_editions
from dutygate.law.regulation.wording import WordingRefused, read_wording, store_wording

NAME = ("law", "load-text")
HELP = "store the official wording of an edition from a text file, with its digest"
NEEDS_DJANGO = False


def configure(parser: argparse.ArgumentParser) -> None:
    """FILE and --edition."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the wording as plain text, UTF-8 or GB 18030")
    parser.add_argument(
        "--edition", metavar="ID", help="id of an edition that ships or was published; default: of those that ship the one in force today"
    )


def run(args: argparse.Namespace) -> int:
    """Store it and list which provisions were found; 1 if the file is not the wording of that edition."""
    from dutygate.config.environment import home  # brings a database driver with it, which no other command should wait for

    edition = _edition(args.edition)
    try:
        wording = read_wording(edition, args.file.read_bytes())
    except WordingRefused as refused:
        raise Failure(f"{args.file}: {refused}.") from None
    path = store_wording(home(), wording)
    print(f"{edition.title.zh}（{edition.document_number}） {edition.id}")
    print(f"SM3 {wording.digest}  {path}")
    for provision in edition.provisions:
        mark = f"{len(wording.provisions[provision])} 字 characters" if provision in wording.provisions else "未找到 not found"
        print(f"  {label(edition, provision)}\t{mark}")
    if missing := [provision for provision in edition.provisions if provision not in wording.provisions]:
        print(f"not found: {', '.join(missing)}; our own summaries stay in their place.", file=sys.stderr)
    return 0


def _edition(chosen: str | None) -> Edition:
    editions = package_editions()
    if chosen is None:
        today = datetime.datetime.now(ZoneInfo("Asia/Shanghai")).date()  # noqa: TID251 - no case is touched, no entry written
        return in_force(editions, today)
    found = editions.get(chosen) or _published(chosen)
    if found is None:
        raise Failure(f"no edition {chosen!r} ships or was published; those that ship are {', '.join(editions)}.")
    return found


def _published(chosen: str) -> Edition | None:
    """An edition that an office published with this system, from the database; None where there is none, or no database yet."""
    import django
    from django.db import DatabaseError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dutygate.config.settings")
    django.setup()
    from dutygate.base.register.chains import public_edition_named

    try:
        return public_edition_named(chosen)
    except DatabaseError:
        return None
