"""职责事项 and the lists on which it stands, township by township, on two clocks (Articles 4.3, 4.5).

What a township's list was on a day is told by [valid_from, valid_to); what was known of it on a day by [recorded_from, recorded_to).
Open ends are ``OPEN_END`` and ``OPEN_MOMENT``. Rows are added and their ``recorded_to`` closed; nothing else is overwritten.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import ClassVar, Final

from django.db import models

from dutygate.base.catalogue.records import Record

OPEN_END: Final = date(9999, 12, 31)
OPEN_MOMENT: Final = datetime(9999, 12, 31, tzinfo=UTC)


class Duty(Record):
    """职责事项: a matter that stands, or stood, on some township's list. ``co_leads`` are the keys of the lead's partners.

    ``origin`` says by which road it came: admitted (Article 4), baseline (the lists as they were taken over), by_law (a law puts it on
    townships itself) or earlier_edition (admitted under a repealed regulation). ``case`` is the case that admitted it, null for the
    others. Title, track, departments and document are those last recorded, for search and links; what held on a day stands in the
    revision to which that day's entries point. ``ends_on`` is the last day of a temporary duty, included; null while it has none.
    """

    code = models.CharField("事项编号", max_length=40, unique=True)
    origin = models.CharField("来源", max_length=20, default="admitted")
    title = models.CharField("职责名称", max_length=200)
    track = models.CharField("类别", max_length=20, blank=True)
    mode = models.CharField("方式", max_length=20, blank=True)
    acts_in_name_of = models.CharField("以谁的名义", max_length=100, blank=True)
    lead_unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="主管部门")
    co_leads = models.JSONField("共同主管部门", default=list)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="办件")
    list_name = models.CharField("清单", max_length=20)
    document_number = models.CharField("批准文号", max_length=80, blank=True)
    admitted_on = models.DateField("列入日期")
    ends_on = models.DateField("终止日期", null=True)

    class Meta:
        verbose_name = "职责事项"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "-id"], name="duty_jurisdiction")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class DutyRevision(Record):
    """事项版本: all that a reader of a list sees of a duty, as it stood from some day on. Rows are added, never changed.

    ``items`` is item -> text; ``additions`` township key -> item -> text, for what holds in one township only; ``bases`` and
    ``support`` are lists of plain values as the application gave them (Article 5). ``category``, ``level`` (who decided it) and
    ``columns`` (upper_department, upper_duties, township_duties, taken_over_by, working_method) are those of the national lists.
    ``case`` is the case that brought this revision about, null where no case did.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    revision = models.IntegerField("版本")
    title = models.CharField("职责名称", max_length=200)
    track = models.CharField("类别", max_length=20, blank=True)
    mode = models.CharField("方式", max_length=20, blank=True)
    acts_in_name_of = models.CharField("以谁的名义", max_length=100, blank=True)
    lead_unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="主管部门")
    co_leads = models.JSONField("共同主管部门", default=list)
    document_number = models.CharField("批准文号", max_length=80, blank=True)
    category = models.CharField("事项类别", max_length=60, blank=True)
    level = models.CharField("确定层级", max_length=20, blank=True)
    columns = models.JSONField("清单栏目", default=dict)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="办件")
    items = models.JSONField("十一项内容")
    additions = models.JSONField("各乡镇补充内容", default=dict)
    bases = models.JSONField("法定依据", default=list)
    support = models.JSONField("保障措施", default=list)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "事项版本"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["duty", "revision"], name="duty_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} r{self.revision}"


