"""The register as a replay reads it: every entry in the order of recording, the chains and their heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F

from dutygate.base.register.models import SEQ_BITS, Chain, Entry
from dutygate.base.register.prepared import Prepared, PreparedChange

HEAD_COLUMNS: Final = ("key", "jurisdiction_id", "reference_version")
"""What a replay makes again of a head; number and hash are `verify`'s."""


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A chain as it stands in the database worked on."""

    id: int
    key: str
    jurisdiction_id: int | None
    reference_version: int


def chain_keys(alias: str) -> dict[int, str]:
    """Chain id -> key."""
    return dict(Chain.objects.using(alias).values_list("id", "key"))


def entry_place(entry_id: int) -> tuple[int, int]:
    """(id of its chain, number within it) of an entry, from its id alone."""
    return entry_id >> SEQ_BITS, entry_id & ((1 << SEQ_BITS) - 1)


def entries_in_order(alias: str) -> Iterator[Entry]:
    """All entries of all chains, as they were recorded."""
    return Entry.objects.using(alias).order_by("recorded_at", "id").iterator(chunk_size=2000)


_LINE: Final = Prepared(lambda key: Chain.objects.filter(key=key).values_list("id", "key", "jurisdiction_id", "reference_version"), key=str)
_OWNER: Final = Prepared(lambda chain: Chain.objects.filter(id=chain).values_list("key", "jurisdiction_id"), chain=int)


def chain_line(key: str) -> ChainLine | None:
    """The chain of that key, or None."""
    row = _LINE.first(key=key)
    return ChainLine(*row) if row else None


def owner_of_chain(chain_id: int) -> tuple[str, int | None]:
    """(key, jurisdiction) of a chain; the common one where there is none of that id."""
    return _OWNER.first(chain=chain_id) or ("common", None)


_COUNT: Final = PreparedChange(lambda chain: Chain.objects.filter(id=chain), {"reference_version": F("reference_version") + 1}, chain=int)


def count_reference(chain_id: int) -> None:
    """One more change of units, seats, posts or calendar."""
    _COUNT.make(chain=chain_id)


def head_rows(alias: str) -> dict[Any, tuple[Any, ...]]:
    """Chain id -> its ``HEAD_COLUMNS``."""
    return {row[0]: row[1:] for row in Chain.objects.using(alias).values_list("pk", *HEAD_COLUMNS)}
