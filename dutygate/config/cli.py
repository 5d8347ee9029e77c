"""The `dutygate` command line.

Each module in dutygate/config/commands is one command and declares

    NAME            "serve", or a tuple for a command in a group: ("law", "check")
    HELP            one line
    NEEDS_DJANGO    True when it uses the database (default False); import models inside run() only
    configure(parser)   adds arguments to an argparse parser (may be left out)
    run(args)       does the work and returns the exit status

Exit status 0 means that all is well, 1 that it is not, 2 that the command line was not understood. What can be expected
to go wrong is raised as Failure and printed on stderr as one sentence.
"""

import argparse
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

import dutygate
from dutygate.config import commands


class Failure(Exception):
    """Something that can be expected to go wrong; its text is one clear sentence for the person at the terminal."""


def discover() -> dict[tuple[str, ...], ModuleType]:
    """The commands by name, groups as tuples of their words."""
    found: dict[tuple[str, ...], ModuleType] = {}
    for info in pkgutil.iter_modules(commands.__path__):
        if info.ispkg:
            continue
        module = import_module(f"{commands.__name__}.{info.name}")
        name = getattr(module, "NAME", None)
        if name is not None:
            found[(name,) if isinstance(name, str) else tuple(name)] = module
    return found


def build_parser(found: dict[tuple[str, ...], ModuleType]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dutygate", description=dutygate.__doc__)
    parser.add_argument("--version", action="version", version=f"dutygate {dutygate.__version__}")
    groups: dict[tuple[str, ...], Any] = {(): _subcommands(parser)}
    for name, module in sorted(found.items()):
        for depth in range(1, len(name)):
            if name[:depth] not in groups:
                inner = groups[name[: depth - 1]].add_parser(name[depth - 1], help=f"{' '.join(name[:depth])} …")
                groups[name[:depth]] = _subcommands(inner)
        leaf = groups[name[:-1]].add_parser(name[-1], help=module.HELP, description=module.HELP)
        if hasattr(module, "configure"):
            module.configure(leaf)
        leaf.set_defaults(command=module)
    return parser


def _subcommands(parser: argparse.ArgumentParser) -> Any:
    return parser.add_subparsers(metavar="COMMAND", required=True)


def main(argv: Sequence[str] | None = None) -> int:
    args = build_parser(discover()).parse_args(argv)
    needs_django = getattr(args.command, "NEEDS_DJANGO", False)
    try:
        if needs_django:
            _set_up_django()
        status = args.command.run(args)
        sys.stdout.flush()
        return int(status)
    except Failure as failure:
        return _fail(str(failure))
    except BrokenPipeError:  # the reader of a pipe went away; a second complaint at exit helps nobody
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return _fail(f"{error.filename or 'system'}: {error.strerror or error}")
    except Exception as error:
        if needs_django and _is_database_trouble(error):
            return _fail(f"the database does not answer as it should: {' '.join(str(error).split())}")
        raise


def _set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dutygate.config.settings")
    django.setup()


def _is_database_trouble(error: Exception) -> bool:
    from django.db.utils import InterfaceError, OperationalError

    return isinstance(error, InterfaceError | OperationalError)


def _fail(sentence: str) -> int:
    print(f"dutygate: {sentence}", file=sys.stderr)
    return 1
