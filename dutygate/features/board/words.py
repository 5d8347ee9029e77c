"""看板的用语: parts of the board, outcomes, rows; Chinese here, translated where shown."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dutygate.features.application.ages import BANDS
from dutygate.law.rules.wording import PLACEHOLDER, catalogue

TRACKS: Final = {"regular": gettext_noop("常态化"), "temporary": gettext_noop("临时")}
REPORTS: Final = {
    "under_way": gettext_noop("正在查处"),
    "dismissed": gettext_noop("不予受理"),
    "handed_down": gettext_noop("认定违规，已纠正"),
    "not_handed_down": gettext_noop("认定不违规"),
    "referred": gettext_noop("转交"),
}
BEHIND: Final = {
    "cases": gettext_noop("办件"),
    "opened": gettext_noop("本年立卷的办件"),
    "closed": gettext_noop("本年办结的办件"),
    "ages": gettext_noop("申请以后还没有办结的办件"),
    "late": gettext_noop("逾期的步骤"),
    "refusals": gettext_noop("被拒的办理"),
    "duties": gettext_noop("乡镇承担的事项"),
    "ending": gettext_noop("快要到期的临时任务"),
    "reports": gettext_noop("线索"),
}
"""What the rows behind a figure are, by the name of their page."""


def band_said(place: int) -> str:
    """0-5 个工作日."""
    least, most = BANDS[place]
    if most is None:
        return _("%(least)s 个工作日以上") % {"least": least}
    return _("%(least)s 至 %(most)s 个工作日") % {"least": least, "most": most}


def refusal_said(code: str, lang: str) -> str:
    """What a finding says whatever it was about: its sentence, with dots where it names something."""
    words = catalogue("en" if lang == "en" else "zh")
    message = words.findings[code][0] if code in words.findings else code
    return PLACEHOLDER.sub("…", message)
