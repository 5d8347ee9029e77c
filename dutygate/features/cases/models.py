"""办件: cases, their parties, numbers, assignments of tasks, and corrections of what was entered (Article 4)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class Case(Record):
    """准入事项卷: one run of the procedure, for an admission, an exit or an adjustment (Articles 4.1, 4.4, 4.5).

    An exit or an adjustment is about a ``duty`` on the lists: ``reason`` is its coded reason, ``reason_words`` what is said about it,
    ``from_track`` the track on which the duty stood when it was opened. ``mandated``: opened because the law or a unit changed, ``cause``
    names what did. ``burden``: the text says what may be more than the duty's, so every township that holds it must agree. ``list_name``
    and ``section`` are those proposed for a duty that turns regular or moves; "" = where it stands.

    ``revision`` counts changes of the text that townships judge, ``round`` the rounds of consultation, ``submissions`` how often
    it was sent up for decision, ``version`` every change of the case as a whole. ``changed_since_round``: the text changed after
    the last round was opened. ``substituted``: some seat is held by a substitute. ``passed_on``: a party was merged, split or handed
    its function over, and another unit stands in its place (``CaseSuccession``). ``retimed``: its review was paused or extended.
    """

    number = models.CharField("办件编号", max_length=40, unique=True)
    kind = models.CharField("种类", max_length=20)
    track = models.CharField("类别", max_length=20)
    state = models.CharField("状态", max_length=30)
    outcome = models.CharField("结果", max_length=20, blank=True)
    title = models.CharField("职责名称", max_length=200)
    initiator = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="申请单位")
    declared_class = models.CharField("权力类别", max_length=30)
    handles_emergency = models.BooleanField("属应急处置", default=False)
    mode = models.CharField("方式", max_length=20, blank=True)
    acts_in_name_of = models.CharField("以谁的名义", max_length=100, blank=True)
    necessity = models.TextField("确需由乡镇承担的理由", blank=True)
    ends_on = models.DateField("终止日期", null=True)
    duty = models.ForeignKey("lists.Duty", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="职责事项")
    from_track = models.CharField("原类别", max_length=20, blank=True)
    reason = models.CharField("退出或调整的原因", max_length=30, blank=True)
    reason_words = models.TextField("退出或调整的理由", blank=True)
    mandated = models.BooleanField("因法规或机构变动而立", default=False)
    cause = models.CharField("变动的来源", max_length=120, blank=True)
    burden = models.BooleanField("增加乡镇负担", default=False)
    list_name = models.CharField("拟列入的清单", max_length=20, blank=True)
    section = models.CharField("拟列入的部分", max_length=20, blank=True)
    edition = models.CharField("法规版本", max_length=60)
    edition_digest = models.CharField(max_length=64)
    revision = models.IntegerField(default=1)
    round = models.IntegerField(default=0)
    submissions = models.IntegerField(default=0)
    version = models.IntegerField(default=1)
    changed_since_round = models.BooleanField(default=False)
    returned = models.BooleanField(default=False)
    substituted = models.BooleanField(default=False)
    passed_on = models.BooleanField(default=False)
    retimed = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "办件"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "state", "-id"], name="case_state")]

    def __str__(self) -> str:
        return self.number


class Party(Record):
    """当事单位: who takes part in a case and so may read it. ``role``: initiator, co_initiator, township, seat, department, body."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties", db_index=False)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=20)

    class Meta:
        verbose_name = "当事单位"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["case", "unit", "role"], name="party_once")]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["unit", "-case"], name="party_unit")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id} {self.role}"


class CaseSuccession(Record):
    """承继: from a day on ``to_unit`` stands in a case in the place of ``from_unit``. What the former unit said stays under its name.

    ``main``: tasks, receipts and the applicant's place go to it; of a township that was split the others stand beside it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="successions")
    from_unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    to_unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    main = models.BooleanField(default=True)
    on = models.DateField("变更日期")
    document = models.CharField("依据文件", max_length=200)
    change = models.CharField("机构变更", max_length=60)

    class Meta:
        verbose_name = "当事单位承继"

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_unit_id} -> {self.to_unit_id}"


class NumberSequence(Record):
    """编号: the last number given out of one kind in one year; numbers are never reused."""

    kind = models.CharField(max_length=30)
    year = models.IntegerField()
    last = models.IntegerField()

    class Meta:
        verbose_name = "编号"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["jurisdiction", "kind", "year"], name="number_sequence_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.last}"


class Assignment(Record):
    """转办、委托: a person of the same unit who does a unit's task. ``to_on`` is null for 转办 (until it is done)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    task = models.CharField(max_length=60)
    user = models.ForeignKey("organizations.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    assigned_by = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "转办与委托"

    def __str__(self) -> str:
        return f"{self.case_id} {self.task} {self.kind}"


class Urge(Record):
    """催办 (3): that somebody was asked to do an open task. ``task``, ``seat`` and ``opened_on`` tell which."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="urges")
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    task = models.CharField(max_length=60)
    seat = models.CharField(max_length=120, blank=True)
    opened_on = models.DateField()
    text = models.TextField(blank=True)
    urged_on = models.DateField("催办日期")
    by_unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    urged_by = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "催办"

    def __str__(self) -> str:
        return f"{self.case_id} {self.task} {self.urged_on}"


class Circulation(Record):
    """传阅: a case shown to a person of a unit; ``read_at`` and ``answer`` when she has read it.

    ``passed_on_at``: her work was handed over to somebody else.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="circulations")
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("organizations.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    note = models.TextField(blank=True)
    sent_by = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    passed_on_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "传阅"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "unit", "read_at"], name="circulation_reader")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"


class PreparedAct(Record):
    """待签发的办理 (3): an act that one person prepared and that a second person of the same unit signs, returns, or that is taken back.

    ``payload`` is what the action is given, ``expected`` what it was based on, ``typed`` the form as it was filled in ({} from a program).
    ``ordinal``: its number among those of the unit in the case. ``status``: waiting, signed, returned, taken_back. ``ended_by`` is who
    signed, returned or took it back. ``again``: what came back was mended and sent again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="prepared")
    ordinal = models.IntegerField()
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    action = models.CharField(max_length=60)
    payload = models.JSONField()
    expected = models.JSONField(null=True)
    typed = models.JSONField(default=dict)
    prepared_by = models.BigIntegerField()
    prepared_at = models.DateTimeField()
    status = models.CharField("状态", max_length=20)
    ended_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    again = models.BooleanField(default=False)

    class Meta:
        verbose_name = "待签发的办理"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "unit", "ordinal"], name="prepared_act_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["unit", "status", "case"], name="prepared_act_unit")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.action} {self.status}"


class Correction(Record):
    """更正: one field of one record, old and new, entered by one person and confirmed by another.

    ``target`` names the record ("opinion:150721.naji:2", "decision:city_government:1"); the old value stays here for good.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="corrections")
    ordinal = models.IntegerField()
    target = models.CharField(max_length=120)
    field = models.CharField(max_length=40)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.TextField()
    document_number = models.CharField(max_length=80, blank=True)
    scan = models.CharField(max_length=64, blank=True)
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    entered_by = models.BigIntegerField(null=True)
    entered_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "更正"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["case", "ordinal"], name="correction_once")]

    def __str__(self) -> str:
        return f"{self.target} {self.field}"
