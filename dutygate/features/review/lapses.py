"""What ends the force of a finding or of a conclusion: a change of the text, a return (Article 4.2)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from dutygate.base.catalogue.action import Context
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.hooks import on_text_changed
from dutygate.features.review.models import FocusFinding, ReviewConclusion
from dutygate.law.rules.lapses import points_lapsed

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case


def lapse_points(case: Case, points: Collection[str]) -> None:
    """The findings on these points no longer stand in the current assessments of a case; all others do. One statement."""
    if points:
        standing = FocusFinding.objects.filter(assessment__case=case.id, assessment__is_current=True, lapsed=False)
        standing.filter(point__in=points).update(lapsed=True)


def conclusion_superseded(case: Case) -> None:
    """退回: the conclusion no longer goes up; it stays readable."""
    ReviewConclusion.objects.filter(case=case.id, is_current=True).update(is_current=False)


@on_text_changed
def findings_lapse(subject: CaseSubject, changed: frozenset[str], context: Context) -> None:
    """What was found on an item or a mark that has changed since is to be found anew."""
    lapse_points(subject.case, points_lapsed(context.edition, changed))