class ListEntry(Record):
    """清单事项: a duty on the list of one township, in one revision. ``section`` basic, cooperative, taken_back, admitted or temporary;
    ``ordinal`` is its place on that list. For a temporary duty ``valid_to`` is the day after its last one.

    Of the rows known now no two of a duty and a township hold on the same day. ``recorded_to`` = ``recorded_from``: found wrong in the
    same moment, so it was never known.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="entries")
    revision = models.ForeignKey(DutyRevision, on_delete=models.PROTECT, related_name="entries")
    township = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="乡镇")
    list_name = models.CharField("清单", max_length=20)
    section = models.CharField("部分", max_length=20)
    ordinal = models.IntegerField("序号")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止（不含）", default=OPEN_END)
    recorded_from = models.DateTimeField("登记时间")
    recorded_to = models.DateTimeField("登记失效时间", default=OPEN_MOMENT)

    class Meta:
        verbose_name = "清单事项"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(valid_to__gt=models.F("valid_from")), name="list_entry_holds_a_day"),
            models.UniqueConstraint(
                fields=["duty", "township", "valid_from"], condition=models.Q(recorded_to=OPEN_MOMENT), name="list_entry_known_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["township", "jurisdiction", "valid_from", "valid_to"], name="list_entry_as_of")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.township_id} [{self.valid_from}, {self.valid_to})"


class Expiry(Record):
    """到期: a temporary duty ended on its day, as the decision said that set it (Article 4.4). One for each end a duty had.

    ``last_day`` is included. Number, date and text are those of the notice with which the lead tells every party; empty until then.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="expiries", db_index=False)
    last_day = models.DateField("最后一天")
    ended_on = models.DateField("办理到期的日期")
    document_number = models.CharField("告知文号", max_length=80, blank=True)
    issued_on = models.DateField("告知日期", null=True)
    text = models.TextField("告知内容", blank=True)
    scan = models.CharField("扫描件", max_length=64, blank=True)

    class Meta:
        verbose_name = "到期"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["duty", "last_day"], name="expiry_once")]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.last_day}"


class ExpiryReceipt(Record):
    """到期告知的签收: one unit that is told of an end, and when it acknowledged. ``passed_to``: its successor owes the receipt instead."""

    expiry = models.ForeignKey(Expiry, on_delete=models.PROTECT, related_name="receipts", db_index=False)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="被告知单位")
    acknowledged_at = models.DateTimeField("签收时间", null=True)
    acknowledged_by = models.BigIntegerField("签收人", null=True)
    passed_to = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = "到期告知的签收"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["expiry", "unit"], name="expiry_receipt_once")
        ]

    def __str__(self) -> str:
        return f"{self.expiry_id} {self.unit_id}"


