"""等着办的: how many reports wait for somebody; the desk and the mail say that number to her, and nothing else."""

from __future__ import annotations

from datetime import date

from dutygate.base.actions.waiting import Waiting, says_what_waits
from dutygate.base.catalogue.action import ActingPost
from dutygate.features.supervision.queries import count_waiting, here
from dutygate.features.supervision.standing import OFFICE_POSTS


@says_what_waits
def reports_that_wait(viewer: ActingPost, today: date) -> Waiting:
    """Reports whose next step is the viewer's unit's."""
    if viewer.kind not in OFFICE_POSTS:
        return Waiting(0, "reports")
    return Waiting(count_waiting(viewer, here(viewer, today)), "reports")
