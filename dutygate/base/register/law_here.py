"""这里的法: which editions hold in a jurisdiction beside those that ship, and what was marked at their provisions (Articles 9-11).

The rows belong to a feature above, which says how they are read (``reads_law``). What was read is kept in each process by database,
jurisdiction and reference version, as the directories are: every action that changes it counts the reference up, so that asking costs
nothing. Texts come from the register by their digest.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dutygate.base.register.alias import current_alias
from dutygate.base.register.chains import edition_by_digest, reference_version_of
from dutygate.law.regulation.adopted import Adopted, adopted_on
from dutygate.law.regulation.edition import Edition, in_force, package_editions

KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Published:
    """An edition that a jurisdiction has published. ``begun``: it was entered that its first day has come."""

    edition: str
    digest: str
    in_force_from: date
    begun: bool


@dataclass(frozen=True, slots=True)
class Overridden:
    """从其规定: from ``since`` on a provision gives way to a higher rule, ``source`` (Article 9). ``until``: the first day no longer."""

    source: str
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it gives way on that day."""
        return self.since <= day and (self.until is None or day < self.until)


Mark = tuple[str, str]
"""(edition, provision)."""


@dataclass(frozen=True, slots=True)
class LawHere:
    """One jurisdiction's law at one reference version. ``interpreted``: provisions with published interpretations, and how many.

    ``adopted``: the parameters that the conference has set there, each from its day on (Article 3).
    """

    published: tuple[Published, ...] = ()
    adopted: tuple[Adopted, ...] = ()
    overridden: Mapping[Mark, tuple[Overridden, ...]] = field(default_factory=dict)
    interpreted: Mapping[Mark, int] = field(default_factory=dict)

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Those that ship and those that were published, oldest first."""
        every = (*package_editions().values(), *(edition_by_digest(one.digest) for one in self.published))
        return tuple(sorted(every, key=lambda edition: edition.in_force_from))

    def edition_on(self, day: date) -> Edition:
        """The edition in force on a day, with what the conference has set by then. Raises NoEditionInForce."""
        return adopted_on(in_force(self.editions, day), self.adopted, day)

    def gives_way(self, edition: str, provision: str, day: date) -> tuple[Overridden, ...]:
        """The higher rules before which a provision gives way on a day (Article 9)."""
        return tuple(one for one in self.overridden.get((edition, provision), ()) if one.holds_on(day))


NOTHING: Final = LawHere()
_readers: Final[list[Callable[[int], LawHere]]] = []
_publishers: Final[list[Callable[[], tuple[int, ...]]]] = []
_kept: OrderedDict[tuple[str, int, int], LawHere] = OrderedDict()
_lock = threading.Lock()


def reads_law(reader: Callable[[int], LawHere], publishers: Callable[[], tuple[int, ...]]) -> None:
    """Register how a jurisdiction's law is read from the tables, and which jurisdictions have published an edition."""
    _readers[:], _publishers[:] = [reader], [publishers]


def law_here(jurisdiction_id: int, version: int) -> LawHere:
    """The law of a jurisdiction at a reference version; nothing is read when it is kept already."""
    if not _readers:
        return NOTHING
    key = (current_alias(), jurisdiction_id, version)
    with _lock:
        if found := _kept.get(key):
            _kept.move_to_end(key)
            return found
    made = _readers[0](jurisdiction_id)  # outside the lock: two threads may make the same one, which harms nobody
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def forget_law() -> None:
    """Drop what was kept: for tests, and after a replay made other rows under the same versions."""
    with _lock:
        _kept.clear()


def edition_in_force(day: date, jurisdiction_id: int, version: int) -> Edition:
    """The edition in force in a jurisdiction on a day (Article 11), as it reads on that day (Article 3). Raises NoEditionInForce."""
    return law_here(jurisdiction_id, version).edition_on(day)


@dataclass(slots=True)
class Place:
    """Where somebody stands who reads a page. ``find`` looks who reads it, and may ``stand_in``; where nobody is signed in it is the only
    jurisdiction that has published anything.
    """

    find: Callable[[], object] = lambda: None
    jurisdiction_id: int | None = None
    _law: LawHere | None = None

    def stand_in(self, jurisdiction_id: int) -> None:
        """It is known now."""
        if jurisdiction_id != self.jurisdiction_id:
            self.jurisdiction_id, self._law = jurisdiction_id, None

    @property
    def law(self) -> LawHere:
        """Read once for each page."""
        if self._law is None:
            place = self.place
            self._law = NOTHING if place is None else law_here(place, reference_version_of(place))
        return self._law

    @property
    def place(self) -> int | None:
        """The jurisdiction, or None where it cannot be told."""
        if self.jurisdiction_id is None:
            self.find()
        if self.jurisdiction_id is None and _publishers and len(known := _publishers[0]()) == 1:
            self.jurisdiction_id = known[0]
        return self.jurisdiction_id


_place: Final[ContextVar[Place | None]] = ContextVar("dutygate_place", default=None)


@contextmanager
def somewhere(find: Callable[[], object] = lambda: None) -> Iterator[None]:
    """While a request is answered: what its pages say of the law is that of the jurisdiction in which its reader acts."""
    mark = _place.set(Place(find))
    try:
        yield
    finally:
        _place.reset(mark)


def stand_in(jurisdiction_id: int) -> None:
    """The reader of this request acts in that jurisdiction; outside a request it means nothing."""
    if place := _place.get():
        place.stand_in(jurisdiction_id)


def this_place() -> int | None:
    """The jurisdiction whose law the reader of this request sees; None outside a request, or where it cannot be told."""
    place = _place.get()
    return None if place is None else place.place


def law_of_this_place() -> LawHere:
    """The law where the reader of this request acts; outside a request that which ships."""
    place = _place.get()
    return NOTHING if place is None else place.law
