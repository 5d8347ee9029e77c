"""Reads of cases. One scope for all of them: what you may not see does not exist."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.directory import Directory
from dutygate.features.cases.models import Assignment, Case, Correction, Party
from dutygate.law.rules import Finding

CONTENT_POSTS = ("handler", "signatory")
CONFERENCE = frozenset({"legal", "services", "member"})
BODIES = frozenset({"banner_committee", "banner_government"})
OPEN_YEAR = 9999


def cases_visible(viewer: ActingPost, directory: Directory | None = None) -> QuerySet[Case]:
    """The cases that a post may read: its own as a party; all of its jurisdiction as the lead; those that were ever applied
    for as another member of the conference; those that were ever sent up as a body of the banner; all of its banners as the city.

    ``directory`` is that of the cases' jurisdiction, where the viewer's seat is looked up; without it only parties and the city.
    Administrators see no business content.
    """
    if viewer.kind == "system":
        return Case.objects.all()
    if viewer.kind not in CONTENT_POSTS or viewer.unit_id is None:
        return Case.objects.none()
    scope = Q(Exists(Party.objects.filter(case=OuterRef("pk"), unit=viewer.unit_id)))
    scope |= Q(jurisdiction__parent=viewer.jurisdiction_id)
    if directory is not None:
        seats = seats_now(viewer, directory)
        if "lead" in seats:
            scope |= Q(jurisdiction=directory.jurisdiction.id)
        elif seats & BODIES:
            scope |= Q(jurisdiction=directory.jurisdiction.id, submissions__gt=0)
        elif seats & CONFERENCE:
            applied = Party.objects.filter(case=OuterRef("pk"), role="seat")
            scope |= Q(Exists(applied), jurisdiction=directory.jurisdiction.id)
    return Case.objects.filter(scope)


def seats_now(viewer: ActingPost, directory: Directory) -> frozenset[str]:
    """The seats that the viewer's unit holds in that jurisdiction for an open time."""
    return frozenset(held.seat for held in directory.seats_held if held.unit_id == viewer.unit_id and held.valid_to.year == OPEN_YEAR)


def case_visible(viewer: ActingPost, number: str, directory: Directory | None = None) -> Case:
    """One case, or NotFound: it does not exist, or not for this viewer."""
    found = cases_visible(viewer, directory).filter(number=number).first()
    if found is None:
        raise NotFound([Finding("not_found", "4", {"subject": number})])
    return found


def parties_of(viewer: ActingPost, case: Case) -> list[tuple[int, str]]:
    """(unit id, role) of every party of a case that the viewer may read."""
    return list(Party.objects.filter(case=case).order_by("id").values_list("unit_id", "role"))


def corrections_of(viewer: ActingPost, case: Case) -> list[Correction]:
    """更正 of a case that the viewer may read, oldest first."""
    return list(Correction.objects.filter(case=case).order_by("ordinal"))


def assignments_of(viewer: ActingPost, case: Case) -> list[Assignment]:
    """转办 and 委托 within the viewer's own unit."""
    return list(Assignment.objects.filter(case=case, unit=viewer.unit_id).order_by("id"))
