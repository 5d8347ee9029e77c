"""Files for the tests of imports, and the way of one from the upload to the entry."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from dutygate.base.actions import clock
from dutygate.base.catalogue.action import ActingPost
from dutygate.features.lists.importing import drafts
from dutygate.features.lists.models import ImportDraft
from tests.world import World

BASIC = ("序号", "类别", "事项名称")
COOPERATIVE = ("序号", "类别", "事项名称", "对应上级部门", "上级部门职责", "乡镇配合职责")
TAKEN_BACK = ("序号", "类别", "事项名称", "承接部门", "工作方式")
BASELINE = {"purpose": "baseline", "level": "region", "document_number": "内党办发〔2025〕1号"}


def as_csv(rows: Iterable[Sequence[str]], encoding: str = "utf-8-sig") -> bytes:
    """Rows as text with commas."""
    into = io.StringIO(newline="")
    csv.writer(into).writerows(rows)
    return into.getvalue().encode(encoding)


def as_xlsx(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """Sheets of a workbook, each cell with its type."""
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                (sheet.write_string if isinstance(cell, str) else sheet.write)(number, column, cell)
    book.close()
    return into.getvalue()


def brought(who: ActingPost, data: bytes, name: str = "清单.csv", **plan: Any) -> ImportDraft:
    """A file brought and read, with this plan over what was guessed."""
    draft = drafts.bring(who, name, io.BytesIO(data), clock.now())
    guess = draft.summary["sheets"][0]["guess"]
    given = {**BASELINE, **guess, **plan}
    if given["purpose"] != "baseline":
        given["section"] = ""
    drafts.set_plan(draft, drafts.plan_of(given))
    drafts.go_on(draft)
    return draft


def entered(draft: ImportDraft, left_out: Iterable[int] = ()) -> ImportDraft:
    """What was read is entered without these rows."""
    drafts.ask_for(draft, left_out)
    drafts.go_on(draft)
    return draft


def taken_in(world: World, rows: Sequence[Sequence[str]], who: str = "lead", **plan: Any) -> ImportDraft:
    """Rows entered as the baseline for the townships of the world."""
    townships = [world.key(name) for name in world.townships]
    given = {"townships": townships, "valid_from": world.today.isoformat(), **plan}
    draft = entered(brought(world.people[who], as_csv(rows), **given))
    assert draft.state == "done", draft.problem
    return draft
