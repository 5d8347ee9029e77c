"""法定依据, what happened to it, and which case cites it (Articles 1, 4.1, 4.5).

On two clocks: [in_force_from, in_force_to) and ``repealed_on`` say when an article holds; how the registry described it before a
correction, an amendment or a repeal stays in ``BasisReading`` with the moment until which it was read so.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class LegalBasis(Record):
    """法定依据: one provision of one text, with the days on which it holds.

    ``key`` and ``article_key`` are title and article as ``recognition`` sees them: two spellings of one law have one key.
    ``confirmed``: the lead or the legal seat has checked it; until then it is what a department proposed. ``in_force_to`` is what was
    said of it; ``repealed_on`` the first day on which it does not hold because of a repeal that covers it, the earliest if there are
    several (``BasisChange``).
    """

    title = models.CharField("名称", max_length=200)
    kind = models.CharField("种类", max_length=30)
    issuer = models.CharField("制定机关", max_length=100, blank=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    article = models.CharField("条款", max_length=100, blank=True)
    in_force_from = models.DateField("施行日期", null=True)
    in_force_to = models.DateField("失效日期（不含）", null=True)
    confirmed = models.BooleanField("已确认", default=False)
    proposed_by = models.ForeignKey(
        "organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="提出单位"
    )
    key = models.CharField(max_length=200)
    number_key = models.CharField(max_length=80, blank=True)
    article_key = models.CharField(max_length=100, blank=True)
    repealed_on = models.DateField("废止日期", null=True)

    class Meta:
        verbose_name = "法定依据"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["jurisdiction", "key", "article_key"], name="basis_key"),
            models.Index(fields=["jurisdiction", "number_key"], name="basis_number"),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》{self.article}"

    @property
    def ends_on(self) -> date | None:
        """The first day on which it no longer holds, whatever the cause; None while it has no end."""
        return min((day for day in (self.in_force_to, self.repealed_on) if day is not None), default=None)


class BasisChange(Record):
    """修改、废止: from a day on, one article (``article`` as cited) or the whole text (``article`` "") reads otherwise or does not hold.

    ``key`` and ``number_key`` say of which text, so that what is cited of it later is recognised. ``replacements`` are pairs of
    articles, before and after: [["第十五条", "第十八条"]]. ``duties``: the codes of the duties that rested on it when it was entered.
    """

    kind = models.CharField("种类", max_length=10)
    basis = models.ForeignKey(LegalBasis, on_delete=models.PROTECT, related_name="changes")
    key = models.CharField(max_length=200)
    number_key = models.CharField(max_length=80, blank=True)
    article = models.CharField("条款", max_length=100, blank=True)
    on = models.DateField("生效日期")
    document = models.CharField("文件名称", max_length=200)
    document_number = models.CharField("文号", max_length=80, blank=True)
    issuer = models.CharField("制定机关", max_length=100, blank=True)
    successor = models.ForeignKey(LegalBasis, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="替代的依据")
    replacements = models.JSONField("条文对照", default=list)
    note = models.TextField("说明", blank=True)
    duties = models.JSONField("所涉事项", default=list)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("撤销时间", null=True)
    voided_reason = models.TextField("撤销理由", blank=True)

    class Meta:
        verbose_name = "依据的修改和废止"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "key"], name="basis_change_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.article} {self.on}"


class BasisReading(Record):
    """原来的登记: how the registry described a basis until ``recorded_to``, when it was corrected or a repeal reached it.

    ``details`` are its fields as plain values; ``cause`` is corrected, amended, repealed or voided; ``reason`` what was said for it.
    """

    basis = models.ForeignKey(LegalBasis, on_delete=models.PROTECT, related_name="readings")
    details = models.JSONField("原来的内容")
    cause = models.CharField("原因", max_length=20)
    reason = models.TextField("理由", blank=True)
    change = models.ForeignKey(BasisChange, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_to = models.DateTimeField("登记失效时间")

    class Meta:
        verbose_name = "原来的登记"

    def __str__(self) -> str:
        return f"{self.basis_id} {self.cause} {self.recorded_to}"


class BasisCitation(Record):
    """引用依据: a case rests on a basis, until the applicant takes it out."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    basis = models.ForeignKey(LegalBasis, on_delete=models.PROTECT, related_name="citations")
    cited_at = models.DateTimeField("引用时间")
    removed_at = models.DateTimeField("撤下时间", null=True)

    class Meta:
        verbose_name = "引用依据"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "basis"], condition=models.Q(removed_at=None), name="basis_cited_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case"], name="basis_citation_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.basis_id}"
