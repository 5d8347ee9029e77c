"""The exhaustive walk of ``law check``: breadth first over every state of a cut, every unit trying everything in each (Articles 1-4.4).

``explore`` asks ``decide`` for every (state, unit, payload), performs what is permitted on the model, and tests the invariants.
Answers of ``decide`` are kept by what it can see: the attempt, the unit's relations, the head and the groups that the action's
rules declare; a refusal for role or state depends on action, state and relations alone. The walk holds no randomness and no clock.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from dutygate.law.procedure import duty_steps, review_steps, steps
from dutygate.law.procedure.effects import effect, passing_time
from dutygate.law.procedure.engine import Permit, Refuse, decide
from dutygate.law.procedure.invariants import STATES, STEPS, Step, StepTest
from dutygate.law.procedure.model import ON, Act, CaseState, entered_by, facts_for, paper_relations, relations, tasks_of
from dutygate.law.procedure.payloads import concrete
from dutygate.law.procedure.slices import PLACES, Slice
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tasks import Task
from dutygate.law.rules.facts import Acting, Township

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

__all__ = ["Broken", "Graph", "Try", "duty_steps", "explore", "review_steps", "steps"]

GROUP_FIELDS: Final = ("head", "application", "townships", "review", "decision", "notice", "none_concerned")
# Facts group -> positions in GROUP_FIELDS of what it is made from (parties to be told are read from townships and seats).
MADE_FROM: Final = {
    **{"application": (1,), "townships": (2,), "own": (2,), "target": (2,), "review": (3,), "decision": (4,)},
    "notice": (2, 3, 5),
}
ENTERED: Final = ("record.correct", "record.confirm")
HANDED: Final = ("case.reassign", "case.stand_in")
TIME: Final = "time passes"

Permitted = tuple["Try", Acting, Permit]
Opening = tuple[int, dict[tuple[int, ...], list[tuple["Try", frozenset[str]]]], int]


@dataclass(frozen=True, slots=True)
class Try:
    """One line of a menu tried by one unit."""

    index: int
    action: str
    unit: str
    act: Act

    def __str__(self) -> str:
        told = ", ".join(f"{k}={_short(v)}" for k, v in sorted(self.act.items()) if v not in ("", (), None))
        return f"{self.unit}: {self.action}({told})"


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that does not hold, and the shortest way to where it breaks."""

    invariant: str
    cites: str
    cut: str
    path: tuple[str, ...]


@dataclass(slots=True)
class Graph:
    """What was walked. ``came``: state -> (state before, what was done), -1 at the start; ``sources``, ``targets``, ``movers``: the
    permitted moves and who makes them, ``meant`` whose act each is; ``can``: (unit, action) permitted in a state with some payload;
    ``stuck_tasks``: not permitted.
    """

    cut: Slice
    states: list[CaseState] = field(default_factory=list)
    came: list[tuple[int, object]] = field(default_factory=list)
    sources: array[int] = field(default_factory=lambda: array("i"))
    targets: array[int] = field(default_factory=lambda: array("i"))
    movers: list[str] = field(default_factory=list)
    meant: list[str] = field(default_factory=list)
    can: list[frozenset[tuple[str, str]]] = field(default_factory=list)
    permitted: int = 0
    refused: int = 0
    broken: list[Broken] = field(default_factory=list)
    stuck_tasks: list[tuple[int, Task]] = field(default_factory=list)

    def path(self, index: int, last: str = "") -> tuple[str, ...]:
        """The shortest way from the start to a state, then ``last``."""
        lines = [last] if last else []
        while index >= 0:
            index, line = self.came[index]
            if index >= 0:
                lines.append(str(line))
        return tuple(reversed(lines))


def explore(edition: Edition, cut: Slice, stop_at: int = 1) -> Graph:
    """Walk one cut; ends early once ``stop_at`` promises are broken (0: never)."""
    return _Walk(edition, cut, stop_at).run()


_groups = attrgetter(*GROUP_FIELDS)


