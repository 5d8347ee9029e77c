"""台账 in words: how a commitment stands, what changed, what was answered; Chinese here, translated where shown."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

LIGHTS: Final = {
    "late": gettext_noop("逾期未兑现"),
    "disputed": gettext_noop("有异议"),
    "unconfirmed": gettext_noop("部门未取得确认"),
    "given": gettext_noop("已兑现，待确认"),
    "open": gettext_noop("未到期"),
    "kept": gettext_noop("已兑现并确认"),
    "released": gettext_noop("不再兑现"),
}
FILTERS: Final = {
    "late": gettext_noop("逾期未兑现"),
    "disputed": gettext_noop("有异议"),
    "unconfirmed": gettext_noop("部门未取得确认"),
    "open": gettext_noop("还没有兑现完"),
    "kept": gettext_noop("已兑现并确认"),
}
BAD: Final = ("late", "disputed")
"""What is lit."""
DIMENSIONS: Final = {
    "department": gettext_noop("按部门"),
    "township": gettext_noop("按乡镇"),
    "duty": gettext_noop("按事项"),
    "year": gettext_noop("按年度"),
}
ANSWERS: Final = {"confirmed": gettext_noop("确认收到"), "disputed": gettext_noop("提出异议"), "settled": gettext_noop("核定")}


def amount_said(amount: int, measure: str) -> str:
    """12,000.00 元 or 1 项."""
    return _("%(yuan)s 元") % {"yuan": yuan_said(amount)} if measure == "fen" else _("%(count)s 项") % {"count": amount}


def yuan_said(fen: int) -> str:
    """12,000.00: to the fen, so that a column adds up before everybody's eyes."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def change_said(what: str, said: dict[str, Any], name: Any) -> str:
    """One change of a commitment. ``name``: unit id -> its name."""
    if what == "promised":
        return _("承诺")
    if what == "released":
        return _("随清单变动，不再兑现")
    if what == "passed":
        return _("由%(former)s转给%(heir)s") % {"former": name(said["from"]), "heir": name(said["to"])}
    if what == "handed_on":
        return _("兑现部门由%(former)s变为%(heir)s") % {"former": name(said["from"]), "heir": name(said["to"])}
    return _("应兑现日期由%(before)s改为%(after)s") % {"before": said["from"], "after": said["to"]}
