"""谁承继什么: from a change on record to what becomes of one duty or one case (Articles 1, 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dutygate.base.organizations.changing import Change
from dutygate.features.cases.succession import Move, Moves


@dataclass(frozen=True, slots=True)
class _Part:
    """One successor of a unit. ``takes``: kind -> what was named for it."""

    unit: int
    main: bool
    takes: dict[str, list[str]]


def units_of(change: Change) -> list[int]:
    """The former units of a change (ids), in the order in which they were named."""
    return list(dict.fromkeys(row.from_unit_id for row in change.rows))


def moves_for(change: Change, kind: str, ref: str) -> Moves:
    """What becomes of one matter. ``kind``: "cases" or "duties", ``ref``: its number or code.

    What was named for successors goes to those. Anything else: of a unit that is dissolved to its main successor, of a township
    that is split to every part; a unit that stays keeps it.
    """
    found = (_move(change, former, kind, ref) for former in units_of(change))
    return Moves(tuple(move for move in found if move is not None), change.ref, change.day, change.document)


def _move(change: Change, former: int, kind: str, ref: str) -> Move | None:
    rows = [row for row in change.rows if row.from_unit_id == former]
    parts = [_Part(row.to_unit_id, row.main, row.takes) for row in rows]
    if named := [part.unit for part in parts if ref in part.takes.get(kind, ())]:
        return Move(former, named[0], tuple(named[1:]))
    if rows[0].kind == "transfer":
        return None
    township = rows[0].from_unit.kind == "township"
    if rows[0].ends:
        main = next(part.unit for part in parts if part.main)
        return Move(former, main, tuple(_all(parts, main)) if township else ())
    return Move(former, former, tuple(_all(parts, former))) if township else None


def _all(parts: Iterable[_Part], main: int) -> list[int]:
    return [part.unit for part in parts if part.unit != main]
