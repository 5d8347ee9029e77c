"""公文: letterheads, templates, numbers, and the papers that were issued."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class Letterhead(Record):
    """版头 of a unit: the words of its red head for 文件 and 函, the codes of its numbers (代字), the colour, who prints.

    ``mongolian`` is a line in Mongolian script as the office gave it, ``mongolian_image`` a picture of one by digest; by default empty.
    """

    unit = models.OneToOneField("organizations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="发文单位")
    mark_document = models.CharField("文件版头", max_length=60)
    mark_letter = models.CharField("函版头", max_length=60)
    code_document = models.CharField("发文机关代字", max_length=20)
    code_letter = models.CharField("函的代字", max_length=20)
    colour = models.CharField("颜色", max_length=6)
    mongolian = models.CharField("蒙古文", max_length=200, blank=True)
    mongolian_image = models.CharField("蒙古文图片", max_length=64, blank=True)
    printed_by = models.CharField("印发机关", max_length=60)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name = "版头"

    def __str__(self) -> str:
        return self.mark_document


class PaperTemplate(Record):
    """模板 of a kind: one version for each upload, the newest in force. ``lines``: {part, text} each, as read from the file."""

    kind = models.CharField("文书种类", max_length=30)
    ordinal = models.IntegerField("版次")
    file = models.CharField("文件", max_length=64)
    lines = models.JSONField("内容", default=list)
    note = models.CharField("说明", max_length=200, blank=True)
    adopted_at = models.DateTimeField("启用时间")

    class Meta:
        verbose_name = "文书模板"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "kind", "ordinal"], name="paper_template_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ordinal}"


class NumberSeries(Record):
    """发文字号: one series for each unit, code and year. Numbers below ``begins_at`` were used elsewhere, as ``begins_reason`` says."""

    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField("代字", max_length=20)
    year = models.IntegerField("年份")
    last = models.IntegerField("最后一号")
    begins_at = models.IntegerField("起号", default=1)
    begins_reason = models.CharField("以前各号", max_length=200, blank=True)

    class Meta:
        verbose_name = "发文字号"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "code", "year"], name="paper_series_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.last}"


class IssuedPaper(Record):
    """What every issued paper has, on whichever chain.

    ``content`` and ``head`` are what the two files are set from (see ``base.documents.official.paper``), ``content_digest`` covers both.
    ``template`` is the version of the template, 0 = the one that comes with the system; ``template_digest`` that of its lines. ``docx``
    and ``pdf`` are the files' digests, "" until they are made, ``scan`` that of the sealed paper, "" until it is brought; ``entry`` is the
    entry that issued it.
    """

    ordinal = models.IntegerField("序号")
    number = models.CharField("发文字号", max_length=60)
    title = models.CharField("标题", max_length=300)
    dated_on = models.DateField("成文日期")
    template = models.IntegerField("模板版次")
    template_digest = models.CharField(max_length=64)
    content = models.JSONField("内容")
    head = models.JSONField("版头")
    content_digest = models.CharField(max_length=64)
    entry = models.BigIntegerField("登记", db_index=True)
    docx = models.CharField(max_length=64, blank=True, db_index=True)
    pdf = models.CharField(max_length=64, blank=True, db_index=True)
    scan = models.CharField("盖章件", max_length=64, blank=True, db_index=True)
    typefaces = models.CharField("代用字体", max_length=300, blank=True)
    void = models.BooleanField("作废", default=False)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class Paper(IssuedPaper):
    """一份文书: its number is drawn with it and belongs to it for good, void or not.

    ``meeting``: the number of the meeting whose minutes it is, else "".
    """

    kind = models.CharField("文书种类", max_length=30)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="发文单位")
    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="papers")
    issued_at = models.DateTimeField("发文时间")
    meeting = models.CharField("所涉会议", max_length=40, blank=True)

    class Meta:
        verbose_name = "文书"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["series", "ordinal"], name="paper_number_once"),
        ]


class PaperCase(Record):
    """文书所涉的办件."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "文书所涉办件"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["paper", "case"], name="paper_case_once")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.case_id}"


class PaperUnit(Record):
    """发文、主送、抄送单位: who may read the paper. ``role``: issuer, to, cc."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="units", db_index=False)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=10)

    class Meta:
        verbose_name = "文书的单位"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["paper", "unit", "role"], name="paper_unit_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["unit", "-paper"], name="paper_of_unit")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.unit_id} {self.role}"


class OrderSeries(Record):
    """整改通知的文号: one series for each issuing unit, addressee and year, so that a number counts only what its reader has received."""

    confidential: ClassVar[bool] = True

    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField("代字", max_length=60)
    year = models.IntegerField("年份")
    last = models.IntegerField("最后一号")

    class Meta:
        verbose_name = "整改通知文号"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "code", "year"], name="order_series_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.last}"


class OrderPaper(IssuedPaper):
    """整改通知 of a report, on the confidential chain (Article 8). ``body`` is the unit addressed.

    ``entry`` is shown to nobody: its number would count what else there is on that chain.
    """

    confidential: ClassVar[bool] = True

    report = models.ForeignKey("supervision.HandoverReport", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(OrderSeries, on_delete=models.PROTECT, related_name="papers")
    number = models.CharField("发文字号", max_length=90)
    entry = models.BigIntegerField("登记")

    class Meta:
        verbose_name = "整改通知"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["series", "ordinal"], name="order_number_once"),
        ]
