"""读看板: every figure of the board, for one viewer, in a fixed number of statements, however many cases there are (Articles 3-8).

One read for three faces: the page, the files, the API; the yearly report reads it too. Nothing is counted that the viewer could not open:
a figure and the rows behind it ask for the same rows. Townships stand in the order of their codes, and none is ever named as late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final

from dutygate.base.actions.days import local_day, start_of
from dutygate.base.actions.naming import directory_for
from dutygate.base.actions.overdue import Overdue, overdue_by_step
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.directory import Directory
from dutygate.base.register.chains import reference_version_of
from dutygate.base.register.law_here import edition_in_force
from dutygate.base.register.refusals import Refusals, count_refusals, refusals_by_rule
from dutygate.features.application.ages import count_ages
from dutygate.features.cases.counting import (
    Counted,
    cases_in,
    count_closed,
    count_where,
    first_opened,
    ids_in,
    numbers_in,
    opened_between,
    public_ids,
)
from dutygate.features.cases.queries import seats_now
from dutygate.features.cases.sections import directory_now
from dutygate.features.lists.expiring import reminders
from dutygate.features.lists.places import places_of
from dutygate.features.lists.queries import READING_POSTS, counts_of_townships
from dutygate.features.lists.queries.carried import count_ending
from dutygate.features.supervision.counting import count_examined
from dutygate.features.supervision.queries import here
from dutygate.features.support.queries import Sums, Wanted, load_of, sums_by
from dutygate.law.regulation.edition import NoEditionInForce
from dutygate.law.rules import Finding

SEATS: Final = frozenset({"lead", "banner_committee", "banner_government"})
"""Who has a board in a banner: by these seats."""
CITY: Final = "city"
CARRIED: Final = ("basic", "cooperative", "admitted", "temporary")
"""The sections that a township has to do."""
SOON: Final = 30
"""Working days within which a temporary duty is about to end, where the edition does not say when it is first reminded of."""


@dataclass(frozen=True)
class Asked:
    """Which board: of which banner (id), for which ``year``, its lists on which day (``on``), looked at on ``today``."""

    place: int
    year: int
    on: date
    today: date

    @cached_property
    def directory(self) -> Directory:
        """Units, names and calendar of the banner."""
        return directory_for(self.place)

    @property
    def since(self) -> datetime:
        """The first moment of the year."""
        return start_of(date(self.year, 1, 1))

    @property
    def until(self) -> datetime:
        """The first moment of the year after."""
        return start_of(date(self.year + 1, 1, 1))

    @property
    def days(self) -> tuple[date, date]:
        """The first day of the year, and that of the next."""
        return date(self.year, 1, 1), date(self.year + 1, 1, 1)

    @cached_property
    def townships(self) -> tuple[int, ...]:
        """The townships of the day (ids), in the order of their codes."""
        return self.directory.townships(self.on)

    @cached_property
    def soon(self) -> date:
        """The last day of those that are about to end: when all parties have been reminded of it for the first time (4.4)."""
        try:
            points = reminders(edition_in_force(self.today, self.place, reference_version_of(self.place)))
        except NoEditionInForce:
            points = []
        last = date.max - timedelta(days=1)  # a day later is still a date
        try:
            return min(last, self.directory.calendar().add_working_days(self.on, points[-1] if points else SOON).day)
        except OverflowError:
            return last


@dataclass(frozen=True, slots=True)
class Load:
    """What one township (id) carries: entries by section, how many temporary ones are about to end, money of the year in fen."""

    township: int
    sections: Mapping[str, int]
    ending: int
    money: Sums


@dataclass(frozen=True, slots=True)
class Board:
    """Every figure. ``where``: (state, track, kind) now; ``closed``: (outcome, track, kind) in the year; ``ages`` as ``ages.BANDS``.

    ``late``: (action, unit id, seat, how many); ``refusals``: (code, provision, how many tries), ``refused`` tries in all. ``kept``:
    department (id) -> measure -> sums of the year. ``reports``: (form, outcome), None for who examines no reports.
    """

    asked: Asked
    where: Counted
    opened: int
    closed: Counted
    ages: tuple[int, ...]
    late: list[tuple[str, int, str, int]]
    refused: int
    refusals: list[tuple[str, str, int]]
    load: list[Load]
    kept: dict[int, dict[str, Sums]]
    reports: dict[tuple[str, str], int] | None


def entitled(viewer: ActingPost) -> frozenset[str]:
    """By what the viewer has a board: the seats of ``SEATS`` that her unit holds, or ``CITY`` for the offices of a city, which read the
    cases of its banners (Article 6). Raises NotFound for everybody else: for them it does not exist.
    """
    held = frozenset[str]()
    if viewer.kind in READING_POSTS and viewer.unit_id is not None and viewer.unit_kind != "township":
        held = seats_now(viewer, directory_now(viewer)) & SEATS
        held |= {CITY} if any(place.id != viewer.jurisdiction_id for place in places_of(viewer)) else set()
    if not held:
        raise NotFound([Finding("not_found", "3", {"subject": "board"})])
    return held


def refusals_meant(viewer: ActingPost, asked: Asked) -> Refusals:
    """The refused tries of the year that the viewer may know of: all of the jurisdiction's for the lead, who reads its register; for
    the others those about cases that they may read.
    """
    whole = "lead" in entitled(viewer) and viewer.jurisdiction_id == asked.place
    subjects = None if whole else numbers_in(viewer, asked.place)
    return Refusals(asked.directory.jurisdiction.code, asked.since, asked.until, subjects)


def overdue_meant(viewer: ActingPost, asked: Asked) -> Overdue:
    """What departments, seats and bodies owe beyond its day: in cases that the viewer may read, and of duties and support. Townships
    are left out, always.
    """
    townships = [unit.id for unit in asked.directory.units.values() if unit.kind == "township"]
    return Overdue(asked.today, asked.place, ids_in(viewer, asked.place), public_ids(asked.place), townships)


def board_of(viewer: ActingPost, asked: Asked) -> Board:
    """All figures. Raises NotFound for who has no board."""
    entitled(viewer)
    cases, refusals = cases_in(viewer, asked.place), refusals_meant(viewer, asked)
    own = viewer.jurisdiction_id == asked.place
    return Board(
        asked=asked,
        where=count_where(viewer, asked.place),
        opened=opened_between(viewer, asked.place, asked.since, asked.until).count(),
        closed=count_closed(viewer, asked.place, asked.since, asked.until),
        ages=count_ages(viewer, cases, asked.directory.calendar(), asked.today),
        late=overdue_by_step(viewer, overdue_meant(viewer, asked)),
        refused=count_refusals(viewer, refusals),
        refusals=refusals_by_rule(viewer, refusals),
        load=_load(viewer, asked),
        kept=_kept(viewer, asked),
        reports=count_examined(viewer, here(viewer, asked.today), *asked.days) if own else None,
    )


def years_of(viewer: ActingPost, place: int, today: date) -> list[int]:
    """The years that have a board: from that of the oldest case that the viewer may read to this one, the newest first."""
    first = first_opened(viewer, place)
    return list(range(today.year, (local_day(first).year if first else today.year) - 1, -1))


def _load(viewer: ActingPost, asked: Asked) -> list[Load]:
    """Three statements, however many townships."""
    counts = counts_of_townships(viewer, asked.townships, asked.on)
    ending = count_ending(viewer, asked.townships, asked.on, asked.soon)
    money = load_of(viewer, asked.place, asked.townships, asked.year)
    return [Load(unit, _by_section(counts.get(unit, {})), ending.get(unit, 0), money.get(unit, Sums())) for unit in asked.townships]


def _by_section(counts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    return {name: sum(n for (_list, section), n in counts.items() if section == name) for name in CARRIED}


def _kept(viewer: ActingPost, asked: Asked) -> dict[int, dict[str, Sums]]:
    """The departments of the banner by key, those with which something was promised."""
    found = sums_by(viewer, "department", Wanted(year=asked.year), asked.today)
    units = asked.directory.units
    mine = [unit for unit in found if unit in units and units[unit].jurisdiction_id == asked.place]
    return {unit: found[unit] for unit in sorted(mine, key=_key_of(units))}


def _key_of(units: Mapping[int, Any]) -> Any:
    return lambda unit: units[unit].key
