"""扫描件: what is kept, who brought it, and which case refers to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record


class StoredFile(models.Model):
    """A file by the SM3 digest of its bytes; ``name`` and ``uploaded_by`` are of who brought it first."""

    record_class: ClassVar[str] = "operational"

    digest = models.CharField("摘要", max_length=64, primary_key=True)
    size = models.IntegerField("字节数")
    media_type = models.CharField("类型", max_length=100)
    name = models.CharField("文件名", max_length=150)
    uploaded_by = models.BigIntegerField("上传人", null=True)
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """Somebody brought this file: the same bytes may come from several people, and each may read what she brought."""

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="uploads", db_index=False)
    user_id = models.BigIntegerField("上传人")
    unit_id = models.BigIntegerField("上传单位")
    name = models.CharField("文件名", max_length=150)
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "上传"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["file", "user_id", "unit_id"], name="upload_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.user_id}"


class FileReference(Record):
    """引用: a case refers to a file, by the entry that brought it in; who may read the case may read the file."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField("摘要", max_length=64, db_index=True)
    entry = models.BigIntegerField("登记")

    class Meta:
        verbose_name = "文件引用"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "digest"], name="file_reference_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.digest[:12]}"
