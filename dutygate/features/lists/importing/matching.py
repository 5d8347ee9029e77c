"""比对: what each row of a file would do to the lists as they stand: new, changed and in what, the same; which known row it is.

A matter of the national lists has no number of its own in the files: it is known by its section and title, and where one title stands
twice, by what else is said of it. What is decided here is decided again, from the same file, when the action is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from dutygate.features.lists.importing.likeness import alike
from dutygate.features.lists.importing.plan import ImportPlan
from dutygate.features.lists.importing.rows import Fault, Row, matter_key
from dutygate.features.lists.models import OPEN_END

SHOWN_FIELDS: Final = ("title", "category", "lead", "helpers", "columns", "ordinal", "valid_from", "valid_to", "section")


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell says: the part of a revision that a file can change."""

    title: str
    category: str
    lead: str
    helpers: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A duty on one township's list, as it is known now, on the days [start, end)."""

    section: str
    ordinal: int
    content: Content
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class KnownDuty:
    """A duty that stands on the list, with the cells that hold on or after the first day of the file."""

    id: int
    code: str
    origin: str
    section: str
    cells: Mapping[str, tuple[Cell, ...]]


@dataclass(slots=True)
class Known:
    """The list as it stands: duties by section and matter, and by code; ``last``: (township, section) -> the last ordinal there."""

    duties: list[KnownDuty]
    last: dict[tuple[str, str], int]
    by_matter: dict[tuple[str, str], list[KnownDuty]] = field(init=False)
    by_code: dict[str, KnownDuty] = field(init=False)

    def __post_init__(self) -> None:
        self.by_code = {duty.code: duty for duty in self.duties}
        self.by_matter = {}
        for duty in self.duties:
            keys = {matter_key(cell.content.title) for cells in duty.cells.values() for cell in cells}
            for key in sorted(keys):
                self.by_matter.setdefault((duty.section, key), []).append(duty)


@dataclass(slots=True)
class Work:
    """What a row does: this content on these townships' lists on [start, end). ``duty`` None: ``slot`` says which new one.

    ``ordinals``: township -> its place on that list.
    """

    row: int
    duty: KnownDuty | None
    slot: int
    section: str
    content: Content
    document_number: str
    townships: tuple[str, ...]
    ordinals: dict[str, int]
    start: date
    end: date


