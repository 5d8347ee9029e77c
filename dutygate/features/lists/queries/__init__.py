"""读清单: what was a township's list on a day, and what was known of it then. Everybody of the offices of a banner and its city may."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, SmallIntegerField, Value, When

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.register.prepared import Prepared
from dutygate.base.search.index import standing_in
from dutygate.features.lists.models import OPEN_END, OPEN_MOMENT, Duty, DutyRevision, Expiry, ExpiryReceipt, ExpiryWarning, ListEntry
from dutygate.law.rules import Finding

_SECTION_ORDER: Final = Case(
    *(When(section=name, then=Value(place)) for place, name in enumerate(("basic", "cooperative", "taken_back", "admitted"))),
    default=Value(9),
    output_field=SmallIntegerField(),
)
"""The three national sections first, in their order; what is temporary stands beside the list, last."""
if TYPE_CHECKING:
    from dutygate.features.cases.models import Case as CaseRow

READING_POSTS: Final = ("handler", "signatory")


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a township's list, as it is read."""

    code: str
    title: str
    list_name: str
    section: str
    track: str
    mode: str
    acts_in_name_of: str
    lead_unit_id: int | None
    document_number: str
    ordinal: int
    valid_from: date
    valid_to: date
    category: str
    level: str
    co_leads: list[str]
    columns: dict[str, str]
    origin: str

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, None while open."""
        return public_last_day(self.valid_to)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; "" = not at all. ``q``: words of title, number or content; ``apart``: without that section."""

    list_name: str = ""
    section: str = ""
    apart: str = ""
    q: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A duty that a department has handed over, with the townships (unit ids) on whose lists it holds. ``helps``: another one leads."""

    code: str
    title: str
    track: str
    mode: str
    acts_in_name_of: str
    document_number: str
    helps: bool
    townships: tuple[int, ...]
    valid_from: date
    last_day: date | None
    section: str


def public_last_day(valid_to: date) -> date | None:
    """止于: "至12月31日" includes that day; None where the end is open."""
    return None if valid_to == OPEN_END else date.fromordinal(valid_to.toordinal() - 1)


def _scope(viewer: ActingPost) -> Q | None:
    """One's own jurisdiction and, for a city, its banners; None: nothing at all."""
    if viewer.kind == "system":
        return Q()
    if viewer.kind not in READING_POSTS:
        return None
    return Q(jurisdiction=viewer.jurisdiction_id) | Q(jurisdiction__parent=viewer.jurisdiction_id)


def duties_visible(viewer: ActingPost) -> QuerySet[Duty]:
    """The duties of the viewer's jurisdiction, newest first. Administrators see no business content."""
    scope = _scope(viewer)
    return Duty.objects.none() if scope is None else Duty.objects.filter(scope).order_by("-id")


def entries_in_force(viewer: ActingPost, township: int, on: date, known_at: datetime | None = None) -> QuerySet[ListEntry]:
    """The entries of a township (unit id) that hold on a day, as they are known now, or as they were known at a moment."""
    scope = _scope(viewer)
    if scope is None:
        return ListEntry.objects.none()
    held = ListEntry.objects.filter(scope, _holds(on, known_at), township=township)
    return held.order_by("list_name", _SECTION_ORDER, "ordinal", "id")


def _holds(on: date, known_at: datetime | None) -> Q:
    """In force on a day, as it is known now, or as it was known at a moment."""
    known = Q(recorded_to=OPEN_MOMENT) if known_at is None else Q(recorded_from__lte=known_at, recorded_to__gt=known_at)
    return Q(valid_from__lte=on, valid_to__gt=on) & known


def _narrow(wanted: Wanted) -> Q:
    """As a condition on entries."""
    narrowed = standing_in("duty", wanted.q, "revision")
    for name, value in (("list_name", wanted.list_name), ("section", wanted.section)):
        narrowed &= Q(**{name: value}) if value else Q()
    return narrowed & ~Q(section=wanted.apart) if wanted.apart else narrowed


def duties_of_township(
    viewer: ActingPost,
    township: int,
    on: date,
    known_at: datetime | None = None,
    *,
    wanted: Wanted | None = None,
    start: int = 0,
    limit: int | None = None,
) -> list[ListLine]:
    """A township's list on a day, in its order. Temporary duties stand beside the list, and bind as it does.

    ``wanted`` narrows it; ``start`` and ``limit`` cut a page out of it.
    """
    narrowed = entries_in_force(viewer, township, on, known_at).filter(_narrow(wanted or Wanted()))
    rows = narrowed[start : None if limit is None else start + limit].values_list(
        "duty__code",
        "revision__title",
        "list_name",
        "section",
        "revision__track",
        "revision__mode",
        "revision__acts_in_name_of",
        "revision__lead_unit_id",
        "revision__document_number",
        "ordinal",
        "valid_from",
        "valid_to",
        "revision__category",
        "revision__level",
        "revision__co_leads",
        "revision__columns",
        "duty__origin",
    )
    return [ListLine(*row) for row in rows]


