"""条款 and 帮助 in the navigation, and the diagram as a tab of a case, with the state it is in (Article 4)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from dutygate.base.register.chains import edition_by_digest
from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.cases.acts import CaseScene, tab
from dutygate.features.editions.picture import picture, ways_from

offers_place(Place(gettext_noop("办法条款"), "law", "books", 50, lambda acting: acting is not None))
offers_place(Place(gettext_noop("帮助"), "help", "help", 60, lambda acting: acting is not None))


@tab("diagram", gettext_noop("程序图"), "4", template="editions/_tab_diagram.html", order=85)
def diagram_tab(scene: CaseScene) -> dict[str, Any]:
    """{picture, ways}: the road of this track with the state marked, and where it goes from there."""
    edition, track = edition_by_digest(scene.case.edition_digest), str(scene.case.track)
    return {
        "picture": picture(edition, scene.lang, columns=1, current=scene.case.state, track=track),
        "ways": ways_from(edition, scene.lang, scene.case.state, track),
    }
