"""程序图和旁边的表用的话: the names of moves, of who makes them and of where they can be made, in both languages (Article 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from dutygate.law.procedure.graph import START, Move, Through
from dutygate.law.procedure.table import Label, Procedure
from dutygate.law.rules.statements import on_diagram, question_in_words

TRACKS: Final = {"regular": Label("常态化", "regular matters"), "temporary": Label("阶段性、临时性", "temporary tasks")}
NAMED_ONE_BY_ONE: Final = 6
"""So many roles are named; more of them are every unit that takes part."""


def in_lang(label: Label | None, lang: str, fallback: str = "") -> str:
    """A label in the language asked for."""
    if label is None:
        return fallback
    return label.en if lang == "en" else label.zh


def action_label(procedure: Procedure, action: str, lang: str) -> str:
    """The name of an action."""
    return in_lang(procedure.labels.get(action), lang, action)


def state_label(procedure: Procedure, state: str, lang: str) -> str:
    """The name of a state; that of the start for ``none``."""
    if state == START:
        return on_diagram("start", lang)
    return in_lang(procedure.states[state].label, lang, state)


def roles_label(procedure: Procedure, roles: Iterable[str], lang: str) -> str:
    """Who: the roles one after another."""
    return (", " if lang == "en" else "、").join(in_lang(procedure.role_label(role), lang, role) for role in roles)


def move_label(procedure: Procedure, move: Move, lang: str) -> tuple[str, ...]:
    """A move in words: its action with the track if it is of one alone, or its action and when it is taken."""
    name = action_label(procedure, move.action, lang)
    if question := question_in_words(move.question, lang, move.target):
        return (f"{name}:" if lang == "en" else f"{name}：", question)
    return (name + only(move.track, lang),)


def move_by(procedure: Procedure, move: Move, lang: str) -> str:
    """A move that stays: its action and by whom."""
    name, roles = action_label(procedure, move.action, lang), roles_label(procedure, move.by, lang)
    return f"{name} ({roles})" if lang == "en" else f"{name}（{roles}）"


def only(track: str, lang: str) -> str:
    """ "(… only)" for a move of one track, "" for one of both."""
    if not track:
        return ""
    return (" " if lang == "en" else "") + on_diagram("only", lang).format(in_lang(TRACKS[track], lang))


def in_states(procedure: Procedure, sources: Sequence[str], lang: str, among: Sequence[str] = ()) -> str:
    """Where: any state, every open one, from this to that one, or each by its name. ``among``: the states there are, all if none."""
    states = list(among or procedure.states)
    if set(sources) == set(states):
        return on_diagram("any", lang)
    if set(sources) == {name for name in states if not procedure.states[name].final}:
        return on_diagram("open", lang)
    if START in sources:
        return on_diagram("start", lang)
    first, last = states.index(sources[0]), states.index(sources[-1])
    if list(sources) == states[first : last + 1] and len(sources) > 2:
        return on_diagram("range", lang).format(*(state_label(procedure, name, lang) for name in (sources[0], sources[-1])))
    return (", " if lang == "en" else "、").join(state_label(procedure, name, lang) for name in sources)


def leads_to(procedure: Procedure, one: Through, lang: str, where: str) -> str:
    """One action of those that run through: name, by whom, where, and to where it leads when it does."""
    name = action_label(procedure, one.action, lang)
    roles = roles_label(procedure, one.by, lang) if len(one.by) <= NAMED_ONE_BY_ONE else on_diagram("parties", lang)
    text = f"{name} ({roles}): {where}" if lang == "en" else f"{name}（{roles}）：{where}"
    for question, target in one.leads:
        when, to = question_in_words(question, lang), state_label(procedure, target, lang)
        text += f"; {when}: {on_diagram('leads', lang)} {to}" if lang == "en" else f"；{when}{on_diagram('leads', lang)}“{to}”"
    return text
