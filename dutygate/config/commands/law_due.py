"""`dutygate law due`: the day on which a limit in working days ends (Article 3)."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from dutygate.config.cli import Failure
from dutygate.law.workdays.batch import BadLimit, answer_lines, due_day
from dutygate.law.workdays.calendar import national_calendar

NAME = ("law", "due")
HELP = "the day on which a limit of N working days ends, the day of receipt not counted"
NEEDS_DJANGO = False


def configure(parser: argparse.ArgumentParser) -> None:
    """DATE and N, or --batch with a file."""
    parser.add_argument("date", nargs="?", metavar="DATE", help="day of receipt, like 2024-06-05")
    parser.add_argument("n", nargs="?", metavar="N", help="working days, from 1")
    parser.add_argument("--batch", metavar="FILE", help="read lines date,n from FILE (- for standard input) and print date,n,due")


def run(args: argparse.Namespace) -> int:
    """Print the due day, or one line for each line of the batch; 1 if a line could not be read."""
    if args.batch is not None:
        if args.date is not None:
            raise Failure("give either DATE and N or --batch FILE, not both.")
        if args.batch == "-":
            return _batch(sys.stdin)
        try:
            with Path(args.batch).open(encoding="utf-8") as file:
                return _batch(file)
        except UnicodeDecodeError:
            raise Failure(f"{args.batch}: is not UTF-8 text.") from None
    if args.n is None:
        raise Failure("give DATE and N (dutygate law due 2024-06-05 10), or --batch FILE.")
    try:
        due = due_day(national_calendar(), args.date, args.n)
    except BadLimit as problem:
        raise Failure(f"{problem}.") from None
    print(due.day.isoformat())
    if due.provisional:
        print(_provisional(1), file=sys.stderr)
    return 0


def _batch(lines: Iterable[str]) -> int:
    bad = provisional = 0
    for answer in answer_lines(lines, national_calendar()):
        if answer.due is None:
            bad += 1
            print(f"line {answer.number}: {answer.problem}", file=sys.stderr)
        else:
            provisional += answer.due.provisional
            sys.stdout.write(f"{answer.given},{answer.due.day.isoformat()}\n")
    if provisional:
        print(_provisional(provisional), file=sys.stderr)
    return 1 if bad else 0


def _provisional(count: int) -> str:
    years = sorted(national_calendar().years)
    return (
        f"暂定：{count} 个到期日跨入国务院放假安排未知的年份（已知 {years[0]}-{years[-1]}），只按周末推算。\n"
        f"provisional: {count} due day(s) reach into a year whose holidays are not known here (known: {years[0]}-{years[-1]}); "
        "only weekends were counted there."
    )
