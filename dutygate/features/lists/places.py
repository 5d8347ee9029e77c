"""Whose list: the jurisdictions that a viewer reads, and a township or a department of one of them."""

from __future__ import annotations

from dutygate.base.actions.naming import directory_for
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.directory import Directory, JurisdictionInfo, UnitInfo, UnknownUnit
from dutygate.base.organizations.queries import public_jurisdictions
from dutygate.features.lists.queries import READING_POSTS
from dutygate.law.rules import Finding


def places_of(viewer: ActingPost) -> list[JurisdictionInfo]:
    """The viewer's own jurisdiction if it has townships, and for a city its banners. Raises NotFound for administrators."""
    if viewer.kind not in READING_POSTS:
        raise NotFound([Finding("not_found", "4.5", {"subject": viewer.jurisdiction})])
    found = public_jurisdictions()
    banners = [place for place in found if place.parent_id == viewer.jurisdiction_id]
    return banners or [place for place in found if place.id == viewer.jurisdiction_id]


def unit_read(viewer: ActingPost, ref: str, kind: str) -> tuple[Directory, UnitInfo]:
    """A unit of that kind by key, nine-digit code or name, in a jurisdiction that the viewer reads. Raises NotFound."""
    near = places_of(viewer)
    named = ref.partition(".")[0]
    for place in sorted(near, key=lambda found: found.code != named):
        directory = directory_for(place.id)
        try:
            unit = directory.resolve(ref)
        except UnknownUnit:
            continue
        if unit.kind == kind and unit.jurisdiction_id == place.id:
            return directory, unit
    raise NotFound([Finding("not_found", "4.5", {"subject": ref})])
