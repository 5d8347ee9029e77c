"""退回补正 as the applicant reads it while mending the application (Article 4.2)."""

from __future__ import annotations

from typing import Any

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.cases.returned import Returned, tells_last_return
from dutygate.features.review.queries import returns_of


@tells_last_return
def _last_return(viewer: ActingPost, case: Any) -> Returned | None:
    lines = returns_of(viewer, case)
    return Returned(lines[-1].returned_at, lines[-1].gaps) if lines else None
