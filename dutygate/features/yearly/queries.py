"""读: which duties are still to be looked at in a year, and what was found (4.4): the lead of all, a department of those that it leads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.register.chains import reference_version_of
from dutygate.base.register.law_here import edition_in_force
from dutygate.features.cases.sections import directory_now
from dutygate.features.lists.queries import READING_POSTS
from dutygate.features.lists.queries.held import InForce, duties_in_force
from dutygate.features.yearly.models import DutyLook
from dutygate.law.regulation.edition import NoEditionInForce

MONTH = "yearly_review_month"


def looks_at_all(viewer: ActingPost, on: date) -> bool:
    """Whether the viewer acts for the lead."""
    return viewer.kind in READING_POSTS and viewer.unit_id is not None and directory_now(viewer).seats(on).get("lead") == viewer.unit_id


def takes_part(viewer: ActingPost, on: date) -> bool:
    """Whether the viewer's unit looks at duties at all: the lead and every department."""
    return viewer.kind in READING_POSTS and (viewer.unit_kind == "department" or looks_at_all(viewer, on))


def to_look_at(viewer: ActingPost, year: int, on: date, *, lead: int | None = None, limit: int | None = None) -> list[InForce]:
    """The duties in force that the viewer's unit has not looked at in that year. The lead may narrow it to one department (id)."""
    if not takes_part(viewer, on):
        return []
    whose = lead if looks_at_all(viewer, on) else viewer.unit_id
    done = DutyLook.objects.filter(year=year, unit=viewer.unit_id).values("duty")
    return duties_in_force(viewer, viewer.jurisdiction_id, on, lead=whose, but_not=done, limit=limit)


def looks_visible(viewer: ActingPost, on: date) -> Any:
    """What was found: by the lead of all, else of the duties that the viewer's unit leads; nothing for a township."""
    if not takes_part(viewer, on):
        return DutyLook.objects.none()
    whose = Q() if looks_at_all(viewer, on) else Q(duty__lead_unit=viewer.unit_id)
    return DutyLook.objects.filter(whose, jurisdiction=viewer.jurisdiction_id).order_by("-id")


def found_in(viewer: ActingPost, year: int, on: date, limit: int | None = None) -> list[DutyLook]:
    """The findings of a year that want something to be done, then the others, the newest first."""
    rows = looks_visible(viewer, on).filter(year=year).select_related("duty", "unit")
    return sorted(rows[:limit], key=lambda row: row.outcome == "keep")


def last_finding(viewer: ActingPost, duty_id: int, outcome: str, on: date) -> DutyLook | None:
    """The newest finding on a duty that the viewer may read, if it is that one."""
    found: DutyLook | None = looks_visible(viewer, on).filter(duty=duty_id).first()
    return found if found is not None and found.outcome == outcome else None


def public_month(jurisdiction_id: int, on: date) -> int:
    """In which month duties are looked at, 0 where the edition does not say."""
    try:
        edition = edition_in_force(on, jurisdiction_id, reference_version_of(jurisdiction_id))
    except NoEditionInForce:
        return 0
    value = edition.parameter(MONTH) if MONTH in edition.parameters else None
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
