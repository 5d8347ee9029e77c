"""保障承诺, what came of it, and what the township says (Article 5).

Quantities are integers in the commitment's own measure: fen of money, or 1 for one thing that is given once in the year. On each
commitment ``promised - released - delivered`` is still to come; ``delivered - confirmed - disputed`` awaits the township's word. These
sums are kept beside the rows that they add up, so that a ledger of thousands is one query; ``queries.public_astray`` adds them up anew.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from dutygate.base.catalogue.records import Record


class Pledge(Record):
    """年度保障: what one department owes the townships with one duty in one year; it delivers it and stands for it.

    ``code`` is 150721-B-0001. The department is the duty's lead; where it hands the duty on, its successor owes what is still open.
    """

    code = models.CharField("编号", max_length=40, unique=True)
    duty = models.ForeignKey("lists.Duty", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="事项")
    department = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="部门")
    year = models.IntegerField("年度")

    class Meta:
        verbose_name = "年度保障"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["duty", "year"], name="pledge_once")]

    def __str__(self) -> str:
        return self.code


class Commitment(Record):
    """保障承诺: one safeguard that one township is owed in one year, since the duty was admitted or adjusted.

    ``ordinal`` is its place in the pledge (its reference is 150721-B-0001.3). ``kind`` is funding, technical, training or other;
    ``measure`` fen or item. ``case`` brought it about, null where the list did (a merger, a correction). ``due_on`` is included.
    ``released``: no longer owed, since the duty left or was lowered before it fell due. ``passed_from``: the former townships (ids).
    """

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="commitments", db_index=False)
    ordinal = models.IntegerField("序号")
    duty = models.ForeignKey("lists.Duty", on_delete=models.PROTECT, related_name="+", verbose_name="事项")
    department = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="部门")
    township = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="乡镇")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="办件")
    year = models.IntegerField("年度")
    kind = models.CharField("种类", max_length=20)
    measure = models.CharField("计量", max_length=10)
    note = models.TextField("说明", blank=True)
    due_on = models.DateField("应兑现日期")
    promised = models.BigIntegerField("承诺")
    released = models.BigIntegerField("不再兑现", default=0)
    delivered = models.BigIntegerField("已兑现", default=0)
    confirmed = models.BigIntegerField("乡镇已确认", default=0)
    disputed = models.BigIntegerField("乡镇有异议", default=0)
    passed_from = models.JSONField("原乡镇", default=list)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "保障承诺"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pledge", "ordinal"], name="commitment_once"),
            models.CheckConstraint(
                condition=Q(promised__gte=F("released") + F("delivered"), delivered__gte=F("confirmed") + F("disputed")),
                name="commitment_adds_up",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["jurisdiction", "year", "township"], name="commitment_of_year"),
            models.Index(fields=["township", "year"], name="commitment_of_township"),
            models.Index(fields=["department", "year"], name="commitment_of_department"),
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id}.{self.ordinal}"


class Delivery(Record):
    """兑现: what a department says it gave on a commitment, with voucher number and day.

    ``confirmed``, ``disputed`` and ``refused`` (not received, as the lead settled it) of its ``amount``; the rest awaits an answer.
    ``on_paper``: of what is confirmed, what another unit entered from a paper, to which the township may still object.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    ordinal = models.IntegerField("序号")
    amount = models.BigIntegerField("兑现")
    given = models.TextField("给了什么", blank=True)
    voucher_number = models.CharField("凭证号", max_length=80, blank=True)
    delivered_on = models.DateField("兑现日期")
    scan = models.CharField("扫描件", max_length=64, blank=True)
    confirmed = models.BigIntegerField("已确认", default=0)
    disputed = models.BigIntegerField("有异议", default=0)
    refused = models.BigIntegerField("核定未到", default=0)
    on_paper = models.BigIntegerField("代录确认", default=0)
    by_unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="部门")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "兑现"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["commitment", "ordinal"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=F("confirmed") + F("disputed") + F("refused"), confirmed__gte=F("on_paper")),
                name="delivery_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}.{self.ordinal}"


class Confirmation(Record):
    """确认、异议、核定: one word about a delivery. ``answer`` is confirmed, disputed, or settled (the lead: so much did come).

    ``amount``: confirmed or disputed; of a settlement what counts as received, ``rest`` what does not. On paper with number, day, scan.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="confirmations")
    answer = models.CharField("答复", max_length=20)
    amount = models.BigIntegerField("数额")
    rest = models.BigIntegerField("其余", default=0)
    reason = models.TextField("理由", blank=True)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="单位")
    at = models.DateTimeField("时间")
    entered_by_unit = models.BigIntegerField("代录单位", null=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    signed_on = models.DateField("成文日期", null=True)
    scan = models.CharField("扫描件", max_length=64, blank=True)

    class Meta:
        verbose_name = "确认"

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.answer}"


class CommitmentChange(Record):
    """承诺变动: a commitment came about, is owed to another township or by another department, falls due on another day, or falls away.

    ``what`` is promised, released, passed, handed_on or moved; ``amount`` how much was promised or released; ``said`` units or days.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField("变动", max_length=20)
    amount = models.BigIntegerField("数额", default=0)
    said = models.JSONField("内容", default=dict)
    on = models.DateField("日期")

    class Meta:
        verbose_name = "承诺变动"

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.what}"
