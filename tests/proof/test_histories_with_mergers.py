"""第四条（五）: lists remember through mergers. Random histories in which townships also merge, against a model that a child could check.

A merger says: from this day on the successor holds what any of its parts held, in the newest text, and the former townships hold nothing.
What was known before it was entered, and what held before its day, is as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutygate.features.cases.succession import Move, Moves
from dutygate.features.lists.history import Cells, Placing
from dutygate.features.lists.history import set_cells as say
from dutygate.features.lists.models import OPEN_END, ListEntry
from dutygate.features.lists.passing import pass_townships
from dutygate.features.lists.queries import public_overlaps
from tests.proof.test_histories import BEGIN, BUDGET, FIRST, SPAN, Saying, _context, _told, places, sayings
from tests.rows import rows

__all__ = ["places"]
pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
Held = tuple[int, str] | None


@dataclass(frozen=True)
class Merging:
    """These townships (numbers) go into that one from that day (number) on."""

    formers: tuple[int, ...]
    heir: int
    day: int
    later: int


Event = Saying | Merging


@dataclass
class Memory:
    """The model: all that was said and done, in order, with the moment of each."""

    events: list[tuple[datetime, Event]] = field(default_factory=list)

    def holds(self, duty: int, township: int, day: date, known: datetime) -> Held:
        """What holds in a cell, as known at a moment."""
        return self._before(sum(1 for moment, _ in self.events if moment <= known), duty, township, day)

    def _before(self, count: int, duty: int, township: int, day: date) -> Held:
        """What holds after the first so many events."""
        for number in range(count - 1, -1, -1):
            event = self.events[number][1]
            first = FIRST + timedelta(days=event.day if isinstance(event, Merging) else event.first)
            if day < first:
                continue
            if isinstance(event, Merging):
                if township in event.formers:
                    return None
                if township == event.heir:
                    parts = [self._before(number, duty, part, day) for part in (township, *event.formers)]
                    return _newest(parts)
            elif event.duty == duty and township in event.townships and (event.end is None or day < FIRST + timedelta(days=event.end)):
                return None if event.revision < 0 else (event.revision, event.section)
        return None


def _newest(parts: list[Held]) -> Held:
    """The newest text; the successor's own before another of the same, then in the order of the document."""
    held = [(part[0], place == 0, -place, part) for place, part in enumerate(parts) if part is not None]
    return max(held)[3] if held else None


def events() -> st.SearchStrategy[list[Event]]:
    """Sayings with mergers among them; any two townships into the third, or one into another."""
    pairs = st.permutations(range(3)).flatmap(
        lambda order: st.sampled_from([(order[0], order[1]), (order[0],)]).map(lambda f: (f, order[2]))
    )
    merging = st.builds(lambda pair, day, later: Merging(pair[0], pair[1], day, later), pairs, st.integers(0, SPAN), st.integers(0, 2))
    some = st.tuples(sayings(), st.lists(st.tuples(st.integers(0, 13), merging), min_size=1, max_size=3))
    return some.map(lambda found: _mixed(*found))


def _mixed(said: list[Saying], mergers: list[tuple[int, Merging]]) -> list[Event]:
    mixed: list[Event] = list(said)
    for place, merging in mergers:
        mixed.insert(min(place, len(mixed)), merging)
    return mixed


def _run(history: list[Event], towns: list[int]) -> None:
    _pile, duties, numbers = _told([], towns)
    jurisdiction = rows("organizations.Unit").get(pk=towns[0]).jurisdiction_id
    revisions = {(duties.index(r.duty_id), numbers[r.id]): r.id for r in rows("lists.DutyRevision")}
    keys = dict(rows("organizations.Unit").filter(pk__in=towns).values_list("id", "key"))
    memory, moment = Memory(), BEGIN
    for number, event in enumerate(history, start=100):
        moment += timedelta(hours=event.later)
        context = _context(number, moment, jurisdiction)
        if isinstance(event, Merging):
            formers = [towns[n] for n in event.formers]
            moves = Moves(tuple(Move(former, towns[event.heir]) for former in formers), "", FIRST, "")
            pass_townships(context, FIRST + timedelta(days=event.day), formers, lambda _code, moves=moves: moves, keys)
        else:
            end = OPEN_END if event.end is None else FIRST + timedelta(days=event.end)
            placing = None if event.revision < 0 else Placing(revisions[event.duty, event.revision], "duties", event.section)
            cells = [Cells(duties[event.duty], towns[t], FIRST + timedelta(days=event.first), end, placing) for t in event.townships]
            say(context, cells)
        memory.events.append((moment, event))
    _agrees(memory, duties, numbers, towns)


def _agrees(memory: Memory, duties: list[int], numbers: dict[int, int], towns: list[int]) -> None:
    stored: list[Any] = list(ListEntry.objects.select_related("revision"))
    days = [FIRST + timedelta(days=n) for n in range(-1, SPAN + 2)]
    for known in sorted({BEGIN - timedelta(hours=1), *(moment for moment, _ in memory.events)}):
        for township, place in enumerate(towns):
            then = [e for e in stored if e.township_id == place and e.recorded_from <= known < e.recorded_to]
            for day in days:
                told = {(e.duty_id, numbers[e.revision_id], e.section) for e in then if e.valid_from <= day < e.valid_to}
                wanted = {(i, *held) for n, i in enumerate(duties) if (held := memory.holds(n, township, day, known)) is not None}
                assert told == wanted, (known, township, day)
    assert public_overlaps() == []


def test_random_histories_with_mergers_answer_as_the_model_does(places: list[int]) -> None:
    @settings(max_examples=20, **BUDGET)
    @given(events())
    def run(history: list[Event]) -> None:
        _run(history, places)

    run()


def test_several_spans_of_the_former_fall_into_one_of_the_successor(places: list[int]) -> None:
    """The successor holds an old text all the time, the former a newer one twice for a while: in between the old one goes on."""
    newer = [Saying(0, (0,), first, first + 2, 1, "basic", 1) for first in (2, 6)]
    _run([Saying(0, (2,), 0, None, 0, "basic", 1), *newer, Merging((0,), 2, 1, 1)], places)


@pytest.mark.long
def test_many_random_histories_with_mergers_answer_as_the_model_does(places: list[int]) -> None:
    @settings(max_examples=1500, **BUDGET)
    @given(events())
    def run(history: list[Event]) -> None:
        _run(history, places)

    run()