def counts_of_townships(
    viewer: ActingPost, townships: Iterable[int], on: date, known_at: datetime | None = None
) -> dict[int, dict[tuple[str, str], int]]:
    """How much stands on the lists of these townships on a day: unit id -> (list, section) -> entries. In one query."""
    scope = _scope(viewer)
    found: dict[int, dict[tuple[str, str], int]] = {}
    if scope is None:
        return found
    rows = ListEntry.objects.filter(scope, _holds(on, known_at), township__in=list(townships)).order_by()
    for township, list_name, section, count in rows.values_list("township", "list_name", "section").annotate(count=Count("id")):
        found.setdefault(township, {})[list_name, section] = count
    return found


def counts_of_departments(viewer: ActingPost, jurisdiction: int, on: date, known_at: datetime | None = None) -> dict[int, int]:
    """How many duties each department leads that stand on some list on a day: unit id -> duties. In one query."""
    scope = _scope(viewer)
    if scope is None:
        return {}
    rows = ListEntry.objects.filter(scope, _holds(on, known_at), jurisdiction=jurisdiction, revision__lead_unit__isnull=False)
    return dict(rows.order_by().values_list("revision__lead_unit").annotate(count=Count("duty", distinct=True)))


def handed_by(
    viewer: ActingPost, department: tuple[int, str], on: date, known_at: datetime | None = None, *, start: int = 0, limit: int = 100
) -> list[Handed]:
    """What a department (unit id, key) has handed to whom, and what it helps with, as it holds on a day; by code. Two queries."""
    scope = _scope(viewer)
    if scope is None:
        return []
    unit, key = department
    holds = _holds(on, known_at)
    its = Q(revision__lead_unit=unit) | Q(revision__co_leads__icontains=f'"{key}"')
    held = ListEntry.objects.filter(holds, its, duty=OuterRef("pk"))
    duties = list(Duty.objects.filter(scope, Exists(held)).order_by("id")[start : start + limit])
    entries: dict[int, list[ListEntry]] = {}
    for entry in ListEntry.objects.filter(holds, its, duty__in=duties).select_related("revision").order_by("duty", "id"):
        entries.setdefault(entry.duty_id, []).append(entry)
    return [_handed(duty.code, unit, entries[duty.id]) for duty in duties]


def _handed(code: str, unit: int, entries: list[ListEntry]) -> Handed:
    """One duty as its latest entry of that day shows it."""
    shown = entries[-1].revision
    return Handed(
        code,
        shown.title,
        shown.track,
        shown.mode,
        shown.acts_in_name_of,
        shown.document_number,
        shown.lead_unit_id != unit,
        tuple(entry.township_id for entry in entries),
        min(entry.valid_from for entry in entries),
        public_last_day(max(entry.valid_to for entry in entries)),
        entries[-1].section,
    )


def duty_by_code(viewer: ActingPost, code: str) -> Duty:
    """One duty, or NotFound: it does not exist, or not for this viewer."""
    found = duties_visible(viewer).select_related("lead_unit", "case").filter(code=code).first()
    if found is None:
        raise NotFound([Finding("not_found", "4", {"subject": code})])
    return found


def duty_of_case(viewer: ActingPost, case_id: int) -> Duty | None:
    """The duty that a case has brought about, or None."""
    return duties_visible(viewer).filter(case=case_id).first()


def titles_of_duties(viewer: ActingPost, codes: Iterable[str]) -> dict[str, str]:
    """Code -> name, of those duties that the viewer may read."""
    return dict(duties_visible(viewer).filter(code__in=set(codes)).order_by().values_list("code", "title"))


@dataclass(frozen=True, slots=True)
class Term:
    """以前的一期: one temporary duty of the same name, from its first day to its last, with the document that set it."""

    code: str
    document_number: str
    first_day: date
    last_day: date | None


_TEMPORARY: Final = Prepared(
    lambda jurisdiction: (
        Duty.objects.filter(jurisdiction=jurisdiction, track="temporary")
        .order_by("id")
        .values_list("case_id", "title", "code", "document_number", "admitted_on", "ends_on")
    ),
    jurisdiction=int,
)


