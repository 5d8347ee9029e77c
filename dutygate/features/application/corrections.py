"""What of an opinion can be corrected: its answer (with a new document where a "no" becomes a "yes"), number, date, reason.

A target reads ``opinion:<township>``: the opinion that stands now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import F

from dutygate.base.catalogue.action import Context
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.features.application.facts import consents
from dutygate.features.application.models import Opinion, Scope
from dutygate.features.cases.correctables import Correctable, Found, correctable
from dutygate.features.cases.facts import CaseSubject

FIELDS: Final = ("answer", "reason", "document_number", "signed_on")
CONSENTS: Final = ("agree", "agree_with_conditions")


def _rows(subject: CaseSubject, rest: str) -> tuple[Scope, Opinion] | None:
    try:
        unit = subject.directory.resolve(rest)
    except UnknownUnit:
        return None
    scope = Scope.objects.filter(case=subject.case.id, unit_id=unit.id).exclude(answer="").first()
    opinion = Opinion.objects.filter(case=subject.case.id, unit_id=unit.id).order_by("-ordinal").first()
    return (scope, opinion) if scope and opinion else None


def _find(subject: CaseSubject, rest: str, field: str, new: str) -> Found | None:
    rows = _rows(subject, rest)
    if rows is None or field not in FIELDS:
        return None
    scope, opinion = rows
    _check(field, new)
    value = getattr(opinion, field)
    unit = opinion.entered_by_unit or scope.unit_id
    facts = {"field": field, "township": subject.key(scope.unit_id), "value": new}
    opposite = field == "answer" and new == "agree" and not consents(scope)
    said = value.isoformat() if isinstance(value, date) else str(value or "")
    return Found(opinion.id, unit, said, opposite, opinion.document_number, facts)


def _check(field: str, new: str) -> None:
    if field == "answer" and new not in ("agree", "disagree"):
        raise Malformed([("new", "agree or disagree; conditions are changed by consultation.change_reply")])
    if field == "signed_on":
        try:
            date.fromisoformat(new)
        except ValueError:
            raise Malformed([("new", "a date, YYYY-MM-DD")]) from None


def _change(subject: CaseSubject, rest: str, field: str, new: str, paper: Mapping[str, Any], context: Context) -> None:
    rows = _rows(subject, rest)
    assert rows is not None
    scope, opinion = rows
    setattr(opinion, field, date.fromisoformat(new) if field == "signed_on" else new)
    if field == "answer" and paper["document_number"]:
        opinion.document_number = paper["document_number"]
        opinion.scan = paper["scan"] or opinion.scan
    opinion.save(force_update=True)
    standing: dict[str, Any] = {"version": F("version") + 1}
    if field == "answer":
        # What stood on paper stands on a new paper now, and that original is still to be seen.
        standing |= {"answer": new, "condition": ""}
        if scope.paper:
            standing |= {"paper": "unchecked", "paper_by": [paper["entered_by"]]}
    Scope.objects.filter(id=scope.id).update(**standing)


correctable("opinion", Correctable(_find, _change))
