"""程序图的骨架: every move of ``procedure.yaml`` as a value, for the diagram, the table beside it and the BPMN export (Article 4).

A move is one line of the table seen from one state: this action, by these roles, asked this question, leads there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from dutygate.law.procedure.table import OTHERWISE, SAME, Procedure, Row

START: Final = "none"
"""Where a case is before it is opened."""
ONLY: Final = {"banner_decides_finally": "temporary", "track_goes_to_city": "regular", "voids_city_outcome": "regular"}
"""Questions and guards that hold on one track alone (Articles 1, 4.3) -> that track."""


@dataclass(frozen=True, slots=True)
class Move:
    """One move. ``question``: what decides between several targets, "" where there is only one; ``row``: which line of the action.

    ``by``: roles in the order of the file. ``track``: the only track on which it happens, "" for both.
    """

    source: str
    action: str
    row: int
    question: str
    target: str
    by: tuple[str, ...]
    cites: str
    limit: str
    track: str

    @property
    def stays(self) -> bool:
        """Whether the case is afterwards where it was."""
        return self.source == self.target

    @property
    def key(self) -> tuple[str, str, str, str]:
        """(source, action, question, target): what diagram and export are compared by."""
        return (self.source, self.action, self.question, self.target)


@dataclass(frozen=True, slots=True)
class Through:
    """贯穿: an action possible in more than half of all states, listed once instead of drawn in each."""

    action: str
    by: tuple[str, ...]
    cites: str
    sources: tuple[str, ...]
    leads: tuple[tuple[str, str], ...]
    """(question, target) of the moves that leave the state."""


def moves(procedure: Procedure) -> tuple[Move, ...]:
    """Every move: by state in the order of the file (``none`` first), then in the order of the actions."""
    found = [
        _move(procedure, row, number, source, question, target)
        for name, rows in procedure.rows.items()
        for number, row in enumerate(rows)
        for source in row.sources
        for question, target in row.to
    ]
    order = {state: place for place, state in enumerate((START, *procedure.states))}
    return tuple(sorted(found, key=lambda move: order[move.source]))


def _move(procedure: Procedure, row: Row, number: int, source: str, question: str, target: str) -> Move:
    alone = len(row.to) == 1
    tracks = [ONLY[name] for name in (question, *row.guards) if name in ONLY]
    return Move(
        source,
        row.action,
        number,
        "" if alone and question == OTHERWISE else question,
        source if target == SAME else target,
        in_order(procedure, row.by),
        row.cites,
        row.limit,
        tracks[0] if tracks else "",
    )


def in_order(procedure: Procedure, roles: Iterable[str]) -> tuple[str, ...]:
    """Roles in the order in which the file lists them."""
    held = set(roles)
    return tuple(role for role in procedure.roles if role in held)


def through(procedure: Procedure) -> tuple[Through, ...]:
    """The actions that belong to no step in particular: possible in more than half of the states, and not leaving each of them."""
    found: list[Through] = []
    every = moves(procedure)
    for name in procedure.rows:
        mine = [move for move in every if move.action == name]
        sources = tuple(dict.fromkeys(move.source for move in mine))
        if len(sources) * 2 <= len(procedure.states) or not any(move.stays for move in mine):
            continue
        leads = tuple(dict.fromkeys((move.question, move.target) for move in mine if not move.stays))
        found.append(Through(name, mine[0].by, mine[0].cites, sources, leads))
    return tuple(found)


def on_track(every: Iterable[Through], states: Iterable[str]) -> tuple[Through, ...]:
    """The same with these states alone."""
    kept = set(states)
    return tuple(
        replace(
            one,
            sources=tuple(name for name in one.sources if name in kept),
            leads=tuple((question, target) for question, target in one.leads if target in kept),
        )
        for one in every
    )


@lru_cache(maxsize=32)
def _states_on(every: tuple[Move, ...], track: str) -> frozenset[str]:
    reached, before = {START}, 0
    while len(reached) != before:
        before = len(reached)
        reached |= {move.target for move in every if move.source in reached and move.track in ("", track)}
    return frozenset(reached - {START})


def states_on(procedure: Procedure, track: str) -> frozenset[str]:
    """The states that a case of this track can come to."""
    return _states_on(moves(procedure), track)
