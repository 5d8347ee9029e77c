"""`dutygate case export`: one case as one file, with everything that proves it."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import Any

from dutygate.config.cli import Failure

NAME = ("case", "export")
HELP = "write one case into one file: documents, scans, register entries and their proof, with a page to read"
NEEDS_DJANGO = True


def configure(parser: argparse.ArgumentParser) -> None:
    """NUMBER --into FILE, and in whose eyes."""
    parser.add_argument("number", metavar="NUMBER", help="the case, like 150721-2026-0001")
    parser.add_argument("--into", metavar="FILE", required=True, help="the package to write; an existing file is not overwritten")
    parser.add_argument("--as", dest="user", metavar="USER", default="", help="as this user may see it (default: everything)")
    parser.add_argument("--post", metavar="POST", default="", help="in this post, where the user has several: 150721.naji/handler")


def run(args: argparse.Namespace) -> int:
    """0 when it was written; the file is there whole or not at all."""
    from dutygate.base.actions import clock
    from dutygate.base.catalogue.errors import NotFound
    from dutygate.base.documents.refusal import FileDamaged
    from dutygate.features.casefile.contents import Moving, write_case_file
    from dutygate.features.casefile.packing import TooLarge

    into = Path(args.into)
    if into.exists():
        raise Failure(f"{into} exists already; choose another name.")
    descriptor, draft = tempfile.mkstemp(prefix=".case-", dir=into.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            write_case_file(_viewer(args), args.number, clock.now(), file)
        os.link(draft, into)
    except NotFound:
        raise Failure(f"there is no case {args.number}, or not for this user.") from None
    except FileDamaged as damaged:
        raise Failure(f"the scan {damaged} is no longer what was stored; bring it back from a backup first.") from None
    except Moving:
        raise Failure("somebody is acting on this case just now; try again.") from None
    except TooLarge:
        raise Failure("the scans of this case are more than 4 GiB together; one file cannot hold them.") from None
    except FileExistsError:
        raise Failure(f"{into} exists already; choose another name.") from None
    finally:
        Path(draft).unlink(missing_ok=True)
    print(f"{args.number} -> {into} ({into.stat().st_size} bytes)")
    return 0


def _viewer(args: argparse.Namespace) -> Any:
    """The user in her post, or who sits at the machine: everything of that jurisdiction. Raises Failure."""
    from dutygate.base.actions.perform import system_acting
    from dutygate.base.catalogue.errors import NotDone
    from dutygate.base.organizations.queries import public_jurisdiction
    from dutygate.config.api.site import ProblemError
    from dutygate.config.commands.perform import acting_as

    if args.user:
        try:
            return acting_as(args.user, args.post)
        except (NotDone, ProblemError) as error:
            raise Failure(f"nobody acts as {args.user} {args.post}: {error}") from None
    code = args.number.partition("-")[0]
    place = public_jurisdiction(code)
    return system_acting(place.id, code) if place is not None else system_acting()
