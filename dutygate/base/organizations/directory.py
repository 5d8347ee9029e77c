"""名录: one jurisdiction's units, seats and calendar as an immutable value (Articles 1 and 3).

It holds the jurisdiction's own units and those of its parent that sit in one of its seats. Nothing here reads the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from dutygate.base.organizations.terms import CONFERENCE_SEATS, MANY_UNITS
from dutygate.law.workdays.calendar import Calendar


class UnknownUnit(LookupError):
    """No unit goes by that name, or more than one does. ``candidates``: the keys of those that do."""

    def __init__(self, ref: str, candidates: Iterable[str] = ()) -> None:
        self.ref = ref
        self.candidates = tuple(sorted(candidates))
        super().__init__(f"{ref}: {', '.join(self.candidates)}" if self.candidates else ref)


@dataclass(frozen=True, slots=True)
class JurisdictionInfo:
    """辖区. ``kind``: region, city, banner."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class Name:
    """A name and short name on the days [valid_from, valid_to)."""

    valid_from: date
    valid_to: date
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Code:
    """A nine-digit code on the days [valid_from, valid_to)."""

    valid_from: date
    valid_to: date
    code: str


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """One unit in one seat on the days [valid_from, valid_to)."""

    seat: str
    unit_id: int
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class Succession:
    """承继: from that day on ``to_id`` stands in the place of ``from_id`` (unit ids). ``effective``: it has taken effect."""

    change: int
    kind: str
    from_id: int
    to_id: int
    main: bool
    ends: bool
    valid_from: date
    effective: bool


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """机构. ``names`` and ``codes`` in the order of their days, never empty periods."""

    id: int
    key: str
    kind: str
    jurisdiction_id: int
    valid_from: date
    valid_to: date
    names: tuple[Name, ...] = ()
    codes: tuple[Code, ...] = ()

    @property
    def slug(self) -> str:
        """The key without the jurisdiction's code."""
        return self.key.partition(".")[2]

    @property
    def name(self) -> str:
        """The newest name."""
        return self.names[-1].name if self.names else self.key

    @property
    def short_name(self) -> str:
        """The newest short name."""
        return self.names[-1].short_name if self.names else self.key

    @property
    def code(self) -> str:
        """The newest nine-digit code, or ""."""
        return self.codes[-1].code if self.codes else ""

    def exists_on(self, day: date) -> bool:
        """Whether it existed on that day."""
        return self.valid_from <= day < self.valid_to

    def named_on(self, day: date) -> Name | None:
        """Its name on that day; before its first name the first, after its last the last."""
        if not self.names:
            return None
        return next(
            (n for n in self.names if n.valid_from <= day < n.valid_to), self.names[0] if day < self.names[0].valid_from else self.names[-1]
        )

    def code_on(self, day: date) -> str:
        """Its code on that day, or ""."""
        return next((c.code for c in self.codes if c.valid_from <= day < c.valid_to), "")