def public_earlier_terms(jurisdiction: int, title: str, but_of: int | None = None) -> list[Term]:
    """The temporary duties of that name in a jurisdiction (id), oldest first, but not that of one case (id): for the rule on further terms.

    Two names are the same when they differ in spaces, punctuation or full and half width alone.
    """
    wanted = _plain(title)
    found = _TEMPORARY.rows(jurisdiction=jurisdiction)
    return [Term(code, number, first, last) for case, name, code, number, first, last in found if case != but_of and _plain(name) == wanted]


def _plain(title: str) -> str:
    """A name without what does not tell two matters apart."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", title).casefold() if sign.isalnum())


def ends_of(viewer: ActingPost, duty: Duty) -> list[Expiry]:
    """到期 of a duty that the viewer may read, oldest first."""
    return list(Expiry.objects.filter(duty=duty).order_by("last_day"))


def receipts_of_end(viewer: ActingPost, end: Expiry) -> list[ExpiryReceipt]:
    """Who was told of an end that the viewer may read, in the order in which they were asked."""
    return list(ExpiryReceipt.objects.filter(expiry=end).order_by("id"))


def warnings_of(viewer: ActingPost, duty: Duty) -> list[ExpiryWarning]:
    """到期提醒 of a duty that the viewer may read, oldest first."""
    return list(ExpiryWarning.objects.filter(duty=duty).order_by("id"))


def duty_brought_about(viewer: ActingPost, case: CaseRow) -> Duty | None:
    """The duty that a case has brought onto the lists, ended or changed, or None."""
    if case.duty_id is None:
        return duty_of_case(viewer, case.id)
    return duties_visible(viewer).filter(id=case.duty_id).first()


def revisions_of(viewer: ActingPost, duty: Duty) -> list[DutyRevision]:
    """The revisions of a duty that the viewer may read, first to last."""
    return list(DutyRevision.objects.filter(duty=duty).order_by("revision"))


def revision_standing(viewer: ActingPost, duty: int, on: date, of: int | None = None) -> DutyRevision | None:
    """The newest revision of a duty (id) that holds on a day, as known now: on any township's list, or on that of one (``of``)."""
    rows = ListEntry.objects.filter(_holds(on, None), duty__in=duties_visible(viewer).filter(id=duty))
    if of is not None:
        rows = rows.filter(township=of)
    newest = rows.select_related("revision").order_by("-revision__revision").first()
    return None if newest is None else newest.revision


def revision_before(viewer: ActingPost, duty: int, case: int) -> DutyRevision | None:
    """The revision of a duty (id) before the one that a case (id) brought about; None while it has brought none about."""
    rows = DutyRevision.objects.filter(duty__in=duties_visible(viewer).filter(id=duty))
    brought = rows.filter(case=case).order_by("revision").values_list("revision", flat=True).first()
    return None if brought is None else rows.filter(revision__lt=brought).order_by("-revision").first()


def newest_revision(viewer: ActingPost, duty: Duty) -> DutyRevision | None:
    """The revision recorded last, whether it holds on some list or not."""
    return DutyRevision.objects.filter(duty=duty).order_by("-revision").first()


def townships_of(viewer: ActingPost, duty: Duty, on: date | None = None) -> list[ListEntry]:
    """On which townships' lists a duty stands, as now known: on that day, or ever (None)."""
    rows = ListEntry.objects.filter(duty=duty, recorded_to=OPEN_MOMENT).order_by("township__key", "valid_from")
    if on is not None:
        rows = rows.filter(valid_from__lte=on, valid_to__gt=on)
    return list(rows.select_related("township"))


def public_something_in_force(jurisdiction: int, on: date) -> bool:
    """Whether anything stands on a list of a jurisdiction (id) on a day."""
    return ListEntry.objects.filter(_holds(on, None), jurisdiction=jurisdiction).exists()


def public_overlaps() -> list[str]:
    """Entries of one duty on one list that hold on the same day: for the check that there are none."""
    same = Q(duty__entries__township=F("township"), duty__entries__list_name=F("list_name"), duty__entries__recorded_to=OPEN_MOMENT)
    crossing = Q(duty__entries__valid_from__lt=F("valid_to"), duty__entries__valid_to__gt=F("valid_from"), duty__entries__id__gt=F("id"))
    found = (
        ListEntry.objects.filter(same & crossing, recorded_to=OPEN_MOMENT)
        .distinct()
        .values_list("duty__code", "township__key", "valid_from")
    )
    return [f"{code} {township} {day}" for code, township, day in found.order_by("id")]


def newest_token(viewer: ActingPost, duty: Duty) -> int:
    """The entry that last added to what is known of a duty: what a correction is based on."""
    newest = ListEntry.objects.filter(duty=duty, recorded_to=OPEN_MOMENT).aggregate(newest=Max("id"))["newest"] or 0
    return int(newest) >> 20
