"""线索的数: reports by form and outcome, for who examines them (Article 8). Whoever examines none is told nothing, not even a nought.

A report about the viewer's own unit, or from it, is in no count of hers, before it is heard and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from django.db.models import Count, Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.supervision.models import HandoverReport
from dutygate.features.supervision.queries import Here, reports_visible
from dutygate.features.supervision.words import FORMS

OUTCOMES: Final[Mapping[str, Q]] = MappingProxyType(
    {
        "under_way": Q(ended_on__isnull=True),
        "dismissed": Q(state="dismissed"),
        "handed_down": Q(state="closed", finding="handed_down"),
        "not_handed_down": Q(state="closed") & ~Q(finding="handed_down"),
        "referred": Q(state="referred"),
    }
)
"""What came of a report; every report is under exactly one."""


def of_form(form: str) -> Q:
    """A condition: that form of Article 7, as it was found, or as it was reported where nothing was found."""
    found = Q(finding="handed_down")
    return found & Q(finding_forms__icontains=f'"{form}"') | ~found & Q(forms__icontains=f'"{form}"')


def examined(viewer: ActingPost, place: Here, since: date, until: date) -> QuerySet[HandoverReport]:
    """The reports of [since, until) that the viewer's unit examines; none where it examines none."""
    if not place.post.examines:
        return HandoverReport.objects.none()
    units = place.post.stands_for
    own = Q(body__in=units) | Q(reporter_unit__in=units) | Q(reporter=viewer.user_id)
    return reports_visible(viewer, place.post).filter(~own, reported_on__gte=since, reported_on__lt=until)


def count_examined(viewer: ActingPost, place: Here, since: date, until: date) -> dict[tuple[str, str], int] | None:
    """(form, outcome) -> how many; ("", outcome): reports whatever their form, each once. None for who examines nothing. One query."""
    if not place.post.examines:
        return None
    asked = {
        f"n_{form}_{outcome}": Count("pk", filter=(of_form(form) if form else Q()) & condition)
        for form in ("", *FORMS)
        for outcome, condition in OUTCOMES.items()
    }
    found = examined(viewer, place, since, until).order_by().aggregate(**asked)
    return {(form, outcome): found[f"n_{form}_{outcome}"] for form in ("", *FORMS) for outcome in OUTCOMES}
