"""`dutygate perform`: actions as JSON in, their outcomes or problems as JSON out; through the same door as page and API."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dutygate.config.cli import Failure

NAME = ("perform",)
HELP = "do actions given as JSON: one object, an array, or one object a line; print what came of each, one line each"
NEEDS_DJANGO = True

EPILOG = """each object: {"user": "user name", "post": "150721.naji/handler" (may be left out by who holds one),
"action": "consultation.reply", "subject": "150721-2026-0001", "payload": {...}, "expected": {...}, "at": "2026-01-05T09:00:00+08:00",
"key": "..."}. Exit status 1 when one of them was not done; the others are done all the same."""


def configure(parser: argparse.ArgumentParser) -> None:
    """FILE, and the language of what is said about refusals."""
    parser.epilog = EPILOG
    parser.add_argument("file", nargs="?", metavar="FILE", default="-", help="JSON or JSON lines in UTF-8 (default, or -: standard input)")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of findings (default: zh)")


def run(args: argparse.Namespace) -> int:
    """One line of JSON on standard output for each action; what went wrong in a sentence on standard error."""
    data = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    failed = False
    for number, call in enumerate(_calls(data), start=1):
        document = _one(call, args.lang)
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        if not document["ok"]:
            failed = True
            for finding in document["findings"]:
                label = f"[{finding['provision_label']}] " if finding["provision_label"] else ""
                print(f"{number}: {label}{finding['message']} {finding['what_to_do']}".rstrip(), file=sys.stderr)
    return 1 if failed else 0


def _calls(data: bytes) -> Iterator[Any]:
    """The objects of a JSON document, or of lines. Raises Failure for an empty or unreadable input."""
    from dutygate.base.catalogue.errors import Malformed
    from dutygate.config.api.strict_json import read_json

    if not data.strip():
        raise Failure("nothing to do: give a JSON object, an array of them, or one object a line.")
    try:
        whole = read_json(data)
    except Malformed:
        pass
    else:
        yield from whole if isinstance(whole, list) else [whole]
        return
    lines = [line.strip() for line in data.splitlines() if line.strip()]
    if len(lines) == 1 or not all(line.startswith(b"{") and line.endswith(b"}") for line in lines):
        yield _Unreadable(data)
        return
    for line in lines:
        try:
            yield read_json(line)
        except Malformed:
            yield _Unreadable(line)


class _Unreadable:
    """Bytes that are no JSON of ours; said in their turn."""

    def __init__(self, data: bytes) -> None:
        self.data = data


def _one(call: Any, lang: str) -> dict[str, Any]:
    """{ok: true, ...outcome}, or {ok: false, ...problem}."""
    from dutygate.base.catalogue.errors import NotDone
    from dutygate.config.api.problems import Problem, as_document, problem_of
    from dutygate.config.api.site import ProblemError

    try:
        return {"ok": True, **_perform(call)}
    except NotDone as error:
        problem: Problem = problem_of(error)
    except ProblemError as error:
        problem = error.problem
    action = call.get("action", "") if isinstance(call, Mapping) else ""
    return {"ok": False, **as_document(problem, lang, f"perform:{action}"[:100])}


def _perform(call: Any) -> dict[str, Any]:
    from dutygate.base.actions.perform import perform
    from dutygate.config.api.calls import CallGiven
    from dutygate.config.api.strict_json import read_json

    if isinstance(call, _Unreadable):
        read_json(call.data)
    given = CallGiven.read(call)
    acting = acting_as(given.user, given.post)
    outcome = perform(
        acting, given.action, given.subject, given.payload, expected=given.expected, at=given.at, key=given.key or None, via="cli"
    )
    return outcome.as_dict()


def acting_as(username: str, post: str) -> Any:
    """The person in one of her posts. Raises NotFound, ProblemError."""
    from dutygate.base.actions import clock
    from dutygate.base.actions.days import local_day
    from dutygate.base.catalogue.errors import NotFound
    from dutygate.base.organizations.queries import public_user_id
    from dutygate.config.api.people import choose_post
    from dutygate.config.api.problems import Problem
    from dutygate.config.api.site import ProblemError
    from dutygate.law.rules import Finding

    user_id = public_user_id(username)
    if user_id is None:
        raise NotFound([Finding("not_found", "", {"subject": username})])
    acting, names = choose_post(user_id, post, local_day(clock.now()))
    if acting is None:
        fields = [("post", ", ".join(names))]
        problem = Problem(422, "post_unclear", fields=fields, params={"posts": ", ".join(names)}) if names else Problem(403, "no_post")
        raise ProblemError(problem)
    return acting
