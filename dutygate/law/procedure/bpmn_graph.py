"""BPMN 的节点和连线: the procedure as a process of tasks and gateways, before it is written as XML (Article 4).

A state is an exclusive gateway: whoever acts there chooses. From it one flow goes to each action that is possible, a task; where the
action's outcome decides between states, an exclusive gateway of its own follows it. A final state may also end the case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from dutygate.law.procedure.graph import START, Move, moves
from dutygate.law.procedure.saying import action_label, roles_label, state_label
from dutygate.law.procedure.table import OTHERWISE, Procedure, procedure_of
from dutygate.law.rules.statements import on_diagram, question_in_words, statement

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

Kind = Literal["startEvent", "endEvent", "userTask", "exclusiveGateway"]
OF_THE_CASE: Final = ""
"""The lane of the states themselves."""


@dataclass(frozen=True, slots=True)
class Node:
    """A task, gateway or event. ``column``: the state it belongs to; ``lane``: the roles that act, one after another with spaces."""

    id: str
    kind: Kind
    name: str
    column: str
    lane: str
    documentation: str = ""
    after: str = ""
    """For the gateway behind a task: that task."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. ``condition``: an expression of the data, "" for none; ``default``: taken when no other is."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True)
class Process:
    """The whole process. ``lanes``: lane -> its name, that of the states first."""

    name: str
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    lanes: dict[str, str]
    columns: tuple[str, ...]


def process_of(edition: Edition, lang: str) -> Process:
    """The procedure of an edition as a process. Every move of the table is there, each once."""
    procedure = procedure_of(edition)
    nodes: list[Node] = [Node("start", "startEvent", on_diagram("start", lang), START, OF_THE_CASE)]
    flows: list[Flow] = []
    for name, state in procedure.states.items():
        nodes.append(Node(_state(name), "exclusiveGateway", state_label(procedure, name, lang), name, OF_THE_CASE))
        if state.final:
            nodes.append(Node(f"end.{name}", "endEvent", state_label(procedure, name, lang), name, OF_THE_CASE))
            flows.append(Flow(f"flow.end.{name}", _state(name), f"end.{name}", default=True))
    for (source, action, row), group in groupby(moves(procedure), key=lambda move: (move.source, move.action, move.row)):
        _step(edition, procedure, lang, list(group), f"{source}.{action}.{row}", nodes, flows)
    used = dict.fromkeys(node.lane for node in nodes)
    lanes = {
        lane: on_diagram("lane", lang) if lane == OF_THE_CASE else roles_label(procedure, lane.split(), lang) for lane in _sorted(used)
    }
    return Process(edition.title.in_language(lang), tuple(nodes), tuple(flows), lanes, (START, *procedure.states))


def _step(edition: Edition, procedure: Procedure, lang: str, forks: list[Move], key: str, nodes: list[Node], flows: list[Flow]) -> None:
    """One action in one state: the flow to its task, the task, and where it leads."""
    move = forks[0]
    lane, task = " ".join(move.by), f"task.{key}"
    nodes.append(
        Node(task, "userTask", action_label(procedure, move.action, lang), move.source, lane, _about(edition, procedure, move, lang))
    )
    if move.source == START:
        flows.append(Flow(f"flow.to.{key}", "start", task))
    else:
        flows.append(Flow(f"flow.to.{key}", _state(move.source), task, condition=f"action == '{move.action}'"))
    if len(forks) == 1:
        flows.append(Flow(f"flow.from.{key}", task, _state(move.target)))
        return
    fork = f"fork.{key}"
    nodes.append(Node(fork, "exclusiveGateway", "", move.source, lane, after=task))
    flows.append(Flow(f"flow.from.{key}", task, fork))
    for one in forks:
        words = question_in_words(one.question, lang, "" if one.stays else one.target)
        rest = one.question == OTHERWISE
        flows.append(Flow(f"flow.{one.question}.{key}", fork, _state(one.target), words, "" if rest else one.question, rest))


def _about(edition: Edition, procedure: Procedure, move: Move, lang: str) -> str:
    """The provision an action rests on, and what its rules ask for."""
    row = procedure.rows[move.action][move.row]
    label = edition.provisions[move.cites].label.in_language(lang)
    return "\n".join([label, *(statement(rule, lang) for rule in row.guards)])


def _state(name: str) -> str:
    return f"state.{name}"


def _sorted(lanes: Iterable[str]) -> list[str]:
    """The states' lane on top, the others as they first act."""
    found = list(lanes)
    return sorted(found, key=lambda lane: (lane != OF_THE_CASE, found.index(lane)))
