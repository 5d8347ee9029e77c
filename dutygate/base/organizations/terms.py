"""The closed lists of this folder, as they stand in the records, and the day that means "open"."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from django.utils.translation import gettext_noop

OPEN_END: Final = date(9999, 12, 31)
"""``valid_to`` of what has no end yet. Periods are half-open: [valid_from, valid_to)."""

JurisdictionKind = Literal["region", "city", "banner"]
UnitKind = Literal["department", "township", "authority_office", "oversight", "city_guidance", "other"]
SeatName = Literal["lead", "legal", "services", "member", "banner_committee", "banner_government", "city_government"]
ChangeKind = Literal["merge", "split", "transfer"]
PostKind = Literal["handler", "signatory", "system_admin", "security_admin", "audit_admin"]

CONFERENCE_SEATS: Final = ("lead", "legal", "services", "member")
"""联席会议 (Article 3). ``member`` may be held by several units, every other seat by one."""
MANY_UNITS: Final = frozenset({"member"})
ADMINISTRATORS: Final = ("system_admin", "security_admin", "audit_admin")
"""三员: never one person (graded protection, GB/T 22239-2019)."""

POST_LABELS: Final = {
    "handler": gettext_noop("经办人"),
    "signatory": gettext_noop("签发人"),
    "system_admin": gettext_noop("系统管理员"),
    "security_admin": gettext_noop("安全管理员"),
    "audit_admin": gettext_noop("审计管理员"),
}
