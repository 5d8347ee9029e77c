"""The text of an application, whom it concerns, and every word a township said. Nothing said is overwritten (4.1)."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models

from dutygate.base.catalogue.records import Record


class CaseRow(Record):
    """A row that belongs to a case."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class ItemText(CaseRow):
    """十一项之一: one item's text since a revision, for all townships (``township`` empty) or as an addition for one of them.

    ``addition`` is "" for the common text and the township's unit id as text otherwise, so that one text is current for each.
    """

    item = models.CharField(max_length=30)
    township = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    addition = models.CharField(max_length=20, blank=True)
    revision = models.IntegerField()
    text = models.TextField(blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = "申请内容"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "item", "addition"], condition=models.Q(is_current=True), name="item_text_current")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.item} r{self.revision}"


class Safeguard(CaseRow):
    """保障承诺 in the application (Article 5): funding, technical, training or other, for all townships or for one.

    ``amount_fen`` is in fen for each township and year; "none needed" carries its reason in ``note``. ``due``: by which day of each year it
    is given, "06-30"; "" = by the last one.
    """

    kind = models.CharField(max_length=20)
    township = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    addition = models.CharField(max_length=20, blank=True)
    needed = models.BooleanField()
    amount_fen = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)
    due = models.CharField(max_length=5, blank=True, default="")
    revision = models.IntegerField()
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = "保障措施"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "kind", "addition"], condition=models.Q(is_current=True), name="safeguard_current")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Round(CaseRow):
    """征求意见轮次: the letter by which townships were asked, and on which revision of the text."""

    number = models.IntegerField()
    revision = models.IntegerField()
    requested_at = models.DateTimeField()
    document_number = models.CharField(max_length=80, blank=True)
    letter = models.TextField(blank=True)

    class Meta:
        verbose_name = "征求意见轮次"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["case", "number"], name="round_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


SILENT: Final[dict[str, Any]] = {
    "answer": "",
    "condition": "",
    "lapsed": False,
    "contested": False,
    "paper": "",
    "paper_by": [],
    "no_reply": False,
}
"""How a township stands that has said nothing yet, or is asked anew."""


class Scope(CaseRow):
    """范围内的乡镇 and how it stands now: the head of its opinions, one row for each township and case.

    ``round`` is the round in which it was last asked (0 = not yet), ``version`` changes with every word of it or about it.
    ``paper_by``: the ids of those who entered the papers for it whose originals are still to be seen. ``passed_to``: another township
    stands in its place since; its row says how it stood then.

    In an exit or an adjustment it is the other side: the townships, or the department that a township asks. ``part`` is "" for who is
    asked, "keeps" for a township that holds the duty and for which nothing changes, "leaves" for one whose list the duty is to leave
    (told; asked only where nobody else is). ``joins``: it does not carry the duty yet. ``no_reply``: it said nothing in its time, which
    was recorded as 未反馈 when the consultation was concluded.
    """

    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    in_scope = models.BooleanField(default=True)
    round = models.IntegerField(default=0)
    answer = models.CharField(max_length=30, blank=True)
    condition = models.CharField(max_length=20, blank=True)
    lapsed = models.BooleanField(default=False)
    contested = models.BooleanField(default=False)
    paper = models.CharField(max_length=20, blank=True)
    paper_by = models.JSONField(default=list)
    version = models.IntegerField(default=0)
    left_reason = models.TextField(blank=True)
    passed_to = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    part = models.CharField(max_length=20, blank=True)
    joins = models.BooleanField(default=False)
    no_reply = models.BooleanField(default=False)

    class Meta:
        verbose_name = "乡镇范围"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["case", "unit"], name="scope_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"


class Opinion(CaseRow):
    """乡镇意见: one written answer, kept for ever. ``revision`` is the text it answered to; the last of a round stands.

    On paper (``entered_by_unit`` differs from the township) it carries number, date and scan. ``carried_from``: the ids of the opinions
    of former townships that stand as this one's since it took their place; [] for what it said itself.
    """

    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    round = models.IntegerField()
    ordinal = models.IntegerField()
    revision = models.IntegerField()
    answer = models.CharField(max_length=30)
    reason = models.TextField(blank=True)
    document_number = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    scan = models.CharField(max_length=64, blank=True)
    replied_at = models.DateTimeField()
    entered_by = models.BigIntegerField(null=True)
    entered_by_unit = models.BigIntegerField(null=True)
    original_checked_at = models.DateTimeField(null=True)
    contested_at = models.DateTimeField(null=True)
    contest_reason = models.TextField(blank=True)
    carried_from = models.JSONField(default=list)

    class Meta:
        verbose_name = "乡镇意见"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "unit", "ordinal"], name="opinion_ordinal_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id} {self.answer}"


class Condition(CaseRow):
    """乡镇所附条件, the department's answer, and how the township settled it: accepted, withdrawn or kept (open again)."""

    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="conditions")
    ordinal = models.IntegerField()
    text = models.TextField()
    status = models.CharField(max_length=20)

    class Meta:
        verbose_name = "乡镇条件"

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id} {self.ordinal}"


class ConditionStep(CaseRow):
    """One word about the conditions of a township: answered by the department, or settled by the township."""

    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    round = models.IntegerField()
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    revision = models.IntegerField()
    document_number = models.CharField(max_length=80, blank=True)
    scan = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "条件协商"

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id} {self.kind}"


class WrittenApplication(CaseRow):
    """书面申请: each time it was submitted, on which revision; taken back or returned ones stay readable."""

    ordinal = models.IntegerField()
    revision = models.IntegerField()
    document_number = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField()
    submitted_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "书面申请"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["case", "ordinal"], name="application_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.ordinal}"


class Mediation(CaseRow):
    """组织协调 (4.1): a meeting of the parties that the lead called. It changes nobody's answer. ``present``: unit ids.

    ``round`` is the round of consultation in which it was held.
    """

    round = models.IntegerField()
    held_on = models.DateField("开会日期")
    place = models.CharField("地点", max_length=200, blank=True)
    present = models.JSONField("到会单位")
    minutes = models.TextField("记录", blank=True)
    scan = models.CharField(max_length=64, blank=True)
    by_unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = "组织协调"

    def __str__(self) -> str:
        return f"{self.case_id} {self.held_on}"
