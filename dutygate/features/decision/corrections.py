"""更正 of a decision and of a notice (4.3, 4.4). Targets read "decision:<body>:<submission>" and "notice:".

To correct an outcome is to void the decision: that body records anew, and the door moves the case back to it. What the city decided
on a banner's outcome that is voided is void with it. The day on which a decision expires is part of its outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext, gettext_noop

from dutygate.base.catalogue.action import Context
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.notices.receipts import notice_of, renumber
from dutygate.base.ui.language import language
from dutygate.features.cases.correctables import Correctable, Entered, Found, Words, correctable
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.decision.days import not_to_come
from dutygate.features.decision.facts import BANNER, CITY, notice_standing
from dutygate.features.decision.models import Decision, Submission
from dutygate.features.decision.words import OUTCOMES as CALLED
from dutygate.features.decision.words import body_label, outcome_label
from dutygate.features.review.facts import sitting_in

COLUMNS: Final = {
    "document_number": "document_number",
    "dated_on": "decided_on",
    "effective_on": "effective_on",
    "published_on": "published_on",
    "sent_on": "sent_on",
    "reply_by": "reply_by",
}
OUTCOMES: Final = ("for", "against", "return")
WRITTEN: Final = ("dated_on", "published_on", "sent_on")
NUMBER_LENGTH: Final = 80
LABELS: Final = {
    "outcome": gettext_noop("决定结果"),
    "document_number": gettext_noop("文号"),
    "dated_on": gettext_noop("决定日期"),
    "effective_on": gettext_noop("生效日期"),
    "published_on": gettext_noop("公布日期"),
    "sent_on": gettext_noop("送达日期"),
    "reply_by": gettext_noop("回复期限"),
}


def _row(subject: CaseSubject, rest: str) -> Decision | None:
    body, _, ordinal = rest.partition(":")
    if not ordinal.isdecimal():
        return None
    rows = Decision.objects.filter(case=subject.case.id, body=body, submission__ordinal=int(ordinal), voided_at=None)
    return rows.select_related("submission").order_by("-id").first()


def _find(subject: CaseSubject, rest: str, field: str, new: str) -> Found | None:
    row = _row(subject, rest)
    if row is None:
        return None
    facts = {"field": field, "body": row.body}
    entered_by = row.entered_by_unit or row.unit_id
    if field == "outcome":
        if row.submission.closed_at is not None or new not in OUTCOMES:
            return None
        return Found(row.id, entered_by, row.outcome, row.outcome != "for", row.document_number, facts)
    if field not in COLUMNS or (field == "effective_on" and notice_standing(subject).issued):
        return None
    _check(subject, field, new)
    old = getattr(row, COLUMNS[field])
    return Found(row.id, entered_by, "" if old is None else str(old), False, row.document_number, facts)


def _check(subject: CaseSubject, field: str, new: str) -> None:
    """Raises Malformed for what could not have been recorded either."""
    if field == "document_number":
        if not 0 < len(new) <= NUMBER_LENGTH:
            raise Malformed([("new", f"a document number of at most {NUMBER_LENGTH} characters")])
        return
    try:
        day = date.fromisoformat(new) if new or field == "dated_on" else None
    except ValueError:
        raise Malformed([("new", "a date, YYYY-MM-DD")]) from None
    if field in WRITTEN:
        not_to_come(subject, new=day)


def _change(subject: CaseSubject, rest: str, field: str, new: str, paper: Mapping[str, Any], context: Context) -> None:
    row = _row(subject, rest)
    assert row is not None
    if field == "outcome":
        _void(row, context)
        return
    setattr(row, COLUMNS[field], new if field == "document_number" else date.fromisoformat(new) if new else None)
    row.save(force_update=True)


def _void(row: Decision, context: Context) -> None:
    """It counts no more; a banner body's takes the city's with it, and what was sent on to the city no longer lies there."""
    row.voided_at = context.recorded_at
    row.save(update_fields=["voided_at"])
    if row.body in BANNER:
        sent_on = Submission.objects.filter(case=row.case_id, ordinal=row.submission.ordinal, to="city", closed_at=None)
        Decision.objects.filter(submission__in=sent_on, body=CITY, voided_at=None).update(voided_at=context.recorded_at)
        sent_on.update(closed_at=context.recorded_at)


def _find_notice(subject: CaseSubject, rest: str, field: str, new: str) -> Found | None:
    notice, lead = notice_of(subject.case.id), sitting_in(subject, "lead")
    if notice is None or lead is None or field != "document_number" or not 0 < len(new) <= NUMBER_LENGTH:
        return None
    return Found(notice.id, lead, notice.document_number, False, notice.document_number, {"field": "notice_number", "body": ""})


def _change_notice(subject: CaseSubject, rest: str, field: str, new: str, paper: Mapping[str, Any], context: Context) -> None:
    renumber(subject.case.id, new)


def _words(subject: CaseSubject, rest: str, field: str) -> Words | None:
    body, _, ordinal = rest.partition(":")
    if field not in LABELS:
        return None
    called = {"body": body_label(subject.edition, body, language()), "ordinal": ordinal}
    record, label = gettext("%(body)s的决定（第%(ordinal)s次上报）") % called, gettext(LABELS[field])
    if field == "outcome":
        note = gettext("更正结果，就是作废这份决定：确认以后，由这个机关按文件重新登记，本卷回到等它决定；市政府据此作出的决定一并作废。")
        return Words(record, label, "choice", choices={o: outcome_label(o) for o in CALLED}, may_become=OUTCOMES, paper=True, note=note)
    return Words(record, label, "line" if field == "document_number" else "day", optional=field not in ("document_number", "dated_on"))


def _entered(subject: CaseSubject, unit_id: int) -> Iterable[Entered]:
    told = notice_standing(subject).issued
    rows = Decision.objects.filter(case=subject.case.id, voided_at=None).select_related("submission").order_by("id")
    for row in rows:
        if (row.entered_by_unit or row.unit_id) != unit_id:
            continue
        rest = f"{row.body}:{row.submission.ordinal}"
        if row.submission.closed_at is None and not told:
            yield rest, "outcome", row.outcome
        for name, column in COLUMNS.items():
            if name != "effective_on" or not told:
                value = getattr(row, column)
                yield rest, name, "" if value is None else str(value)


def _notice_words(subject: CaseSubject, rest: str, field: str) -> Words | None:
    return Words(gettext("书面告知"), gettext(LABELS[field])) if field == "document_number" else None


def _notice_entered(subject: CaseSubject, unit_id: int) -> Iterable[Entered]:
    notice = notice_of(subject.case.id) if sitting_in(subject, "lead") == unit_id else None
    return [("", "document_number", notice.document_number)] if notice else []


correctable("decision", Correctable(_find, _change, _words, _entered))
correctable("notice", Correctable(_find_notice, _change_notice, _notice_words, _notice_entered))