class ExpiryWarning(Record):
    """到期提醒: every party was reminded that a temporary duty ends, ``days`` working days or fewer before it (Article 4.4)."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="warnings", db_index=False)
    last_day = models.DateField("最后一天")
    days = models.IntegerField("提醒点（工作日）")
    warned_on = models.DateField("提醒日期")

    class Meta:
        verbose_name = "到期提醒"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["duty", "last_day", "days"], name="expiry_warning_once")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.last_day} {self.days}"


class ListImport(Record):
    """导入: one file that was taken into the lists in one action, by the digests of the file and of its rows as they were read."""

    file = models.CharField("文件摘要", max_length=64)
    rows = models.CharField("行摘要", max_length=64)
    purpose = models.CharField("导入内容", max_length=20)
    plan = models.JSONField("导入方案")
    left_out = models.IntegerField("不导入的行数")
    counts = models.JSONField("结果")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "清单导入"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "-id"], name="list_import_newest")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.file[:12]}"


class ListCorrection(Record):
    """更正清单: what was wrong, in which cells, why, and on which document; the rows that it closed stay readable as known before."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="corrections", verbose_name="事项")
    townships = models.JSONField("乡镇")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止（不含）", default=OPEN_END)
    changes = models.JSONField("更正内容")
    reason = models.CharField("理由", max_length=500)
    document_number = models.CharField("文号", max_length=80, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "清单更正"

    def __str__(self) -> str:
        return f"{self.duty_id} {self.reason[:20]}"


class Publication(Record):
    """公布: the lists of a day as they were published after the disclosure check, under a number and a digest, readable for ever.

    ``digest`` is the SM3 of the digests of its lists, in the order of their codes. ``index_number``, ``topic`` and ``written_on`` are what
    government sites say of a paper beside its number; "" and null where the office has not given them.
    """

    number = models.CharField("编号", max_length=80)
    list_name = models.CharField("清单", max_length=20)
    as_of = models.DateField("清单日期")
    published_on = models.DateField("公布日期")
    index_number = models.CharField("索引号", max_length=60, blank=True, default="")
    topic = models.CharField("主题分类", max_length=60, blank=True, default="")
    written_on = models.DateField("成文日期", null=True)
    internal = models.JSONField("不公开的事项")
    checked_by = models.CharField("公开审查", max_length=100)
    rows = models.IntegerField("事项数")
    digest = models.CharField("摘要", max_length=64)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "公布版本"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="publication_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class PublishedList(Record):
    """公布的清单: one township's list in one publication, whole, as it was on that day; ``content`` is what ``digest`` is the SM3 of."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="lists", db_index=False)
    township = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="乡镇")
    content = models.JSONField("内容")
    digest = models.CharField("摘要", max_length=64, db_index=True)

    class Meta:
        verbose_name = "公布的清单"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["publication", "township"], name="published_list_once")
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.township_id}"


class PublishedEntry(Record):
    """公布的事项: one row of a published list, as everybody may find and read it: ``row``, in its ``place``."""

    published_list = models.ForeignKey(PublishedList, on_delete=models.PROTECT, related_name="entries", db_index=False)
    section = models.CharField("部分", max_length=20)
    place = models.IntegerField("位置")
    code = models.CharField("事项编号", max_length=40)
    title = models.CharField("职责名称", max_length=200)
    row = models.JSONField("内容")

    class Meta:
        verbose_name = "公布的事项"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["published_list", "place"], name="published_entry_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["code", "published_list"], name="published_entry_code")]

    def __str__(self) -> str:
        return f"{self.published_list_id} {self.code}"


class PublishedChange(Record):
    """公布的变动: what a published list says otherwise than the one before it. ``kind``: entered, left or changed.

    ``fields``: the parts of the row that read otherwise. ``day`` and ``document_number`` are those that the published rows give.
    """

    published_list = models.ForeignKey(PublishedList, on_delete=models.PROTECT, related_name="changes", db_index=False)
    place = models.IntegerField("位置")
    kind = models.CharField("变动", max_length=10)
    code = models.CharField("事项编号", max_length=40)
    title = models.CharField("职责名称", max_length=200)
    section = models.CharField("部分", max_length=20)
    fields = models.JSONField("变动内容", default=list)
    day = models.DateField("日期")
    document_number = models.CharField("文号", max_length=80, blank=True)

    class Meta:
        verbose_name = "公布的变动"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["published_list", "place"], name="published_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.published_list_id} {self.kind} {self.code}"


class ImportDraft(models.Model):
    """导入预览: a file that somebody has brought, how it is to be read, and what it would do. Nothing of it is on a list yet.

    ``state``: mapping (being set), waiting and running (being read), ready, asked and acting (being entered), done, broken.
    ``beat_at`` is the database's time at the last sign of life. ``summary``: what was counted. ``entry``: the entry, once it is done.
    """

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    jurisdiction_id = models.BigIntegerField("辖区")
    unit_id = models.BigIntegerField("单位")
    user_id = models.BigIntegerField("人员")
    post_id = models.BigIntegerField("岗位")
    name = models.CharField("文件名", max_length=150)
    file = models.CharField("文件摘要", max_length=64)
    plan = models.JSONField("导入方案", default=dict)
    state = models.CharField("状态", max_length=10)
    asked_at = models.DateTimeField("上传时间")
    ended_at = models.DateTimeField("结束时间", null=True)
    beat_at = models.DateTimeField("最近动静")
    done = models.BigIntegerField("已读", default=0)
    total = models.BigIntegerField("共计", default=0)
    rows = models.CharField("行摘要", max_length=64, blank=True)
    summary = models.JSONField("概况", default=dict)
    left_out = models.JSONField("不导入的行", default=list)
    other_seat = models.CharField("会商文件", max_length=200, blank=True)
    entry = models.CharField("登记号", max_length=60, blank=True)
    problem = models.JSONField("办不成的原因", default=list)

    class Meta:
        verbose_name = "导入预览"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["unit_id", "-id"], name="import_draft_newest")]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class ImportLine(models.Model):
    """导入预览的一行: what it says in short, and its state: new, changed, same or wrong; ``notes`` are worth a look."""

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(ImportDraft, on_delete=models.CASCADE, related_name="lines", db_index=False)
    number = models.IntegerField("行号")
    state = models.CharField("状态", max_length=10)
    noted = models.BooleanField("有提示")
    section = models.CharField("部分", max_length=20, blank=True)
    title = models.CharField("事项名称", max_length=300, blank=True)
    townships = models.JSONField("乡镇", default=list)
    code = models.CharField("事项编号", max_length=40, blank=True)
    faults = models.JSONField("错误", default=list)
    notes = models.JSONField("提示", default=list)
    changes = models.JSONField("变动", default=dict)

    class Meta:
        verbose_name = "导入预览的一行"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["draft", "number"], name="import_line_once")]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["draft", "state", "number"], name="import_line_state")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.number} {self.state}"
