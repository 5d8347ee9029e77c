"""意见失效: opinions that no longer stand although nobody edited the text: the edition asks townships for more (4.1, Article 11)."""

from __future__ import annotations

from django.db.models import F

from dutygate.base.catalogue.action import Context
from dutygate.features.application.models import Scope
from dutygate.features.cases.facts import CaseSubject


def lapse_opinions(subject: CaseSubject, context: Context) -> list[str]:
    """Every opinion of the case lapses and has to be asked for again; the keys of the townships, which are told."""
    case = subject.case
    rows = Scope.objects.filter(case=case.id, lapsed=False).exclude(answer="")
    lapsed = list(rows.order_by("unit_id").values_list("unit_id", flat=True))
    if lapsed:
        rows.update(lapsed=True, version=F("version") + 1)
        context.tell("opinion_lapsed", lapsed, revision=case.revision)
    if case.round > 0:
        case.changed_since_round = True
    return sorted(subject.key(unit) for unit in lapsed)
