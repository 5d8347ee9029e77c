"""From every state that is not final `done` can be reached without withdrawing; whoever has an open task can deal with it; and in an exit
or adjustment no side can hold the other for ever (4.1-4.5).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dutygate.law.procedure.model import tasks_of
from dutygate.law.procedure.slices import PLACES
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tasks import Task
from dutygate.law.procedure.walk import Broken, Graph

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition
    from dutygate.law.rules.facts import Head

ALONE = 3


def dead_ends(edition: Edition, graph: Graph) -> list[Broken]:
    """The nearest state from which nothing but withdrawal is left, as a broken promise; [] if there is none.

    Backward from ``done`` over the walked moves, of which withdrawal is none.
    """
    final = {name for name, state in procedure_of(edition).states.items() if state.final}
    done = [i for i, state in enumerate(graph.states) if state.head.state == "done"]
    alive = _leading_to(done, graph, zip(graph.sources, graph.targets, strict=True))
    dead = (i for i, state in enumerate(graph.states) if not alive[i] and state.head.state not in final and _opened(graph, i))
    first = next(dead, None)
    return [] if first is None else [Broken("done_can_be_reached", "4", graph.cut.name, graph.path(first))]


def held_up(edition: Edition, graph: Graph) -> list[Broken]:
    """The nearest state of an exit or adjustment from which the other side alone, by doing nothing, keeps everybody from being told a
    decision; [] if there is none. Backward over the moves that are not the other side's, on paper or otherwise; time passes.
    """
    sides = {head: _other_side(head) for head in {state.head for state in graph.states}}
    if not any(sides.values()):
        return []
    moves = zip(graph.sources, graph.targets, graph.meant, strict=True)
    free = ((source, target) for source, target, whose in moves if whose not in sides[graph.states[source].head])
    told = [i for i, state in enumerate(graph.states) if state.notice.issued or state.head.state == "done"]
    alive = _leading_to(told, graph, free)
    final = {name for name, state in procedure_of(edition).states.items() if state.final}
    held = (i for i, s in enumerate(graph.states) if not alive[i] and sides[s.head] and s.head.state not in (*final, "none"))
    first = next(held, None)
    return [] if first is None else [Broken("no_side_holds_the_other", "4.4", graph.cut.name, graph.path(first))]


def _other_side(head: Head) -> frozenset[str]:
    """Whoever is asked and whose consent is not needed: the townships, or the department when a township asks, and then also the other
    townships. Where burden grows, townships may say no for good.
    """
    if head.kind not in ("exit", "adjustment"):
        return frozenset()
    townships = {unit for unit, kinds in PLACES.kinds.items() if "township" in kinds and unit != head.initiator}
    asked = {head.duty_lead} if head.by_township else set[str]()
    return frozenset(asked if head.burden else asked | townships)


def _leading_to(goals: list[int], graph: Graph, moves: Iterable[tuple[int, int]]) -> bytearray:
    """For each state whether one of the goals can be reached from it by these moves (source, target)."""
    before: dict[int, list[int]] = {}
    for source, target in moves:
        before.setdefault(target, []).append(source)
    alive = bytearray(len(graph.states))
    waiting = list(goals)
    for i in waiting:
        alive[i] = 1
    while waiting:
        for source in before.get(waiting.pop(), ()):
            if not alive[source]:
                alive[source] = 1
                waiting.append(source)
    return alive


def _opened(graph: Graph, index: int) -> bool:
    """Before a case is opened there is nothing to end; under a repealed edition none is ever opened."""
    head = graph.states[index].head
    return head.state != "none" or head.edition_in_force


def idle_tasks(edition: Edition, graph: Graph) -> list[Broken]:
    """The nearest open task whose holder can neither do it nor, by moves of its own, come to where it can or no longer owes it."""
    for index, task in graph.stuck_tasks:
        if not _manages(edition, graph, index, task):
            line = f"{task.unit} has the task {task.action} and cannot do it"
            return [Broken("tasks_can_be_done_by_their_holder", "4", graph.cut.name, graph.path(index, line))]
    return []


def _manages(edition: Edition, graph: Graph, index: int, task: Task) -> bool:
    reached = {index}
    layer = [index]
    for _ in range(ALONE):
        following = []
        for state in layer:
            start = bisect_left(graph.sources, state)
            for move in range(start, len(graph.sources)):
                if graph.sources[move] != state:
                    break
                target = graph.targets[move]
                if graph.movers[move] != task.unit or target in reached:
                    continue
                if (task.unit, task.action) in graph.can[target] or task not in tasks_of(edition, graph.states[target], PLACES):
                    return True
                reached.add(target)
                following.append(target)
        layer = following
    return False
