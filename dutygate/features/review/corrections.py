"""更正 of a department's comment: its text, by whoever entered it. The target reads "comment:<unit key>"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dutygate.base.catalogue.action import Context
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.features.cases.correctables import Correctable, Found, correctable
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.review.models import CommentRequest


def _row(subject: CaseSubject, rest: str) -> CommentRequest | None:
    try:
        unit = subject.directory.by_key(rest)
    except UnknownUnit:
        return None
    return CommentRequest.objects.filter(case=subject.case.id, unit_id=unit.id, answered_at__isnull=False).first()


def _find(subject: CaseSubject, rest: str, field: str, new: str) -> Found | None:
    row = _row(subject, rest)
    if row is None or field != "text" or not new:
        return None
    return Found(row.id, row.entered_by_unit or row.unit_id, row.text, False, row.document_number, {"field": "comment_text"})


def _change(subject: CaseSubject, rest: str, field: str, new: str, facts: Mapping[str, Any], context: Context) -> None:
    row = _row(subject, rest)
    assert row is not None
    row.text = new
    row.save(update_fields=["text"])


correctable("comment", Correctable(_find, _change))
