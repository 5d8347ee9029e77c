"""Shapes of the answers about the register; see ``schemas``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dutygate.config.api.schemas import Shape, UnitOut


class HeadOut(Shape):
    """The head of a chain; keep ``printed`` where the database's owner cannot reach it."""

    chain: str
    seq: int
    hash: str
    recorded_at: datetime | None
    printed: str


class HeadsOut(Shape):
    """The heads of the viewer's own chain and of the common one."""

    heads: list[HeadOut]


class SealedOut(Shape):
    """What an entry seals; only of cases that the viewer may see. ``erased``: lawfully taken out, the digest stands."""

    erased: bool
    payload: Any = None
    result: Any = None
    findings: Any = None


class EntryOut(Shape):
    """登记: the fields that the hash covers, as they were hashed; ids as text."""

    chain: str
    seq: int
    recorded_at: datetime
    at: datetime
    user_id: str | None
    post_id: str | None
    unit_id: str | None
    on_behalf_of: str | None
    entered_for: str | None
    via: str
    caused_by: str | None
    action: str
    subject: str
    outcome: str
    payload_version: int
    edition: str
    software: str
    sealed_digest: str
    prev_hash: str
    hash: str
    unit: UnitOut | None
    sealed: SealedOut | None


class EntryPage(Shape):
    """A page of the register, oldest first."""

    items: list[EntryOut]
    next: str | None
