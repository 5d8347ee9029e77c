"""行: what one row of a file says, and what is wrong with it. The directory is asked for townships and departments, nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from dutygate.base.documents.sheets import Sheet, is_error
from dutygate.base.organizations.directory import Directory, UnknownUnit
from dutygate.features.lists.importing.columns import KEPT
from dutygate.features.lists.importing.plan import ImportPlan

LONGEST: Final = {"title": 200, "category": 60, "document_number": 80, "township": 4000}
LONGEST_TEXT: Final = 4000
_BETWEEN: Final = re.compile(r"[、，,；;/／\n]+")
_EVERYBODY: Final = frozenset(
    {"全部", "全部乡镇", "所有乡镇", "各乡镇", "全部苏木乡镇", "各苏木乡镇", "全旗", "全旗各乡镇", "全旗所有乡镇"}
)
_SECTIONS: Final = {"基本": "basic", "配合": "cooperative", "收回": "taken_back"}
_DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_MARKS: Final = re.compile(r"[\s《》〈〉“”\"'‘’「」·.,、，。:：;；()（）\[\]〔〕\-—_/]+")
_CODE: Final = re.compile(r"[0-9]{4,9}-D-[0-9]{4,9}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, or worth a look: ``code`` of ``words``, ``of`` which field, and what else the words need."""

    code: str
    of: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_list(self) -> list[Any]:
        """As it is kept."""
        return [self.code, self.of, dict(self.params)]


@dataclass(slots=True)
class Row:
    """One row, read. ``columns`` holds what is kept beside title and category; ``townships`` are keys, in the order of the codes.

    ``valid_to`` is the first day on which it no longer holds, None while open. ``faults`` keep it out, ``notes`` do not.
    """

    number: int
    section: str
    title: str
    category: str = ""
    ordinal: int | None = None
    townships: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    lead: str = ""
    helpers: tuple[str, ...] = ()
    document_number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    code: str = ""
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What two spellings of one matter have in common."""
        return matter_key(self.title)


def matter_key(title: str) -> str:
    """A title without blanks, marks, width and case: for comparing only."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", title)).casefold()


def read_rows(sheet: Sheet, plan: ImportPlan, directory: Directory) -> list[Row]:
    """All rows below the heading, each with what is wrong with it. Nothing is taken out and nothing guessed."""
    reader = _Reader(plan, directory)
    rows = [reader.row(number, cells) for number, cells in sheet.rows if number > plan.heading]
    mark_twice(rows)
    return rows


