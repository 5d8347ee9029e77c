"""Check a chain from its first entry to its head: order, hashes, digests of what is sealed, editions, and a printed head."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dutygate.base.register.anchors import anchored_without_chain, broken_anchors
from dutygate.base.register.append import aware
from dutygate.base.register.hashing import GENESIS, format_of, sealed_digest
from dutygate.base.register.models import SEQ_BITS, Chain, EditionText, Entry
from dutygate.law.regulation.canonical import digest_of_bytes

Progress = Callable[[int], None]
TOLD_EVERY: Final = 100
"""Entries between two words about how far it is: often enough to watch, too seldom to slow it down."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Where a chain does not hold: the chain, the entry's number (0 = the head row) and what is wrong."""

    chain: str
    seq: int
    what: str

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq}: {self.what}"


def fields_of(chain: str, entry: Entry) -> dict[str, object]:
    """The fields that the entry's hash covers, in the order of ``append``."""
    return {
        "chain": chain,
        "seq": entry.seq,
        "recorded_at": entry.recorded_at,
        "at": entry.at,
        "user_id": entry.user_id,
        "post_id": entry.post_id,
        "unit_id": entry.unit_id,
        "on_behalf_of": entry.on_behalf_of,
        "entered_for": entry.entered_for,
        "via": entry.via,
        "caused_by": entry.caused_by,
        "action": entry.action,
        "subject": entry.subject,
        "outcome": entry.outcome,
        "payload_version": entry.payload_version,
        "edition": entry.edition,
        "software": entry.software,
        "sealed_digest": entry.sealed_digest,
        "prev_hash": entry.prev_hash,
    }


def _entry_problems(chain: Chain, entry: Entry, seq: int, previous: str, last: datetime | None) -> Iterator[str]:
    if entry.seq != seq:
        yield f"number {seq} is missing"
    if entry.id != (chain.id << SEQ_BITS) + entry.seq:
        yield "id does not belong to this chain and number"
    if entry.prev_hash != previous:
        yield "does not follow the entry before it"
    if not format_of(fields_of(chain.key, entry), entry.hash):
        yield "hash does not match its fields"
    erased = not entry.sealed and not entry.salt
    if not erased and sealed_digest(entry.salt, entry.sealed) != entry.sealed_digest:
        yield "what is sealed does not match its digest"
    if last is not None and entry.recorded_at < last:
        yield "recorded before the entry it follows"


def verify_chain(chain: Chain, progress: Progress | None = None) -> list[Problem]:
    """Every problem of one chain; an empty list proves that nothing was changed, inserted or left out before its head.

    ``progress`` hears now and then how many more entries were looked at.
    """
    problems: list[Problem] = []
    previous, seq, last = GENESIS, 0, None
    editions = set()
    for looked_at, entry in enumerate(Entry.objects.filter(chain=chain).order_by("seq").iterator(chunk_size=2000), 1):
        if progress is not None and looked_at % TOLD_EVERY == 0:
            progress(TOLD_EVERY)
        seq += 1
        problems += [Problem(chain.key, entry.seq, what) for what in _entry_problems(chain, entry, seq, previous, last)]
        seq, previous, last = entry.seq, entry.hash, entry.recorded_at
        editions.add(entry.edition)
    if chain.seq != seq or chain.head_hash != previous:
        problems.append(Problem(chain.key, 0, "the head does not match the last entry"))
    if last is not None and aware(chain.head_recorded_at) != last:
        problems.append(Problem(chain.key, 0, "the head's time does not match the last entry"))
    known = set(EditionText.objects.filter(digest__in=editions).values_list("digest", flat=True))
    problems += [Problem(chain.key, 0, f"edition {digest} is not kept") for digest in sorted(editions - known - {""})]
    return problems


def verify_editions() -> list[Problem]:
    """Kept editions whose bytes do not match their digest."""
    return [
        Problem("editions", 0, f"text of {row.edition_id} does not match {row.digest}")
        for row in EditionText.objects.order_by("digest")
        if digest_of_bytes(row.canonical.encode()) != row.digest
    ]


def printed_head(chain: Chain) -> str:
    """The head in one line, to be kept where the database's owner cannot reach: ``key:seq:hash``."""
    return f"{chain.key}:{chain.seq}:{chain.head_hash}"


def verify_against(printed: str) -> list[Problem]:
    """Whether the chain still contains a head that was printed earlier: a cut tail is found this way.

    Raises ValueError when the text is not of the form ``key:seq:hash``.
    """
    key, seq, expected = printed.strip().rsplit(":", 2)
    number = int(seq)
    if number == 0:
        return [] if expected == GENESIS else [Problem(key, 0, "an empty chain has another head")]
    found = Entry.objects.filter(chain__key=key, seq=number).values_list("hash", flat=True).first()
    if found is None:
        return [Problem(key, number, "the register no longer reaches this head: its tail was cut")]
    return [] if found == expected else [Problem(key, number, "another entry stands where this head was printed")]


def verify_all(progress: Progress | None = None, only: Collection[str] | None = None) -> list[Problem]:
    """All chains and editions, the common chain first; or of the chains only those of these keys."""
    chains = Chain.objects.order_by("id") if only is None else Chain.objects.filter(key__in=only).order_by("id")
    problems = [problem for chain in chains for problem in verify_chain(chain, progress)]
    strays = Entry.objects.exclude(chain__in=Chain.objects.all()).values_list("chain_id", "seq")
    problems += [Problem(f"chain {chain}", seq, "belongs to no chain") for chain, seq in strays]
    lost = [*broken_anchors(only), *anchored_without_chain(only)]
    problems += [Problem(code, seq, "the confidential chain no longer has the head that is anchored here") for code, seq in lost]
    return problems + verify_editions()
