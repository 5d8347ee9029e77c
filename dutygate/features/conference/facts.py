"""会议 as the rules see it: whether a meeting or a written round has dealt with a case as it stands (Article 3)."""

from __future__ import annotations

from dutygate.features.cases.facts import CaseSubject
from dutygate.features.conference.models import AgendaItem
from dutygate.features.review.facts import tells_meetings

SETTLED = ("admit", "not_admit")


@tells_meetings
def meetings_on(subject: CaseSubject) -> frozenset[str]:
    """The forms (meeting, written) in which the conference has dealt with this text of the case, minutes finished. What it put off
    until next time was not dealt with. One query, and only where the edition asks for a meeting.
    """
    case = subject.case
    rows = AgendaItem.objects.filter(case=case.id, removed=False, revision=case.revision, outcome__in=SETTLED, meeting__status="closed")
    return frozenset(rows.values_list("meeting__form", flat=True))
