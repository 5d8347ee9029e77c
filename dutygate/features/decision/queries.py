"""读: what was sent up, decided and told, for somebody who may see the case.

Every party reads the decisions, voided ones too, and its own receipt. The words with which a case was sent up are read by who sits
in a seat of the case, by the offices of the bodies and by the city; who has acknowledged, by these and by the applicants.
Administrators read nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.notices.queries import openings_of
from dutygate.base.notices.receipts import deliveries_of, notice_of, receipts_of
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_children, public_directory
from dutygate.base.register.chains import reference_version_of
from dutygate.features.cases.duties import in_own_cause
from dutygate.features.cases.queries import CONTENT_POSTS, cases_visible, parties_of
from dutygate.features.cases.succession import own_units
from dutygate.features.decision.facts import BODIES, CITY, deciding_bodies
from dutygate.features.decision.models import Decision, Submission
from dutygate.features.review.facts import seating

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """请示. ``text`` and ``scan`` are "" for whom they are not meant; ``closed_at``: sent back, or void with what it rested on."""

    ordinal: int
    to: str
    unit_id: int
    document_number: str
    dated_on: date
    text: str
    scan: str
    submitted_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """批复 with its seven dates. ``townships``: keys, None = all; ``entered_by_unit`` differs from ``unit_id`` on paper."""

    ordinal: int
    body: str
    unit_id: int
    outcome: str
    document_number: str
    decided_on: date
    effective_on: date | None
    expires_on: date | None
    published_on: date | None
    sent_on: date | None
    reply_by: date | None
    recorded_at: datetime
    reasons: list[dict[str, str]]
    townships: list[str] | None
    scan: str
    entered_by_unit: int | None
    voided_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """书面告知. ``kind``: admission or refusal."""

    kind: str
    document_number: str
    issued_on: date
    text: str
    scan: str


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """送达 by hand or post. ``to_whom`` took it; ``parcel`` is the number of the post; entered by that person of the lead."""

    how: str
    delivered_on: date
    to_whom: str
    parcel: str
    scan: str
    entered_by: int | None


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """签收 of one unit; ``acknowledged_at`` is None while it owes it. ``entered_for``: given on paper, and entered by that person.

    ``deliveries``: by hand or post, first to last. ``opened_at``: when somebody of the unit first opened the notice here.
    ``contested_at``: when it objected to a receipt that was entered for it; ``contested_scan`` was that receipt.
    ``disputed``: it did so after the case was done, and the original was not ``shown_…`` yet.
    """

    unit_id: int
    acknowledged_at: datetime | None
    entered_for: bool
    scan: str
    acknowledged_by: int | None
    deliveries: tuple[DeliveryLine, ...] = ()
    opened_at: datetime | None = None
    opened_by: int | None = None
    contested_at: datetime | None = None
    contest_reason: str = ""
    contested_scan: str = ""
    disputed: bool = False
    shown_on: date | None = None
    shown_by: int | None = None
    shown_scan: str = ""
    shown_note: str = ""


@dataclass(frozen=True, slots=True)
class Chair:
    """A body for which the viewer's unit records decisions, in the jurisdiction of that directory."""

    body: str
    directory: Directory

    @property
    def code(self) -> str:
        """The jurisdiction's code."""
        return self.directory.jurisdiction.code


_DECISION = (
    "body",
    "unit_id",
    "outcome",
    "document_number",
    "decided_on",
    "effective_on",
    "expires_on",
    "published_on",
    "sent_on",
    "reply_by",
    "recorded_at",
    "reasons",
    "townships",
    "scan",
    "entered_by_unit",
    "voided_at",
)


def _reads(viewer: ActingPost) -> bool:
    return viewer.kind == "system" or viewer.kind in CONTENT_POSTS


def _works_on_it(viewer: ActingPost, case: Case, directory: Directory, day: date) -> bool:
    """Sits in a seat of this case without being the applicant, is the office of a body, or belongs to the city."""
    if viewer.kind == "system" or viewer.jurisdiction_id == directory.jurisdiction.parent_id:
        return True
    offices = {unit for seat, unit in directory.seats(day).items() if seat in BODIES}
    sitting = set(seating(case, directory, day).values()) - {None, *in_own_cause(case, day)}
    return viewer.unit_id in offices | sitting


