"""公文 as a tab of a case: what was issued about it, and what the reader's unit may issue."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.cases.acts import CaseScene, tab
from dutygate.features.cases.queries import CONTENT_POSTS
from dutygate.features.papers.queries import papers_of_case
from dutygate.features.papers.shown import has_letterhead, lines_of, offers_of

offers_place(
    Place(gettext_noop("公文"), "papers", "file-text", 45, lambda acting: acting is not None and acting.kind in CONTENT_POSTS),
)


@tab("documents", gettext_noop("公文"), "4", template="papers/_tab.html", order=60)
def documents_tab(scene: CaseScene) -> dict[str, Any]:
    """{papers, offers, letterhead}: within what the reader may see."""
    rows = papers_of_case(scene.viewer, scene.case.id)
    return {
        "papers": lines_of(scene.viewer, rows, scene.lang),
        "offers": offers_of(scene),
        "letterhead": has_letterhead(scene.viewer),
    }
