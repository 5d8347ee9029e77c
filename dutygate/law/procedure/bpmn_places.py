"""BPMN 图上的位置: a column for each state, a row for each lane; where every node stands and every flow runs (BPMN DI)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from dutygate.law.procedure.bpmn_graph import OF_THE_CASE, Flow, Node, Process

HEAD: Final = 30
TASK_WIDTH: Final = 150
TASK_HEIGHT: Final = 64
ROW: Final = 82
GATEWAY: Final = 50
FORK: Final = 40
EVENT: Final = 36
TRUNK: Final = 40
FORK_WAY: Final = 150
CHANNEL: Final = 9
STRAND: Final = 19

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(slots=True)
class Places:
    """The whole picture. ``labels``: flow -> where its words stand."""

    pool: Bounds
    lanes: dict[str, Bounds]
    nodes: dict[str, Bounds] = field(default_factory=dict)
    ways: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Bounds] = field(default_factory=dict)


def places_of(process: Process) -> Places:
    """Where everything stands."""
    by_id = {node.id: node for node in process.nodes}
    tasks: dict[tuple[str, str], list[Node]] = {}
    forked = {node.after: node for node in process.nodes if node.after}
    for node in process.nodes:
        if node.kind == "userTask":
            tasks.setdefault((node.column, node.lane), []).append(node)
    lefts, width = _columns(process, tasks, forked.keys())
    channels = {f"state.{column}": 24 + CHANNEL * number for number, column in enumerate(process.columns[1:])}
    top = 24 + CHANNEL * len(channels) + 16
    lanes, y = {}, 0
    for lane in process.lanes:
        rows = max((len(cell) for (_column, here), cell in tasks.items() if here == lane), default=0)
        height = top + GATEWAY + 40 if lane == OF_THE_CASE else 16 + ROW * rows
        lanes[lane] = Bounds(HEAD, y, width - HEAD, height)
        y += height
    found = Places(Bounds(0, 0, width, y), lanes)
    for node in process.nodes:
        if node.lane == OF_THE_CASE:
            found.nodes[node.id] = _of_the_case(node, lefts[node.column], top)
    for (column, lane), cell in tasks.items():
        for row, node in enumerate(cell):
            at = Bounds(lefts[column] + TRUNK + 30, lanes[lane].y + 14 + ROW * row, TASK_WIDTH, TASK_HEIGHT)
            found.nodes[node.id] = at
            if node.id in forked:
                x, middle = at.x + at.width + 20, at.middle[1]
                found.nodes[forked[node.id].id] = Bounds(x, middle - FORK // 2, FORK, FORK)
    strands = _strands(process.flows, by_id)
    for flow in process.flows:
        _way(flow, by_id, found, channels, strands.get(flow.id, (0, 1)), _right(flow, by_id, lefts, process, width))
    return found


def _columns(process: Process, tasks: dict[tuple[str, str], list[Node]], forked: Iterable[str]) -> tuple[dict[str, int], int]:
    """Where each column begins, and where the last ends. A column with a fork in it is wider."""
    wide = set(forked)
    lefts, x = {}, HEAD + 20
    for column in process.columns:
        lefts[column] = x
        here = [node.id for (name, _lane), cell in tasks.items() if name == column for node in cell]
        x += TRUNK + 30 + (TASK_WIDTH + 40 if here else 0) + (20 + FORK + FORK_WAY if wide & set(here) else 0)
    return lefts, x + 20


def _of_the_case(node: Node, left: int, top: int) -> Bounds:
    middle = top + GATEWAY // 2
    if node.kind == "exclusiveGateway":
        return Bounds(left + TRUNK - GATEWAY // 2, top, GATEWAY, GATEWAY)
    x = left + TRUNK + (60 if node.kind == "endEvent" else 0)
    return Bounds(x - EVENT // 2, middle - EVENT // 2, EVENT, EVENT)


def _strands(flows: Iterable[Flow], by_id: dict[str, Node]) -> dict[str, tuple[int, int]]:
    """Flow out of a fork -> which one of how many."""
    of_fork: dict[str, list[str]] = {}
    for flow in flows:
        if by_id[flow.source].after:
            of_fork.setdefault(flow.source, []).append(flow.id)
    return {name: (number, len(mine)) for mine in of_fork.values() for number, name in enumerate(mine)}


def _right(flow: Flow, by_id: dict[str, Node], lefts: dict[str, int], process: Process, width: int) -> int:
    """Where the flows of a column rise: near its right end."""
    at = process.columns.index(by_id[flow.source].column)
    following = process.columns[at + 1 : at + 2]
    return (lefts[following[0]] if following else width - 20) - 14


def _way(flow: Flow, by_id: dict[str, Node], found: Places, channels: dict[str, int], strand: tuple[int, int], riser: int) -> None:
    source, target = found.nodes[flow.source], found.nodes[flow.target]
    x, y = source.x + source.width, source.middle[1]
    if by_id[flow.source].lane == OF_THE_CASE:
        if by_id[flow.target].kind == "endEvent":
            found.ways[flow.id] = [(x, y), (target.x, target.middle[1])]
        else:
            trunk, below = source.middle[0], source.y + source.height
            found.ways[flow.id] = [(trunk, below), (trunk, target.middle[1]), (target.x, target.middle[1])]
        return
    if flow.target not in channels:  # from a task to the fork behind it
        found.ways[flow.id] = [(x, y), (target.x, target.middle[1])]
        return
    number, of = strand
    level = y + int((number - (of - 1) / 2) * STRAND)
    riser -= 6 * number
    channel = channels[flow.target]
    start: list[Point] = [(x, y)] if of == 1 else [(x, y), (x + 8, level)]
    found.ways[flow.id] = [*start, (riser, level), (riser, channel), (target.middle[0], channel), (target.middle[0], target.y)]
    if flow.name:
        found.labels[flow.id] = Bounds(x + 10, level - 15, riser - x - 14, 14)