def submissions_of(viewer: ActingPost, case: Case, directory: Directory, day: date) -> list[SubmissionLine]:
    """Each time the case was sent up, first to last."""
    if not _reads(viewer):
        return []
    inside = _works_on_it(viewer, case, directory, day)
    return [
        SubmissionLine(
            row.ordinal,
            row.to,
            row.unit_id,
            row.document_number,
            row.dated_on,
            row.text if inside else "",
            row.scan if inside else "",
            row.submitted_at,
            row.closed_at,
        )
        for row in Submission.objects.filter(case=case.id).order_by("id")
    ]


def decisions_of(viewer: ActingPost, case: Case) -> list[DecisionLine]:
    """Every decision ever recorded, in the order of recording; of a submission that was sent back, and voided ones too."""
    if not _reads(viewer):
        return []
    rows = Decision.objects.filter(case=case.id).order_by("id").values_list("submission__ordinal", *_DECISION)
    return [DecisionLine(*row) for row in rows]


def notice_line(viewer: ActingPost, case: Case) -> NoticeLine | None:
    """The written notice of a case, or None."""
    row = notice_of(case.id) if _reads(viewer) else None
    return NoticeLine(row.kind, row.document_number, row.issued_on, row.text, row.scan) if row else None


def receipt_lines(viewer: ActingPost, case: Case, directory: Directory, day: date) -> list[ReceiptLine]:
    """The receipts that the viewer may see, in the order in which they were asked for."""
    if not _reads(viewer):
        return []
    everyone = _works_on_it(viewer, case, directory, day) or _applies(viewer, case)
    own = own_units(viewer, case)
    rows = [row for row in receipts_of(case.id) if everyone or row.unit_id in own]
    delivered, opened = deliveries_of(case.id), openings_of(viewer, case.id)
    return [_receipt(row, delivered.get(row.id, []), opened.get(row.passed_to_id or row.unit_id)) for row in rows]


def _receipt(row: Any, delivered: Iterable[Any], opened: tuple[int, datetime] | None) -> ReceiptLine:
    return ReceiptLine(
        row.unit_id,
        row.acknowledged_at,
        row.entered_for,
        row.scan,
        row.acknowledged_by,
        tuple(DeliveryLine(one.how, one.delivered_on, one.to_whom, one.parcel, one.scan, one.entered_by) for one in delivered),
        opened_at=opened[1] if opened else None,
        opened_by=opened[0] if opened else None,
        contested_at=row.contested_at,
        contest_reason=row.contest_reason,
        contested_scan=row.contested_scan,
        disputed=row.disputed,
        shown_on=row.shown_on,
        shown_by=row.shown_by,
        shown_scan=row.shown_scan,
        shown_note=row.shown_note,
    )


def _applies(viewer: ActingPost, case: Case) -> bool:
    mine: Any = {(viewer.unit_id, "initiator"), (viewer.unit_id, "co_initiator")}
    return not mine.isdisjoint(parties_of(viewer, case))


def chairs_of(viewer: ActingPost, on: date) -> list[Chair]:
    """The bodies for which the viewer's unit records: of its own jurisdiction, and for the city's office of every banner."""
    if viewer.kind not in CONTENT_POSTS or viewer.unit_id is None:
        return []
    found = []
    for place in (viewer.jurisdiction_id, *public_children(viewer.jurisdiction_id)):
        directory = public_directory(place, reference_version_of(place))
        held = directory.seats(on)
        found += [Chair(body, directory) for body in BODIES if held.get(body) == viewer.unit_id]
    return found


def waiting_for(viewer: ActingPost, chair: Chair, limit: int) -> list[Case]:
    """The cases that wait for a body's outcome, in the order in which they were opened: one query."""
    spoken = Decision.objects.filter(
        case=OuterRef("pk"), body=chair.body, voided_at=None, submission__ordinal=OuterRef("submissions"), submission__closed_at=None
    )
    state = "city_decision" if chair.body == CITY else "banner_decision"
    rows = cases_visible(viewer, chair.directory).filter(~Exists(spoken), jurisdiction=chair.directory.jurisdiction.id, state=state)
    return [row for row in rows.order_by("id")[:limit] if chair.body in deciding_bodies(row)]


def cases_named(viewer: ActingPost, chair: Chair, numbers: Iterable[str]) -> list[Case]:
    """Cases of the body's jurisdiction by their numbers, whatever they wait for."""
    here = chair.directory.jurisdiction.id
    return list(cases_visible(viewer, chair.directory).filter(jurisdiction=here, number__in=list(numbers)).order_by("id"))
