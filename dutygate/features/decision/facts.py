"""决定与告知 as plain facts: what the bodies have said on what now lies before them, and who is told (Articles 1, 4.2-4.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.notices.receipts import Told, told
from dutygate.base.register.chains import edition_by_digest
from dutygate.base.register.prepared import Prepared
from dutygate.features.application.facts import township_facts
from dutygate.features.application.queries import proposed_by
from dutygate.features.cases.facts import CaseSubject, duty_of, provides, relation
from dutygate.features.cases.kinds import ADMISSION
from dutygate.features.cases.queries import parties_of
from dutygate.features.cases.succession import stand_ins, successions_in
from dutygate.features.decision.models import Decision
from dutygate.features.review.facts import review_facts, sitting_in
from dutygate.law.rules.facts import DecisionFacts, Head, NoticeFacts
from dutygate.law.rules.kinds import deciding_track

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case

BANNER: Final = ("banner_committee", "banner_government")
CITY: Final = "city_government"
BODIES: Final = (*BANNER, CITY)


def standing_decisions(subject: CaseSubject) -> list[Decision]:
    """The decisions that count: not voided, on the submission that now lies before the bodies. Read once for each call."""
    found: list[Decision] = subject.remember("decisions", lambda: _standing(subject))
    return found


_STANDING: Final = Prepared(
    lambda case, submission: Decision.objects.filter(case=case, voided_at=None, submission__ordinal=submission, submission__closed_at=None),
    case=int,
    submission=int,
)


def _standing(subject: CaseSubject) -> list[Decision]:
    case = subject.case
    if not case.submissions:
        return []
    return sorted(_STANDING.rows(case=case.id, submission=case.submissions), key=lambda row: row.body)


def deciding_bodies(case: Case) -> tuple[str, ...]:
    """Whose decision a case needs: that of the track that admitted its duty, or of the new one where that is higher (1, 4.3-4.5)."""
    track = deciding_track(Head(case.state, case.kind, case.track, from_track=case.from_track))
    return edition_by_digest(case.edition_digest).deciding_bodies(track)


def decision_facts(subject: CaseSubject) -> DecisionFacts:
    """批准 as the rules see it: one query."""
    needed = tuple(body for body in deciding_bodies(subject.case) if body != CITY)
    return DecisionFacts(needed, tuple((row.body, row.outcome) for row in standing_decisions(subject)))


@provides("decision")
def _decision(subject: CaseSubject, acting: ActingPost, act: Mapping[str, Any]) -> DecisionFacts:
    return decision_facts(subject)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was approved in the end: the townships that every body approved, the earliest end, from which day, by which document.

    ``leaving``: in an adjustment the townships whose lists the duty leaves.
    """

    townships: tuple[str, ...]
    ends_on: date | None
    effective_on: date
    document_number: str
    leaving: tuple[str, ...] = ()


def left_by(subject: CaseSubject, decisions: Iterable[Decision], townships: Iterable[str]) -> list[str]:
    """Of these townships, those that none of the decisions leaves out, in the order given.

    A decision that names a township names with it the one that stands in its place since.
    """
    limited = [row.townships for row in decisions if row.townships is not None]
    since: dict[str, set[str]] = {}
    for row in successions_in(subject.case) if limited else ():
        since.setdefault(subject.key(row.from_unit_id), set()).add(subject.key(row.to_unit_id))
    limits = [_with_successors(townships, since) for townships in limited]
    return [key for key in townships if all(key in limit for limit in limits)]


