"""读: uniform deployments for every office of the banner and its city; kept checks for the unit that kept them, and for the lead."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.features.cases.queries import CONTENT_POSTS, seats_now
from dutygate.features.cases.sections import directory_now
from dutygate.features.taskcheck.models import Deployment, KeptCheck
from dutygate.law.rules import Finding

KEEPING: Final = ("handler", "signatory")


def deployments_visible(viewer: ActingPost) -> QuerySet[Deployment]:
    """Newest first, withdrawn ones too. Administrators see no business content."""
    if viewer.kind == "system":
        return Deployment.objects.order_by("-id")
    if viewer.kind not in CONTENT_POSTS:
        return Deployment.objects.none()
    scope = Q(jurisdiction=viewer.jurisdiction_id) | Q(jurisdiction__parent=viewer.jurisdiction_id)
    return Deployment.objects.filter(scope).order_by("-id")


def deployment_visible(viewer: ActingPost, number: int) -> Deployment:
    """One by its id, or NotFound."""
    found = deployments_visible(viewer).filter(pk=number).first() if number < 1 << 63 else None
    if found is None:
        raise NotFound([Finding("not_found", "7", {"subject": str(number)})])
    return found


def deployments_holding(
    viewer: ActingPost, jurisdiction: int, on: date, keys: Collection[str], rows: Collection[int]
) -> dict[int, Deployment]:
    """Those of a jurisdiction (id) in force on a day whose number is one of ``keys`` or whose id one of ``rows``; by id, one statement."""
    holds = Q(from_on__lte=on, withdrawn_at=None) & (Q(until=None) | Q(until__gte=on))
    wanted = Q(number_key__in=list(keys)) | Q(pk__in=list(rows))
    return {row.id: row for row in deployments_visible(viewer).filter(holds, wanted, jurisdiction=jurisdiction)}


def keeps_deployments(viewer: ActingPost) -> bool:
    """Whether the viewer's unit is the lead, who registers them."""
    return viewer.kind in CONTENT_POSTS and viewer.unit_id is not None and "lead" in seats_now(viewer, directory_now(viewer))


def checks_visible(viewer: ActingPost) -> QuerySet[KeptCheck]:
    """Kept checks, newest first: of the own unit; for the lead, of every unit of its jurisdiction."""
    if viewer.kind == "system":
        return KeptCheck.objects.order_by("-id")
    if viewer.kind not in CONTENT_POSTS or viewer.unit_id is None:
        return KeptCheck.objects.none()
    if keeps_deployments(viewer):
        return KeptCheck.objects.filter(jurisdiction=viewer.jurisdiction_id).order_by("-id")
    return KeptCheck.objects.filter(unit=viewer.unit_id).order_by("-id")


def check_visible(viewer: ActingPost, number: int) -> KeptCheck:
    """One by its id, or NotFound."""
    found = checks_visible(viewer).select_related("deployment").filter(pk=number).first() if number < 1 << 63 else None
    if found is None:
        raise NotFound([Finding("not_found", "7", {"subject": str(number)})])
    return found


def may_keep(viewer: ActingPost) -> bool:
    """Whether the viewer's office may keep a check (``taskcheck.keep``): departments, townships and the seats of the banner."""
    if viewer.kind not in KEEPING or viewer.unit_id is None:
        return False
    return viewer.unit_kind in ("department", "township") or bool(seats_now(viewer, directory_now(viewer)))
