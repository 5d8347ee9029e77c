"""程序图 as the pages show it: the SVG, and the table beside it that says the same (Article 4)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, Literal

from django.utils.safestring import SafeString

from dutygate.law.procedure.diagram import lay_out
from dutygate.law.procedure.drawing import svg
from dutygate.law.procedure.graph import START, Move, moves, on_track, states_on, through
from dutygate.law.procedure.saying import action_label, in_lang, in_states, only, roles_label, state_label
from dutygate.law.procedure.table import Procedure, procedure_of
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.statements import question_in_words

TRACKS: Final = ("regular", "temporary")
LARGER: Final = 1.15
"""One column leaves room for larger letters."""
ROOM: Final = 1184
"""So much a page has beside its margins, in pixels at the usual size of letters: a wider picture is made to fit."""


@lru_cache(maxsize=128)
def _drawn(edition: Edition, lang: str, columns: Literal[1, 2], current: str, track: str) -> str:
    laid = lay_out(edition, lang, columns=columns, current=current, track=track)
    return svg(laid, ids=f"diagram-{columns}", scale=LARGER if columns == 1 else min(1.0, ROOM / laid.width))


def picture(edition: Edition, lang: str, *, columns: Literal[1, 2], current: str = "", track: str = "") -> SafeString:
    """The diagram as SVG for a page. Every text in it was escaped where it was written."""
    known = track if track in TRACKS else ""
    state = current if current in procedure_of(edition).states else ""
    return SafeString(_drawn(edition, lang, columns, state, known))


def _kept(edition: Edition, track: str) -> tuple[Procedure, list[str], list[Move]]:
    procedure = procedure_of(edition)
    states = [name for name in procedure.states if not track or name in states_on(procedure, track)]
    every = [move for move in moves(procedure) if {move.source, move.target} <= {START, *states}]
    return procedure, states, [move for move in every if not track or move.track in ("", track)]


def _line(edition: Edition, procedure: Procedure, move: Move, lang: str) -> dict[str, Any]:
    return {
        "source": state_label(procedure, move.source, lang),
        "action": move.action,
        "label": action_label(procedure, move.action, lang),
        "only": only(move.track, lang).strip(),
        "who": roles_label(procedure, move.by, lang),
        "cites": move.cites,
        "when": question_in_words(move.question, lang, "" if move.stays else move.target),
        "stays": move.stays,
        "to": state_label(procedure, move.target, lang),
    }


def ways_of(edition: Edition, lang: str, track: str = "") -> dict[str, list[dict[str, Any]]]:
    """The table beside the diagram: {steps: [{topic, label, cites, final, lines}], through: [{action, label, who, cites, where, leads}]}.

    What runs through stands once, as in the diagram.
    """
    procedure, states, every = _kept(edition, track)
    beside = on_track(through(procedure), states)
    everywhere = {one.action for one in beside}
    named = [(START, state_label(procedure, START, lang), "", False)]
    named += [(name, state_label(procedure, name, lang), procedure.states[name].cites, procedure.states[name].final) for name in states]
    return {
        "steps": [
            {
                "topic": f"state-{name}",
                "label": label,
                "cites": cites,
                "final": final,
                "lines": [_line(edition, procedure, move, lang) for move in every if move.source == name and move.action not in everywhere],
            }
            for name, label, cites, final in named
        ],
        "through": [
            {
                "action": one.action,
                "label": action_label(procedure, one.action, lang),
                "who": roles_label(procedure, one.by, lang),
                "cites": one.cites,
                "where": in_states(procedure, one.sources, lang, among=states),
                "leads": [
                    {"when": question_in_words(question, lang, target), "to": state_label(procedure, target, lang)}
                    for question, target in one.leads
                ],
            }
            for one in beside
        ],
    }


def ways_from(edition: Edition, lang: str, state: str, track: str) -> dict[str, Any]:
    """Where a case in this state can go: {state, final, lines}; what is still possible at its end leaves it there."""
    procedure, _states, every = _kept(edition, track)
    everywhere = {one.action for one in through(procedure)}
    here: Iterable[Move] = (move for move in every if move.source == state and move.action not in everywhere)
    known = procedure.states.get(state)
    return {
        "state": in_lang(known.label if known else None, lang, state),
        "final": known is not None and known.final,
        "lines": [_line(edition, procedure, move, lang) for move in here],
    }
