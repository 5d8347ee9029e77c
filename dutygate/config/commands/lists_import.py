"""`dutygate lists import`: what a file would do to the lists, row by row; with --enter it is entered, as one action."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from dutygate.config.cli import Failure

NAME = ("lists", "import")
HELP = "show what every row of an xlsx or csv file would do to the lists; with --enter take it in, as one action"
NEEDS_DJANGO = True

EPILOG = """Without --enter nothing is changed. Columns are guessed by their headings; --column title=2 (from 0) says otherwise.
Exit status 1 when rows have errors and were not left out, or when the law refused."""


def configure(parser: argparse.ArgumentParser) -> None:
    """FILE, as whom, how it is read, which rows stay out, where the report goes."""
    parser.epilog = EPILOG
    parser.add_argument("file", metavar="FILE", type=Path, help="an xlsx or csv file")
    parser.add_argument("--user", required=True, metavar="NAME", help="user name of somebody of the lead or the services seat")
    parser.add_argument("--post", default="", metavar="UNIT/KIND", help="her post, where she holds several")
    parser.add_argument(
        "--purpose", choices=("baseline", "powers", "earlier_edition"), default="baseline", help="what it is (default: baseline)"
    )
    parser.add_argument("--sheet", default="", help="the sheet (default: the first)")
    parser.add_argument("--heading", type=int, help="number of the row that names the columns (default: guessed)")
    parser.add_argument("--column", action="append", default=[], metavar="FIELD=N", help="column N (from 0) is FIELD; FIELD= for none")
    parser.add_argument("--section", choices=("basic", "cooperative", "taken_back"), help="which of the three lists (default: guessed)")
    parser.add_argument(
        "--township", action="append", default=[], metavar="REF", help="for the whole file, by key, code or name; again for more"
    )
    parser.add_argument(
        "--level", choices=("central", "region", "city", "banner"), default="banner", help="who decided it (default: banner)"
    )
    parser.add_argument("--document", default="", metavar="NUMBER", help="number of the document that decided it")
    parser.add_argument("--from", dest="valid_from", required=True, metavar="DAY", help="first day on which it holds, YYYY-MM-DD")
    parser.add_argument("--whole", action="store_true", help="what stands on these lists and not in the file ends on that day")
    parser.add_argument("--other-seat", default="", metavar="NUMBER", help="paper by which the other seat agreed (powers list)")
    parser.add_argument("--leave-out", default="", metavar="ROWS", help='"wrong" for all rows with errors, or numbers: 12,15-20')
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the report there (.xlsx or .csv)")
    parser.add_argument("--enter", action="store_true", help="take it in")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def run(args: argparse.Namespace) -> int:
    """0 when every row is right (or left out) and, with --enter, it was entered."""
    from dutygate.base.actions import clock
    from dutygate.base.catalogue.errors import Malformed, NotDone
    from dutygate.features.lists.importing import drafts

    if not args.file.is_file():
        raise Failure(f"there is no file {args.file}.")
    acting = _person(args.user, args.post)
    try:
        with args.file.open("rb") as stream:
            draft = drafts.bring(acting, args.file.name, stream, clock.now())
        drafts.set_plan(draft, drafts.plan_of(_plan(args, draft)), args.other_seat)
        drafts.go_on(draft)
        if draft.state == "ready":
            _print(draft, args)
            left_out = _left_out(args.leave_out, draft.summary["wrong"])
            if args.report is not None:
                _report(draft, args.report)
            if not args.enter:
                return 1 if set(draft.summary["wrong"]) - set(left_out) else 0
            drafts.ask_for(draft, left_out)
            drafts.go_on(draft)
    except Malformed as error:
        raise Failure(str(error)) from None
    except NotDone as error:
        raise Failure(_said(error.findings) or str(error)) from None
    if draft.state == "done":
        print(f"entered: {draft.entry}")
        return 0
    raise Failure(_why(draft))


def _person(username: str, post: str) -> Any:
    from dutygate.base.actions import clock
    from dutygate.base.actions.days import local_day
    from dutygate.base.organizations.queries import public_user_id
    from dutygate.config.api.people import choose_post

    user_id = public_user_id(username)
    acting, names = choose_post(user_id, post, local_day(clock.now())) if user_id is not None else (None, [])
    if acting is None:
        raise Failure(
            f"{username} holds several posts; say which with --post: {', '.join(names)}." if names else f"{username} holds no such post."
        )
    return acting


def _plan(args: argparse.Namespace, draft: Any) -> dict[str, Any]:
    from dutygate.base.actions.naming import directory_for
    from dutygate.base.organizations.directory import UnknownUnit

    sheets = draft.summary["sheets"]
    sheet = next((one for one in sheets if one["name"] == args.sheet or not args.sheet), None)
    if sheet is None:
        raise Failure(f"no such sheet: {args.sheet}; there are: {', '.join(one['name'] for one in sheets)}.")
    guess = sheet["guess"]
    columns = dict(guess["columns"])
    for said in args.column:
        field, _equals, number = said.partition("=")
        if number and not number.isdecimal():
            raise Failure(f"--column takes FIELD=N: {said}.")
        columns.pop(field, None)
        if number:
            columns = {name: column for name, column in columns.items() if column != int(number)}
            columns[field] = int(number)
    directory = directory_for(draft.jurisdiction_id)
    try:
        townships = [directory.resolve(ref).key for ref in args.township]
    except UnknownUnit as unknown:
        raise Failure(f"no such township: {unknown.ref}.") from None
    if not townships and "township" not in columns:
        raise Failure("say for which townships: --township REF, or a column: --column township=N.")
    section = "" if args.purpose != "baseline" or "section" in columns else args.section or guess["section"]
    return {
        "purpose": args.purpose,
        "sheet": sheet["name"],
        "heading": guess["heading"] if args.heading is None else args.heading,
        "columns": columns,
        "section": section,
        "townships": townships,
        "level": args.level,
        "document_number": args.document,
        "valid_from": args.valid_from,
        "whole": args.whole,
    }


def _left_out(said: str, wrong: list[int]) -> list[int]:
    found: set[int] = set()
    for part in filter(None, said.split(",")):
        first, _dash, last = part.partition("-")
        if part == "wrong":
            found.update(wrong)
        elif first.isdecimal() and (not last or last.isdecimal()):
            found.update(range(int(first), int(last or first) + 1))
        else:
            raise Failure(f"--leave-out takes wrong, or numbers like 12,15-20: {part}.")
    return sorted(found)


def _print(draft: Any, args: argparse.Namespace) -> None:
    from dutygate.features.lists.importing.shown import fault_shown
    from dutygate.features.lists.queries.kept import lines_of_draft

    counts = draft.summary["counts"]
    if args.json:
        print(json.dumps({"counts": counts, "faults": draft.summary["faults"], "draft": draft.id}, ensure_ascii=False))
    else:
        print(", ".join(f"{name} {counts[name]}" for name in ("new", "changed", "same", "wrong", "ended")))
    acting = _acting(draft)
    for line in lines_of_draft(acting, draft, state="wrong", limit=50):
        print(f"row {line.number}: {' '.join(fault_shown(fault) for fault in line.faults)}", file=sys.stderr)


def _acting(draft: Any) -> Any:
    from dutygate.features.lists.importing.drafts import acting_of

    return acting_of(draft)


def _report(draft: Any, path: Path) -> None:
    from dutygate.base.actions import clock
    from dutygate.base.actions.days import local_day
    from dutygate.base.actions.naming import directory_for
    from dutygate.base.documents.tables import as_file
    from dutygate.features.lists.importing.shown import line_shown, report
    from dutygate.features.lists.queries.kept import lines_of_draft

    today, directory = local_day(clock.now()), directory_for(draft.jurisdiction_id)
    everybody = len(directory.townships(today))
    lines = [line_shown(line, directory, today, everybody) for line in lines_of_draft(_acting(draft), draft)]
    kind = path.suffix.removeprefix(".").lower()
    path.write_bytes(as_file(report(draft.name, lines, draft.summary["counts"], today), kind if kind in ("xlsx", "csv") else "csv"))


def _said(findings: Any) -> str:
    from dutygate.base.actions.saying import all_said

    return " ".join(f"{one.message} {one.what_to_do}".strip() for one in all_said(list(findings), "zh"))


def _why(draft: Any) -> str:
    from dutygate.base.actions.saying import of_field
    from dutygate.law.rules import Finding

    if not draft.problem:
        return "it broke down; nothing was entered. See the log."
    kept = draft.problem[0]
    said = _said([Finding(one["code"], one["provision"], one["params"]) for one in kept["findings"]])
    fields = "; ".join(of_field(message, "zh") for _path, message in kept["fields"])
    stale = "the lists have changed since the preview; nothing was entered." if kept["code"] == "conflict" and not said else ""
    return " ".join(part for part in (said, fields, stale) if part)
