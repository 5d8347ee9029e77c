"""Lock a chain's head, append an entry to it. The two hot statements of every action, therefore written as SQL."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import connections

import dutygate
from dutygate.base.register.alias import current_alias
from dutygate.base.register.hashing import entry_hash, sealed_digest
from dutygate.base.register.models import SEQ_BITS
from dutygate.law.regulation.canonical import canonical


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a chain as it was when its row was locked."""

    chain_id: int
    key: str
    jurisdiction_id: int | None
    seq: int
    hash: str
    recorded_at: datetime | None
    reference_version: int

    def next_id(self) -> int:
        """The id of the entry that will follow this head."""
        return (self.chain_id << SEQ_BITS) + self.seq + 1


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What ``perform`` knows of an entry before it has a place in the chain."""

    at: datetime
    recorded_at: datetime
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
    sealed: Mapping[str, Any]


_COLUMNS = (
    "id, chain_id, seq, recorded_at, at, user_id, post_id, unit_id, on_behalf_of, entered_for, via, caused_by, action, subject, "
    "outcome, payload_version, edition, software, salt, sealed, sealed_digest, prev_hash, hash"
)
_INSERT = "INSERT INTO register_entry (" + _COLUMNS + ") VALUES (" + ", ".join(["%s"] * 23) + ")"  # noqa: S608 - constants only
_LOCK = "SELECT id, key, jurisdiction_id, seq, head_hash, head_recorded_at, reference_version FROM register_chain WHERE key = %s"
_ADVANCE = "UPDATE register_chain SET seq = %s, head_hash = %s, head_recorded_at = %s, reference_version = %s WHERE id = %s AND seq = %s"
_BOTH = f"WITH entered AS ({_INSERT}) {_ADVANCE}"
"""PostgreSQL takes the two in one message; SQLite has no messages to save, and no such statement."""


def aware(value: Any) -> datetime | None:
    """A stored time as an aware UTC datetime (SQLite hands back text or naive values)."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def lock_head(key: str) -> Head | None:
    """The head row, locked until the transaction ends: two writers must not share a parent. None = no such chain."""
    connection = connections[current_alias()]
    sql = _LOCK + (" FOR UPDATE" if connection.features.has_select_for_update else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        row = cursor.fetchone()
    return Head(row[0], row[1], row[2], row[3], row[4], aware(row[5]), row[6]) if row else None


def append(head: Head, entry: NewEntry, *, bump_reference: bool = False, salt: str | None = None) -> Head:
    """Add the entry after ``head`` and return the new head. The caller holds the head's lock.

    ``salt`` is given only by a replay, which must make the same digest again.
    """
    connection = connections[current_alias()]
    sealed = canonical(entry.sealed).decode()
    used = secrets.token_hex(16) if salt is None else salt
    digest = sealed_digest(used, sealed)
    entry_id, seq = head.next_id(), head.seq + 1
    fields: dict[str, Any] = {
        "chain": head.key,
        "seq": seq,
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
        "software": dutygate.__version__,
        "sealed_digest": digest,
        "prev_hash": head.hash,
    }
    hashed = entry_hash(fields)
    adapt = connection.ops.adapt_datetimefield_value
    recorded = adapt(entry.recorded_at)
    values: list[Any] = [
        entry_id,
        head.chain_id,
        seq,
        recorded,
        adapt(entry.at),
        *list(fields.values())[4:17],
        used,
        sealed,
        digest,
        head.hash,
        hashed,
    ]
    version = head.reference_version + (1 if bump_reference else 0)
    moved: list[Any] = [seq, hashed, recorded, version, head.chain_id, head.seq]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_BOTH, [*values, *moved])
        else:
            cursor.execute(_INSERT, values)
            cursor.execute(_ADVANCE, moved)
        if cursor.rowcount != 1:
            raise RuntimeError(f"chain {head.key} moved although its head was locked")
    return replace(head, seq=seq, hash=hashed, recorded_at=entry.recorded_at, reference_version=version)
