"""留存: the rows of a file as they were read, one to a line, in canonical form, kept by digest beside the file itself.

The entry names both. A replay applies these lines, so that it needs no reader of workbooks, whatever that reader does in ten years.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from dutygate.base.catalogue.errors import Malformed
from dutygate.base.documents.storage import path_of
from dutygate.features.lists.importing.plan import ImportPlan
from dutygate.features.lists.importing.rows import Fault, Row
from dutygate.law.regulation.canonical import canonical, digest_of_bytes

FORMAT: Final = 1


def as_lines(file: str, plan: ImportPlan, rows: Iterable[Row]) -> bytes:
    """The first line says which form the others have, of which file they are (by digest) and how it was read."""
    head = {"dutygate_rows": FORMAT, "file": file, "plan": plan.plain()}
    return b"\n".join([canonical(head), *(canonical(_plain(row)) for row in rows), b""])


def from_lines(data: bytes, file: str, plan: ImportPlan) -> list[Row]:
    """The rows again. Raises ValueError for another form, another file or another plan."""
    first, *lines = data.split(b"\n")
    head = json.loads(first)
    if (head.get("dutygate_rows"), head.get("file"), head.get("plan")) != (FORMAT, file, json.loads(canonical(plan.plain()))):
        raise ValueError("not the rows of this file, read in this way")
    return [_row(json.loads(line)) for line in lines if line]


def kept_rows(file: str, digest: str, plan: ImportPlan) -> list[Row]:
    """The rows kept under a digest. Raises Malformed when they are gone, altered, or of another file or plan."""
    place = path_of(digest)
    try:
        data = place.read_bytes()
        if digest_of_bytes(data) != digest:
            raise ValueError("altered")
        return from_lines(data, file, plan)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise Malformed([("rows", f"the rows of this file are not here: {error}")]) from None


def _plain(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {
        "n": row.number,
        "section": row.section,
        "title": row.title,
        "category": row.category,
        "ordinal": row.ordinal,
        "townships": list(row.townships),
        "columns": row.columns,
        "lead": row.lead,
        "helpers": list(row.helpers),
        "document": row.document_number,
        "from": row.valid_from.isoformat() if row.valid_from else None,
        "to": row.valid_to.isoformat() if row.valid_to else None,
        "code": row.code,
        "faults": [fault.as_list() for fault in row.faults],
    }
    return {name: value for name, value in found.items() if value not in ("", None, [], {})}


def _row(plain: dict[str, Any]) -> Row:
    day = date.fromisoformat
    return Row(
        plain["n"],
        plain.get("section", ""),
        plain.get("title", ""),
        plain.get("category", ""),
        plain.get("ordinal"),
        tuple(plain.get("townships", ())),
        plain.get("columns", {}),
        plain.get("lead", ""),
        tuple(plain.get("helpers", ())),
        plain.get("document", ""),
        day(plain["from"]) if "from" in plain else None,
        day(plain["to"]) if "to" in plain else None,
        plain.get("code", ""),
        [Fault(code, name, params) for code, name, params in plain.get("faults", ())],
    )
