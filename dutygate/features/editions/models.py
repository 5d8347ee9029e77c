"""法规版本及其解释: drafts and published editions, moved cases, questions, interpretations, higher rules (Articles 9-11, preamble)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class EditionDraft(Record):
    """版本草案: the next edition while it is written. Drafting it changes nothing of the present one.

    ``content`` is the edition's canonical text, ``digest`` its digest. ``checked_digest``: the content that was checked last, with what
    was found (``problems``); another digest than ``digest`` means that it has been changed since.
    """

    number = models.IntegerField("序号")
    edition = models.CharField("版本代号", max_length=60)
    based_on = models.CharField("以哪一版为底", max_length=60)
    based_on_digest = models.CharField(max_length=64)
    content = models.TextField("内容")
    digest = models.CharField(max_length=64)
    version = models.IntegerField(default=1)
    checked_digest = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField("检查时间", null=True)
    checked_whole = models.BooleanField("已走遍全部情形", default=False)
    checked_states = models.BigIntegerField("走过的情形", default=0)
    problems = models.JSONField("检查发现的问题", default=list)
    drafted_at = models.DateTimeField("起草时间")
    changed_at = models.DateTimeField("修改时间")
    published_at = models.DateTimeField("发布时间", null=True)

    class Meta:
        verbose_name = "版本草案"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="edition_draft_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition} #{self.number}"


class PublishedEdition(Record):
    """已发布的版本 of a jurisdiction. Its text lies in the register under ``digest``; ``begun``: its first day has come and was entered."""

    draft = models.ForeignKey(EditionDraft, on_delete=models.PROTECT, related_name="published", verbose_name="草案")
    edition = models.CharField("版本代号", max_length=60)
    digest = models.CharField(max_length=64)
    document_number = models.CharField("文号", max_length=80)
    issued_on = models.DateField("印发日期")
    in_force_from = models.DateField("施行日期")
    repeals = models.CharField("废止哪一版", max_length=60, blank=True)
    begun = models.BooleanField("已施行", default=False)
    published_at = models.DateTimeField("发布时间")

    class Meta:
        verbose_name = "已发布的版本"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "edition"], name="edition_published_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.document_number}"


class CaseMove(Record):
    """转版: an open case went on under another edition; why, and what lapsed by it."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", verbose_name="办件")
    from_edition = models.CharField("原版本", max_length=60)
    from_digest = models.CharField(max_length=64)
    to_edition = models.CharField("新版本", max_length=60)
    to_digest = models.CharField(max_length=64)
    state = models.CharField("当时的状态", max_length=30)
    reason = models.TextField("理由")
    lapsed = models.JSONField("失效的意见", default=list)
    moved_by = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="办理单位")
    moved_at = models.DateTimeField("转版时间")

    class Meta:
        verbose_name = "转版"

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_edition} → {self.to_edition}"


class LawQuestion(Record):
    """对条款的询问: an office asks what a provision means; the interpreter answers (Article 10)."""

    number = models.IntegerField("序号")
    edition = models.CharField("版本代号", max_length=60)
    provision = models.CharField("条款", max_length=20)
    question = models.TextField("问题")
    asked_by = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="询问单位")
    asked_at = models.DateTimeField("询问时间")
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "对条款的询问"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="law_question_number_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["jurisdiction", "edition", "provision"], name="law_question_provision")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.provision}"


class Interpretation(Record):
    """解释 of a provision by the office that the edition names (Article 10). ``published``: for everybody; else for whoever asked."""

    edition = models.CharField("版本代号", max_length=60)
    provision = models.CharField("条款", max_length=20)
    question = models.ForeignKey(
        LawQuestion, on_delete=models.PROTECT, null=True, related_name="interpretations", verbose_name="所答的询问"
    )
    text = models.TextField("解释")
    document_number = models.CharField("文号", max_length=80, blank=True)
    dated_on = models.DateField("日期")
    published = models.BooleanField("公开", default=False)
    given_by = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="解释机关")
    given_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "解释"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["jurisdiction", "edition", "provision"], name="interpretation_provision")
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.provision} {self.dated_on}"


class Overriding(Record):
    """从其规定: from a day on a higher rule takes the place of a provision (Article 9), with the source."""

    edition = models.CharField("版本代号", max_length=60)
    provision = models.CharField("条款", max_length=20)
    title = models.CharField("上位规定", max_length=200)
    document_number = models.CharField("文号", max_length=80, blank=True)
    article = models.CharField("上位规定的条款", max_length=100, blank=True)
    since = models.DateField("自哪一天起")
    until = models.DateField("到哪一天止（不含）", null=True)
    effect = models.TextField("怎样从其规定")
    marked_by = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="标明单位")
    marked_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "从其规定"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "edition", "provision"], name="overriding_provision")]

    def __str__(self) -> str:
        return f"{self.edition} {self.provision} {self.title}"

    @property
    def source(self) -> str:
        """《森林法》第二十条（文号）, as people cite it."""
        number = f"（{self.document_number}）" if self.document_number else ""
        return f"《{self.title}》{self.article}{number}"


class DraftCheck(models.Model):
    """检查草案 asked for on a page. ``state``: waiting, running, done, broken; what it found is entered by ``edition.check``."""

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    jurisdiction_id = models.BigIntegerField()
    draft_id = models.BigIntegerField()
    whole = models.BooleanField("走遍全部情形", default=False)
    state = models.CharField("状态", max_length=10)
    asked_by = models.BigIntegerField("发起人", null=True)
    asked_at = models.DateTimeField("发起时间")
    started_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "草案检查"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["draft_id"], condition=models.Q(state__in=("waiting", "running")), name="draft_check_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.state}"
