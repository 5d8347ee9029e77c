"""读登记簿: heads, and entries with their hashes. What is sealed is handed out only where a caller asks for it, its salt only together
with it, to whom may check it (decision 0025).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.register.append import aware
from dutygate.base.register.chains import COMMON
from dutygate.base.register.hashing import entry_body, format_of
from dutygate.base.register.inside import INSIDE
from dutygate.base.register.models import Chain, Entry
from dutygate.base.register.prepared import Prepared
from dutygate.law.rules import Finding

_COLUMNS: Final = (
    "seq",
    "recorded_at",
    "at",
    "user_id",
    "post_id",
    "unit_id",
    "on_behalf_of",
    "entered_for",
    "via",
    "caused_by",
    "action",
    "subject",
    "outcome",
    "payload_version",
    "edition",
    "software",
    "sealed_digest",
    "prev_hash",
    "hash",
)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """The head of a chain; ``printed`` is the line to keep where the database's owner cannot reach."""

    chain: str
    seq: int
    hash: str
    recorded_at: datetime | None

    @property
    def printed(self) -> str:
        """``key:seq:hash``, as ``verify_against`` takes it."""
        return f"{self.chain}:{self.seq}:{self.hash}"


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry of the register without what is sealed."""

    seq: int
    recorded_at: datetime
    at: datetime
    user_id: int | None
    post_id: int | None
    unit_id: int | None
    on_behalf_of: int | None
    entered_for: int | None
    via: str
    caused_by: int | None
    action: str
    subject: str
    outcome: str
    payload_version: int
    edition: str
    software: str
    sealed_digest: str
    prev_hash: str
    hash: str


def public_fields(chain: str, line: EntryLine) -> dict[str, Any]:
    """The fields that an entry's hash covers, by the names under which it covers them."""
    return {"chain": chain, **{name: getattr(line, name) for name in _COLUMNS if name != "hash"}}


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain without what the entry says. ``body`` ties ``hash`` to the one before; "" in format 1, which cannot show it."""

    seq: int
    format: int
    hash: str
    body: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What the register is searched for; "" or None = anything. ``subject`` is how it begins, ``unit`` also for whom it was entered.

    ``since`` and ``until``: recorded in [since, until).
    """

    action: str = ""
    unit: int | None = None
    subject: str = ""
    outcome: str = ""
    since: datetime | None = None
    until: datetime | None = None


def heads_of(viewer: ActingPost) -> list[HeadLine]:
    """The heads of the viewer's own chain and of the common one: a head tells nothing but that it is there."""
    rows = Chain.objects.filter(key__in=(viewer.jurisdiction, COMMON)).order_by("-id")
    return [HeadLine(*row) for row in rows.values_list("key", "seq", "head_hash", "head_recorded_at")]


def public_heads() -> list[HeadLine]:
    """The heads of all chains, the common one first: for who checks or prints them at the machine itself."""
    return [HeadLine(*row) for row in Chain.objects.order_by("id").values_list("key", "seq", "head_hash", "head_recorded_at")]


def public_heads_of_days(chain: str, ends: Sequence[datetime]) -> list[HeadLine | None]:
    """The last entry of a chain before each of these moments, without what it says; None before the first. Two queries."""
    before = Entry.objects.filter(chain=OuterRef("pk")).order_by("-seq").values("seq")
    asked = {f"end_{place}": Subquery(before.filter(recorded_at__lt=end)[:1]) for place, end in enumerate(ends)}
    row = Chain.objects.filter(key=chain).annotate(**asked).values_list(*asked).first() if asked else None
    numbers = [number for number in row or () if number is not None]
    rows = Entry.objects.filter(chain__key=chain, seq__in=numbers).values_list("seq", "hash", "recorded_at")
    lines = {seq: HeadLine(chain, seq, told, recorded) for seq, told, recorded in rows}
    return [None if number is None else lines.get(number) for number in row or (None,) * len(ends)]


def entries_page(viewer: ActingPost, seats: Collection[str], limit: int, after: int = 0) -> list[EntryLine]:
    """The entries of the viewer's own chain after a number, oldest first. For the lead seat and the audit administrator.

    ``seats`` are those that the viewer's unit holds now. Raises NotAllowed.
    """
    rows = _readable(viewer, seats).filter(seq__gt=after).order_by("seq")
    return [_line(row) for row in rows.values_list(*_COLUMNS)[:limit]]


