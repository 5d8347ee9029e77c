"""已读、打开: that somebody of a unit has seen its messages, or has opened a written notice. No acts of the procedure, so they have no
entries in the register.
"""

from __future__ import annotations

from datetime import datetime

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.notices.models import NoticeOpening
from dutygate.base.notices.queries import OFFICE_POSTS, messages_to, owes_or_gave_receipt


def mark_read(viewer: ActingPost, newest: int, moment: datetime) -> int:
    """Everything up to this message has been read by the viewer's unit; how many that were."""
    return messages_to(viewer).filter(read_at=None, id__lte=newest).update(read_at=moment)


def note_opening(viewer: ActingPost, case_id: int, moment: datetime) -> None:
    """She has the notice of this case before her, and her unit was told: noted the first time, for each person."""
    if viewer.kind not in OFFICE_POSTS or viewer.user_id is None or not owes_or_gave_receipt(viewer, case_id):
        return
    known = {"case_id": case_id, "unit_id": viewer.unit_id, "user_id": viewer.user_id}
    if not NoticeOpening.objects.filter(**known).exists():
        NoticeOpening.objects.bulk_create([NoticeOpening(**known, opened_at=moment)], ignore_conflicts=True)
