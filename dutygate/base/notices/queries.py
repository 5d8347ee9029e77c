"""读消息: what was told to the viewer's own unit, newest first. Administrators are told nothing of the business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.notices.models import OutboxMessage

OFFICE_POSTS: Final = ("handler", "signatory")
COUNTED: Final = 1000
"""Nobody needs to know exactly how many more than this are unread."""


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message. ``subject`` is mostly a case number; ``params`` are what the words need."""

    id: int
    kind: str
    subject: str
    params: Mapping[str, Any]
    recorded_at: datetime
    read_at: datetime | None


def messages_to(viewer: ActingPost) -> QuerySet[OutboxMessage]:
    """Everything that the viewer's unit was told."""
    if viewer.kind not in OFFICE_POSTS or viewer.unit_id is None:
        return OutboxMessage.objects.none()
    return OutboxMessage.objects.filter(unit_id=viewer.unit_id)


def own_messages(viewer: ActingPost, limit: int, before: int | None = None) -> list[MessageLine]:
    """The newest messages to the viewer's unit; ``before`` is the id of the last one seen."""
    rows = messages_to(viewer) if before is None else messages_to(viewer).filter(id__lt=before)
    fields = ("id", "kind", "subject", "params", "recorded_at", "read_at")
    return [MessageLine(*row) for row in rows.order_by("-id").values_list(*fields)[:limit]]


def count_unread(viewer: ActingPost) -> int:
    """How many messages nobody of the unit has marked as read; at most ``COUNTED``."""
    return messages_to(viewer).filter(read_at=None).order_by("-id")[:COUNTED].count()
