"""版本转换: what becomes of an open case when it goes on under another edition, found before it is done (preamble, Articles 4, 11).

Pure: the two editions, the state of the case and its track. What lapses is what was never judged: an opinion that was given on
every item that townships judge under the new edition stays, and so does a finding on every point that items still lead to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from dutygate.law.procedure.table import OTHERWISE, SAME, Procedure, Row, procedure_of

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

Kind = Literal[
    "state_unknown",
    "track_unknown",
    "class_unknown",
    "opinions_lapse",
    "findings_lapse",
    "point_added",
    "point_removed",
    "item_added",
    "item_removed",
    "action_added",
    "action_removed",
    "guard_added",
    "guard_removed",
    "role_added",
    "role_removed",
    "body_added",
    "body_removed",
    "limit_changed",
]
BLOCKING: Final[frozenset[Kind]] = frozenset({"state_unknown", "track_unknown"})
"""With one of these the case cannot go on under the other edition: it ends under its own."""
LAPSING: Final[frozenset[Kind]] = frozenset({"opinions_lapse", "findings_lapse", "point_added"})
"""What has to be asked or found again."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that is otherwise after the move. ``action`` for rows of the procedure; ``keys``: items, points, rules, roles …

    ``old``, ``new``: for ``limit_changed`` the two values as text, "" for no limit; ``keys`` then is the seat with a time of its own.
    """

    kind: Kind
    keys: tuple[str, ...] = ()
    action: str = ""
    old: str = ""
    new: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it forbids the move."""
        return self.kind in BLOCKING


def effects(old: Edition, new: Edition, state: str, track: str, *, declared_class: str = "", kind: str = "admission") -> tuple[Effect, ...]:
    """Everything that is otherwise for a case in ``state`` on ``track`` if it moves from ``old`` to ``new``; () = nothing is."""
    before, after = procedure_of(old), procedure_of(new)
    return (
        *_unknown(new, after, state, track, declared_class),
        *_items(old, new, kind),
        *_points(old, new),
        *_rows(before, after, ahead(before, state) | ahead(after, state)),
        *_bodies(old, new, track),
        *_limits(old, new, before, after, track, ahead(after, state)),
    )


def judged_anew(old: Edition, new: Edition, kind: str = "admission") -> frozenset[str]:
    """Items that townships judge under ``new`` and did not under ``old``: nobody has answered on them (4.1)."""
    before, after = old.items_of(kind).values(), new.items_of(kind).values()
    return frozenset(i.id for i in after if i.judged_by_townships) - {i.id for i in before if i.judged_by_townships}


def found_anew(old: Edition, new: Edition, kind: str = "admission") -> frozenset[str]:
    """Items that lead to other focus points under ``new``, or are new: findings on those points rest on something else (4.2)."""
    before = old.items_of(kind)
    return frozenset(i.id for i in new.items_of(kind).values() if i.id not in before or before[i.id].focus != i.focus)


def ahead(procedure: Procedure, state: str) -> frozenset[str]:
    """The states that a case can still come to from this one, itself included; none if the procedure does not know it.

    What is possible in any state is no step on the road: a correction may lead back from everywhere.
    """
    if state not in procedure.states:
        return frozenset()
    reached, waiting = {state}, [state]
    while waiting:
        here = waiting.pop()
        for rows in procedure.rows.values():
            for row in rows:
                if here in row.sources and not row.sources >= set(procedure.states):
                    for target in _targets(row, here) - reached:
                        reached.add(target)
                        waiting.append(target)
    return frozenset(reached)


def _targets(row: Row, here: str) -> set[str]:
    return {here if target == SAME else target for _question, target in row.to}


def _unknown(new: Edition, after: Procedure, state: str, track: str, declared_class: str) -> Iterator[Effect]:
    if state not in after.states:
        yield Effect("state_unknown", (state,))
    if track not in new.tracks:
        yield Effect("track_unknown", (track,))
    if declared_class and declared_class not in new.exclusions.classes:
        yield Effect("class_unknown", (declared_class,))


def _items(old: Edition, new: Edition, kind: str) -> Iterator[Effect]:
    before, after = old.items_of(kind), new.items_of(kind)
    if judged := judged_anew(old, new, kind):
        yield Effect("opinions_lapse", _in_order(after, judged))
    if found := found_anew(old, new, kind):
        yield Effect("findings_lapse", _in_order(after, found))
    if added := set(after) - set(before):
        yield Effect("item_added", _in_order(after, added))
    if removed := set(before) - set(after):
        yield Effect("item_removed", _in_order(before, removed))


def _points(old: Edition, new: Edition) -> Iterator[Effect]:
    if added := set(new.focus_points) - set(old.focus_points):
        yield Effect("point_added", _in_order(new.focus_points, added))
    if removed := set(old.focus_points) - set(new.focus_points):
        yield Effect("point_removed", _in_order(old.focus_points, removed))


def _in_order(known: Iterable[str], wanted: frozenset[str] | set[str]) -> tuple[str, ...]:
    return tuple(name for name in known if name in wanted)


def _rows(before: Procedure, after: Procedure, states: frozenset[str]) -> Iterator[Effect]:
    """Actions that can still come: new and gone ones, and those that are asked otherwise."""
    for action in dict.fromkeys([*before.rows, *after.rows]):
        old, new = ([row for row in procedure.rows.get(action, ()) if row.sources & states] for procedure in (before, after))
        if not old and not new:
            continue
        if not old or not new:
            yield Effect("action_removed" if old else "action_added", (), action)
            continue
        yield from _asked(action, "guard", _guards(old), _guards(new))
        yield from _asked(action, "role", {r for row in old for r in row.by}, {r for row in new for r in row.by})


def _guards(rows: list[Row]) -> set[str]:
    """Rules that are asked, and questions that choose where it leads."""
    return {guard for row in rows for guard in row.guards} | {q for row in rows for q, _ in row.to if q != OTHERWISE}


def _asked(action: str, what: Literal["guard", "role"], old: set[str], new: set[str]) -> Iterator[Effect]:
    if added := tuple(sorted(new - old)):
        yield Effect("guard_added" if what == "guard" else "role_added", added, action)
    if removed := tuple(sorted(old - new)):
        yield Effect("guard_removed" if what == "guard" else "role_removed", removed, action)


def _bodies(old: Edition, new: Edition, track: str) -> Iterator[Effect]:
    if track not in old.tracks or track not in new.tracks:
        return
    before, after = old.deciding_bodies(track), new.deciding_bodies(track)
    if added := tuple(body for body in after if body not in before):
        yield Effect("body_added", added)
    if removed := tuple(body for body in before if body not in after):
        yield Effect("body_removed", removed)


def _limits(old: Edition, new: Edition, before: Procedure, after: Procedure, track: str, states: frozenset[str]) -> Iterator[Effect]:
    """Time limits of the steps that can still come. Tasks that are open keep the day they have."""
    for action, rows in after.rows.items():
        if not any(row.sources & states for row in rows) or action not in before.rows:
            continue
        for seat in ("", *sorted({name for row in (*rows, *before.rows[action]) for name, _ in row.limit_of_seat})):
            values = [_limit(edition, procedure.limit(action, seat=seat), track) for edition, procedure in ((old, before), (new, after))]
            if values[0] != values[1]:
                yield Effect("limit_changed", (seat,) if seat else (), action, *values)


def _limit(edition: Edition, parameter: str, track: str) -> str:
    if parameter not in edition.parameters or track not in edition.tracks:
        return ""
    value = edition.parameter(parameter, track)
    return "" if value is None else str(value)
