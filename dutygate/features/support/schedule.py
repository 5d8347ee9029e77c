"""什么时候该给什么: from what the lists say of a duty to what each township is owed in a year (Article 5). Plain values, no records.

An application promises a sum for each township and year, that of a temporary task for its whole term. A year is a calendar year in
which the duty is in force; its share is due by the day of the year that was promised, else by the last one, in the year in which the
duty begins after that day by the last one too. That of a term is due by the promised day, else by the term's last. What falls due
after a duty has left the list is not owed (decision 0027).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

FEN: Final = "fen"
ITEM: Final = "item"
"""The measures: money, or one thing in the year."""


@dataclass(frozen=True, slots=True)
class Held:
    """A township holds a duty in one revision on [first, end). ``planned``: until when (exclusive) it was to hold, whatever ended it.

    ``term``: it is temporary. ``support``: the safeguards as the application gave them; ``township`` is the key by which they name it.
    ``source``: the case (id) that brought the revision about.
    """

    township: str
    first: date
    end: date
    planned: date
    term: bool
    support: Sequence[Mapping[str, Any]]
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """One safeguard owed to a township in a year: how much in its measure, by when, in whose words, by which case."""

    township: str
    kind: str
    measure: str
    due_on: date
    amount: int
    note: str
    source: int | None


def owed(held: Iterable[Held], year: int) -> list[Owed]:
    """What falls due in that year, of one duty and all its townships."""
    by_township: dict[str, list[Held]] = {}
    for span in held:
        by_township.setdefault(span.township, []).append(span)
    return [one for spans in by_township.values() for one in _of_township(sorted(spans, key=lambda span: span.first), year)]


def _of_township(spans: Sequence[Held], year: int) -> Iterable[Owed]:
    for number, span in enumerate(spans):
        begun = _begun(spans, number)
        for promise in _promised(span):
            due = _due(str(promise.get("due") or ""), begun, span, year)
            if due is not None and span.first <= due < span.end:
                amount = int(promise.get("amount_fen") or 0)
                yield Owed(span.township, promise["kind"], FEN if amount else ITEM, due, amount or 1, promise.get("note", ""), span.source)


def _begun(spans: Sequence[Held], number: int) -> date:
    """Since when the duty is in force there without a break, whatever its text; what turns regular begins anew."""
    first = spans[number].first
    for before in reversed(spans[:number]):
        if before.end != first or before.term != spans[number].term:
            break
        first = before.first
    return first


def _promised(span: Held) -> list[Mapping[str, Any]]:
    """What is promised to this township: what all get, and what it gets besides."""
    return [one for one in span.support if one["needed"] and one.get("township", "") in ("", span.township)]


def _due(day: str, begun: date, span: Held, year: int) -> date | None:
    """By when that year's share is due, or None. ``day``: "06-30" or ""."""
    if not span.term:
        wanted = _on(year, day)
        return (wanted if wanted >= begun else _on(year, "")) if year >= begun.year else None
    last = span.planned - timedelta(days=1)
    within = (found for n in range(begun.year, begun.year + 2) if begun <= (found := _on(n, day)) <= last)
    due = next(within, last) if day else last
    return due if due.year == year else None


def _on(year: int, day: str) -> date:
    month, _dash, number = (day or "12-31").partition("-")
    return date(year, int(month), int(number))