def entries_sought(viewer: ActingPost, seats: Collection[str], sought: Sought, limit: int, before: int | None = None) -> list[EntryLine]:
    """The entries of the viewer's own chain that fit, newest first; ``before`` is the number of the last one seen. As ``entries_page``."""
    rows = _readable(viewer, seats)
    if sought.action:
        rows = rows.filter(action=sought.action)
    if sought.unit is not None:
        rows = rows.filter(Q(unit_id=sought.unit) | Q(entered_for=sought.unit))
    if sought.subject:
        rows = rows.filter(subject__startswith=sought.subject)
    if sought.outcome:
        rows = rows.filter(outcome=sought.outcome)
    if sought.since is not None:
        rows = rows.filter(recorded_at__gte=sought.since)
    if sought.until is not None:
        rows = rows.filter(recorded_at__lt=sought.until)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    return [_line(row) for row in rows.order_by("-seq").values_list(*_COLUMNS)[:limit]]


def entry_numbered(viewer: ActingPost, seats: Collection[str], number: int) -> EntryLine | None:
    """One entry of the viewer's own chain, or None. As ``entries_page``."""
    row = _readable(viewer, seats).filter(seq=number).values_list(*_COLUMNS).first()
    return _line(row) if row else None


def may_read_register(viewer: ActingPost, seats: Collection[str]) -> bool:
    """Whether the register is open to her: as handler or signatory of the lead, or as audit administrator."""
    return viewer.kind == "audit_admin" or ("lead" in seats and viewer.kind in ("handler", "signatory"))


def _readable(viewer: ActingPost, seats: Collection[str]) -> QuerySet[Entry]:
    if not may_read_register(viewer, seats):
        raise NotAllowed([Finding("not_your_role", "3", {"action": "register", "by": ["lead", "audit_admin"]})])
    return Entry.objects.filter(chain__key=viewer.jurisdiction)


def public_entered_by(entry_id: Any, units: QuerySet[Any]) -> Exists:
    """A condition: the entry of that id was made by a unit of these, or by the system. ``entry_id`` is an expression of the outer query."""
    return Exists(Entry.objects.filter(Q(unit_id__isnull=True) | Q(unit_id__in=units), id=entry_id))


_ABOUT: Final = Prepared(
    lambda chain, subject: Entry.objects.filter(chain__key=chain, subject=subject).order_by("id").values_list(*_COLUMNS),
    chain=str,
    subject=str,
)


def entries_about(viewer: ActingPost, subject: str, chain: str) -> list[EntryLine]:
    """The entries about one subject that the viewer may read, refused tries too, oldest first."""
    return [_line(row) for row in _ABOUT.rows(chain=chain, subject=subject)]


def _told_to(viewer: ActingPost) -> Q:
    """A condition on entries: nothing that another unit keeps to itself."""
    return Q() if viewer.kind == "system" else ~Q(action__in=INSIDE) | Q(unit_id=viewer.unit_id or 0)


def sealed_of(viewer: ActingPost, chain: str, numbers: Collection[int]) -> dict[int, Any]:
    """Number -> {payload, result or findings}, of entries whose subjects the viewer may read; None where it was erased.

    Left out is what another unit keeps to itself (``keeps_inside``).
    """
    rows = Entry.objects.filter(_told_to(viewer), chain__key=chain, seq__in=numbers).values_list("seq", "sealed")
    return {seq: json.loads(sealed) if sealed else None for seq, sealed in rows}


def openings_of(viewer: ActingPost, chain: str, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
    """Number -> (salt, sealed text), with which anybody can check the digest; ("", "") where it was erased. As ``sealed_of``."""
    rows = Entry.objects.filter(_told_to(viewer), chain__key=chain, seq__in=numbers).values_list("seq", "salt", "sealed")
    return {seq: (salt, sealed) for seq, salt, sealed in rows}


def links_between(viewer: ActingPost, chain: str, first: int, last: int) -> Iterator[Link]:
    """Every link from one number to another, whatever the entries are about: hashes alone, which tell nothing but that they are there."""
    rows = Entry.objects.filter(chain__key=chain, seq__gte=first, seq__lte=last).order_by("seq").values_list(*_COLUMNS)
    for row in rows.iterator(chunk_size=2000):
        fields = public_fields(chain, _line(row))
        written_in = format_of(fields, row[-1])
        yield Link(row[0], written_in, row[-1], entry_body(fields) if written_in == 2 else "")


def _line(row: tuple[Any, ...]) -> EntryLine:
    recorded, done = aware(row[1]), aware(row[2])
    assert recorded is not None
    assert done is not None
    return EntryLine(row[0], recorded, done, *row[3:])


def public_printed(entry_id: int) -> str:
    """An entry as a head is printed at the foot of a paper: ``chain:number:hash``; "" when there is none."""
    row = Entry.objects.filter(pk=entry_id).values_list("chain__key", "seq", "hash").first()
    return ":".join(map(str, row)) if row else ""


def head_of(viewer: ActingPost, key: str) -> HeadLine | None:
    """The head of one chain, for a caller that has shown that the viewer may know it; None where there is no such chain."""
    row = Chain.objects.filter(key=key).values_list("key", "seq", "head_hash", "head_recorded_at").first()
    return HeadLine(*row) if row else None
