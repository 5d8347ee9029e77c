"""From every state that is not final `done` can be reached without withdrawing; and whoever has an open task can deal with it (4.1-4.4)."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from dutygate.law.procedure.model import tasks_of
from dutygate.law.procedure.slices import PLACES
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tasks import Task
from dutygate.law.procedure.walk import Broken, Graph

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

ALONE = 3


def dead_ends(edition: Edition, graph: Graph) -> list[Broken]:
    """The nearest state from which nothing but withdrawal is left, as a broken promise; [] if there is none.

    Backward from ``done`` over the walked moves, of which withdrawal is none.
    """
    final = {name for name, state in procedure_of(edition).states.items() if state.final}
    before: dict[int, list[int]] = {}
    for source, target in zip(graph.sources, graph.targets, strict=True):
        before.setdefault(target, []).append(source)
    alive = bytearray(len(graph.states))
    waiting = [i for i, state in enumerate(graph.states) if state.head.state == "done"]
    for i in waiting:
        alive[i] = 1
    while waiting:
        for source in before.get(waiting.pop(), ()):
            if not alive[source]:
                alive[source] = 1
                waiting.append(source)
    dead = (i for i, state in enumerate(graph.states) if not alive[i] and state.head.state not in final and _opened(graph, i))
    first = next(dead, None)
    return [] if first is None else [Broken("done_can_be_reached", "4", graph.cut.name, graph.path(first))]


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