@dataclass(frozen=True)
class Directory:
    """名录 at one reference version. Units are in the order of their keys."""

    jurisdiction: JurisdictionInfo
    units: Mapping[int, UnitInfo]
    seats_held: tuple[SeatHeld, ...]
    working_calendar: Calendar = field(repr=False)
    successions: tuple[Succession, ...] = ()
    _keys: Mapping[str, UnitInfo] = field(init=False, repr=False, compare=False)
    _names: Mapping[str, frozenset[int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_keys", {unit.key: unit for unit in self.units.values()})
        object.__setattr__(self, "_names", _ways_to_say(self.units.values(), self._dissolved()))

    def unit(self, unit_id: int) -> UnitInfo:
        """The unit of that id. Raises UnknownUnit."""
        try:
            return self.units[unit_id]
        except KeyError:
            raise UnknownUnit(str(unit_id)) from None

    def by_key(self, key: str) -> UnitInfo:
        """The unit of that key ("150721.naji"). Raises UnknownUnit."""
        try:
            return self._keys[key]
        except KeyError:
            raise UnknownUnit(key) from None

    def resolve(self, ref: str) -> UnitInfo:
        """The unit that a person means: by key, slug, nine-digit code, name or short name, present or former.

        A present name goes before a former one, and the jurisdiction's own unit before one of its parent. Raises UnknownUnit.
        """
        wanted = ref.strip()
        if found := self._keys.get(wanted):
            return found
        for prefix in ("slug ", "now ", "once "):
            ids = self._names.get(prefix + wanted, frozenset())
            own = {i for i in ids if self.units[i].jurisdiction_id == self.jurisdiction.id} or ids
            if len(own) == 1:
                return self.units[next(iter(own))]
            if own:
                raise UnknownUnit(ref, (self.units[i].key for i in own))
        raise UnknownUnit(ref)

    def name_on(self, unit_id: int, day: date) -> str:
        """The unit's full name on that day. Raises UnknownUnit."""
        unit = self.unit(unit_id)
        named = unit.named_on(day)
        return named.name if named else unit.key

    def short_name_on(self, unit_id: int, day: date) -> str:
        """The unit's short name on that day. Raises UnknownUnit."""
        unit = self.unit(unit_id)
        named = unit.named_on(day)
        return named.short_name if named else unit.key

    def seats(self, on: date) -> dict[str, int]:
        """Seat -> unit id, for the seats that one unit holds."""
        return {s.seat: s.unit_id for s in self._held(on) if s.seat not in MANY_UNITS}

    def members(self, on: date) -> tuple[int, ...]:
        """联席会议 (Article 3): the ids of all units in it, lead, legal, services and further members, in that order."""
        held = sorted(self._held(on), key=lambda s: (CONFERENCE_SEATS.index(s.seat) if s.seat in CONFERENCE_SEATS else 99, s.unit_id))
        return tuple(dict.fromkeys(s.unit_id for s in held if s.seat in CONFERENCE_SEATS))

    def seats_of(self, unit_id: int, on: date) -> frozenset[str]:
        """The seats that a unit holds on that day."""
        return frozenset(s.seat for s in self._held(on) if s.unit_id == unit_id)

    def townships(self, on: date) -> tuple[int, ...]:
        """乡镇（苏木、街道）of the jurisdiction on that day: ids, in the order of their codes."""
        found = [u for u in self.units.values() if u.kind == "township" and u.exists_on(on) and u.jurisdiction_id == self.jurisdiction.id]
        return tuple(u.id for u in sorted(found, key=lambda u: (u.code_on(on) or "~", u.key)))

    def of_kind(self, kind: str, on: date) -> tuple[int, ...]:
        """The jurisdiction's own units of a kind on that day: ids, in the order of their keys."""
        own = self.jurisdiction.id
        return tuple(u.id for u in self.units.values() if u.kind == kind and u.exists_on(on) and u.jurisdiction_id == own)

    def calendar(self) -> Calendar:
        """The national calendar with what the jurisdiction loaded and set (Article 3)."""
        return self.working_calendar

    def successors(self, unit_id: int) -> tuple[Succession, ...]:
        """What took the place of a unit or will, wholly or in part, in the order of the days."""
        return tuple(s for s in self.successions if s.from_id == unit_id)

    def predecessors(self, unit_id: int) -> tuple[Succession, ...]:
        """In whose place a unit stands or will stand, wholly or in part, in the order of the days."""
        return tuple(s for s in self.successions if s.to_id == unit_id)

    def stands_for(self, unit_id: int) -> int:
        """The unit that stands in the place of a dissolved one, over several changes; itself while it goes on."""
        since = {s.from_id: s.to_id for s in self.successions if s.ends and s.main and s.effective}
        while unit_id in since:
            unit_id = since[unit_id]
        return unit_id

    def _dissolved(self) -> frozenset[int]:
        return frozenset(s.from_id for s in self.successions if s.ends and s.effective)

    def _held(self, on: date) -> list[SeatHeld]:
        return [s for s in self.seats_held if s.valid_from <= on < s.valid_to]


def _ways_to_say(units: Iterable[UnitInfo], dissolved: frozenset[int]) -> dict[str, frozenset[int]]:
    """The names of a dissolved unit are former names: its successor may bear the same one. A unit that exists on no day has none."""
    ways: dict[str, set[int]] = {}
    for unit in units:
        if unit.valid_to <= unit.valid_from:
            continue
        now = {unit.name, unit.short_name, unit.code} if unit.id not in dissolved else set()
        once = {text for n in unit.names for text in (n.name, n.short_name)} | {c.code for c in unit.codes}
        for prefix, texts in (("slug ", {unit.slug}), ("now ", now), ("once ", once - now)):
            for text in texts - {""}:
                ways.setdefault(prefix + text, set()).add(unit.id)
    return {way: frozenset(ids) for way, ids in ways.items()}
