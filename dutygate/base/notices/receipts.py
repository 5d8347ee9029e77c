"""书面告知 and 签收 in the records: written by the features that decide when (Articles 4.2, 4.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import F
from django.db.models.functions import Coalesce

from dutygate.base.catalogue.action import Context
from dutygate.base.notices.models import Delivery, Notice, Receipt
from dutygate.base.register.prepared import Prepared, insert

_GIVES: Final = Coalesce("passed_to_id", "unit_id")
"""The unit that gives a receipt: the one that was told, or the one that stands in its place."""


@dataclass(frozen=True, slots=True)
class Told:
    """How far a case's notice has come. ``units``: who was told, ``pending``: who of them has not acknowledged, ``on_paper``: whose
    receipt somebody else entered and that may still be contested, ``contested``: who did so after the case was done (unit ids).
    """

    units: frozenset[int] = frozenset()
    pending: frozenset[int] = frozenset()
    on_paper: frozenset[int] = frozenset()
    contested: frozenset[int] = frozenset()

    @property
    def issued(self) -> bool:
        """A notice is issued to somebody or not at all."""
        return bool(self.units)


_RECEIPTS: Final = Prepared(
    lambda case: (
        Receipt.objects.filter(case=case)
        .annotate(gives=_GIVES)
        .values_list("gives", "acknowledged_at", "entered_for", "disputed", "shown_on")
    ),
    case=int,
)


def told(case_id: int) -> Told:
    """Who was told and who has acknowledged, in one query; a unit that stands in another's place for that one too."""
    rows = _RECEIPTS.rows(case=case_id)
    return Told(
        frozenset(row[0] for row in rows),
        frozenset(unit for unit, moment, *_ in rows if moment is None),
        frozenset(unit for unit, moment, entered, disputed, shown in rows if moment and entered and not disputed and not shown),
        frozenset(row[0] for row in rows if row[3]),
    )


_NOTICE: Final = Prepared(lambda case: Notice.objects.filter(case=case), case=int)
_ASKED: Final = Prepared(lambda case: Receipt.objects.filter(case=case).order_by("id"), case=int)


def notice_of(case_id: int) -> Notice | None:
    """The notice of a case, or None."""
    found: Notice | None = _NOTICE.first(case=case_id)
    return found


def receipts_of(case_id: int) -> list[Receipt]:
    """The receipts of a case, in the order in which they were asked for."""
    return _ASKED.rows(case=case_id)


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
    insert(notice)
    receipts = [
        Receipt(id=context.new_id(), jurisdiction_id=context.jurisdiction_id, notice=notice, case_id=case_id, unit_id=unit)
        for unit in dict.fromkeys(units)
    ]
    insert(*receipts)


def acknowledge(context: Context, case_id: int, unit_id: int, *, scan: str, entered_for: bool) -> None:
    """This unit has the notice; the receipt is the take-over, also for the units in whose place it stands."""
    Receipt.objects.annotate(gives=_GIVES).filter(case=case_id, gives=unit_id, acknowledged_at=None).update(
        acknowledged_at=context.at, acknowledged_by=context.acting.user_id, scan=scan, entered_for=entered_for
    )


def contest(context: Context, case_id: int, unit_id: int, reason: str) -> None:
    """The receipts that somebody else entered for this unit are owed again; what was entered stays readable beside the objection."""
    Receipt.objects.annotate(gives=_GIVES).filter(case=case_id, gives=unit_id, acknowledged_at__isnull=False, entered_for=True).update(
        contested_at=context.recorded_at,
        contest_reason=reason,
        contested_scan=F("scan"),
        acknowledged_at=None,
        acknowledged_by=None,
        scan="",
        entered_for=False,
    )


def dispute(context: Context, case_id: int, unit_id: int, reason: str) -> None:
    """After the case is done: what was entered for this unit stands, marked, until the original is shown."""
    Receipt.objects.annotate(gives=_GIVES).filter(case=case_id, gives=unit_id, acknowledged_at__isnull=False, entered_for=True).update(
        contested_at=context.recorded_at, contest_reason=reason, contested_scan=F("scan"), disputed=True
    )


def entered_by(case_id: int, unit_id: int) -> int | None:
    """Who entered the receipt to which this unit has objected after the case was done."""
    rows = Receipt.objects.annotate(gives=_GIVES).filter(case=case_id, gives=unit_id, disputed=True)
    return rows.order_by("id").values_list("acknowledged_by", flat=True).first()


def show_original(context: Context, case_id: int, unit_id: int, *, shown_on: date, scan: str, note: str) -> None:
    """The original was shown; the objection stays readable beside it."""
    Receipt.objects.annotate(gives=_GIVES).filter(case=case_id, gives=unit_id, disputed=True).update(
        disputed=False, shown_on=shown_on, shown_by=context.acting.user_id, shown_scan=scan, shown_note=note
    )


def deliver(context: Context, case_id: int, units: Iterable[int], **said: Any) -> None:
    """The notice reached these units by hand or post; one row for each receipt that they still owe."""
    owed = Receipt.objects.annotate(gives=_GIVES).filter(case=case_id, gives__in=list(units), acknowledged_at=None).order_by("id")
    Delivery.objects.bulk_create(
        Delivery(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            receipt_id=receipt,
            entered_by=context.acting.user_id,
            **said,
        )
        for receipt in owed.values_list("id", flat=True)
    )


def deliveries_of(case_id: int) -> dict[int, list[Delivery]]:
    """Receipt -> its deliveries, first to last: one query."""
    found: dict[int, list[Delivery]] = {}
    for row in Delivery.objects.filter(receipt__case=case_id).order_by("id"):
        found.setdefault(row.receipt_id, []).append(row)
    return found


def pass_on(context: Context, case_id: int, former: int, heirs: Sequence[int]) -> None:
    """A receipt that a unit still owed is its successor's to give; of several each gives one, unless it owes or gave one already."""
    owed = list(Receipt.objects.annotate(gives=_GIVES).filter(case=case_id, gives=former, acknowledged_at=None).order_by("id"))
    if not owed:
        return
    Receipt.objects.filter(id__in=[row.id for row in owed]).update(passed_to=heirs[0])
    told_already = set(Receipt.objects.filter(case=case_id).values_list("unit_id", flat=True))
    Receipt.objects.bulk_create(
        Receipt(id=context.new_id(), jurisdiction_id=context.jurisdiction_id, notice_id=owed[0].notice_id, case_id=case_id, unit_id=unit)
        for unit in heirs[1:]
        if unit not in told_already
    )


def renumber(case_id: int, document_number: str) -> None:
    """A corrected number; the old one stays in the correction."""
    Notice.objects.filter(case=case_id).update(document_number=document_number)


def public_owed_by(unit_id: int) -> int:
    """How many receipts a unit still owes, also for units in whose place it stands."""
    return Receipt.objects.annotate(gives=_GIVES).filter(gives=unit_id, acknowledged_at=None).count()