@dataclass(slots=True)
class Judged:
    """``states``: row number -> new, changed, same or wrong; ``changes``: row -> field -> (before, after); ``codes``: row -> code.

    ``ended``: what stands on the list, is not in the file and ends with it (the file is the whole list).
    """

    states: dict[int, str] = field(default_factory=dict)
    changes: dict[int, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    works: list[Work] = field(default_factory=list)
    ended: list[tuple[KnownDuty, str, Cell]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many rows of each state, how many cells end, how many new duties and cells it makes."""
        found = dict.fromkeys(("new", "changed", "same", "wrong"), 0)
        for state in self.states.values():
            found[state] += 1
        fresh = {work.slot for work in self.works if work.duty is None}
        cells = sum(len(work.townships) for work in self.works)
        return {**found, "ended": len(self.ended), "duties": len(fresh), "cells": cells}


def content_of(row: Row) -> Content:
    """The part of a row that is content."""
    return Content(row.title, row.category, row.lead, row.helpers, tuple(sorted(row.columns.items())))


def judge(rows: Sequence[Row], plan: ImportPlan, known: Known, left_out: Iterable[int] = ()) -> Judged:
    """What each row would do. Rows that are left out do nothing, and a row of an unknown code gets its fault here."""
    matcher, found = _Matcher(known), Judged()
    out, last = set(left_out), dict(known.last)
    named: set[tuple[int, str]] = set()
    for row in rows:
        if row.code and row.code not in known.by_code and not any(fault.of == "code" for fault in row.faults):
            row.faults.append(Fault("unknown_code", "code", {"value": row.code}))
        if row.faults:
            found.states[row.number] = "wrong"
        if row.number in out or row.faults:
            continue
        duty, slot = matcher.duty_for(row)
        if duty is not None:
            named |= {(duty.id, township) for township in row.townships}
        _judge_row(row, duty, slot, found, last)
    if plan.whole:
        _ends(rows, plan, known, named, found)
    return found


def likenesses(rows: Sequence[Row], known: Known) -> dict[int, tuple[str, str, int, float]]:
    """Row -> (matter key, known code or "", row number or 0, how alike): new titles that look like another one of the file or the list."""
    found: dict[int, tuple[str, str, int, float]] = {}
    for section in dict.fromkeys(row.section for row in rows):
        first: dict[str, Row] = {}
        for row in rows:
            if row.section == section and row.title:
                first.setdefault(row.key, row)
        there = {key: duties[0].code for (part, key), duties in known.by_matter.items() if part == section}
        fresh = [key for key in first if key not in there]
        for key, (other, score) in alike(fresh, there).items():
            row = first[key]
            twin = first.get(other)
            found[row.number] = (other, there.get(other, ""), twin.number if twin is not None and other not in there else 0, score)
    return found


class _Matcher:
    """Which duty each row is. One duty stands once on a township's list; a second row of that title is another duty."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.taken: set[tuple[str, str]] = set()
        self.slots: dict[tuple[str, str], list[tuple[int, Row]]] = {}
        self.count = 0

    def duty_for(self, row: Row) -> tuple[KnownDuty | None, int]:
        """(the known duty, 0), or (None, the number of a new one)."""
        if row.code:
            duty = self.known.by_code[row.code]
            self._take(duty.code, row)
            return duty, 0
        free = [duty for duty in self.known.by_matter.get((row.section, row.key), ()) if self._free(duty.code, row)]
        if free:
            duty = min(free, key=lambda one: (-_closeness(one, row), one.id))
            self._take(duty.code, row)
            return duty, 0
        for slot, _first in self.slots.setdefault((row.section, row.key), []):
            if self._free(str(slot), row):
                self._take(str(slot), row)
                return None, slot
        self.count += 1
        self.slots[row.section, row.key].append((self.count, row))
        self._take(str(self.count), row)
        return None, self.count

    def _free(self, name: str, row: Row) -> bool:
        return not any((name, township) in self.taken for township in row.townships)

    def _take(self, name: str, row: Row) -> None:
        self.taken |= {(name, township) for township in row.townships}


def _closeness(duty: KnownDuty, row: Row) -> int:
    """How much of what a row says a duty says already: all, the category, or that it stands on these townships' lists."""
    content, best = content_of(row), 0
    for township, cells in duty.cells.items():
        here = 1 if township in row.townships else 0
        for cell in cells:
            score = 4 * (cell.content == content) + 2 * (cell.content.category == row.category) + here
            best = max(best, score)
    return best


def _judge_row(row: Row, duty: KnownDuty | None, slot: int, found: Judged, last: dict[tuple[str, str], int]) -> None:
    start, end, content = row.valid_from or date.min, row.valid_to or OPEN_END, content_of(row)
    ordinals: dict[str, int] = {}
    touched: list[str] = []
    changes: dict[str, tuple[Any, Any]] = {}
    stood = False
    for township in row.townships:
        cells = [cell for cell in (duty.cells.get(township, ()) if duty else ()) if cell.end > start and cell.start < end]
        now = next((cell for cell in cells if cell.start <= start), cells[0] if cells else None)
        ordinal = row.ordinal or (now.ordinal if now else None)
        if ordinal is None:
            last[township, row.section] = ordinal = last.get((township, row.section), 0) + 1
        if now is not None:
            stood = True
            differing = _differences(now, row.section, ordinal, content, start, end)
            if not differing and len(cells) == 1:
                continue
            changes.update({name: pair for name, pair in differing.items() if name not in changes})
        touched.append(township)
        ordinals[township] = ordinal
    found.codes[row.number] = duty.code if duty else ""
    if not touched:
        found.states[row.number] = "same"
        return
    found.states[row.number] = "changed" if stood else "new"
    if changes:
        found.changes[row.number] = changes
    found.works.append(Work(row.number, duty, slot, row.section, content, row.document_number, tuple(touched), ordinals, start, end))


def _differences(cell: Cell, section: str, ordinal: int, content: Content, start: date, end: date) -> dict[str, tuple[Any, Any]]:
    """Field -> (before, after). That a cell began earlier is no difference: from the file's first day on it says the same."""
    pairs: dict[str, tuple[Any, Any]] = {}
    for name in ("title", "category", "lead", "helpers"):
        pairs[name] = (getattr(cell.content, name), getattr(content, name))
    before, after = dict(cell.content.columns), dict(content.columns)
    for name in sorted({*before, *after}):
        pairs[name] = (before.get(name, ""), after.get(name, ""))
    pairs["section"], pairs["ordinal"] = (cell.section, section), (cell.ordinal, ordinal)
    pairs["valid_to"] = (cell.end.isoformat(), end.isoformat())
    if cell.start > start:
        pairs["valid_from"] = (cell.start.isoformat(), start.isoformat())
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _ends(rows: Sequence[Row], plan: ImportPlan, known: Known, named: set[tuple[int, str]], found: Judged) -> None:
    """What stands in the file's sections on the lists of its townships and is not in it."""
    sections = {row.section for row in rows if row.section}
    townships = set(plan.townships) or {township for row in rows for township in row.townships}
    origin = {"baseline": "baseline", "earlier_edition": "earlier_edition"}.get(plan.purpose, "")
    for duty in known.duties:
        if duty.section not in sections or (origin and duty.origin != origin):
            continue
        for township, cells in duty.cells.items():
            if township in townships and (duty.id, township) not in named:
                found.ended += [(duty, township, cell) for cell in cells if cell.end > plan.valid_from]
