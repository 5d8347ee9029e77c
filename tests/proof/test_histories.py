"""第四条（五）: what was a township's list on day D, as known on day K? Random histories against a model that a child could check.

The model is a pile of sayings: "known since then, these townships hold that duty in this revision from day to day, or not at all". What
held on a day, as known at a moment, is what the last saying of that moment or before says of it. The tables must answer the same for
every township, day and moment, whatever was back-dated, dated ahead, corrected, or corrected before it began.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutygate.base.actions.perform import system_acting
from dutygate.base.catalogue.action import Context, Door
from dutygate.features.lists.history import Cells, Placing, first_revision, next_revision, set_cells
from dutygate.features.lists.models import OPEN_END, OPEN_MOMENT, Duty, ListEntry
from dutygate.features.lists.queries import entries_in_force, public_overlaps
from dutygate.law.regulation.edition import package_editions
from tests.rows import rows
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
FIRST = date(2025, 1, 1)
SPAN = 24
BEGIN = datetime(2025, 6, 1, tzinfo=UTC)
SECTIONS = ("admitted", "temporary", "basic")


@dataclass(frozen=True)
class Saying:
    """One saying about one duty: these townships (numbers), from day to day (numbers; None = for ever), this revision or nothing (-1)."""

    duty: int
    townships: tuple[int, ...]
    first: int
    end: int | None
    revision: int
    section: str
    later: int
    """How many moments after the one before it is said; 0: in the same moment."""


@dataclass
class Pile:
    """The model: all sayings, with the moment of each."""

    said: list[tuple[datetime, Saying]] = field(default_factory=list)

    def holds(self, duty: int, township: int, day: date, known: datetime) -> tuple[int, str] | None:
        """(revision, section) of the last saying about that cell that was known, or None."""
        found: tuple[int, str] | None = None
        for moment, saying in self.said:
            if moment > known or saying.duty != duty or township not in saying.townships:
                continue
            if FIRST + timedelta(days=saying.first) <= day and (saying.end is None or day < FIRST + timedelta(days=saying.end)):
                found = None if saying.revision < 0 else (saying.revision, saying.section)
        return found


def sayings() -> st.SearchStrategy[list[Saying]]:
    """Histories of up to fourteen sayings about two duties and three townships."""
    townships = st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True).map(tuple)
    span = st.tuples(st.integers(0, SPAN - 1), st.none() | st.integers(1, SPAN)).filter(lambda s: s[1] is None or s[1] > s[0])
    one = st.builds(
        lambda duty, where, days, revision, section, later: Saying(duty, where, *days, revision, section, later),
        st.integers(0, 1),
        townships,
        span,
        st.integers(-1, 2),
        st.sampled_from(SECTIONS),
        st.integers(0, 2),
    )
    return st.lists(one, min_size=1, max_size=14)


@pytest.fixture
def places(world: World) -> Iterator[list[int]]:
    """The townships' ids."""
    yield [world.unit_id(slug) for slug in world.townships]


def _context(number: int, moment: datetime, jurisdiction: int) -> Context:
    acting = system_acting(jurisdiction, "150721")
    door = Door(acting, "150721", jurisdiction, 0, moment.date(), moment.date())
    return Context(door, (9 << 32) + number, moment, moment, package_editions()["arun_2024_15"], "")


def _told(history: list[Saying], places: list[int]) -> tuple[Pile, list[int], dict[int, int]]:
    """The history written into the tables. Returns the model, the duties' ids, and revision id -> its number."""
    jurisdiction = rows("organizations.Unit").get(pk=places[0]).jurisdiction_id
    ListEntry.objects.all().delete()
    rows("lists.DutyRevision").delete()
    Duty.objects.all().delete()
    context = _context(0, BEGIN, jurisdiction)
    duties, numbers, revisions = [], {}, {}
    for n in range(2):
        duty = Duty(id=context.new_id(), jurisdiction_id=jurisdiction, code=f"150721-D-{n + 1:04d}", title=f"事{n}", list_name="duties")
        duty.admitted_on = FIRST
        duty.save(force_insert=True)
        revision = first_revision(context, duty, items={})
        revision.save(force_insert=True)
        duties.append(duty)
        made = [revision, *(next_revision(context, duty, after=revision, title=f"事{n}第{more}版") for more in (1, 2))]
        for number, one in enumerate(made):
            revisions[n, number] = one.id
            numbers[one.id] = number
    pile, moment = Pile(), BEGIN
    for number, saying in enumerate(history, start=1):
        moment += timedelta(hours=saying.later)
        end = OPEN_END if saying.end is None else FIRST + timedelta(days=saying.end)
        placing = None if saying.revision < 0 else Placing(revisions[saying.duty, saying.revision], "duties", saying.section)
        cells = [Cells(duties[saying.duty].id, places[t], FIRST + timedelta(days=saying.first), end, placing) for t in saying.townships]
        set_cells(_context(number, moment, jurisdiction), cells)
        pile.said.append((moment, saying))
    return pile, [duty.id for duty in duties], numbers


