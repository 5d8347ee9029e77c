"""法定依据 and which case cites it (Articles 1, 4.1)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class LegalBasis(Record):
    """法定依据: one provision of one text, with the days on which it holds.

    ``key`` and ``article_key`` are title and article as ``recognition`` sees them: two spellings of one law have one key.
    ``confirmed``: the lead or the legal seat has checked it; until then it is what a department proposed.
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
    article_key = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = "法定依据"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "key", "article_key"], name="basis_key")]

    def __str__(self) -> str:
        return f"《{self.title}》{self.article}"


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
