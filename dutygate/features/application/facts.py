"""The application and its townships as plain facts (Articles 1, 4.1, 5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from dutygate.base.actions.days import local_day
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.register.prepared import Prepared
from dutygate.features.application.models import ItemText, Round, Safeguard, Scope
from dutygate.features.bases.facts import basis_facts
from dutygate.features.cases.facts import CaseSubject, head_facts, provides, relation
from dutygate.features.cases.kinds import ADMISSION
from dutygate.law.procedure.tasks import Standing, standing
from dutygate.law.rules.facts import ApplicationFacts, Township
from dutygate.law.rules.kinds import stays_answered

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case

_COLUMNS = ("unit_id", "in_scope", "round", "answer", "condition", "lapsed", "contested", "paper", "joins", "no_reply")


def _township(subject: CaseSubject, row: tuple[Any, ...]) -> Township:
    unit, in_scope, asked, answer, condition, lapsed, contested, paper, joins, no_reply = row
    plain = Township(subject.key(unit), in_scope, asked > 0, answer, condition, lapsed, contested, paper)
    if subject.case.kind == ADMISSION:
        return plain
    waited = asked > 0 and (not answer or contested)
    late = waited and (no_reply or asked in rounds_out_of_time(subject))
    return replace(plain, out_of_time=late, joins=joins, department=subject.directory.unit(unit).kind != "township")


def rounds_out_of_time(subject: CaseSubject) -> frozenset[int]:
    """The rounds of an exit or an adjustment whose time to reply has passed on the day of the act (4.4): one query for each call.

    The limit is the edition's, in working days from the day after the letter; where it sets none nobody is ever out of time.
    """
    found: frozenset[int] = subject.remember("rounds out of time", lambda: _out_of_time(subject))
    return found


def _out_of_time(subject: CaseSubject) -> frozenset[int]:
    rounds = Round.objects.filter(case=subject.case.id).values_list("number", "requested_at")
    return frozenset(number for number, at in rounds if (last := last_day_to_reply(subject, at)) is not None and subject.door.on > last)


def last_day_to_reply(subject: CaseSubject, requested_at: datetime) -> date | None:
    """The last day on which a reply is in time, as the calendar stands; None where the edition sets no limit."""
    name = subject.procedure.limit("consultation.reply")
    days = subject.edition.parameter(name, subject.case.track) if name else None
    if not isinstance(days, int):
        return None
    return subject.directory.calendar().add_working_days(local_day(requested_at), days).day


_ALL_ROWS = Prepared(lambda case: Scope.objects.filter(case=case, passed_to=None).values_list(*_COLUMNS), case=int)
"""Of a township in whose place another one stands the rules hear no more: what it said is part of its successor's standing."""
FEW = 2
"""A township, and whoever waits for its word."""


def township_facts(subject: CaseSubject, units: Collection[int] | None = None) -> list[Township]:
    """How the townships of a case stand, of all or of these units: one query, in the order of their keys."""
    if units is not None and len(units) <= FEW:
        parties = None if subject.case.kind != ADMISSION else "township"  # a township asks a department for an exit, too
        townships = [unit for unit in units if parties in (None, subject.directory.unit(unit).kind)]
        found = [township for unit in townships if (township := _as_facts(subject, own_row(subject, unit))) is not None]
    else:
        rows = _ALL_ROWS.rows(case=subject.case.id)
        found = [_township(subject, row) for row in rows if units is None or row[0] in units]
    return sorted(found, key=lambda t: t.unit)


_SILENT = Q(round__gt=0, answer="")
_BROKEN = Q(round=0) | (~Q(answer="") & (Q(lapsed=True) | Q(contested=True)))
_CONSENT = (Q(answer="agree") | Q(answer="agree_with_conditions", condition="settled")) & Q(lapsed=False, contested=False)


_COUNTED = Prepared(
    lambda case: (
        Scope.objects.filter(case=case, in_scope=True)
        .values("case_id")
        .annotate(
            total=Count("id"),
            silent=Count("id", filter=_SILENT),
            against=Count("id", filter=Q(answer="disagree")),
            broken=Count("id", filter=_BROKEN),
            condition_open=Count("id", filter=Q(answer="agree_with_conditions", condition="open")),
            consenting=Count("id", filter=_CONSENT),
        )
        .values_list("total", "silent", "against", "broken", "condition_open", "consenting")
    ),
    case=int,
)


