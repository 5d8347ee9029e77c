"""``procedure.yaml`` read into values: states, actions with their rows, office actions, task templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dutygate.law.rules import CONDITIONS, RULES

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

SAME: Final = "same"
OTHERWISE: Final = "otherwise"
PAUSE: Final = ("stands", "runs")


class ProcedureError(ValueError):
    """``procedure.yaml`` contradicts itself or names something that does not exist."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class State:
    """One state of a case."""

    name: str
    label: Label
    cites: str
    final: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: this action, from these states, by these roles, under these guards, leads there."""

    action: str
    cites: str
    by: frozenset[str]
    sources: frozenset[str]
    to: tuple[tuple[str, str], ...]
    guards: tuple[str, ...]
    limit: str
    needs: frozenset[str]
    limit_mandated: str = ""
    limit_of_seat: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TaskTemplate:
    """Whose move it is in a state. ``each`` is the kind of unit when there is one task per unit, else "".

    ``pause``: what a paused review does to its time: "stands" still, or "runs" on.
    """

    state: str
    action: str
    role: str
    each: str
    when: str
    pause: str = "runs"


@dataclass(frozen=True, slots=True)
class Procedure:
    """The whole table of an edition. ``report_…``: the second table, of reports of handed-down matters (Articles 7, 8), with states of
    its own; roles that both know stand in ``roles``.
    """

    states: Mapping[str, State]
    outcomes: Mapping[str, Label]
    roles: Mapping[str, Label]
    labels: Mapping[str, Label]
    rows: Mapping[str, tuple[Row, ...]]
    offices: Mapping[str, Row]
    tasks: tuple[TaskTemplate, ...]
    kinds: Mapping[str, Label] = field(default_factory=dict)
    outcomes_of: Mapping[str, Mapping[str, Label]] = field(default_factory=dict)
    states_of: Mapping[str, Mapping[str, Label]] = field(default_factory=dict)
    report_states: Mapping[str, State] = field(default_factory=dict)
    report_roles: Mapping[str, Label] = field(default_factory=dict)
    report_rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    report_tasks: tuple[TaskTemplate, ...] = ()

    def outcome_label(self, outcome: str, kind: str = "admission") -> Label:
        """How an outcome reads in a case of this kind: 准予准入, 准予退出, 准予调整 ... KeyError for an unknown outcome."""
        return self.outcomes_of.get(kind, {}).get(outcome) or self.outcomes[outcome]

    def state_label(self, state: str, kind: str = "admission") -> Label:
        """How a state reads in a case of this kind. KeyError for an unknown state."""
        return self.states_of.get(kind, {}).get(state) or self.states[state].label

    def __contains__(self, action: str) -> bool:
        """Whether it knows an action."""
        return action in self.rows or action in self.offices or action in self.report_rows

    def rows_of(self, action: str) -> tuple[Row, ...]:
        """Every line of an action, whichever table it stands in. Raises KeyError."""
        if action in self.offices:
            return (self.offices[action],)
        return self.rows[action] if action in self.rows else self.report_rows[action]

    def role_label(self, role: str) -> Label | None:
        """A role of either table, or None."""
        return self.roles.get(role) or self.report_roles.get(role)

    def report_task(self, state: str) -> TaskTemplate | None:
        """Whose move a report is in that state; None where nobody owes it anything."""
        return next((task for task in self.report_tasks if task.state == state), None)

    def row_for(self, action: str, state: str, relations: frozenset[str]) -> Row | None:
        """The row that applies to a unit with these relations in this state."""
        for row in self.rows.get(action) or self.report_rows.get(action, ()):
            if state in row.sources and row.by & relations:
                return row
        return None

    def needs(self, action: str, state: str) -> frozenset[str]:
        """The facts groups that deciding this action in this state can ask for."""
        if action in self.offices:
            return self.offices[action].needs
        groups: frozenset[str] = frozenset()
        for row in self.rows.get(action) or self.report_rows.get(action, ()):
            if state in row.sources:
                groups |= row.needs
        return groups

    def roles_of(self, action: str) -> frozenset[str]:
        """Every role that may do this action in some state."""
        return frozenset().union(*(row.by for row in self.rows_of(action)))

    def cites(self, action: str) -> str:
        """The provision that an action rests on."""
        return self.rows_of(action)[0].cites

    def limit(self, action: str, mandated: bool = False, seat: str = "") -> str:
        """The parameter that limits an action as an open task, or "".

        It may be another in a case that had to be opened (4.5), and another for a seat of the conference (3).
        """
        if action in self.offices:
            return self.offices[action].limit
        rows = self.rows.get(action) or self.report_rows.get(action, ())
        special = next((row.limit_mandated for row in rows if row.limit_mandated), "") if mandated else ""
        own = next((limit for row in rows for name, limit in row.limit_of_seat if name == seat), "") if seat else ""
        return special or own or next((row.limit for row in rows if row.limit), "")

    def stands_still(self, action: str) -> bool:
        """Whether a paused review stops the time of this open task (Article 3)."""
        return any(task.action == action and task.pause == "stands" for task in self.tasks)

    def names(self) -> tuple[str, ...]:
        """All actions, steps of a case first, steps of a report last, in the order of the file."""
        return (*self.rows, *self.offices, *self.report_rows)


def _sources(raw: list[str], states: Mapping[str, State]) -> frozenset[str]:
    if raw == ["any"]:
        return frozenset(states)
    if raw == ["open"]:
        return frozenset(name for name, state in states.items() if not state.final)
    return frozenset(raw)


def _targets(raw: Any) -> tuple[tuple[str, str], ...]:
    if isinstance(raw, str):
        return ((OTHERWISE, raw),)
    return tuple((str(question), str(state)) for question, state in raw)


def _row(raw: Mapping[str, Any], states: Mapping[str, State]) -> Row:
    guards = tuple(raw.get("guards", ()))
    if unknown := [g for g in guards if g not in RULES]:
        raise ProcedureError(f"{raw['action']}: unknown rules {unknown}")
    to = _targets(raw.get("to", SAME))
    asked = [question for question, _ in to if question != OTHERWISE]
    if unknown := [q for q in asked if q not in CONDITIONS]:
        raise ProcedureError(f"{raw['action']}: unknown questions {unknown}")
    if unknown := [state for _, state in to if state != SAME and state not in states]:
        raise ProcedureError(f"{raw['action']}: unknown target states {unknown}")
    needs = frozenset(n for g in guards for n in RULES[g].needs) | frozenset(n for q in asked for n in CONDITIONS[q][1])
    sources = _sources(raw.get("from", []), states)
    if unknown := [s for s in sources if s not in states and s != "none"]:
        raise ProcedureError(f"{raw['action']}: unknown states {unknown}")
    limits = raw.get("limit", ""), raw.get("limit_mandated", "")
    of_seat = tuple(sorted(raw.get("limit_of_seat", {}).items()))
    return Row(raw["action"], raw["cites"], frozenset(raw["by"]), sources, to, guards, limits[0], needs, limits[1], of_seat)


def _template(raw: Mapping[str, str]) -> TaskTemplate:
    who = raw["who"]
    each = who.removeprefix("each ") if who.startswith("each ") else ""
    pause = raw.get("pause", "runs")
    if pause not in PAUSE:
        raise ProcedureError(f"{raw['action']}: pause is {' or '.join(PAUSE)}, not {pause}")
    return TaskTemplate(raw["state"], raw["action"], "" if each else who, each, raw.get("when", ""), pause)


def parse(raw: Mapping[str, Any]) -> Procedure:
    """Read the table. Raises ProcedureError when it names a rule, question or state that does not exist."""
    states = _states(raw["states"])
    labels: dict[str, Label] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    for entry in raw["actions"]:
        name = entry["action"]
        if "zh" in entry:
            labels[name] = Label(entry["zh"], entry["en"])
        rows[name] = (*rows.get(name, ()), _row(entry, states))
    offices: dict[str, Row] = {}
    for entry in raw["offices"]:
        labels[entry["action"]] = Label(entry["zh"], entry["en"])
        offices[entry["action"]] = _row(entry, states)
    report_states = _states(raw.get("report_states", {}))
    report_rows: dict[str, tuple[Row, ...]] = {}
    for entry in raw.get("report_actions", ()):
        name = entry["action"]
        if "zh" in entry:
            labels[name] = Label(entry["zh"], entry["en"])
        report_rows[name] = (*report_rows.get(name, ()), _row(entry, report_states))
    if unlabelled := [name for name in (*rows, *offices, *report_rows) if name not in labels]:
        raise ProcedureError(f"actions without a label: {unlabelled}")
    return Procedure(
        states,
        _labels(raw["outcomes"]),
        _labels(raw["roles"]),
        labels,
        rows,
        offices,
        tuple(_template(t) for t in raw["tasks"]),
        _labels(raw.get("kinds", {})),
        {kind: _labels(part) for kind, part in raw.get("outcomes_of", {}).items()},
        {kind: _labels(part) for kind, part in raw.get("states_of", {}).items()},
        report_states,
        _labels(raw.get("report_roles", {})),
        report_rows,
        tuple(_template(t) for t in raw.get("report_tasks", ())),
    )


def _states(part: Mapping[str, Mapping[str, Any]]) -> dict[str, State]:
    return {name: State(name, Label(s["zh"], s["en"]), s["cites"], bool(s.get("final"))) for name, s in part.items()}


def _labels(part: Mapping[str, Mapping[str, str]]) -> dict[str, Label]:
    return {name: Label(label["zh"], label["en"]) for name, label in part.items()}


@lru_cache(maxsize=64)
def _parsed(holder: _ByDigest) -> Procedure:
    return parse(holder.edition.procedure)


class _ByDigest:
    """Makes an edition a cache key by its digest alone."""

    __slots__ = ("edition",)

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def __hash__(self) -> int:
        return hash(self.edition.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByDigest) and other.edition.digest == self.edition.digest


def procedure_of(edition: Edition) -> Procedure:
    """The table of an edition, parsed once for each digest."""
    return _parsed(_ByDigest(edition))
