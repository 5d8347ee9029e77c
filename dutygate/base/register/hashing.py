"""What an entry's hash covers: SM3 over RFC 8785 JSON of all its fields but the sealed text, which counts by its digest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dutygate.law.regulation.canonical import digest

FORMAT = 1


def as_hashed(value: Any) -> Any:
    """A field of an entry as it goes into the hash: times in UTC to the microsecond, ids as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # ids exceed 2^53, the largest whole number that JSON keeps exactly
    return value


def entry_hash(fields: Mapping[str, Any]) -> str:
    """64 hex digits. ``fields``: chain key, seq, times, people, action, outcome, edition, software, sealed_digest, prev_hash."""
    return digest({"format": FORMAT, **{name: as_hashed(value) for name, value in fields.items()}})


def sealed_digest(salt: str, sealed: str) -> str:
    """The salted digest of the sealed text: without the salt nobody can guess a short payload from it."""
    return digest([salt, sealed])
