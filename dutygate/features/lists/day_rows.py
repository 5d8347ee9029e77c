"""一天的清单: the rows of several townships' lists on one day, as they are known now, in plain values: for publishing and filing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, Final

from dutygate.base.organizations.directory import Directory, UnknownUnit
from dutygate.features.bases.wording import citation
from dutygate.features.lists.models import OPEN_END, OPEN_MOMENT, ListEntry

SECTIONS: Final = ("basic", "cooperative", "taken_back", "admitted")
"""In the order in which a published list shows them; what is temporary stands beside the list and is not published with it."""
_PLACED: Final = ("township", "section", "ordinal", "valid_from", "valid_to", "duty__code")
_WHOLE: Final = ("items", "bases")
_SAID: Final = ("title", "category", "lead_unit", "co_leads", "columns", "document_number", "mode")


def rows_of_day(
    directory: Directory, list_name: str, on: date, townships: Sequence[int], *, whole: bool = False
) -> dict[int, list[dict[str, Any]]]:
    """Township (id) -> its rows on that day, in their order, with the names of that day: one query.

    ``whole``: also what townships do (权责内容) and the laws on which it rests, each cited in a line.
    """
    held = ListEntry.objects.filter(jurisdiction=directory.jurisdiction.id, list_name=list_name, section__in=SECTIONS)
    held = held.filter(recorded_to=OPEN_MOMENT, valid_from__lte=on, valid_to__gt=on, township__in=townships)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in held.order_by("township", "ordinal", "id").values(
        *_PLACED, *(f"revision__{name}" for name in (*_SAID, *(_WHOLE if whole else ())))
    ):
        public = {name: text for name, text in row["revision__columns"].items() if not name.startswith("legal_finding")}
        found.setdefault(row["township"], []).append(
            {
                "code": row["duty__code"],
                "section": row["section"],
                "ordinal": row["ordinal"],
                "category": row["revision__category"],
                "title": row["revision__title"],
                "department": _name(directory, row["revision__lead_unit"], on),
                "helpers": [name for key in row["revision__co_leads"] if (name := _name(directory, _id(directory, key), on))],
                "mode": row["revision__mode"],
                "columns": public,
                "document_number": row["revision__document_number"],
                "valid_from": row["valid_from"].isoformat(),
                "last_day": "" if row["valid_to"] == OPEN_END else date.fromordinal(row["valid_to"].toordinal() - 1).isoformat(),
                **(_more(row) if whole else {}),
            }
        )
    for rows in found.values():
        rows.sort(key=lambda row: (SECTIONS.index(row["section"]), row["ordinal"]))
    return found


def _more(row: dict[str, Any]) -> dict[str, Any]:
    named = [{name: str(one.get(name) or "") for name in ("title", "document_number", "article")} for one in row["revision__bases"]]
    cited = [citation(SimpleNamespace(**one)) for one in named if one["title"]]
    return {"content": str(row["revision__items"].get("content") or ""), "bases": cited}


def _id(directory: Directory, key: str) -> int | None:
    try:
        return directory.by_key(key).id
    except UnknownUnit:
        return None


def _name(directory: Directory, unit: int | None, on: date) -> str:
    return directory.name_on(unit, on) if unit is not None and unit in directory.units else ""
