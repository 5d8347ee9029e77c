"""会议里的说法: what forms, states, attendance and conclusions are called on pages (Article 3)."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dutygate.features.review.words import recommends_in

FORMS: Final = {"meeting": _("会议"), "written": _("书面审议")}
STATUS: Final = {"called": _("已召集"), "held": _("已开，纪要没有定稿"), "closed": _("纪要已经定稿")}
CAME: Final = {"": _("还没有登记"), "present": _("到会"), "absent": _("请假"), "sits_in": _("列席")}
CAME_IN_WRITING: Final = {**CAME, "present": _("已书面答复"), "absent": _("没有答复")}
IN_MINUTES: Final = {"present": _("出席"), "absent": _("请假"), "sits_in": _("列席")}
"""The heads of the lists of people at the end of minutes (GB/T 9704)."""
NEXT_TIME: Final = _("下次再议")
OUTCOMES_ZH: Final = {"admit": "同意", "not_admit": "不同意", "next_time": "下次再议"}
"""As minutes in Chinese write them, whatever the reader's language."""


def outcomes_in(kind: str) -> dict[str, Any]:
    """What a meeting may settle on a case of that kind: as a review recommends, or next time."""
    return {**recommends_in(kind), "next_time": NEXT_TIME}


def came_in(form: str) -> dict[str, Any]:
    """How a unit took part, in the words of a meeting or of a written round."""
    return CAME_IN_WRITING if form == "written" else CAME
