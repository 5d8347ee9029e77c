"""到期 for readers: when a temporary duty ended, how it was told, who has acknowledged and who is to be told (Article 4.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dutygate.base.catalogue.action import ActingPost, Door
from dutygate.base.organizations.directory import Directory
from dutygate.base.ui.templatetags.dutygate import day
from dutygate.features.lists.duty_action import DutySubject
from dutygate.features.lists.models import Duty, Expiry
from dutygate.features.lists.parties import parties_of_duty
from dutygate.features.lists.queries import ends_of, receipts_of_end, warnings_of


@dataclass(frozen=True, slots=True)
class Receipt:
    """One unit that was told, and when it acknowledged (None: not yet)."""

    unit: str
    at: Any


@dataclass(frozen=True, slots=True)
class Ending:
    """The latest end of a duty's term. ``mine``: the reader's unit still owes its receipt; ``leads``: it is the lead's to tell."""

    duty: Duty
    end: Expiry
    today: date
    receipts: tuple[Receipt, ...] = ()
    to_tell: tuple[str, ...] = ()
    mine: bool = False
    leads: bool = False
    reminded: tuple[date, ...] = field(default=())

    @property
    def told(self) -> bool:
        """Whether the notice was given."""
        return self.end.issued_on is not None

    @property
    def waits(self) -> bool:
        """Whether the notice is the reader's to give."""
        return self.leads and not self.told

    def draft(self) -> str:
        """The text of the notice as it may go out."""
        said = _("“%(title)s”（%(code)s）是阶段性、临时性任务，期限至%(day)s（含当天）。现已期满，自次日起不再有效，有关乡镇不再承担。")
        more = _("批准文号：%(number)s。期限不自动延续；确需继续的，请主管部门按职责准入程序重新申请。")
        return (said + more) % {
            "title": self.duty.title,
            "code": self.duty.code,
            "number": self.duty.document_number,
            "day": day(self.end.last_day),
        }


def ending_of(viewer: ActingPost, duty: Duty, directory: Directory, today: date) -> Ending | None:
    """The latest end of a duty that the viewer may read, or None while its term has not ended."""
    ends = ends_of(viewer, duty)
    if not ends:
        return None
    end = ends[-1]
    receipts = receipts_of_end(viewer, end)
    leads = directory.seats(today).get("lead")
    mine = any(receipt.unit_id == viewer.unit_id and receipt.acknowledged_at is None for receipt in receipts)
    office = viewer.kind in ("handler", "signatory")
    to_tell: list[int] = []
    if end.issued_on is None:
        door = Door(viewer, "", duty.jurisdiction_id, 0, today, today)
        to_tell = [unit for unit in parties_of_duty(DutySubject(duty, directory, door), today) if unit != leads]
    return Ending(
        duty,
        end,
        today,
        tuple(Receipt(directory.name_on(receipt.unit_id, today), receipt.acknowledged_at) for receipt in receipts),
        tuple(directory.name_on(unit, today) for unit in to_tell),
        mine and office,
        office and leads == viewer.unit_id,
        tuple(warning.warned_on for warning in warnings_of(viewer, duty) if warning.last_day == end.last_day),
    )