def _compare(history: list[Saying], places: list[int]) -> None:
    pile, duties, numbers = _told(history, places)
    moments = sorted({BEGIN - timedelta(hours=1), *(moment for moment, _ in pile.said)})
    days = [FIRST + timedelta(days=n) for n in range(-1, SPAN + 2)]
    stored = list(ListEntry.objects.select_related("revision"))
    for known in moments:
        for township, place in enumerate(places):
            then = [e for e in stored if e.township_id == place and e.recorded_from <= known < e.recorded_to]
            for day in days:
                told = {(e.duty_id, numbers[e.revision_id], e.section) for e in then if e.valid_from <= day < e.valid_to}
                wanted = {(id_, *held) for n, id_ in enumerate(duties) if (held := pile.holds(n, township, day, known)) is not None}
                assert told == wanted, (known, township, day)
    assert public_overlaps() == []
    # the queries themselves, at the moments and days on which something changes
    system = system_acting()
    for known, day, township in [(moments[-1], days[SPAN // 2], 0), (moments[len(moments) // 2], days[3], 1), (moments[0], days[-1], 2)]:
        found = {(e.duty_id, numbers[e.revision_id], e.section) for e in entries_in_force(system, places[township], day, known)}
        assert found == {(i, *held) for n, i in enumerate(duties) if (held := pile.holds(n, township, day, known)) is not None}
    now = {(e.duty_id, numbers[e.revision_id]) for e in entries_in_force(system, places[0], days[5])}
    assert now == {(i, held[0]) for n, i in enumerate(duties) if (held := pile.holds(n, 0, days[5], moments[-1])) is not None}


BUDGET: dict[str, Any] = {
    "derandomize": True,
    "database": None,
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}


def test_random_histories_answer_as_the_model_does(places: list[int]) -> None:
    @settings(max_examples=20, **BUDGET)
    @given(sayings())
    def run(history: list[Saying]) -> None:
        _compare(history, places)

    run()


@pytest.mark.long
def test_many_random_histories_answer_as_the_model_does(places: list[int]) -> None:
    @settings(max_examples=1500, **BUDGET)
    @given(sayings())
    def run(history: list[Saying]) -> None:
        _compare(history, places)

    run()


def test_what_was_known_is_never_overwritten(places: list[int]) -> None:
    def known_rows() -> dict[int, tuple[Any, ...]]:
        return {e.id: (e.revision_id, e.valid_from, e.valid_to, e.recorded_from) for e in ListEntry.objects.all()}

    jurisdiction = rows("organizations.Unit").get(pk=places[0]).jurisdiction_id
    _told([Saying(0, (0, 1), 2, None, 0, "admitted", 1)], places)
    before = known_rows()
    revision = rows("lists.DutyRevision").order_by("id")[1]
    moment = BEGIN + timedelta(days=2)
    placing = Placing(revision.id, "duties", "admitted")
    cells = [Cells(revision.duty_id, places[0], FIRST + timedelta(days=5), FIRST + timedelta(days=9), placing)]
    assert set_cells(_context(50, moment, jurisdiction), cells) == 3, "what was before, the new, what comes after"
    after = known_rows()
    assert {key: after[key] for key in before} == before
    closed = ListEntry.objects.exclude(recorded_to=OPEN_MOMENT)
    assert [entry.recorded_to for entry in closed] == [moment]


def test_a_cell_is_not_set_twice_at_once(places: list[int]) -> None:
    _told([Saying(0, (0,), 0, None, 0, "admitted", 1)], places)
    revision = rows("lists.DutyRevision").order_by("id")[0]
    placing = Placing(revision.id, "duties", "admitted")
    context = _context(60, BEGIN + timedelta(days=3), revision.jurisdiction_id)
    twice = [Cells(revision.duty_id, places[0], FIRST, OPEN_END, placing), Cells(revision.duty_id, places[0], FIRST + timedelta(days=9))]
    with pytest.raises(ValueError, match="twice"):
        set_cells(context, twice)
    with pytest.raises(ValueError, match="no day"):
        set_cells(context, [Cells(revision.duty_id, places[0], FIRST, FIRST, placing)])
