"""读安全日志: what was tried and is no business of the register; for the audit administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from dutygate.base.actions.models import SecurityEvent
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.organizations.queries.units import posts_within
from dutygate.law.rules import Finding


@dataclass(frozen=True, slots=True)
class SecurityLine:
    """安全日志: one line. ``detail`` holds plain values: action, subject, codes of findings, user name."""

    id: int
    recorded_at: datetime
    kind: str
    user_id: int | None
    address: str
    detail: dict[str, Any]


def security_log(
    viewer: ActingPost,
    on: date,
    kind: str,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    before: int | None = None,
) -> list[SecurityLine]:
    """The lines of the viewer's jurisdictions and those without a post (refused log-ins), newest first; recorded in [since, until).

    ``before`` is the id of the last one seen. Raises NotAllowed for anybody but an audit administrator.
    """
    if viewer.kind != "audit_admin":
        raise NotAllowed([Finding("not_your_role", "3", {"action": "security_log", "by": ["audit_admin"]})])
    rows = SecurityEvent.objects.filter(Q(post_id__isnull=True) | Q(post_id__in=posts_within(viewer, on).values("id")))
    if kind:
        rows = rows.filter(kind=kind)
    if since is not None:
        rows = rows.filter(recorded_at__gte=since)
    if until is not None:
        rows = rows.filter(recorded_at__lt=until)
    if before is not None:
        rows = rows.filter(id__lt=before)
    columns = ("id", "recorded_at", "kind", "user_id", "address", "detail")
    return [SecurityLine(*row) for row in rows.order_by("-id").values_list(*columns)[:limit]]
