"""Shapes of the answers about the ledger of support and the yearly review; see ``schemas``."""

from __future__ import annotations

from datetime import date, datetime

from dutygate.config.api.schemas import Shape, UnitOut


class Quantities(Shape):
    """Of one measure: ``promised`` is what is owed; of it delivered, confirmed, disputed, still to come, and given but unanswered."""

    commitments: int
    promised: int
    delivered: int
    confirmed: int
    disputed: int
    to_come: int
    unanswered: int


class LedgerSums(Shape):
    """``fen``: money, in fen. ``item``: things that are given once in the year, in pieces."""

    fen: Quantities
    item: Quantities


class CommitmentLine(Shape):
    """保障承诺: quantities are in its ``measure``, fen or item. ``state``: late, disputed, unconfirmed, given, open, kept or released."""

    commitment: str
    pledge: str
    duty: str
    title: str
    department: UnitOut | None
    township: UnitOut | None
    year: int
    kind: str
    measure: str
    note: str
    due_on: date
    promised: int
    delivered: int
    confirmed: int
    disputed: int
    to_come: int
    state: str


class CommitmentPage(Shape):
    """保障台账: a page of commitments by due day, and the sums of all that the filters let through."""

    items: list[CommitmentLine]
    sums: LedgerSums
    next: str | None


class DeliveryOut(Shape):
    """兑现 on a commitment; quantities in its measure."""

    delivery: str
    amount: int
    given: str
    voucher_number: str
    delivered_on: date
    scan: str
    confirmed: int
    disputed: int
    not_received: int
    unanswered: int


class CommitmentAnswer(Shape):
    """确认、异议、核定 of a delivery. ``rest``: of a settlement what did not come. ``on_paper``: entered by another unit from a paper."""

    delivery: str
    answer: str
    amount: int
    rest: int
    reason: str
    unit: UnitOut | None
    at: datetime
    on_paper: bool


class CommitmentOut(Shape):
    """One commitment with what was given on it and what was said of that.

    ``expected``: to be sent back with ``support.confirm`` and ``support.dispute`` on the subject ``sheet``.
    """

    commitment: CommitmentLine
    case: str | None
    deliveries: list[DeliveryOut]
    answers: list[CommitmentAnswer]
    sheet: str
    expected: dict[str, int]
