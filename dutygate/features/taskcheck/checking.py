"""核对一件任务 for pages and the API: whose list is asked, and both answers as plain values. Nothing is written, nothing is logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dutygate.base.actions.naming import directory_for, edition_now
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.features.cases.queries import CONTENT_POSTS
from dutygate.features.lists.places import places_of, unit_read
from dutygate.features.taskcheck.answers import Answer, Asked, answer
from dutygate.features.taskcheck.shown import shown
from dutygate.law.regulation.edition import Edition


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer, with whose units and under which edition it was given."""

    answer: Answer
    directory: Directory
    edition: Edition

    def as_plain(self, lang: str) -> dict[str, Any]:
        """As pages and the API show it."""
        return shown(self.answer, self.directory, self.edition, lang)


def reads_tasks(viewer: ActingPost) -> bool:
    """Whether the post may check tasks: everybody but administrators, who see no business content."""
    return viewer.kind in CONTENT_POSTS


def checked(viewer: ActingPost, text: str, paper_on: date, *, sender: str = "", township: str = "") -> Checked:
    """Both answers. ``township``: key, code or name of whose list is asked; a township asks for its own, whatever it says.

    Raises NotFound for administrators, and for a township that the viewer does not read.
    """
    unit = None
    if viewer.unit_kind == "township":
        directory, unit = directory_for(viewer.jurisdiction_id), viewer.unit_id
    elif township:
        directory, info = unit_read(viewer, township, "township")
        unit = info.id
    else:
        directory = directory_for(places_of(viewer)[0].id)
    edition = edition_now()
    return Checked(answer(viewer, directory, edition, Asked(text, paper_on, sender, unit)), directory, edition)


def townships_offered(viewer: ActingPost, on: date) -> list[tuple[str, str]]:
    """(key, name) of the townships whose list the viewer may ask for; [] for a township, which asks for its own."""
    if viewer.unit_kind == "township":
        return []
    found = []
    for place in places_of(viewer):
        directory = directory_for(place.id)
        found += [(directory.unit(unit).key, directory.name_on(unit, on)) for unit in directory.townships(on)]
    return found
