"""辖区、机构、名称、代码、席位."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.organizations.models.dated import Dated


class Jurisdiction(models.Model):
    """旗（县、市、区）、盟市、自治区: whose regulation applies, or whose banners it is. On the common chain.

    ``code`` is the division code of GB/T 2260 (150721); a parent's is the beginning of it (1507).
    """

    record_class: ClassVar[str] = "business"

    id = models.BigIntegerField(primary_key=True)
    code = models.CharField("行政区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("层级", max_length=20)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children", verbose_name="上级")

    class Meta:
        verbose_name = "辖区"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Unit(Dated):
    """机构: a department, a township, an office of a deciding body (Article 1). Names and codes are dated rows beside it."""

    key = models.CharField("标识", max_length=80, unique=True)
    kind = models.CharField("类别", max_length=20)

    class Meta(Dated.Meta):
        verbose_name = "机构"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "kind"], name="unit_jurisdiction_kind")]

    def __str__(self) -> str:
        return self.key


class UnitName(Dated):
    """机构名称 from a day on, with the document that gave it. Old lists keep the name of their day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names", verbose_name="机构")
    name = models.CharField("名称", max_length=200)
    short_name = models.CharField("简称", max_length=60)
    document = models.CharField("依据文件", max_length=200, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "机构名称"

    def __str__(self) -> str:
        return self.name


class UnitCode(Dated):
    """统计用区划代码 (nine digits) from a day on."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="codes", verbose_name="机构")
    code = models.CharField("代码", max_length=9, db_index=True)

    class Meta(Dated.Meta):
        verbose_name = "机构代码"

    def __str__(self) -> str:
        return self.code


class Seat(Dated):
    """席位: the unit that leads, examines or decides in a jurisdiction (Articles 1, 3, 4.3). It may belong to the parent."""

    seat = models.CharField("席位", max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="seats", verbose_name="机构")
    document = models.CharField("依据文件", max_length=200, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "席位"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "seat", "valid_from"], name="seat_jurisdiction_seat")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.unit_id}"


class UnitSuccession(Dated):
    """机构承继: from a day on ``to_unit`` stands in the place of ``from_unit``, wholly or for what it takes over.

    Rows of one act carry the same ``change`` (1, 2, 3 … within the jurisdiction). ``kind``: merge, split or transfer. ``main``: it
    takes whatever nobody else does. ``takes``: {"duties": [codes], "cases": [numbers]} that were named, {} = what falls to it by
    itself. ``ends``: the former unit is dissolved that day. ``founds``: the successor is founded by this act. ``effective_at``: when
    it took effect; null while the day lies ahead. Taken back before its day, valid_to = valid_from: it holds on no day.
    """

    change = models.IntegerField("变更序号")
    kind = models.CharField("种类", max_length=20)
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors", verbose_name="原机构")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors", verbose_name="承继机构")
    main = models.BooleanField("主要承继", default=False)
    ends = models.BooleanField("原机构撤销", default=False)
    founds = models.BooleanField("新设承继机构", default=False)
    takes = models.JSONField("承接的事项", default=dict)
    what = models.TextField("承接的职能", blank=True)
    document = models.CharField("依据文件", max_length=200)
    effective_at = models.DateTimeField("生效登记时间", null=True)

    class Meta(Dated.Meta):
        verbose_name = "机构承继"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["jurisdiction", "change"], name="unit_succession_change")]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_unit_id} -> {self.to_unit_id}"
