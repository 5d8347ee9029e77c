"""已读: that somebody of a unit has seen its messages. No act of the procedure, so it has no entry in the register."""

from __future__ import annotations

from datetime import datetime

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.notices.queries import messages_to


def mark_read(viewer: ActingPost, newest: int, moment: datetime) -> int:
    """Everything up to this message has been read by the viewer's unit; how many that were."""
    return messages_to(viewer).filter(read_at=None, id__lte=newest).update(read_at=moment)
