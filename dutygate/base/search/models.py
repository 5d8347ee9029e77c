"""查找索引: the text by which a row is found. Derived: all of it can be made again from the rows (``dutygate search rebuild``)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.search.holding import Holds


class SearchText(models.Model):
    """可查找的文字: ``id`` is that of the row, ``kind`` says in which table it is, ``text`` is what ``text.kept`` makes of it.

    The database itself keeps the pairs of characters beside it (``storage``), so a row written here is found in the same transaction.
    """

    record_class: ClassVar[str] = "derived"

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        verbose_name = "查找索引"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "id"], name="search_text_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


SearchText._meta.get_field("text").register_lookup(Holds)
