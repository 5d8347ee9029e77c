"""读核验: which checks were asked for, how far they are, what they found; for the lead and the audit administrator."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Max, Q, QuerySet, Subquery
from django.db.models.functions import Now

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.register.chains import COMMON
from dutygate.base.register.queries import may_read_register
from dutygate.features.audit.asking import DEAD_AFTER
from dutygate.features.audit.models import Check
from dutygate.law.rules import Finding

TAKEN_UP_WITHIN: Final = timedelta(seconds=20)
"""A check that waits while no check gave a sign of life for longer waits for a process that does not run."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """核验. ``state``: waiting, unattended (nobody takes it up), running, broken, done. ``found`` are the problems she may be told;
    ``elsewhere`` tells how many of the kept ones belong to other jurisdictions.
    """

    id: int
    kind: str
    state: str
    asked_by: int | None
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    done: int
    total: int
    problems: int
    facts: dict[str, Any]
    heads: list[str]
    found: tuple[dict[str, Any], ...] = ()
    elsewhere: int = 0

    @property
    def under_way(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in ("waiting", "unattended", "running")

    @property
    def holds(self) -> bool:
        """Whether it came to its end and found nothing."""
        return self.state == "done" and self.problems == 0

    @property
    def moved(self) -> bool:
        """Whether somebody acted meanwhile, so that what was found proves nothing."""
        return bool(self.facts.get("moved"))


def newest_checks(viewer: ActingPost, seats: Collection[str]) -> dict[str, CheckLine]:
    """Kind -> its newest check. Raises NotAllowed."""
    rows = _readable(viewer, seats)
    newest = rows.order_by().values("kind").annotate(newest=Max("id")).values("newest")
    return {line.kind: line for line in _lines(viewer, rows.filter(id__in=newest))}


def checks_page(viewer: ActingPost, seats: Collection[str], limit: int, before: int | None = None) -> list[CheckLine]:
    """The checks, newest first; ``before`` is the id of the last one seen. Raises NotAllowed."""
    rows = _readable(viewer, seats)
    return _lines(viewer, (rows if before is None else rows.filter(id__lt=before)).order_by("-id")[:limit])


def check_numbered(viewer: ActingPost, seats: Collection[str], check_id: int) -> CheckLine | None:
    """One check, or None. Raises NotAllowed."""
    return next(iter(_lines(viewer, _readable(viewer, seats).filter(id=check_id))), None)


def _readable(viewer: ActingPost, seats: Collection[str]) -> QuerySet[Check]:
    if not may_read_register(viewer, seats):
        raise NotAllowed([Finding("not_your_role", "3", {"action": "checks", "by": ["lead", "audit_admin"]})])
    return Check.objects.filter(Q(chain="") | Q(chain=viewer.jurisdiction))


_COLUMNS: Final = (
    "id",
    "kind",
    "state",
    "asked_by",
    "asked_at",
    "started_at",
    "ended_at",
    "done",
    "total",
    "problems",
    "facts",
    "heads",
)


def _lines(viewer: ActingPost, rows: QuerySet[Check]) -> list[CheckLine]:
    """With the state as it is by the database's clock, whatever the row says."""
    last = Subquery(Check.objects.order_by("-beat_at").values("beat_at")[:1])  # of any check, also one in another jurisdiction
    found = list(rows.annotate(now=Now(), last=last).values(*_COLUMNS, "found", "beat_at", "now", "last"))
    lines = []
    for row in found:
        state, quiet = row["state"], row["now"] - row["beat_at"]
        if state == "running" and quiet > DEAD_AFTER:
            state = "broken"
        elif state == "waiting" and row["now"] - row["last"] > TAKEN_UP_WITHIN:
            state = "unattended"
        ours = tuple(one for one in row["found"] if _is_ours(viewer, str(one.get("chain", ""))))
        plain = {name: row[name] for name in _COLUMNS}
        lines.append(CheckLine(**{**plain, "state": state}, found=ours, elsewhere=len(row["found"]) - len(ours)))
    return lines


def _is_ours(viewer: ActingPost, chain: str) -> bool:
    """What was found in another jurisdiction's chain is that jurisdiction's to read; what belongs to none is everybody's."""
    return chain in (viewer.jurisdiction, COMMON) or not chain.isdecimal()