class _Reader:
    def __init__(self, plan: ImportPlan, directory: Directory) -> None:
        self.plan = plan
        self.directory = directory
        self.units: dict[str, tuple[str, str]] = {}
        self.whole = tuple(plan.townships)
        order = {unit: place for place, unit in enumerate(directory.townships(plan.valid_from))}
        self.order = {directory.units[unit].key: place for unit, place in order.items()}
        self.everybody = tuple(self.order)

    def row(self, number: int, cells: Sequence[str]) -> Row:
        """One row."""
        plan = self.plan
        said = {name: cells[column] if column < len(cells) else "" for name, column in plan.columns.items()}
        faults = [Fault("error_value", name, {"value": value}) for name, value in said.items() if is_error(value)]
        said = {name: "" if is_error(value) else value for name, value in said.items()}
        for name, value in said.items():
            longest = LONGEST.get(name, LONGEST_TEXT)
            if len(value) > longest:
                faults.append(Fault("too_long", name, {"length": len(value), "most": longest}))
        row = Row(number, plan.section, " ".join(said.get("title", "").split()), said.get("category", ""), faults=faults)
        row.document_number = said.get("document_number") or plan.document_number
        row.columns = {name: said[name] for name in KEPT if said.get(name)}
        if not row.title and not _has(faults, "title"):
            faults.append(Fault("no_title", "title"))
        self._section(row, said)
        self._ordinal(row, said)
        self._townships(row, said)
        self._days(row, said)
        self._departments(row)
        self._code(row, said)
        if plan.purpose == "earlier_edition" and not row.document_number:
            faults.append(Fault("no_document", "document_number"))
        return row

    def _section(self, row: Row, said: Mapping[str, str]) -> None:
        if self.plan.purpose != "baseline":
            row.section = "admitted"
            return
        text = said.get("section", "")
        if not text:
            if not row.section:
                row.faults.append(Fault("no_section", "section"))
            return
        found = {section for word, section in _SECTIONS.items() if word in text or text == section}
        if len(found) == 1:
            row.section = found.pop()
        else:
            row.faults.append(Fault("unknown_section", "section", {"value": text[:60]}))

    def _ordinal(self, row: Row, said: Mapping[str, str]) -> None:
        text = said.get("ordinal", "").removesuffix("．").removesuffix(".")
        if not text:
            return
        if text.isascii() and text.isdecimal() and 0 < int(text) < 1_000_000:
            row.ordinal = int(text)
        else:
            row.faults.append(Fault("no_number", "ordinal", {"value": text[:30]}))

    def _townships(self, row: Row, said: Mapping[str, str]) -> None:
        text = said.get("township", "")
        if not text:
            row.townships = self.whole
            if not self.whole and not _has(row.faults, "township"):
                row.faults.append(Fault("no_township", "township"))
            return
        if text in _EVERYBODY:
            row.townships = self.everybody
            return
        found: dict[str, None] = {}
        for name in filter(None, (part.strip() for part in _BETWEEN.split(text))):
            key, problem = self._unit(name)
            if problem or key not in self.order:
                code = "several_units" if problem == "several" else "unknown_township"
                row.faults.append(Fault(code, "township", {"value": name[:60]}))
            elif self.whole and key not in self.whole:
                row.faults.append(Fault("other_township", "township", {"value": name[:60]}))
            else:
                found[key] = None
        row.townships = tuple(sorted(found, key=lambda key: self.order[key]))

    def _days(self, row: Row, said: Mapping[str, str]) -> None:
        row.valid_from = self._day(row, "valid_from", said.get("valid_from", "")) or self.plan.valid_from
        last = self._day(row, "valid_to", said.get("valid_to", ""))
        row.valid_to = last + timedelta(days=1) if last else None
        if row.valid_to is not None and row.valid_to <= row.valid_from:
            row.faults.append(Fault("ends_before", "valid_to", {"from": row.valid_from.isoformat(), "to": str(last)}))

    def _day(self, row: Row, name: str, text: str) -> date | None:
        if not text or text in ("长期", "无"):
            return None
        found = _DAY.fullmatch(text)
        try:
            day = date(*(int(part) for part in found.groups())) if found else None
        except ValueError:
            day = None
        if day is None or not 1949 <= day.year <= 2200:
            row.faults.append(Fault("no_day", name, {"value": text[:30]}))
            return None
        return day

    def _departments(self, row: Row) -> None:
        """Who leads and who helps, where the directory knows them; else the name stays as it is written."""
        text = row.columns.get("upper_department", "") or row.columns.get("taken_over_by", "")
        keys: dict[str, None] = {}
        for name in filter(None, (part.strip() for part in _BETWEEN.split(text))):
            key, problem = self._unit(name)
            if problem or key in self.order:
                row.notes.append(Fault("department_not_here", "upper_department", {"value": name[:60]}))
            else:
                keys[key] = None
        named = list(keys)
        row.lead, row.helpers = (named[0], tuple(named[1:])) if named else ("", ())

    def _code(self, row: Row, said: Mapping[str, str]) -> None:
        code = said.get("code", "")
        if code and not _CODE.fullmatch(code):
            row.faults.append(Fault("no_code", "code", {"value": code[:60]}))
        row.code = code

    def _unit(self, name: str) -> tuple[str, str]:
        """(key, "") or ("", what is wrong). Each name is looked up once, however many rows."""
        if name not in self.units:
            try:
                self.units[name] = (self.directory.resolve(name).key, "")
            except UnknownUnit as unknown:
                self.units[name] = ("", "several" if unknown.candidates else "unknown")
        return self.units[name]


def mark_twice(rows: Iterable[Row]) -> None:
    """The same matter twice on one township's list is a mistake; the same title in other words beside it, worth a look."""
    first: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if _has(row.faults, "title") or not row.title:
            continue
        for township in row.townships:
            before = first.setdefault((row.section, township, row.key), [])
            same = next((other for other in before if _same(other, row)), None)
            if same is not None:
                row.faults.append(Fault("twice", "title", {"row": same.number}))
                break
            if before:
                row.notes.append(Fault("same_title", "title", {"row": before[0].number}))
                before.append(row)
                break
            before.append(row)


def _same(one: Row, other: Row) -> bool:
    return (one.category, one.columns, one.code) == (other.category, other.columns, other.code)


def _has(faults: Iterable[Fault], name: str) -> bool:
    return any(fault.of == name for fault in faults)
