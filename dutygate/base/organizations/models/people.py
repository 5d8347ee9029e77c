"""人员、任职."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from dutygate.base.organizations.models.dated import Dated
from dutygate.base.organizations.models.units import Unit


class User(AbstractBaseUser):
    """人员: a person who comes in. On the common chain; what she may do lies in her posts alone.

    ``credential_fields`` are no business of the register: replay leaves them out and comparison passes over them.
    """

    record_class: ClassVar[str] = "business"
    credential_fields: ClassVar[frozenset[str]] = frozenset({"password", "last_login", "must_change_password", "password_changed_at"})

    id = models.BigIntegerField(primary_key=True)
    username = models.CharField("用户名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("启用", default=True)
    created_on = models.DateField("登记日期")
    password = models.CharField("口令", max_length=128, default="!")
    must_change_password = models.BooleanField("须改口令", default=True)
    password_changed_at = models.DateTimeField("口令更改时间", null=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return f"{self.name} ({self.username})"


class Post(Dated):
    """任职: what a person may do in a unit, from a day to a day. One person may hold several.

    ``passed_from``: the post in the former unit that it continues, where a unit was merged or split; else null.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts", verbose_name="人员")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", verbose_name="机构")
    kind = models.CharField("岗位", max_length=20)
    passed_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="转自")

    class Meta(Dated.Meta):
        verbose_name = "任职"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "valid_to"], name="post_kind_valid_to")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.unit_id}"
