"""办件全貌: the parts of a case that a viewer may read; the features above say what they have, and nothing here looks upward.

A section is asked only for a case that the viewer may see (``case_visible``); it leaves out itself what of its own the
viewer may not see yet (the other townships' opinions, until all are in).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.documents.queries import public_case_scope
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.features.cases.models import Case
from dutygate.features.cases.queries import cases_visible


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads which case: ``directory`` names its units, ``on`` is the day of reading."""

    viewer: ActingPost
    case: Case
    directory: Directory
    on: date

    def unit(self, unit_id: int | None) -> dict[str, str] | None:
        """A unit as a reader wants it: {key, name}."""
        if unit_id is None:
            return None
        found = self.directory.units.get(unit_id)
        if found is None:
            return {"key": "", "name": ""}
        return {"key": found.key, "name": self.directory.name_on(unit_id, self.on)}


Section = Callable[[ActingPost, Reading], Any]
_sections: Final[dict[str, Section]] = {}


def section(name: str) -> Callable[[Section], Section]:
    """Register a part of a case: (viewer, reading) -> plain JSON values. Raises ValueError on a double name."""

    def register(read: Section) -> Section:
        if name in _sections:
            raise ValueError(f"section {name} is registered twice")
        _sections[name] = read
        return read

    return register


def sections_of(viewer: ActingPost, reading: Reading) -> dict[str, Any]:
    """Every section of a case that this viewer may see, by name, in the order of the names."""
    return {name: _sections[name](viewer, reading) for name in sorted(_sections)}


def one_section(name: str, viewer: ActingPost, reading: Reading) -> Any:
    """One section by its name, for a feature that stands below the one that has it; None when nobody has."""
    return _sections[name](viewer, reading) if name in _sections else None


def directory_now(viewer: ActingPost) -> Directory:
    """The directory of the viewer's own jurisdiction as it stands."""
    return public_directory(viewer.jurisdiction_id, reference_version_of(viewer.jurisdiction_id))


@public_case_scope
def readable_cases(viewer: ActingPost) -> QuerySet[Case]:
    """Every case that the viewer may read, with her seat looked up: for lists, and for the files that cases refer to."""
    return cases_visible(viewer, directory_now(viewer))
