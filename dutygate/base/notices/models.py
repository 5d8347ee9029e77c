"""The outbox of messages, and 书面告知 with its receipts (Articles 4.2, 4.4)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class OutboxMessage(models.Model):
    """One line that a unit gets in the system: something happened, and where to look."""

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    jurisdiction_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    entry_id = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "消息"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["unit_id", "-id"], name="outbox_unit")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Notice(Record):
    """书面告知: one document to all parties of a case. ``kind``: admission or refusal."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    document_number = models.CharField(max_length=80)
    issued_on = models.DateField()
    text = models.TextField(blank=True)
    scan = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "书面告知"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["case"], name="one_notice_a_case")]

    def __str__(self) -> str:
        return self.document_number


class Receipt(Record):
    """签收: one unit and its acknowledgement of one notice (the receipt is the take-over).

    ``passed_to``: the unit that gives the receipt in its place, since it was merged or split.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="receipts")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.BigIntegerField(null=True)
    scan = models.CharField(max_length=64, blank=True)
    entered_for = models.BooleanField(default=False)
    passed_to = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = "签收"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["case", "unit"], name="one_receipt_a_unit")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.unit_id}"
