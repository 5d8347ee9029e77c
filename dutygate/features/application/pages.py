"""申请书 as a tab of a case, and where one comes back to after writing it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from dutygate.features.application.paper import paper_of
from dutygate.features.application.similar import similar_shown
from dutygate.features.cases.acts import CaseScene, returns_to, tab

returns_to("application", "application.edit", "application.submit", "application.take_back")


@tab("application", gettext_noop("申请书"), "4.1", template="application/_tab_application.html", order=10)
def application_tab(scene: CaseScene) -> dict[str, Any]:
    """The application as it stands: what the townships and the review read; and what is like it, for whoever has to think about that."""
    return {"paper": paper_of(scene), "similar": similar_shown(scene)}
