"""审核 as a tab of a case: seats x five points, departments, experts, returns, conclusion (Articles 3, 4.2)."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dutygate.features.cases.acts import CaseScene, returns_to, tab
from dutygate.features.review.queries import review_begun, times_of
from dutygate.features.review.shown import Shown, review_shown

BEFORE: Final = frozenset({"drafting", "consulting", "agreed", "withdrawn"})
"""States in which there may be no review yet, or again none."""

returns_to(
    "review",
    "review.accept",
    "review.return",
    "review.substitute",
    "review.ask_department",
    "review.comment",
    "review.hear_expert",
    "review.assess",
    "review.conclude",
    "review.refuse",
)


def _shown(scene: CaseScene) -> bool:
    return scene.case.state not in BEFORE or review_begun(scene.viewer, scene.case)


@tab("review", gettext_noop("审核"), "4.2", template="review/_tab.html", order=30, shown=_shown)
def review_tab(scene: CaseScene) -> dict[str, Any]:
    """{shown, stage, why, times}: the review, how far it has come, why the reader sees little of it yet, and its pauses and extensions."""
    shown = review_shown(scene.reading, scene.lang)
    return {"shown": shown, "stage": _stage(scene, shown), "why": why_closed(shown), "times": times_of(scene.viewer, scene.case)}


def why_closed(shown: Shown) -> str:
    """In one sentence, for a reader to whom findings are not open yet; "" for all others."""
    if shown.open:
        return ""
    return _("各席位、各部门和专家的意见，在形成审核意见以后向当事各方公开；在这以前，各席位独立审核。")


def _stage(scene: CaseScene, shown: Shown) -> str:
    case = scene.case
    if case.state == "applied":
        return _("已收到书面申请，牵头单位正在核对是否齐全；受理以后，各席位开始审核。")
    if case.state in BEFORE and case.state != "withdrawn":
        return _("已经退回申请单位补正；补正并重新提交以后，继续审核。")
    if case.state != "reviewing" or not shown.open:
        return ""
    said = {
        "done": sum(line.whole for line in shown.seats),
        "seats": len(shown.seats),
        "answered": sum(line["status"] == "answered" for line in shown.comments),
        "asked": len(shown.comments),
    }
    if not shown.comments:
        return _("已审核的席位：%(done)s，共 %(seats)s 个。还没有征求部门意见。") % said
    return _("已审核的席位：%(done)s，共 %(seats)s 个。已反馈的部门：%(answered)s，共 %(asked)s 个。") % said
