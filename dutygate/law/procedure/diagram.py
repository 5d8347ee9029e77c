"""程序图: the states of a case as boxes on one road and its moves as labelled arrows, laid out from the procedure alone (Article 4).

The states stand in the order of the file, in one column or folded into two. A move to the next box is an arrow straight down; every
other one leaves the box at its side and runs along a rail, which it shares with the other moves to the same box. What stays in a
state is written inside its box; what belongs to no step (``through``) stands in a box of its own. ``drawing`` makes SVG of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from dutygate.law.procedure.graph import START, Move, Through, moves, on_track, states_on, through
from dutygate.law.procedure.lettering import balanced, width, wrap
from dutygate.law.procedure.saying import in_lang, in_states, leads_to, move_by, move_label, roles_label
from dutygate.law.procedure.shapes import (
    BOLD,
    BOX,
    FEW,
    INDENT,
    LABEL,
    LINE,
    MARGIN,
    NAME,
    PAD,
    RAIL,
    SMALL,
    Arrow,
    Beside,
    Box,
    Diagram,
    Port,
    Rail,
    Side,
)
from dutygate.law.procedure.table import Procedure, procedure_of
from dutygate.law.rules.statements import on_diagram

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition


def lay_out(edition: Edition, lang: str, *, columns: Literal[1, 2] = 2, current: str = "", track: str = "") -> Diagram:
    """The diagram of an edition's procedure, with the current state marked in words; of both tracks, or of one alone.

    Two columns are folded where both come out about as long.
    """
    procedure = procedure_of(edition)
    kept = states_on(procedure, track) if track else frozenset(procedure.states)
    states = [name for name in procedure.states if name in kept]

    def laid(*strips: list[str]) -> Diagram:
        return _Layout(edition, lang, strips, current, track).diagram()

    if columns == 1:
        return laid(states)
    return min((laid(states[:at], states[at:]) for at in range(2, len(states) - 1)), key=lambda found: found.height)


class _Layout:
    def __init__(self, edition: Edition, lang: str, strips: Sequence[Sequence[str]], current: str, track: str) -> None:
        self.edition, self.lang, self.current = edition, lang, current
        self.procedure: Procedure = procedure_of(edition)
        states = [name for strip in strips for name in strip]
        self.through = on_track(through(self.procedure), states)
        everywhere = {one.action for one in self.through}
        self.moves = [
            move
            for move in moves(self.procedure)
            if move.action not in everywhere and {move.source, move.target} <= {START, *states} and (not track or move.track in ("", track))
        ]
        self.strips = [[self._box(name, number) for name in strip] for number, strip in enumerate(strips)]
        self.boxes = {box.state: box for strip in self.strips for box in strip}
        self.place = {name: at for at, name in enumerate(self.boxes)}
        self.ports: list[Port] = []
        self.rails: list[Rail] = []
        self.down: dict[str, list[Move]] = {}

    def _box(self, name: str, strip: int) -> Box:
        state = self.procedure.states[name]
        provision = self.edition.provisions.get(state.cites)
        inside = []
        for move in self.moves:
            if move.source == name and move.stays:
                lines = wrap(move_by(self.procedure, move, self.lang), SMALL, BOX - 2 * PAD - 12)
                inside.append((move, lines))
        label, article = in_lang(state.label, self.lang), provision.label.in_language(self.lang) if provision else ""
        below = width(label, NAME) * BOLD + width(article, SMALL) + 3 * PAD > BOX
        now = on_diagram("now", self.lang) if name == self.current else ""
        return Box(name, label, article, state.final, below, now, inside, strip)

    def diagram(self) -> Diagram:
        self._route()
        self._place()
        arrows = self._arrows()
        beside, bottom = self._beside(max(box.y + box.height for box in self.boxes.values()) + 24)
        first = self.strips[0][0]
        return Diagram(self.lang, self.width, bottom + MARGIN, self.boxes, arrows, beside, (first.x + INDENT, MARGIN + 8))

    # Which way each move takes

    def _route(self) -> None:
        grouped: dict[tuple[int, str], list[Move]] = {}
        for move in self.moves:
            if move.stays:
                continue
            if move.source == START or self._is_next(move):
                self.down.setdefault(move.target, []).append(move)
            else:
                grouped.setdefault((self._channel(move), move.target), []).append(move)
        for (channel, target), mine in grouped.items():
            self._rail(channel, self.boxes[target], mine)

    def _is_next(self, move: Move) -> bool:
        source, target = self.boxes[move.source], self.boxes[move.target]
        return source.strip == target.strip and self.place[move.target] == self.place[move.source] + 1

    def _channel(self, move: Move) -> int:
        """0: left of the first column, then one to the right of each."""
        source, target = self.boxes[move.source], self.boxes[move.target]
        if source.strip != target.strip:
            return 1
        return source.strip + (1 if self.place[move.target] > self.place[move.source] else 0)

    def _rail(self, channel: int, target: Box, mine: list[Move]) -> None:
        def side(box: Box) -> Side:
            return "right" if channel == box.strip + 1 else "left"

        once = len(mine) >= FEW and len({move.action for move in mine}) == 1
        above = all(self.place[move.source] < self.place[target.state] and self.boxes[move.source].strip == target.strip for move in mine)
        end = Port(target, side(target), True, above, self._label(mine[0]) if once else [])
        self.ports.append(end)
        starts = []
        for move in mine:
            box = self.boxes[move.source]
            up = box.strip != target.strip or self.place[target.state] < self.place[box.state]
            starts.append((Port(box, side(box), False, up, [] if once else self._label(move)), move))
            self.ports.append(starts[-1][0])
        self.rails.append(Rail(channel, target, end, starts))

    def _label(self, move: Move, limit: float = LABEL) -> list[str]:
        what = [line for part in move_label(self.procedure, move, self.lang) for line in balanced(part, SMALL, limit)]
        return [*what, *balanced(roles_label(self.procedure, move.by, self.lang), SMALL, limit)]

    # Where everything stands

    def _place(self) -> None:
        zone = {channel: 0.0 for channel in range(len(self.strips) + 1)}
        zone = {channel: (RAIL * (sum(rail.channel == channel for rail in self.rails) + 1)) for channel in zone}
        x = MARGIN
        self.channels: dict[int, float] = {}
        for number, strip in enumerate(self.strips):
            x += self._room(number, "left")
            if number == 0:
                self.channels[0] = x - self._room(0, "left")
                x += zone[0]
            for box in strip:
                box.x = x
            x += BOX + self._room(number, "right")
            self.channels[number + 1] = x
            x += zone[number + 1]
        self.width = x + MARGIN
        tops = [self._stack(strip) for strip in self.strips]
        for strip, bottom in zip(self.strips, tops, strict=True):
            spare = (max(tops) - bottom) / max(len(strip) - 1, 1)
            for number, box in enumerate(strip):
                box.y += spare * number
        for box in self.boxes.values():
            self._set_ports(box)
        self._lanes()

    def _room(self, strip: int, side: Side) -> float:
        """How much the labels at one side of a column need."""
        texts = [line for port in self.ports if port.box.strip == strip and port.side == side for line in port.lines]
        return max((width(text, SMALL) for text in texts), default=0) + 14

    def _stack(self, strip: list[Box]) -> float:
        y = MARGIN + 16.0
        for number, box in enumerate(strip):
            lines = sum(len(self._label(move, BOX - INDENT)) for move in self.down.get(box.state, ()))
            first_alone = number == 0 and box.strip > 0
            y = MARGIN if first_alone else y + max(22.0, LINE * lines + 11)
            box.y = y
            rows = sum(len(lines) for _move, lines in box.inside) + box.below + bool(box.now)
            text = PAD + NAME + 6 + LINE * rows + PAD
            sides = [sum(port.height for port in self.ports if port.box is box and port.side == side) + 12 for side in ("left", "right")]
            box.height = max(text + 4, *sides)
            y += box.height
        return y

    def _set_ports(self, box: Box) -> None:
        for side in ("left", "right"):
            mine = [port for port in self.ports if port.box is box and port.side == side]
            upper = [port for port in mine if port.up]
            y = box.y + 4
            for port in sorted(upper, key=lambda port: not port.incoming):
                y += port.height
                port.y = y
            y = box.y + box.height - 8
            for port in sorted((port for port in mine if not port.up), key=lambda port: not port.incoming):
                port.y = y
                y -= port.height

    def _lanes(self) -> None:
        """Rails of one channel that run side by side get a lane each; the short ones stand next to the boxes."""
        for channel in self.channels:
            mine = [rail for rail in self.rails if rail.channel == channel]
            taken: list[list[tuple[float, float]]] = []
            for rail in sorted(mine, key=lambda rail: self._span(rail)[1] - self._span(rail)[0]):
                top, bottom = self._span(rail)
                free = (at for at, lane in enumerate(taken) if all(bottom + 6 < there[0] or there[1] + 6 < top for there in lane))
                rail.lane = next(free, len(taken))
                if rail.lane == len(taken):
                    taken.append([])
                taken[rail.lane].append((top, bottom))

    @staticmethod
    def _span(rail: Rail) -> tuple[float, float]:
        ys = [rail.end.y, *(port.y for port, _move in rail.starts)]
        return min(ys), max(ys)

    def _lane_x(self, rail: Rail) -> float:
        lanes = max((other.lane for other in self.rails if other.channel == rail.channel), default=0)
        if rail.channel == 0:
            return self.channels[0] + RAIL * (lanes - rail.lane + 0.5)
        return self.channels[rail.channel] + RAIL * (rail.lane + 0.5)

    # Lines and texts

    def _arrows(self) -> list[Arrow]:
        found = []
        for state, mine in self.down.items():
            box = self.boxes[state]
            x = box.x + INDENT
            above = MARGIN + 16 if mine[0].source == START else self._bottom(mine[0].source)
            lines = [line for move in mine for line in self._label(move, BOX - INDENT)]
            middle = (above + box.y) / 2 + LINE * len(lines) / 2 - 3
            found.append(Arrow(tuple(mine), [(x, above), (x, box.y)], True, lines, (x + 10, middle)))
        for rail in self.rails:
            x = self._lane_x(rail)
            for number, (port, move) in enumerate(rail.starts):
                end = rail.end
                points = [(self._edge(port), port.y), (x, port.y), (x, end.y), (self._edge(end), end.y)]
                main = self.place[move.target] == self.place[move.source] + 1
                arrow = Arrow((move,), points, main, port.lines, *self._beside_port(port))
                if number == 0 and end.lines:
                    arrow.label, (arrow.at, arrow.anchor) = end.lines, self._beside_port(end)
                found.append(arrow)
        return found

    def _bottom(self, state: str) -> float:
        return self.boxes[state].y + self.boxes[state].height

    @staticmethod
    def _edge(port: Port) -> float:
        return port.box.x if port.side == "left" else port.box.x + BOX

    def _beside_port(self, port: Port) -> tuple[tuple[float, float], str]:
        if port.side == "left":
            return (port.box.x - 8, port.y - 5), "end"
        return (port.box.x + BOX + 8, port.y - 5), "start"

    def _beside(self, top: float) -> tuple[Beside, float]:
        columns = 3 if len(self.strips) > 1 else 1
        room = (self.width - 2 * MARGIN - 2 * PAD - 20 * (columns - 1)) / columns
        texts: list[tuple[Through, list[str]]] = [(one, wrap(self._through_label(one), SMALL, room)) for one in self.through]
        half = (len(texts) + columns - 1) // columns
        entries, bottom = [], top
        for column in range(columns):
            y = top + PAD + NAME + 10
            for one, lines in texts[column * half : (column + 1) * half]:
                entries.append((one, lines, MARGIN + PAD + column * (room + 20), y + SMALL))
                y += LINE * len(lines) + 3
            bottom = max(bottom, y)
        return Beside(on_diagram("through", self.lang), entries, top, bottom + PAD - top), bottom + PAD

    def _through_label(self, one: Through) -> str:
        return leads_to(self.procedure, one, self.lang, in_states(self.procedure, one.sources, self.lang, among=tuple(self.boxes)))
