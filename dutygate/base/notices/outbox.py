"""Put messages into the outbox, inside the transaction of the act that causes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dutygate.base.catalogue.action import Message
from dutygate.base.notices.models import OutboxMessage
from dutygate.base.register.prepared import insert


def put(messages: Iterable[Message], *, jurisdiction_id: int, subject: str, entry_id: int, recorded_at: datetime) -> None:
    """One row for each unit told; one statement for all of them."""
    rows = [
        OutboxMessage(
            jurisdiction_id=jurisdiction_id,
            unit_id=unit,
            kind=message.kind,
            subject=message.subject or subject,
            params=dict(message.params),
            entry_id=entry_id,
            recorded_at=recorded_at,
        )
        for message in messages
        for unit in message.units
    ]
    insert(*rows)
