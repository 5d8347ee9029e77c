"""联席会议 in the navigation, and 会议 as a tab of a case: the excerpts of the meetings that dealt with it (Article 3)."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.cases.acts import CaseScene, tab
from dutygate.features.cases.queries import CONTENT_POSTS
from dutygate.features.conference.queries import SEATS, reads_meetings
from dutygate.features.conference.section import meetings_section
from dutygate.features.conference.words import FORMS, STATUS, outcomes_in

CITY_CODE: Final = 4
"""Figures of a city's code by GB/T 2260; its offices read the meetings of their banners (Article 6)."""


def _of_a_city(acting: Any) -> bool:
    return acting is not None and acting.kind in CONTENT_POSTS and len(acting.jurisdiction) == CITY_CODE


offers_place(Place(gettext_noop("联席会议"), "meetings", "users", 35, _of_a_city, SEATS))


def _excerpts(scene: CaseScene) -> list[dict[str, Any]]:
    """Read once for each page."""
    found: list[dict[str, Any]] = scene.now.looked.subject.remember("meetings_shown", lambda: meetings_section(scene.viewer, scene.reading))
    return found


@tab(
    "meetings",
    gettext_noop("会议"),
    "3",
    template="conference/_tab.html",
    order=45,
    shown=lambda scene: scene.case.state not in ("drafting", "consulting", "agreed", "applied") or bool(_excerpts(scene)),
)
def meetings_tab(scene: CaseScene) -> dict[str, Any]:
    """{excerpts}: each in words; with a link for whoever may read the whole meeting."""
    may = scene.on_screen and bool(_excerpts(scene)) and reads_meetings(scene.viewer)
    words = outcomes_in(scene.case.kind)
    return {
        "excerpts": [
            {
                **one,
                "form": FORMS[one["form"]],
                "status_word": STATUS[one["status"]],
                "closed": one["status"] == "closed",
                "outcome": words.get(one["outcome"], ""),
                "href": reverse("meeting", args=[one["meeting"]]) if may else "",
            }
            for one in _excerpts(scene)
        ]
    }
