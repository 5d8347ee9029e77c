"""各个版本: every edition that is known where the reader stands, and how each stands on a day (preamble, Article 11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.register.law_here import law_of_this_place
from dutygate.features.editions.actions.draft import content_of
from dutygate.features.editions.queries import draft_visible
from dutygate.law.regulation.edition import Edition, NoEditionInForce, in_force, repealed_on
from dutygate.law.rules import Finding

DRAFT = "draft-"


@dataclass(frozen=True, slots=True)
class Shelved:
    """One edition. ``standing``: past, now, future, draft. ``last_day``: the last day on which it holds, None while open."""

    key: str
    edition: Edition
    standing: str
    last_day: date | None
    published_here: bool

    @property
    def words(self) -> str:
        """How it stands, in words."""
        said = {"past": _("已废止"), "now": _("现行有效"), "future": _("尚未施行"), "draft": _("草案")}
        return str(said[self.standing])


def shelf(today: date) -> list[Shelved]:
    """Those that ship and those published here, the newest first."""
    law = law_of_this_place()
    every, here = law.editions, {one.edition for one in law.published}
    try:
        present = in_force(every, today).id
    except NoEditionInForce:
        present = ""
    found = []
    for edition in reversed(every):
        ends = min(filter(None, (edition.in_force_to, repealed_on(every, edition.id))), default=None)
        standing = "now" if edition.id == present else "future" if edition.in_force_from > today else "past"
        found.append(Shelved(edition.id, edition, standing, ends - timedelta(days=1) if ends else None, edition.id in here))
    return found


def shelved(key: str, viewer: ActingPost | None, today: date) -> Shelved:
    """One edition by its code, or a draft that the viewer may see by "draft-" and its id. Raises NotFound."""
    if key.startswith(DRAFT) and viewer is not None and key.removeprefix(DRAFT).isdecimal() and len(key) < 26:
        draft = draft_visible(viewer, int(key.removeprefix(DRAFT)), today)
        return Shelved(key, content_of(draft), "draft", None, False)
    found = next((one for one in shelf(today) if one.key == key), None)
    if found is None:
        raise NotFound([Finding("not_found", "11", {"subject": key})])
    return found
