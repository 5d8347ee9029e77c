"""What of an opinion can be corrected: its answer (with a new document where a "no" becomes a "yes"), number, date, reason.

A target reads ``opinion:<township>``: the opinion that stands now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext, gettext_noop

from dutygate.base.catalogue.action import Context
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.features.application.facts import consents
from dutygate.features.application.models import Opinion, Scope
from dutygate.features.cases.correctables import Correctable, Entered, Found, Words, correctable
from dutygate.features.cases.facts import CaseSubject

FIELDS: Final = ("answer", "reason", "document_number", "signed_on")
CONSENTS: Final = ("agree", "agree_with_conditions")
BECOMES: Final = ("agree", "disagree")
ANSWERS: Final = {"agree": gettext_noop("同意"), "agree_with_conditions": gettext_noop("附条件同意"), "disagree": gettext_noop("不同意")}
LABELS: Final = {
    "answer": gettext_noop("答复"),
    "reason": gettext_noop("理由"),
    "document_number": gettext_noop("文号"),
    "signed_on": gettext_noop("成文日期"),
}
TOO_LATE: Final = ("approved", "refused", "done", "withdrawn")


def _rows(subject: CaseSubject, rest: str) -> tuple[Scope, Opinion] | None:
    try:
        unit = subject.directory.resolve(rest)
    except UnknownUnit:
        return None
    scope = Scope.objects.filter(case=subject.case.id, unit_id=unit.id, passed_to=None).exclude(answer="").first()
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
    return Found(opinion.id, unit, _as_text(value), opposite, opinion.document_number, facts)


def _check(field: str, new: str) -> None:
    if field == "answer" and new not in BECOMES:
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


def _words(subject: CaseSubject, rest: str, field: str) -> Words | None:
    if field not in FIELDS:
        return None
    try:
        unit = subject.directory.resolve(rest)
    except UnknownUnit:
        return None
    record = gettext("%(township)s的答复") % {"township": subject.directory.name_on(unit.id, subject.door.today)}
    label = gettext(LABELS[field])
    if field == "answer":
        choices = {answer: gettext(words) for answer, words in ANSWERS.items()}
        note = gettext("要改条件的，不走更正，由乡镇用“变更答复”。把不同意改为同意，要有新的文件。")
        return Words(record, label, "choice", choices=choices, may_become=BECOMES, paper=True, note=note)
    shape = {"reason": "text", "signed_on": "day"}.get(field, "line")
    return Words(record, label, shape, limit=2000 if field == "reason" else 80)  # type: ignore[arg-type]


def _entered(subject: CaseSubject, unit_id: int) -> Iterable[Entered]:
    answered = set(Scope.objects.filter(case=subject.case.id, passed_to=None).exclude(answer="").values_list("unit_id", flat=True))
    last = {opinion.unit_id: opinion for opinion in Opinion.objects.filter(case=subject.case.id).order_by("ordinal")}
    fields = [name for name in FIELDS if name != "answer" or subject.case.state not in TOO_LATE]
    for township, opinion in last.items():
        if township in answered and (opinion.entered_by_unit or township) == unit_id:
            yield from ((subject.key(township), name, _as_text(getattr(opinion, name))) for name in fields)


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


correctable("opinion", Correctable(_find, _change, _words, _entered))
