"""调整 on the page of a duty, and as a tab of a case: what would read otherwise, part by part."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from dutygate.features.application.difference import shown_difference
from dutygate.features.cases.acts import CaseScene, tab
from dutygate.features.cases.kinds import ADJUSTMENT
from dutygate.features.lists.offers import Offer, offers_on_duty

offers_on_duty(Offer(gettext_noop("申请调整"), "4.5", "adjustment_new", 20))


@tab(
    "change",
    gettext_noop("拟作的调整"),
    "4.5",
    template="adjustment/_tab_change.html",
    order=5,
    shown=lambda scene: scene.case.kind == ADJUSTMENT,
)
def change_tab(scene: CaseScene) -> dict[str, Any]:
    """{difference}: old beside new, and whose lists it concerns."""
    return {"difference": shown_difference(scene)}
