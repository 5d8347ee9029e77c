"""谁看什么: which parts of administration are open to a post, and which acts. Administrators see no business content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.http import HttpRequest

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for, newest_procedure
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed, NotFound
from dutygate.base.organizations.directory import Directory, JurisdictionInfo
from dutygate.base.organizations.queries.units import places_of
from dutygate.base.organizations.sessions import acting_post_of
from dutygate.base.ui.language import language
from dutygate.law.rules import Finding

READERS: Final = ("system_admin", "security_admin")
OFFICE: Final = ("handler", "signatory")
BANNER_CODE: Final = 6
"""Digits of a banner's division code; a city's and a region's are shorter (GB/T 2260)."""


def above_banners(viewer: ActingPost) -> bool:
    """Whether she does office work in a city or a region, which sees its banners."""
    return viewer.kind in OFFICE and len(viewer.jurisdiction) < BANNER_CODE


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at administration. ``places``: the jurisdictions open to her, her own first; ``leads``: her unit is the lead."""

    viewer: ActingPost
    places: tuple[JurisdictionInfo, ...]
    leads: bool
    moment: datetime
    today: date
    lang: str

    @property
    def administers(self) -> bool:
        """Whether she sees people with their user names."""
        return self.viewer.kind in READERS

    def place(self, code: str) -> JurisdictionInfo:
        """The jurisdiction of that code, her own for "". Raises NotFound for one that is not open to her."""
        found = next((place for place in self.places if place.code == code or not code), None)
        if found is None:
            raise NotFound([Finding("not_found", "3", {"subject": code})])
        return found

    def directory(self, code: str) -> Directory:
        """The directory of a jurisdiction open to her. Raises NotFound."""
        return directory_for(self.place(code).id)

    def may(self, action: str, code: str) -> bool:
        """Whether the procedure gives this act in that jurisdiction to her post; the rules are asked when it is done."""
        roles = newest_procedure().roles_of(action)
        return self.viewer.kind in roles or ("lead" in roles and self.leads and code == self.viewer.jurisdiction)

    def must(self, action: str, code: str) -> None:
        """Raises NotAllowed unless she may."""
        if not self.may(action, code):
            procedure = newest_procedure()
            by = sorted(procedure.roles_of(action) - {"system", "self"})
            raise NotAllowed([Finding("not_your_role", procedure.cites(action), {"action": action, "by": by})])


def visit_of(request: HttpRequest) -> Visit:
    """The visitor of this request, who acts in a post (``with_post``). Raises NotAllowed when administration is not open to her."""
    viewer = acting_post_of(request)
    assert viewer is not None
    moment = clock.now()
    today = local_day(moment)
    leads = viewer.kind in OFFICE and viewer.unit_id is not None and _leads(viewer, today)
    if viewer.kind not in READERS and not leads and not above_banners(viewer):
        raise NotAllowed([Finding("not_your_role", "3", {"action": "administration", "by": ["lead", *READERS]})])
    return Visit(viewer, places_of(viewer, today), leads, moment, today, language())


def _leads(viewer: ActingPost, today: date) -> bool:
    return viewer.unit_id is not None and "lead" in directory_for(viewer.jurisdiction_id).seats_of(viewer.unit_id, today)
