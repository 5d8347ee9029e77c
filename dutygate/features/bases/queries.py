"""读: the legal bases of a jurisdiction, and those on which a case rests."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.bases.models import BasisCitation, LegalBasis


def bases_visible(viewer: ActingPost) -> QuerySet[LegalBasis]:
    """The bases of the viewer's jurisdiction, and for a city those of its banners. Administrators see no business content."""
    if viewer.kind not in ("handler", "signatory"):
        return LegalBasis.objects.none()
    return LegalBasis.objects.filter(Q(jurisdiction=viewer.jurisdiction_id) | Q(jurisdiction__parent=viewer.jurisdiction_id))


def bases_of_case(viewer: ActingPost, case: Any) -> list[LegalBasis]:
    """The bases on which a case that the viewer may read rests now, in the order in which they were cited."""
    cited = BasisCitation.objects.filter(case_id=case.id, removed_at=None).select_related("basis", "basis__proposed_by").order_by("id")
    return [citation.basis for citation in cited]
