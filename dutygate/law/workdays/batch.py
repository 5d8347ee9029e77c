"""Due dates for many limits at once, one `date,n` per line (Article 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .calendar import Calendar, Due


class BadLimit(ValueError):
    """A date or a number of days that cannot be read; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one line came to: either `due`, or `problem` in words."""

    number: int
    """Of the line, from 1."""
    given: str
    due: Due | None = None
    problem: str | None = None


def read_day(text: str) -> date:
    """A day written 2024-06-05. Raises BadLimit."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # fromisoformat also takes 20240605 and 2024-W23-3
        raise BadLimit(f"{text!r} is no day; write it like 2024-06-05")
    return day


def read_number(text: str) -> int:
    """A number of working days from 1. Raises BadLimit."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) >= 1):
        raise BadLimit(f"{text!r} is no number of working days; write a whole number from 1")
    return int(text)


def due_day(calendar: Calendar, day: str, n: str) -> Due:
    """The due day of a limit given as text. Raises BadLimit, also for a limit that ends after the year 9999."""
    received, days = read_day(day), read_number(n)
    try:
        return calendar.add_working_days(received, days)
    except OverflowError:
        raise BadLimit(f"{n} working days after {day} lie beyond the year 9999") from None


def answer_lines(lines: Iterable[str], calendar: Calendar) -> Iterator[Answer]:
    """One answer per line of `date,n`, in order; blank lines are passed over, but counted."""
    known: dict[str, Due] = {}
    for number, line in enumerate(lines, start=1):
        given = line.strip().lstrip("\ufeff")
        if not given:
            continue
        if given not in known:
            try:
                known[given] = _answer(given, calendar)
            except BadLimit as problem:
                yield Answer(number, given, problem=str(problem))
                continue
        yield Answer(number, given, known[given])


def _answer(given: str, calendar: Calendar) -> Due:
    parts = [part.strip() for part in given.split(",")]
    if len(parts) != 2:
        raise BadLimit(f"{given!r} is not of the form date,n")
    return due_day(calendar, parts[0], parts[1])
