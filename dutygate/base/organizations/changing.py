"""机构变更的计划: which units go over into which, from which day; what the rules of a change look at (Articles 1, 3, 4.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import F

from dutygate.base.catalogue.action import Door
from dutygate.base.organizations import facts
from dutygate.base.organizations.facts import UnitSubject
from dutygate.base.organizations.models import Seat, Unit, UnitSuccession
from dutygate.base.organizations.terms import CONFERENCE_SEATS, OPEN_END

Held = Callable[[UnitSubject, date], Iterable[str]]
_held: Final[dict[str, Held]] = {}


def tells_held(kind: str) -> Callable[[Held], Held]:
    """Register who knows what a unit has in hand of one kind ("duties", "cases"): (unit, day) -> codes or numbers."""

    def register(held: Held) -> Held:
        _held[kind] = held
        return held

    return register


def held_by(kind: str, unit: UnitSubject, on: date) -> frozenset[str]:
    """What a unit has in hand of one kind on a day; nothing where nobody keeps such things."""
    return frozenset(_held[kind](unit, on)) if kind in _held else frozenset()


@dataclass(frozen=True, slots=True)
class Heir:
    """承继机构 of a plan: one that exists (``unit``), or one to be founded (``new``, as given). ``takes``: what was named for it."""

    key: str
    unit: UnitSubject | None
    new: Any = None
    main: bool = False
    takes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    what: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """机构变更 as it is asked for. ``ends``: the former units are dissolved on ``day``."""

    kind: str
    jurisdiction_id: int
    day: date
    former: tuple[UnitSubject, ...]
    heirs: tuple[Heir, ...]
    ends: bool

    def looked_up(self, door: Door) -> dict[str, Any]:
        """What the rules ask about it (law/rules/units.py). A handful of queries, whatever the plan."""
        known = [*self.former, *(heir.unit for heir in self.heirs if heir.unit is not None)]
        kinds = {unit.key: unit.kind for unit in known}
        return {
            "valid_from": self.day,
            "unit": self.former[0].key,
            "kind": self.former[0].kind,
            "kinds": kinds,
            "spans": {unit.key: (unit.valid_from, unit.valid_to) for unit in known},
            "changing": {unit.key: unit.valid_to for unit in known if self.day < unit.valid_to < OPEN_END},
            "codes_held": self._codes_held(),
            "sits": self._sits() if self.ends else {},
            "not_held": self._not_held(),
        }

    def _codes_held(self) -> dict[str, str]:
        """Codes of new units that another unit has; a former unit gives its own up that day."""
        leaving = {unit.key for unit in self.former} if self.ends else set()
        wanted = [heir.new.code for heir in self.heirs if heir.new is not None and heir.new.code]
        found = {code: facts.code_holder(code, self.day, None) for code in wanted}
        twice = {
            code: next(h.key for h in self.heirs if h.new is not None and h.new.code == code) for code in wanted if wanted.count(code) > 1
        }
        return twice | {code: key for code, key in found.items() if key and key not in leaving}

    def _sits(self) -> dict[str, list[str]]:
        """Successor -> the conference seats that it would hold here from that day on, its own and those that fall to it."""
        main = next(heir for heir in self.heirs if heir.main)
        named = {unit.id: main.key for unit in self.former} | {heir.unit.id: heir.key for heir in self.heirs if heir.unit is not None}
        rows = Seat.objects.filter(
            jurisdiction_id=self.jurisdiction_id, unit_id__in=named, valid_to__gt=self.day, seat__in=CONFERENCE_SEATS
        )
        sits: dict[str, list[str]] = {}
        for unit_id, seat in rows.filter(valid_to__gt=F("valid_from")).order_by("id").values_list("unit_id", "seat"):
            seats = sits.setdefault(named[unit_id], [])
            seats += [seat] if seat not in seats else []
        return sits

    def _not_held(self) -> list[str]:
        """What was named for a successor although no former unit has it in hand."""
        missing: list[str] = []
        for kind in ("duties", "cases"):
            if wanted := sorted({ref for heir in self.heirs for ref in heir.takes.get(kind, ())}):
                held = frozenset().union(*(held_by(kind, unit, self.day) for unit in self.former))
                missing += [ref for ref in wanted if ref not in held]
        return missing


@dataclass(frozen=True, slots=True)
class Change:
    """机构变更 as it stands on record: its rows, one for each former unit and successor."""

    ref: str
    kind: str
    day: date
    document: str
    effective: bool
    rows: tuple[UnitSuccession, ...]


def change_ref(code: str, number: int) -> str:
    """How a change is named: "150721.change-3"."""
    return f"{code}.change-{number}"


def change_of(ref: str, jurisdiction_id: int) -> Change | None:
    """The change of that name, unless it was taken back; None if there is none."""
    number = ref.rpartition(".change-")[2]
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    rows = UnitSuccession.objects.filter(jurisdiction_id=jurisdiction_id, change=int(number), valid_to__gt=F("valid_from"))
    found = tuple(rows.select_related("from_unit", "to_unit").order_by("id"))
    if not found:
        return None
    first = found[0]
    return Change(ref, first.kind, first.valid_from, first.document, first.effective_at is not None, found)


def units_named(keys: Iterable[str], jurisdiction_id: int) -> dict[str, UnitSubject]:
    """The jurisdiction's own units of these keys, in one query; what is unknown or elsewhere is left out."""
    columns = ("id", "key", "kind", "jurisdiction_id", "valid_from", "valid_to")
    rows = Unit.objects.filter(key__in=set(keys), jurisdiction_id=jurisdiction_id).values_list(*columns)
    return {row[1]: UnitSubject(*row) for row in rows}
