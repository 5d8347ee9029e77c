"""What an entry's hash covers: SM3 over RFC 8785 JSON of all its fields but the sealed text, which counts by its digest.

Format 2 hashes the entry's own fields first and ties the result to the hash before it (decision 0025): where an entry may not be shown,
its ``body`` alone lets the chain be followed over it. Entries of the first release have format 1, everything in one. No Django here:
whoever checks a case file away from the system uses this module too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from dutygate.law.regulation.canonical import digest

FORMAT: Final = 2
FORMATS: Final = (2, 1)
"""Newest first."""
GENESIS: Final = "0" * 64
"""What the first entry of a chain follows."""


def as_hashed(value: Any) -> Any:
    """A field of an entry as it goes into the hash: times in UTC to the microsecond, ids as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # ids exceed 2^53, the largest whole number that JSON keeps exactly
    return value


def entry_body(fields: Mapping[str, Any]) -> str:
    """64 hex digits over an entry's own fields, without ``prev_hash``. Its salted ``sealed_digest`` keeps the rest from being guessed."""
    own = {name: as_hashed(value) for name, value in fields.items() if name != "prev_hash"}
    return digest({"format": 2, **own})


def linked(prev_hash: str, body: str) -> str:
    """The hash of an entry of format 2: what it follows, and what it is."""
    return digest({"body": body, "format": 2, "prev_hash": prev_hash})


def entry_hash(fields: Mapping[str, Any], written_in: int = FORMAT) -> str:
    """64 hex digits. ``fields``: chain key, seq, times, people, action, outcome, edition, software, sealed_digest, prev_hash."""
    if written_in == 1:
        return digest({"format": 1, **{name: as_hashed(value) for name, value in fields.items()}})
    return linked(fields["prev_hash"], entry_body(fields))


def format_of(fields: Mapping[str, Any], found: str) -> int:
    """The format in which this hash fits these fields; 0 when it fits in none."""
    return next((one for one in FORMATS if entry_hash(fields, one) == found), 0)


def sealed_digest(salt: str, sealed: str) -> str:
    """The salted digest of the sealed text: without the salt nobody can guess a short payload from it."""
    return digest([salt, sealed])
