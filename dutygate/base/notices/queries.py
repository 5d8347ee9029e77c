"""读消息: what was told to the viewer's own unit, newest first. Administrators are told nothing of the business."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.notices.models import NoticeOpening, OutboxMessage, Receipt

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


def owes_or_gave_receipt(viewer: ActingPost, case_id: int) -> bool:
    """Whether the viewer's unit was told of this case in writing, or stands in the place of one that was."""
    mine = Q(unit=viewer.unit_id) | Q(passed_to=viewer.unit_id)
    return Receipt.objects.filter(mine, case=case_id).exists()


def openings_of(viewer: ActingPost, case_id: int) -> dict[int, tuple[int, datetime]]:
    """Unit -> (who of it first opened the notice, when), of a case that the viewer may read."""
    rows = NoticeOpening.objects.filter(case_id=case_id).order_by("-opened_at", "-id").values_list("unit_id", "user_id", "opened_at")
    return {unit: (user, moment) for unit, user, moment in rows}


@dataclass(frozen=True, slots=True)
class Paper:
    """书面告知 of a case as it is listed: its number, of what it tells ("refusal", or the kind of case)."""

    document_number: str
    kind: str


def notice_papers(viewer: ActingPost, numbers: Collection[str]) -> dict[str, Paper]:
    """Case number -> its notice, of those cases in which the viewer's unit owes or gave a receipt: one query."""
    mine = Q(unit=viewer.unit_id) | Q(passed_to=viewer.unit_id)
    rows = Receipt.objects.filter(mine, case__number__in=list(numbers))
    found = rows.values_list("case__number", "notice__document_number", "notice__kind")
    return {number: Paper(document_number, kind) for number, document_number, kind in found}
