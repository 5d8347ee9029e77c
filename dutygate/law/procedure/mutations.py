"""Broken procedures, and who notices: every way in which one line of ``procedure.yaml`` can be wrong (all of Articles 1-4.4).

``mutations`` yields each single change of an edition's procedure: a guard removed, a role added, a target changed, a source added,
an edge added, a task removed. ``mutations.csv`` beside this module says by which promise, sentence or cell each is caught; the tests
find that anew, for a sample always and for all of them in the long run.
"""

from __future__ import annotations

import copy
import csv
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

KINDS: Final = ("guard removed", "role added", "target changed", "source added", "edge added", "task removed")
SECTIONS: Final = ("actions", "offices")
# An added edge leads from any one state to any other, by those who may do the action anyway; of these every ninth is taken.
EDGES_TAKEN: Final = 9


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change. ``name`` says which and is its key in the table; ``procedure`` is the changed ``procedure.yaml``."""

    name: str
    kind: str
    procedure: dict[str, Any]

    def of(self, edition: Edition) -> Edition:
        """The edition with this procedure: another value, another digest."""
        return replace(edition, procedure=self.procedure)


def mutations(edition: Edition) -> Iterator[Mutation]:
    """Every mutation, in the order of the file; combinatorial kinds whole but for added edges. What is not changed they share."""
    raw: dict[str, Any] = copy.deepcopy(dict(edition.procedure))
    for section in SECTIONS:
        for index, row in enumerate(raw[section]):
            label = _label(raw[section], index)
            yield from _of_row(raw, section, index, row, label)
    for index, task in enumerate(raw["tasks"]):
        changed = {**raw, "tasks": [*raw["tasks"][:index], *raw["tasks"][index + 1 :]]}
        yield Mutation(f"task removed: {task['state']}: {task['action']} by {task['who']}", "task removed", changed)


def _label(rows: list[dict[str, Any]], index: int) -> str:
    action = rows[index]["action"]
    same = [n for n, row in enumerate(rows) if row["action"] == action]
    return str(action) if len(same) == 1 else f"{action}#{same.index(index) + 1}"


def _of_row(raw: dict[str, Any], section: str, index: int, row: dict[str, Any], label: str) -> Iterator[Mutation]:
    def changed(kind: str, what: str, **fields: Any) -> Mutation:
        rows = [*raw[section]]
        rows[index] = {**row, **fields}
        return Mutation(f"{kind}: {label}: {what}", kind, {**raw, section: rows})

    for guard in row.get("guards", ()):
        yield changed("guard removed", guard, guards=[g for g in row["guards"] if g != guard])
    for role in raw["roles"]:
        if role not in row["by"]:
            yield changed("role added", role, by=[*row["by"], role])
    if section == "offices":
        return
    states = list(raw["states"])
    for line, target, to in _targets(row.get("to", "same"), states):
        if {target, _old(row, line)} == {"same", *row["from"]}:
            continue  # "same" and its only source are one target
        yield changed("target changed", f"{line} → {target}", to=to)
    if row["from"] in (["any"], ["open"]):
        return
    for state in states:
        if state not in row["from"]:
            yield changed("source added", state, **{"from": [*row["from"], state]})
    pairs = [(a, b) for a, b in itertools.permutations(states, 2) if a not in row["from"]]
    for source, target in pairs[index % EDGES_TAKEN :: EDGES_TAKEN]:
        edge = {"action": row["action"], "cites": row["cites"], "by": row["by"], "from": [source], "to": target, "guards": []}
        rows = [*raw[section][: index + 1], edge, *raw[section][index + 1 :]]
        yield Mutation(f"edge added: {label}: {source} → {target}", "edge added", {**raw, section: rows})


def _old(row: dict[str, Any], line: str) -> str:
    to = row.get("to", "same")
    return str(to) if isinstance(to, str) else str(dict(to)[line])


def _targets(to: Any, states: list[str]) -> Iterator[tuple[str, str, Any]]:
    """(which line of the target, its new state, the whole new target)."""
    if isinstance(to, str):
        yield from (("", state, state) for state in [*states, "same"] if state != to)
        return
    for n, (question, old) in enumerate(to):
        for state in [*states, "same"]:
            if state != old:
                yield question, state, [[q, state if m == n else t] for m, (q, t) in enumerate(to)]


def table() -> list[dict[str, str]]:
    """``mutations.csv``: rows {mutation, caught_by, promise}.

    ``caught_by`` reads "sentence: …", "matrix: …", "table: …" (``consistency``) or "promise: …", in that order of cost. ``promise``: for
    guards and tasks also the promise of the text that the quick walk sees broken, or "" where another guard keeps it too.
    """
    text = (files("dutygate.law.procedure") / "mutations.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def summary() -> dict[str, int]:
    """How many mutations are on record, and by what kind of catcher they are caught."""
    rows = table()
    found = Counter(row["caught_by"].partition(":")[0] for row in rows)
    return {"all": len(rows), **dict(sorted(found.items()))}
