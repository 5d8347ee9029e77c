"""用语: kinds of units and events of log-in records."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

UNIT_KINDS: Final = {
    "department": gettext_noop("部门"),
    "township": gettext_noop("乡镇（苏木、街道）"),
    "authority_office": gettext_noop("决定机关的办公室"),
    "oversight": gettext_noop("监督机关"),
    "city_guidance": gettext_noop("市级指导部门"),
    "other": gettext_noop("其他"),
}
LOGIN_EVENTS: Final = {
    "in": gettext_noop("登录成功"),
    "out": gettext_noop("退出登录"),
    "failed": gettext_noop("口令不对"),
    "locked": gettext_noop("账号锁定时登录"),
    "password": gettext_noop("更改口令"),
    "post": gettext_noop("换岗位"),
}
