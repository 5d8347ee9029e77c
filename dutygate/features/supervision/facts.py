"""线索化为事实: what the rules look at (Articles 7, 8)."""

from __future__ import annotations

from datetime import date

from dutygate.features.supervision.models import BroughtFile, HandoverReport
from dutygate.law.rules.facts import ReportFacts


def facts_of(report: HandoverReport | None, on: date) -> ReportFacts:
    """A report as the rules see it on a day; of one that is not there yet nothing is known."""
    if report is None:
        return ReportFacts()
    answered = report.answered_on is not None
    over = not answered and report.answer_by is not None and on > report.answer_by
    return ReportFacts(answered, over, report.finding, report.correction_confirmed)


def brought_by(user_id: int | None, digests: frozenset[str]) -> frozenset[str]:
    """Which of these files that person brought."""
    return frozenset(BroughtFile.objects.filter(user_id=user_id or 0, digest__in=digests).values_list("digest", flat=True))