def standing_of(case: Case) -> Standing:
    """How many townships in scope stand where, in an admission: one aggregate, whatever their number."""
    return Standing(*(_COUNTED.first(case=case.id) or ()))


def standing_in(subject: CaseSubject) -> Standing:
    """The same of any case. Of an exit or an adjustment the rows are read: whose consent is needed is the law's to say."""
    if subject.case.kind == ADMISSION:
        return standing_of(subject.case)
    return standing(township_facts(subject), head_facts(subject))


def consents(row: Scope) -> bool:
    """The same question as ``law.rules.facts.Township.consents``, on a row."""
    if row.round == 0 or row.lapsed or row.contested:
        return False
    return row.answer == "agree" or (row.answer == "agree_with_conditions" and row.condition == "settled")


def said_for_good(subject: CaseSubject, row: Scope) -> bool:
    """Whether a new round leaves this answer alone: a consent to the text; where none is needed an objection to it, too (4.4)."""
    if subject.case.kind == ADMISSION:
        return consents(row)
    standing_now = _as_facts(subject, row)
    return standing_now is not None and stays_answered(head_facts(subject), standing_now)


@provides("townships")
def _townships(subject: CaseSubject, acting: ActingPost, act: Mapping[str, Any]) -> tuple[Township, ...]:
    return tuple(subject.remember("townships", lambda: township_facts(subject)))


_ONE_ROW = Prepared(lambda case, unit: Scope.objects.filter(case=case, unit=unit), case=int, unit=int)


def own_row(subject: CaseSubject, unit_id: int | None) -> Scope | None:
    """The row of one township, read once for each call."""
    if unit_id is None:
        return None
    found: Scope | None = subject.remember(f"scope {unit_id}", lambda: _ONE_ROW.first(case=subject.case.id, unit=unit_id))
    return found


def keep_row(subject: CaseSubject, row: Scope) -> None:
    """The row as it was just written: what is computed after the change need not read it again."""
    subject.kept[f"scope {row.unit_id}"] = row


def _as_facts(subject: CaseSubject, row: Scope | None) -> Township | None:
    if row is None:
        return None
    return _township(subject, tuple(getattr(row, column) for column in _COLUMNS))


@provides("own")
def _own(subject: CaseSubject, acting: ActingPost, act: Mapping[str, Any]) -> Township | None:
    return _as_facts(subject, own_row(subject, acting.unit_id))


@provides("target")
def _target(subject: CaseSubject, acting: ActingPost, act: Mapping[str, Any]) -> Township | None:
    named = act.get("township")
    return _as_facts(subject, own_row(subject, subject.directory.by_key(named).id)) if named else None


@relation("township_asked")
def _township_asked(subject: CaseSubject, acting: ActingPost) -> bool:
    row = own_row(subject, acting.unit_id)
    return row is not None and row.round > 0


@provides("application")
def _application(subject: CaseSubject, acting: ActingPost, act: Mapping[str, Any]) -> ApplicationFacts:
    found: ApplicationFacts = subject.remember("application", lambda: application_facts(subject))
    return found


_FILLED = Prepared(
    lambda case: ItemText.objects.filter(case=case, is_current=True, addition="").exclude(text="").values_list("item"), case=int
)
_SAFEGUARDS = Prepared(lambda case: Safeguard.objects.filter(case=case, is_current=True).values_list("kind", "needed", "note"), case=int)


def application_facts(subject: CaseSubject) -> ApplicationFacts:
    """书面申请 as it stands: three queries."""
    case = subject.case
    safeguards = _SAFEGUARDS.rows(case=case.id)
    kinds, not_in_force = basis_facts(case.id, subject.door.on)
    return ApplicationFacts(
        filled=frozenset(item for (item,) in _FILLED.rows(case=case.id)) | {"name"},
        necessity_stated=bool(case.necessity),
        basis_kinds=frozenset(kinds),
        basis_not_in_force=frozenset(not_in_force),
        addressed=frozenset(kind for kind, _, _ in safeguards),
        none_needed_without_reason=frozenset(kind for kind, needed, note in safeguards if not needed and not note),
        changed_since_round=case.changed_since_round,
    )


__all__ = ["application_facts", "consents", "own_row", "said_for_good", "standing_in", "standing_of", "township_facts"]
