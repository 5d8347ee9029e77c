"""变化: what differs between two readings of one township's list, row by row and field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dutygate.features.lists.queries import ListLine

FIELDS: Final = (
    *("title", "category", "section", "ordinal", "track", "mode", "acts_in_name_of"),
    *("document_number", "level", "valid_from", "valid_to"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """``kind``: added, removed or changed; ``line`` is the later one where there is one; ``fields``: name -> (before, after)."""

    kind: str
    line: ListLine
    fields: dict[str, tuple[Any, Any]]


def differences(before: Sequence[ListLine], after: Sequence[ListLine]) -> list[Difference]:
    """In the order of the later list; what is gone stands at the end, in the order of the earlier one. A duty is known by its code."""
    earlier = {line.code: line for line in before}
    later = {line.code: line for line in after}
    found = [
        Difference("added" if (old := earlier.get(line.code)) is None else "changed", line, {} if old is None else _fields(old, line))
        for line in after
    ]
    gone = [Difference("removed", line, {}) for line in before if line.code not in later]
    return [one for one in (*found, *gone) if one.kind != "changed" or one.fields]


def _fields(old: ListLine, new: ListLine) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(old, name), getattr(new, name)) for name in FIELDS}
    pairs["lead_unit_id"] = (old.lead_unit_id, new.lead_unit_id)
    pairs["helpers"] = (old.co_leads, new.co_leads)
    for name in dict.fromkeys((*old.columns, *new.columns)):
        pairs[name] = (old.columns.get(name, ""), new.columns.get(name, ""))
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
