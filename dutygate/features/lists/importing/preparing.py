"""预览: a file and a plan become rows with their states; nothing is changed. The same for the page, the command and the action itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dutygate.base.catalogue.action import ORDINALS
from dutygate.base.documents.sheets import Sheet
from dutygate.base.organizations.directory import Directory
from dutygate.features.lists.importing.columns import find_heading, section_of
from dutygate.features.lists.importing.matching import Judged, Known, judge
from dutygate.features.lists.importing.plan import ImportPlan
from dutygate.features.lists.importing.rows import Fault, Row
from dutygate.features.lists.importing.standing import standing

ORIGIN = {"baseline": "baseline", "powers": "baseline", "earlier_edition": "earlier_edition"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The list as it stands and what the rows would do to it."""

    known: Known
    judged: Judged


def sheet_named(sheets: Sequence[Sheet], name: str) -> Sheet | None:
    """The sheet of that name; the first where none is named; None where there is none of that name."""
    return next((sheet for sheet in sheets if not name or sheet.name == name), None)


def guessed(sheet: Sheet, name: str) -> dict[str, Any]:
    """What of a plan a sheet and the file's name tell by themselves: {sheet, heading, columns, section}."""
    heading = find_heading(sheet.rows)
    columns = dict(heading.columns) if heading else {}
    section = "" if "section" in columns else section_of(columns, f"{sheet.name} {name}") or "basic"
    return {"sheet": sheet.name, "heading": heading.number if heading else 0, "columns": columns, "section": section}


def compare(rows: Sequence[Row], plan: ImportPlan, jurisdiction_id: int, directory: Directory, left_out: Iterable[int] = ()) -> Judgement:
    """The rows against the list as it stands; a matter that came upon the list by another road is not changed by a file."""
    sections = {row.section for row in rows if row.section}
    first_day = min((row.valid_from for row in rows if row.valid_from), default=plan.valid_from)
    known = standing(jurisdiction_id, plan, sections, min(first_day, plan.valid_from), directory)
    origin = ORIGIN[plan.purpose]
    for row in rows:
        if row.faults:
            continue
        others = known.by_code.get(row.code, None)
        there = [others] if others else known.by_matter.get((row.section, row.key), [])
        if there and all(duty.origin != origin for duty in there):
            row.faults.append(Fault("other_road", "title", {"code": there[0].code}))
    return Judgement(known, judge(rows, plan, known, left_out))


def rows_written(judged: Judged) -> int:
    """An upper bound of the rows that the action would write: duties, revisions, cells and what sticks out of the cells they replace."""
    cells = sum(len(work.townships) for work in judged.works)
    replaced = sum(len(work.townships) for work in judged.works if work.duty is not None)
    return 2 * len(judged.works) + cells + 2 * replaced + 2 * len(judged.ended) + 1


def fits(judged: Judged) -> bool:
    """Whether one entry can hold it: the ids of its rows come from one block."""
    return rows_written(judged) < ORDINALS
