"""Whether the members of a case file agree: entries with their hashes, what is opened of them with its digest, links with each other.

No Django here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from dutygate.base.register.hashing import format_of, linked, sealed_digest
from dutygate.features.casefile.faults import Checked, Members
from dutygate.law.regulation.canonical import digest_of_bytes

CASE: Final = "case.json"
ENTRIES: Final = "register/entries.json"
CHAIN: Final = "register/chain.txt"
EDITIONS: Final = "editions/"
SCANS: Final = "scans/"


def contents(members: Members, done: Checked, heads: list[str]) -> None:
    """What the members say, against each other."""
    try:
        case = json.loads(members.kept[CASE])
        done.number, done.seen_by = str(case["case"]["number"]), str(case["seen_by"]["unit"]["name"])
        _files(case, members, done)
    except (ValueError, KeyError, TypeError):
        done.fault(CASE, "cannot be understood")
    for name, data in members.kept.items():
        if name.startswith(EDITIONS) and name != f"{EDITIONS}{digest_of_bytes(data)}.json":
            done.fault(name, "is not the edition of that digest")
    try:
        entries = json.loads(members.kept[ENTRIES])
        known = _entries(entries, members, done)
    except (ValueError, KeyError, TypeError):
        done.fault(ENTRIES, "cannot be understood")
        return
    try:
        links = list(_links(members.kept[CHAIN].decode()))
    except ValueError:
        done.fault(CHAIN, "cannot be understood")
        return
    _chain(links, known, done)
    if known:
        last = max(known)
        done.head = f"{entries['chain']}:{last}:{known[last]['hash']}"
    for printed in heads:
        _printed(printed, entries["chain"], links, done)


def _files(case: dict[str, Any], members: Members, done: Checked) -> None:
    """Every scan of the case is the one to which its entry refers: files go by the digest of their bytes."""
    digests = {one.name: one.digest for one in members.listed}
    named = {row["member"]: row["sm3"] for row in case["scans"]}
    for name, digest in named.items():
        if digests.get(name) != digest:
            done.fault(name, "is not the scan to which the case refers")
    for name in digests:
        if name.startswith(SCANS) and name not in named:
            done.fault(name, "is a scan to which the case does not refer")


def _entries(entries: dict[str, Any], members: Members, done: Checked) -> dict[int, dict[str, Any]]:
    """Each entry hashed again; what is opened of it against its salted digest. Number -> entry."""
    known: dict[int, dict[str, Any]] = {}
    for entry in entries["entries"]:
        number = int(entry["fields"]["seq"])
        fields = {**entry["fields"], "chain": entries["chain"]}
        if fields["subject"] != done.number or number in known:
            done.fault(ENTRIES, f"entry {number} is not one of this case, or is there twice")
        if not format_of(fields, entry["hash"]):
            done.fault(ENTRIES, f"entry {number}: its hash does not match its fields")
        if entry["sealed"] is not None:
            if sealed_digest(entry["salt"], entry["sealed"]) != fields["sealed_digest"]:
                done.fault(ENTRIES, f"entry {number}: what is sealed does not match its digest")
            done.opened += 1
        if fields["edition"] and f"{EDITIONS}{fields['edition']}.json" not in members.kept:
            done.fault(f"{EDITIONS}{fields['edition']}.json", f"is missing: entry {number} was decided under it")
        known[number] = entry
    done.entries = len(known)
    return known


@dataclass(frozen=True, slots=True)
class _Link:
    seq: int
    format: int
    hash: str
    body: str


def _links(text: str) -> Iterator[_Link]:
    for line in text.splitlines():
        seq, written_in, found, *body = line.split(" ")
        yield _Link(int(seq), int(written_in), found, body[0] if body else "")


def _chain(links: list[_Link], known: dict[int, dict[str, Any]], done: Checked) -> None:
    """From the first entry of the case to the last: no number left out, each hash made from the one before it."""
    numbers = [link.seq for link in links]
    if known and numbers != list(range(min(known), max(known) + 1)):
        done.fault(CHAIN, "does not reach from the first entry of the case to the last without a gap")
        return
    previous = ""
    for link in links:
        own = known.get(link.seq)
        if own is not None and own["hash"] != link.hash:
            done.fault(CHAIN, f"entry {link.seq} stands there with another hash than among the entries")
        if previous and own is not None and own["fields"]["prev_hash"] != previous:
            done.fault(CHAIN, f"entry {link.seq} does not follow the one before it")
        if previous and own is None:
            if link.format == 2:
                done.bridged += 1
                if linked(previous, link.body) != link.hash:
                    done.fault(CHAIN, f"entry {link.seq} does not follow the one before it")
            else:
                done.compared += 1
        previous = link.hash


def _printed(printed: str, chain: str, links: list[_Link], done: Checked) -> None:
    """A head on a paper, against the links here."""
    key, number, found = ([*printed.strip().rsplit(":", 2), "", ""])[:3]
    link = next((one for one in links if str(one.seq) == number), None)
    if key != chain or link is None:
        done.fault(CHAIN, f"does not reach the printed head {printed}: the register itself must be asked")
    elif link.hash != found:
        done.fault(CHAIN, f"another entry stands where the head {printed} was printed")
