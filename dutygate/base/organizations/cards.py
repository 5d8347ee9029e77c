"""机构之卡片: what is read of units, their names, seats and people, as values with the days on which they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dutygate.base.organizations.terms import OPEN_END, POST_LABELS


@dataclass(frozen=True, slots=True)
class Period:
    """The days [valid_from, valid_to); ``last_day`` is None while open."""

    valid_from: date
    valid_to: date

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds."""
        return None if self.valid_to >= OPEN_END else date.fromordinal(self.valid_to.toordinal() - 1)

    def on(self, day: date) -> str:
        """ "now", "past" or "ahead" on that day."""
        return "ahead" if day < self.valid_from else "now" if day < self.valid_to else "past"


@dataclass(frozen=True, slots=True)
class NameLine(Period):
    """机构名称 with the document that gave it."""

    name: str
    short_name: str
    document: str


@dataclass(frozen=True, slots=True)
class CodeLine(Period):
    """统计用区划代码."""

    code: str


@dataclass(frozen=True, slots=True)
class SeatLine(Period):
    """席位: which unit sat in it from when to when. ``place``: the code of the jurisdiction in which the seat is."""

    seat: str
    place: str
    place_name: str
    unit: str
    unit_name: str
    document: str


@dataclass(frozen=True, slots=True)
class HeldPost(Period):
    """任职 of one person in one unit. ``label`` is the Chinese word for ``kind``."""

    id: int
    kind: str
    unit: str
    unit_name: str
    user_id: int
    username: str
    person: str

    @property
    def label(self) -> str:
        """The Chinese word for the kind."""
        return POST_LABELS.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class UnitCard(Period):
    """机构 with everything that holds, held or will hold about it, newest first."""

    id: int
    key: str
    kind: str
    place: str
    place_name: str
    names: tuple[NameLine, ...] = ()
    codes: tuple[CodeLine, ...] = ()
    seats: tuple[SeatLine, ...] = ()
    posts: tuple[HeldPost, ...] = ()

    def name_on(self, day: date) -> str:
        """Its name that day; before the first the first, after the last the last."""
        if not self.names:
            return self.key
        known = [line.name for line in self.names if line.valid_from <= day]
        return known[0] if known else self.names[-1].name
