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


class DigestChoice(models.Model):
    """提要: what somebody chose to be told regularly: "none", "daily" (each working day) or "weekly" (each Monday). ``address``: where
    it is mailed to, "" = it is read in the system alone. No act of the procedure, so it has no entry in the register.
    """

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    user_id = models.BigIntegerField(unique=True)
    choice = models.CharField(max_length=10)
    address = models.EmailField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    chosen_at = models.DateTimeField()

    class Meta:
        verbose_name = "提要的选择"

    def __str__(self) -> str:
        return f"{self.user_id} {self.choice}"


class OutgoingMail(models.Model):
    """待发邮件: one digest of one person for one day, and what became of it.

    ``state``: waiting (for its first or next attempt, at ``next_try_at``), sending (its text is being handed over), sent (the server has
    accepted it), unclear (handed over, and no answer came: it is not sent again, so nobody gets it twice), refused (the server will not
    have it). ``leased_until``: while a worker has it in hand.
    """

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    user_id = models.BigIntegerField()
    day = models.DateField()
    address = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "待发邮件"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["user_id", "day"], name="one_digest_a_day")]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "next_try_at"], name="outgoing_mail_waiting")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day} {self.state}"


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

    ``passed_to``: the unit that gives the receipt in its place, since it was merged or split. ``contested_…``: the last objection to a
    receipt that was entered from paper; since then it is owed again. In a case that is done it is not: it is ``disputed`` until the lead
    has shown the original (``shown_…``).
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="receipts")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.BigIntegerField(null=True)
    scan = models.CharField(max_length=64, blank=True)
    entered_for = models.BooleanField(default=False)
    passed_to = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    contested_at = models.DateTimeField(null=True)
    contest_reason = models.TextField(blank=True)
    contested_scan = models.CharField(max_length=64, blank=True)
    disputed = models.BooleanField("办结后有异议", default=False)
    shown_on = models.DateField("出示原件日期", null=True)
    shown_by = models.BigIntegerField("出示人", null=True)
    shown_scan = models.CharField(max_length=64, blank=True)
    shown_note = models.TextField(blank=True)

    class Meta:
        verbose_name = "签收"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["case", "unit"], name="one_receipt_a_unit")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.unit_id}"


class Delivery(Record):
    """送达: the notice reached a unit by hand or by post, as the lead has recorded it; no receipt yet."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="deliveries")
    how = models.CharField("方式", max_length=10)
    delivered_on = models.DateField("送达日期")
    to_whom = models.CharField("收件人", max_length=80, blank=True)
    parcel = models.CharField("邮件号", max_length=80, blank=True)
    scan = models.CharField("扫描件", max_length=64, blank=True)
    entered_by = models.BigIntegerField("登记人", null=True)

    class Meta:
        verbose_name = "送达"

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.how}"


class NoticeOpening(models.Model):
    """打开: somebody of a unit that was told has opened the notice here. No act of the procedure, so it has no entry."""

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    case_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = "打开告知"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case_id", "unit_id", "user_id"], name="opened_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"
