"""书面告知 and 签收 in the records: written by the features that decide when (Articles 4.2, 4.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dutygate.base.catalogue.action import Context
from dutygate.base.notices.models import Notice, Receipt


@dataclass(frozen=True, slots=True)
class Told:
    """How far a case's notice has come. ``units``: who was told, ``pending``: who of them has not acknowledged (unit ids)."""

    units: frozenset[int] = frozenset()
    pending: frozenset[int] = frozenset()

    @property
    def issued(self) -> bool:
        """A notice is issued to somebody or not at all."""
        return bool(self.units)


def told(case_id: int) -> Told:
    """Who was told and who has acknowledged, in one query."""
    rows = list(Receipt.objects.filter(case=case_id).values_list("unit_id", "acknowledged_at"))
    return Told(frozenset(unit for unit, _ in rows), frozenset(unit for unit, moment in rows if moment is None))


def notice_of(case_id: int) -> Notice | None:
    """The notice of a case, or None."""
    return Notice.objects.filter(case=case_id).first()


def receipts_of(case_id: int) -> list[Receipt]:
    """The receipts of a case, in the order in which they were asked for."""
    return list(Receipt.objects.filter(case=case_id).order_by("id"))


def issue(
    context: Context, case_id: int, units: Iterable[int], *, kind: str, document_number: str, issued_on: date, text: str, scan: str
) -> None:
    """One notice and a receipt to be given by each unit."""
    notice = Notice(
        id=context.new_id(),
        jurisdiction_id=context.jurisdiction_id,
        case_id=case_id,
        kind=kind,
        document_number=document_number,
        issued_on=issued_on,
        text=text,
        scan=scan,
    )
    notice.save(force_insert=True)
    Receipt.objects.bulk_create(
        Receipt(id=context.new_id(), jurisdiction_id=context.jurisdiction_id, notice=notice, case_id=case_id, unit_id=unit)
        for unit in dict.fromkeys(units)
    )


def acknowledge(context: Context, case_id: int, unit_id: int, *, scan: str, entered_for: bool) -> None:
    """This unit has the notice; the receipt is the take-over."""
    Receipt.objects.filter(case=case_id, unit=unit_id).update(
        acknowledged_at=context.at, acknowledged_by=context.acting.user_id, scan=scan, entered_for=entered_for
    )


def renumber(case_id: int, document_number: str) -> None:
    """A corrected number; the old one stays in the correction."""
    Notice.objects.filter(case=case_id).update(document_number=document_number)