def _with_successors(named: Iterable[str], since: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set[str](), list(named)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += since.get(key, ())
    return found


def decided(subject: CaseSubject) -> Decided:
    """What the bodies approved together (4.3). The deciding body is the city, or for a temporary matter the banner's two."""
    rows = standing_decisions(subject)
    scope, leaving = _applied_for(subject)
    ends = [end for end in (subject.case.ends_on, *(row.expires_on for row in rows)) if end is not None]
    deciding = [row for row in rows if row.body == CITY] or rows
    return Decided(
        townships=tuple(left_by(subject, rows, scope)),
        ends_on=min(ends, default=None),
        effective_on=max(row.effective_on or row.decided_on for row in deciding),
        document_number=max(deciding, key=lambda row: (row.decided_on, row.id)).document_number,
        leaving=tuple(left_by(subject, rows, leaving)) if set(leaving) <= set(scope) else tuple(leaving),
    )


def _applied_for(subject: CaseSubject) -> tuple[list[str], list[str]]:
    """The townships that the case is about, and of them or besides them those whose lists a duty is to leave."""
    if subject.case.kind == ADMISSION:
        return [t.unit for t in township_facts(subject) if t.in_scope], []
    proposed = proposed_by(subject.door.acting, subject.case)
    return [subject.key(unit) for unit in proposed.townships], [subject.key(unit) for unit in proposed.leaving]


def notice_standing(subject: CaseSubject) -> Told:
    """Who was told and who has acknowledged: one query for each call."""
    found: Told = subject.remember("told", lambda: told(subject.case.id))
    return found


def notice_facts(subject: CaseSubject) -> NoticeFacts:
    """书面告知: once issued those who were told, before that those who must be."""
    now = notice_standing(subject)
    if not now.issued:
        return NoticeFacts(required=to_be_told(subject))
    every = (now.units, now.pending, now.on_paper, now.contested)
    told, pending, on_paper, contested = (frozenset(map(subject.key, units)) for units in every)
    return NoticeFacts(told, True, pending, on_paper, contested)


def to_be_told(subject: CaseSubject) -> frozenset[str]:
    """相关各方 (4.2, 4.4): applicants, every township ever asked, the seats with their substitutes, departments asked; in the place of a
    unit that was merged or split the one that stands for it now.

    Not the unit that leads the case: it is the one that tells.
    """
    found: frozenset[str] = subject.remember("to be told", lambda: _to_be_told(subject))
    return found


def _to_be_told(subject: CaseSubject) -> frozenset[str]:
    review = review_facts(subject)
    since = stand_ins(subject.case)

    def now(key: str) -> str:
        unit = subject.directory.by_key(key).id
        return subject.key(since.get(unit, unit))

    applying = [unit for unit, role in parties_of(subject.door.acting, subject.case) if role in ("initiator", "co_initiator")]
    seats = {unit for _, unit in review.seats} | {subject.key(unit) for unit in subject.directory.members(subject.door.today)}
    asked = {t.unit for t in township_facts(subject) if t.asked} | {a.unit for a in review.asked} | concerned(subject)
    applicants = {subject.key(since.get(unit, unit)) for unit in applying}
    if since:
        asked = {now(unit) for unit in asked}
    lead = sitting_in(subject, "lead")
    return frozenset(applicants | seats | asked) - {"", "" if lead is None else subject.key(lead)}


def concerned(subject: CaseSubject) -> set[str]:
    """Who is to be told although it was not asked (4.4): the department whose duty it is; townships whose lists it leaves; and where a
    department applies every other that carries it.
    """
    duty = duty_of(subject)
    if duty is None:
        return set()
    lead = set() if duty.lead is None else {subject.key(duty.lead)}
    leaving = proposed_by(subject.door.acting, subject.case).leaving
    others = () if subject.case.initiator_id in duty.holders else duty.holders
    return lead | {subject.key(unit) for unit in (*leaving, *others)}


@provides("notice")
def _notice(subject: CaseSubject, acting: ActingPost, act: Mapping[str, Any]) -> NoticeFacts:
    return notice_facts(subject)


def office_of(subject: CaseSubject, body: str) -> int | None:
    """The office that holds a body's seat in this jurisdiction on the day of entry, or None."""
    return subject.directory.seats(subject.door.today).get(body)


def bodies_of(subject: CaseSubject, unit_id: int | None) -> frozenset[str]:
    """The bodies for which a unit records."""
    return frozenset(body for body in BODIES if unit_id is not None and office_of(subject, body) == unit_id)


@relation("banner_committee")
def _banner_committee(subject: CaseSubject, acting: ActingPost) -> bool:
    return "banner_committee" in bodies_of(subject, acting.unit_id)


@relation("banner_government")
def _banner_government(subject: CaseSubject, acting: ActingPost) -> bool:
    return "banner_government" in bodies_of(subject, acting.unit_id)


@relation("city_government")
def _city_government(subject: CaseSubject, acting: ActingPost) -> bool:
    return "city_government" in bodies_of(subject, acting.unit_id)


@relation("notified")
def _notified(subject: CaseSubject, acting: ActingPost) -> bool:
    """Told in writing, or among those who will be."""
    if acting.unit_id is None:
        return False
    now = notice_standing(subject)
    return acting.unit_id in now.units if now.issued else acting.unit in to_be_told(subject)
