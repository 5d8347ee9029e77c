"""The review as plain facts: who sits where in this case, what was found, who was asked (Articles 3, 4.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.base.register.prepared import Prepared
from dutygate.features.cases.facts import CaseSubject, provides, relation
from dutygate.features.lists.queries import Term, public_earlier_terms
from dutygate.features.review.models import Assessment, CommentRequest, ReviewConclusion, Substitution
from dutygate.features.review.timing import marks_of, standing_day
from dutygate.law.rules.facts import Asked, ReviewFacts
from dutygate.law.rules.facts import Assessment as AssessmentFacts
from dutygate.law.rules.review import needs_meeting

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case

SINGLE_SEATS: Final = ("lead", "legal", "services")
MEMBER: Final = "member"
FROM_TERM: Final = "still_temporary_from_term"
Sitting = tuple[tuple[str, int | None], ...]
_FOUND: Final = ("seat", "unit_id", "excluded_power", "emergency", "necessity", "recommends")


Meetings = Callable[[CaseSubject], frozenset[str]]
_meetings: Final[list[Meetings]] = []


def tells_meetings(provider: Meetings) -> Meetings:
    """Register who knows in which forms the conference has dealt with a case; asked only where the edition wants a meeting (Article 3)."""
    _meetings[:] = [provider]
    return provider


def member_seat(unit_key: str) -> str:
    """The seat of one appointed member: each has a seat of its own."""
    return f"{MEMBER}:{unit_key}"


def seats_in(subject: CaseSubject) -> Sitting:
    """席位 of this case, with the unit that sits in each, recusals applied: lead, legal, services, then the appointed members.

    The seats are those of the day of entry: whoever has left one cannot act in it by dating an act back. A seat that nobody holds
    is there with None: it has not assessed.
    """
    found: Sitting = subject.remember("seats_in", lambda: _seats_in(subject))
    return found


def _seats_in(subject: CaseSubject) -> Sitting:
    return tuple(seating(subject.case, subject.directory, subject.door.today).items())


def seating(case: Case, directory: Directory, day: date) -> dict[str, int | None]:
    """Seat -> the unit that sits there on that day in this case; one query where a seat was substituted, else none."""
    held = directory.seats(day)
    seats: dict[str, int | None] = {seat: held.get(seat) for seat in SINGLE_SEATS}
    appointed = [unit for unit in directory.members(day) if MEMBER in directory.seats_of(unit, day)]
    seats |= {member_seat(directory.unit(unit).key): unit for unit in appointed}
    if case.substituted:
        rows = Substitution.objects.filter(case=case.id).order_by("id").values_list("seat", "unit_id")
        seats |= {seat: unit for seat, unit in rows if seat in seats}
    return seats


def sitting_units(case: Case, directory: Directory, day: date) -> frozenset[int]:
    """The ids of the units that sit in some seat of a case on that day."""
    return frozenset(unit for unit in seating(case, directory, day).values() if unit is not None)


def sitting_in(subject: CaseSubject, seat: str) -> int | None:
    """The id of the unit that sits in a seat in this case, or None."""
    return dict(seats_in(subject)).get(seat)


def seats_of_unit(subject: CaseSubject, unit_id: int | None) -> tuple[str, ...]:
    """The seats of a unit in this case."""
    return tuple(seat for seat, unit in seats_in(subject) if unit is not None and unit == unit_id)


def review_facts(subject: CaseSubject) -> ReviewFacts:
    """审核 as the rules see it: at most five queries, whatever the case."""
    found: ReviewFacts = subject.remember("review", lambda: _review_facts(subject))
    return found


_CONCLUSION: Final = Prepared(lambda case: ReviewConclusion.objects.filter(case=case, is_current=True).values_list("outcome"), case=int)
_REQUESTS: Final = Prepared(
    lambda case: CommentRequest.objects.filter(case=case, passed_to=None).values_list("unit_id", "answered_at", "reply_by"), case=int
)
_CURRENT: Final = Prepared(
    lambda case: Assessment.objects.filter(case=case, is_current=True).values_list(*_FOUND, "findings__point", "findings__lapsed"), case=int
)


def _review_facts(subject: CaseSubject) -> ReviewFacts:
    case = subject.case.id
    (conclusion,) = _CONCLUSION.first(case=case) or ("",)
    paused, pauses, extensions = marks_of(subject.case)
    held = _meetings[0](subject) if _meetings and needs_meeting(subject.edition, subject.case.track) else frozenset()
    return ReviewFacts(
        seats=tuple((seat, "" if unit is None else subject.key(unit)) for seat, unit in seats_in(subject)),
        assessments=_assessments(subject),
        asked=_asked(subject, _REQUESTS.rows(case=case)),
        conclusion=conclusion,
        meeting_held="meeting" in held,
        round_held="written" in held,
        members=frozenset(subject.key(unit) for unit in subject.directory.members(subject.door.today)),
        earlier_terms=_terms_that_count(subject),
        paused=paused,
        pauses=pauses,
        extensions=extensions,
    )


def _terms_that_count(subject: CaseSubject) -> int:
    """How many terms came before, from the term on from which the edition asks whether the matter is still temporary.

    A text that does not say from which term leaves it at none: so a case, and a replay, under the first text of 2024 is judged as it was.
    """
    parameters = subject.edition.parameters
    if subject.case.track != "temporary" or FROM_TERM not in parameters:
        return 0
    found, asked_from = len(earlier_terms(subject.case)), subject.edition.parameter(FROM_TERM)
    return found if isinstance(asked_from, int) and found + 1 >= asked_from else 0


def earlier_terms(case: Case) -> list[Term]:
    """以前各期 of a temporary matter (4.4); one query, and none for a regular one."""
    return public_earlier_terms(case.jurisdiction_id, case.title, case.id) if case.track == "temporary" else []


def _assessments(subject: CaseSubject) -> tuple[AssessmentFacts, ...]:
    """Current assessments with their points, in one query; also those of units that no longer sit there, which do not count."""
    points: dict[tuple[Any, ...], dict[str, bool]] = {}
    for *found, point, lapsed in _CURRENT.rows(case=subject.case.id):
        of_this = points.setdefault(tuple(found), {})
        if point is not None:
            of_this[point] = lapsed
    return tuple(sorted((_assessment(subject, found, of) for found, of in points.items()), key=lambda a: (a.seat, a.unit)))


def _assessment(subject: CaseSubject, found: tuple[Any, ...], points: Mapping[str, bool]) -> AssessmentFacts:
    seat, unit, *rest = found
    lapsed = frozenset(point for point, gone in points.items() if gone)
    return AssessmentFacts(seat, subject.key(unit), frozenset(points), lapsed, *rest)


def _asked(subject: CaseSubject, rows: Iterable[tuple[int, datetime | None, date | None]]) -> tuple[Asked, ...]:
    day = standing_day(subject.case, subject.door.on)
    asked = [Asked(subject.key(unit), comment_status(answered, reply_by, day)) for unit, answered, reply_by in rows]
    return tuple(sorted(asked, key=lambda a: a.unit))


def comment_status(answered_at: datetime | None, reply_by: date | None, day: date) -> str:
    """ "answered", "no_reply" after the last day (未反馈, never 无意见), or "open"."""
    if answered_at is not None:
        return "answered"
    return "no_reply" if reply_by is not None and day > reply_by else "open"


@provides("review")
def _review(subject: CaseSubject, acting: ActingPost, act: Mapping[str, Any]) -> ReviewFacts:
    return review_facts(subject)


def _sits(subject: CaseSubject, acting: ActingPost, seat: str) -> bool:
    return acting.unit_id is not None and sitting_in(subject, seat) == acting.unit_id


@relation("lead")
def _lead(subject: CaseSubject, acting: ActingPost) -> bool:
    return _sits(subject, acting, "lead")


@relation("lead_in_stead")
def _lead_in_stead(subject: CaseSubject, acting: ActingPost) -> bool:
    """The lead may act for a department whose adjustment had to be opened (4.5), unless the department sits in that seat itself."""
    return subject.case.mandated and acting.unit_id != subject.case.initiator_id and _sits(subject, acting, "lead")


@relation("legal")
def _legal(subject: CaseSubject, acting: ActingPost) -> bool:
    return _sits(subject, acting, "legal")


@relation("services")
def _services(subject: CaseSubject, acting: ActingPost) -> bool:
    return _sits(subject, acting, "services")


@relation("member")
def _member(subject: CaseSubject, acting: ActingPost) -> bool:
    """Whoever belongs to the conference and sits in none of the three seats in this case, or sits in an appointed member's."""
    held = seats_of_unit(subject, acting.unit_id)
    if any(seat not in SINGLE_SEATS for seat in held):
        return True
    return not held and acting.unit_id in subject.directory.members(subject.door.today)


_ASKED: Final = Prepared(lambda case, unit: CommentRequest.objects.filter(case=case, unit=unit).values_list("id")[:1], case=int, unit=int)


@relation("department_asked")
def _department_asked(subject: CaseSubject, acting: ActingPost) -> bool:
    return acting.unit_id is not None and bool(_ASKED.rows(case=subject.case.id, unit=acting.unit_id))
