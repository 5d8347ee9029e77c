"""退回补正 (Article 4.2): for what a case came back last. The review, further up, knows it; who mends the application reads it here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dutygate.base.catalogue.action import ActingPost


@dataclass(frozen=True, slots=True)
class Returned:
    """One notice with all gaps, each {item, text}; ``item`` is "" where a gap belongs to none."""

    at: datetime
    gaps: Sequence[Mapping[str, str]]


LastReturn = Callable[[ActingPost, Any], "Returned | None"]
_read: Final[list[LastReturn]] = []


def tells_last_return(read: LastReturn) -> LastReturn:
    """Register who knows the last return of a case: (viewer, case); the review does."""
    _read[:] = [read]
    return read


def last_return(viewer: ActingPost, case: Any) -> Returned | None:
    """For what the case came back, while it is marked returned; None afterwards, and for who may not read it."""
    return _read[0](viewer, case) if case.returned and _read else None
