"""更正 of a department's comment: its text, by whoever entered it. The target reads "comment:<unit key>"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from dutygate.base.catalogue.action import Context
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.features.cases.correctables import Correctable, Entered, Found, Words, correctable
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


def _words(subject: CaseSubject, rest: str, field: str) -> Words | None:
    try:
        unit = subject.directory.by_key(rest)
    except UnknownUnit:
        return None
    record = gettext("%(department)s反馈的意见") % {"department": subject.directory.name_on(unit.id, subject.door.today)}
    return Words(record, gettext("意见内容"), "text", limit=4000) if field == "text" else None


def _entered(subject: CaseSubject, unit_id: int) -> Iterable[Entered]:
    rows = CommentRequest.objects.filter(case=subject.case.id, answered_at__isnull=False).order_by("id")
    mine = [row for row in rows if (row.entered_by_unit or row.unit_id) == unit_id]
    return [(subject.key(row.unit_id), "text", row.text) for row in mine]


correctable("comment", Correctable(_find, _change, _words, _entered))
