"""条款 and 帮助 in the navigation, and the diagram as a tab of a case, with the state it is in (Article 4)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from dutygate.base.register.chains import edition_by_digest
from dutygate.base.register.law_here import law_here
from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.cases.acts import CaseScene, tab
from dutygate.features.cases.head import act_href
from dutygate.features.editions.forms.moving import check_of, editions_in
from dutygate.features.editions.picture import picture, ways_from
from dutygate.features.editions.queries import moves_of

offers_place(Place(gettext_noop("办法条款"), "law", "books", 50, lambda acting: acting is not None))
offers_place(Place(gettext_noop("帮助"), "help", "help", 60, lambda acting: acting is not None))


def _edition_matters(scene: CaseScene) -> bool:
    """Whether there is anything to say: the case runs under another edition than the one in force, or was moved."""
    old, new = editions_in(scene)
    return old.digest != new.digest or bool(_moves(scene))


def _moves(scene: CaseScene) -> list[Any]:
    """Read once for each page, and only where there is another text: the first of all has no predecessor to move from."""
    law = law_here(scene.case.jurisdiction_id, scene.now.door.reference_version)
    if not law.published and not law.adopted:
        return []
    found: list[Any] = scene.now.looked.subject.remember("moves", lambda: moves_of(scene.viewer, scene.case))
    return found


@tab("edition", gettext_noop("法规版本"), "11", template="editions/_tab_edition.html", order=90, shown=_edition_matters)
def edition_tab(scene: CaseScene) -> dict[str, Any]:
    """{own, present, effects, moves, may_move}: under which edition it runs, what a move would change, how it was moved."""
    old, new = editions_in(scene)
    step = scene.step("edition.move_case")
    others = old.digest != new.digest
    return {
        "own": old,
        "present": new,
        "others": others,
        "effects": check_of(scene) if others else [],
        "moves": [{"row": row, "unit": scene.reading.unit(row.moved_by_id)} for row in _moves(scene)],
        "may_move": others and step is not None and step.status == "open",
        "move_href": act_href(scene.case.number, "edition.move_case"),
    }


@tab("diagram", gettext_noop("程序图"), "4", template="editions/_tab_diagram.html", order=85)
def diagram_tab(scene: CaseScene) -> dict[str, Any]:
    """{picture, ways}: the road of this track with the state marked, and where it goes from there."""
    edition, track = edition_by_digest(scene.case.edition_digest), str(scene.case.track)
    return {
        "picture": picture(edition, scene.lang, columns=1, current=scene.case.state, track=track),
        "ways": ways_from(edition, scene.lang, scene.case.state, track),
    }
