"""接口令牌、登录记录."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from dutygate.base.catalogue.records import Record
from dutygate.base.organizations.models.people import Post, User


class ApiToken(Record):
    """接口令牌: lets a program act in one post of one person, until a day.

    Who issued it for which post until when is business and chained; the hash of its secret is a credential, set apart
    from the entry. Without a hash nobody can come in with it.
    """

    credential_fields: ClassVar[frozenset[str]] = frozenset({"secret_hash", "last_used_at"})

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens", verbose_name="人员")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tokens", verbose_name="任职")
    label = models.CharField("用途", max_length=100)
    created_at = models.DateTimeField("签发时间")
    expires_at = models.DateTimeField("到期时间")
    revoked_at = models.DateTimeField("撤销时间", null=True)
    secret_hash = models.CharField("令牌摘要", max_length=64, null=True, unique=True)  # null, not "": many without one
    last_used_at = models.DateTimeField("最近使用", null=True)

    class Meta:
        verbose_name = "接口令牌"

    def __str__(self) -> str:
        return self.label


class LoginRecord(models.Model):
    """登录记录, kept at least 180 days (graded protection). ``event``: in, out, failed, locked, password, post."""

    record_class: ClassVar[str] = "operational"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField("时间", db_index=True)
    event = models.CharField("事件", max_length=10)
    username = models.CharField("用户名", max_length=64)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="人员")
    post_id = models.BigIntegerField("任职", null=True)
    address = models.CharField("地址", max_length=64, blank=True)

    class Meta:
        verbose_name = "登录记录"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.username} {self.event}"
