"""清单 in words: lists, sections, ways of handing over, kinds of safeguards; Chinese here, translated where shown."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

LISTS: Final = {"duties": gettext_noop("乡镇职责事项清单"), "powers": gettext_noop("权责清单")}
SECTIONS: Final = {
    "basic": gettext_noop("基本履职"),
    "cooperative": gettext_noop("配合履职"),
    "taken_back": gettext_noop("上级收回"),
    "admitted": gettext_noop("准入事项"),
    "temporary": gettext_noop("阶段性任务"),
}
NATIONAL: Final = ("basic", "cooperative", "taken_back")
"""The three sections that come with the national lists."""
TEMPORARY: Final = "temporary"
"""Shown beside the list, and not part of it until it turns regular."""
MODES: Final = {"entrust": gettext_noop("委托"), "assign": gettext_noop("交由")}
SAFEGUARDS: Final = {
    "funding": gettext_noop("工作经费"),
    "technical": gettext_noop("技术力量"),
    "training": gettext_noop("业务培训"),
    "other": gettext_noop("其他保障"),
}