class _Walk:
    def __init__(self, edition: Edition, cut: Slice, stop_at: int) -> None:
        self.edition, self.cut, self.stop_at = edition, cut, stop_at
        self.procedure = procedure_of(edition)
        self.graph = Graph(cut)
        tries = [(action, unit, act) for action, act in cut.menu if action in self.procedure.rows for unit in PLACES.units]
        self.tries = [Try(index, *line) for index, line in enumerate(tries)]
        self.entered_tries = [(action, act) for action, act in cut.menu if action in ENTERED and action in self.procedure.rows]
        self.by_entry = {(t.action, id(t.act), t.unit): t for t in self.tries if t.action in ENTERED}
        self.watching: dict[str, list[tuple[str, str, StepTest]]] = {name: [] for name in GROUP_FIELDS}
        self.at_action: dict[str, list[tuple[str, str, StepTest]]] = {}
        for invariant, test in STEPS:
            for group in invariant.watches:
                self.watching[group].append((invariant.name, invariant.cites, test))
            for action in invariant.on:
                self.at_action.setdefault(action, []).append((invariant.name, invariant.cites, test))
        self.parts: list[dict[Any, int]] = [{} for _ in GROUP_FIELDS[:-1]]
        self.known: dict[tuple[int, ...], int] = {}
        self.keys: list[tuple[int, ...]] = []
        self.refusals: dict[tuple[str, str, frozenset[str]], Refuse | None] = {}
        self.judged: dict[tuple[Any, ...], tuple[list[Permitted], int]] = {}
        self.openings: dict[tuple[Any, ...], Opening] = {}
        self.same: dict[frozenset[tuple[str, str]], frozenset[tuple[str, str]]] = {}

    def run(self) -> Graph:
        """Every reachable state, in the order of distance."""
        graph = self.graph
        for state in self.cut.start():
            self.note(state, -1, "")
        index = 0
        while index < len(graph.states):
            self.expand(index)
            if self.stop_at and len(graph.broken) >= self.stop_at:
                break
            index += 1
        return graph

    def note(self, state: CaseState, before: int, line: object) -> int:
        """The state's number; a new one is tested. Groups that did not change keep their number without a look at them."""
        parts = self.parts
        if before >= 0:
            old, numbers = self.graph.states[before], self.keys[before]
            key: tuple[int, ...] = (
                numbers[0] if state.head is old.head else parts[0].setdefault(state.head, len(parts[0])),
                numbers[1] if state.application is old.application else parts[1].setdefault(state.application, len(parts[1])),
                numbers[2] if state.townships is old.townships else parts[2].setdefault(state.townships, len(parts[2])),
                numbers[3] if state.review is old.review else parts[3].setdefault(state.review, len(parts[3])),
                numbers[4] if state.decision is old.decision else parts[4].setdefault(state.decision, len(parts[4])),
                numbers[5] if state.notice is old.notice else parts[5].setdefault(state.notice, len(parts[5])),
                int(state.none_concerned),
            )
        else:
            groups = (state.head, state.application, state.townships, state.review, state.decision, state.notice)
            key = (*[part.setdefault(group, len(part)) for part, group in zip(parts, groups, strict=True)], int(state.none_concerned))
        found = self.known.get(key)
        if found is not None:
            return found
        graph = self.graph
        found = self.known[key] = len(graph.states)
        graph.states.append(state)
        graph.came.append((before, line))
        self.keys.append(key)
        for invariant, test in STATES:
            if not test(self.edition, state):
                graph.broken.append(Broken(invariant.name, invariant.cites, self.cut.name, graph.path(found)))
        return found

    def expand(self, index: int) -> None:
        """Everything that anybody can try here."""
        graph, state, key = self.graph, self.graph.states[index], self.keys[index]
        tasks = tasks_of(self.edition, state, PLACES)
        self.check_somebody_moves(index, state, tasks)
        holders = frozenset(task.unit for task in tasks)
        number, bundles, refused = self.reachable_rules(state, holders)
        graph.refused += refused
        can: set[tuple[str, str]] = set()
        for seen, bundle in bundles.items():
            kept = (number, seen, key[0], *[key[i] for i in seen])
            judged = self.judged.get(kept)
            if judged is None:
                judged = self.judged[kept] = self.judge(state, bundle)
            graph.refused += judged[1]
            for attempt, acting, permit in judged[0]:
                self.do(index, state, attempt, acting, permit, can)
        kept = (-1, (), key[0], key[2], key[3], key[4], key[5])
        judged = self.judged.get(kept)
        if judged is None:
            judged = self.judged[kept] = self.judge(state, self.corrections(state))
        graph.refused -= len(judged[0])
        for attempt, acting, permit in judged[0]:
            self.do(index, state, attempt, acting, permit, can)
        for whose, after in passing_time(state, duty_may_end=self.cut.duty_may_end):
            self.edge(index, self.note(self.cut.fold(after), index, f"{whose}: {TIME}"), TIME, TIME)
        graph.can.append(self.same.setdefault(frozenset(can), frozenset(can)))
        graph.stuck_tasks += [(index, task) for task in tasks if (task.unit, task.action) not in can]

    def judge(self, state: CaseState, attempts: Iterable[tuple[Try, frozenset[str]]]) -> tuple[list[Permitted], int]:
        """What ``decide`` permits of these, and how many it refuses."""
        permitted: list[Permitted] = []
        refused = 0
        for attempt, held in attempts:
            acting = Acting(attempt.unit, str(attempt.act.get("entered_for") or attempt.unit), held)
            facts = facts_for(self.edition, state, acting, concrete(state, attempt.act, acting.user))
            answer = decide(self.edition, attempt.action, state.head.state, acting, facts, ON)
            if isinstance(answer, Permit):
                permitted.append((attempt, acting, answer))
            else:
                refused += 1
        return permitted, refused

    def do(self, index: int, state: CaseState, attempt: Try, acting: Acting, permit: Permit, can: set[tuple[str, str]]) -> None:
        """One permitted attempt: its effect, the promises it must keep, where it leads."""
        self.graph.permitted += 1
        action = attempt.action
        can.add((attempt.unit, action))
        act = concrete(state, attempt.act, acting.user)
        after = effect(self.edition, state, action, acting, act, permit)
        changed = () if after.townships is state.townships else changed_townships(state, after)
        self.check_step(index, Step(self.edition, PLACES, state, after, action, attempt.unit, acting.user, act, changed), attempt)
        if after is state or not self.cut.follows(state, action, attempt.unit, after):
            return
        target = self.note(self.cut.fold(after), index, attempt)
        if target != index and action != "case.withdraw":
            self.edge(index, target, attempt.unit, acting.unit)

    def edge(self, source: int, target: int, unit: str, meant: str) -> None:
        """Remember a move, for the way back from ``done`` and for what a unit can do alone."""
        self.graph.sources.append(source)
        self.graph.targets.append(target)
        self.graph.movers.append(unit)
        self.graph.meant.append(meant)

    def seen_groups(self, action: str, state: str) -> tuple[int, ...]:
        """Positions of the groups that deciding this action in this state can look at."""
        return tuple(sorted({i for need in self.procedure.needs(action, state) for i in MADE_FROM[need]}))

    def reachable_rules(self, state: CaseState, holders: frozenset[str]) -> Opening:
        """Attempts whose role and time are right, with the unit's relations, bundled by the groups that judging them looks at; how many
        are refused before any rule is asked; and a number for this answer.
        """
        asked = tuple([t.unit for t in state.townships if t.asked])
        departments = tuple([a.unit for a in state.review.asked])
        told = state.notice.required
        key = (state.head.state, state.head.initiator, state.head.mandated, asked, state.review.seats, departments, told, holders)
        found = self.openings.get(key)
        if found is None:
            bundles: dict[tuple[int, ...], list[tuple[Try, frozenset[str]]]] = {}
            for attempt, held in self.role_and_time(state, holders):
                bundles.setdefault(self.seen_groups(attempt.action, state.head.state), []).append((attempt, held))
            refused = len(self.tries) - sum(len(bundle) for bundle in bundles.values())
            found = self.openings[key] = (len(self.openings), bundles, refused)
        return found

    def role_and_time(self, state: CaseState, holders: frozenset[str]) -> Iterator[tuple[Try, frozenset[str]]]:
        standing = {unit: relations(state, unit, PLACES) for unit in PLACES.units}
        for attempt in self.tries:
            held = standing[attempt.unit]
            if "entered_for" in attempt.act:
                held = paper_relations(state, attempt.unit, attempt.action, attempt.act, PLACES)
            if attempt.action in HANDED and attempt.unit in holders:
                held |= {"task_holder"}
            if self.refused_at_once(state, attempt, held) is None:
                yield attempt, held

    def corrections(self, state: CaseState) -> Iterator[tuple[Try, frozenset[str]]]:
        """Corrections by whoever entered what they are about (the others were counted as refused, these with them)."""
        for action, act in self.entered_tries:
            for unit in entered_by(state, act, PLACES) & set(PLACES.units):
                attempt = self.by_entry[action, id(act), unit]
                held = relations(state, unit, PLACES) | {"entered_it"}
                if self.refused_at_once(state, attempt, held) is None:
                    yield attempt, held

    def refused_at_once(self, state: CaseState, attempt: Try, held: frozenset[str]) -> Refuse | None:
        """``decide``'s refusal for role or state, which looks at nothing else; None if rules would be asked."""
        key = (attempt.action, state.head.state, held)
        if key not in self.refusals:
            acting = Acting(attempt.unit, attempt.unit, held)
            facts = facts_for(self.edition, state, acting, concrete(state, attempt.act, acting.user))
            answer = decide(self.edition, attempt.action, state.head.state, acting, facts, ON)
            early = isinstance(answer, Refuse) and answer.kind in ("role", "state")
            self.refusals[key] = answer if early and isinstance(answer, Refuse) else None
        return self.refusals[key]

    def check_step(self, index: int, step: Step, attempt: Try) -> None:
        """The step invariants that this change can break."""
        before, after = step.before, step.after
        failed: list[tuple[str, str]] = [(n, c) for n, c, test in self.at_action.get(step.action, ()) if not test(step)]
        if after is not before:
            for old, new, tests in zip(_groups(before), _groups(after), self.watching.values(), strict=True):
                if old is not new and old != new:
                    failed += [(n, c) for n, c, test in tests if not test(step)]
        for name, cites in dict(failed).items():
            self.graph.broken.append(Broken(name, cites, self.cut.name, self.graph.path(index, str(attempt))))

    def check_somebody_moves(self, index: int, state: CaseState, tasks: frozenset[Task]) -> None:
        """In a case that has not ended it is somebody's move, and a clock that stands still is the lead's to set going (Article 3)."""
        if state.head.state == "none" or self.procedure.states[state.head.state].final:
            return
        if not tasks:
            self.graph.broken.append(Broken("somebody_has_the_move", "4", self.cut.name, self.graph.path(index)))
        if state.review.paused and not any(task.action == "review.resume" and task.unit == state.seated("lead") for task in tasks):
            self.graph.broken.append(Broken("a_paused_review_is_the_leads_to_resume", "3", self.cut.name, self.graph.path(index)))


def changed_townships(before: CaseState, after: CaseState) -> tuple[tuple[Township | None, Township], ...]:
    """The townships that stand differently, each with how it stood."""
    pairs = [(before.township(t.unit), t) for t in after.townships]
    return tuple([pair for pair in pairs if pair[0] != pair[1]])


def _short(value: Any) -> str:
    if isinstance(value, tuple | frozenset):
        return "+".join(_short(v) for v in (sorted(value) if isinstance(value, frozenset) else value))
    return str(value)
