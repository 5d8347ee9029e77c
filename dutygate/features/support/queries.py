"""读台账 (5, 6): a department reads what it owes, a township what it is owed, the lead and the bodies of the banner their
jurisdiction, the city all of its banners.

One scope for every list, sum, count, export and file. What you may not read does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.features.cases.sections import directory_now
from dutygate.features.lists.queries import READING_POSTS
from dutygate.features.support.models import Commitment, CommitmentChange, Confirmation, Delivery, Pledge
from dutygate.law.rules import Finding

SUMS: Final = ("promised", "released", "delivered", "confirmed", "disputed")
DIMENSIONS: Final = ("department", "township", "duty", "year")
LIGHTS: Final = ("late", "disputed", "unconfirmed", "open", "kept")
_OVERSEE: Final = frozenset({"lead", "banner_committee", "banner_government"})
_OPEN: Final = Q(promised__gt=F("released") + F("delivered"))
_UNANSWERED: Final = Q(delivered__gt=F("confirmed") + F("disputed"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a ledger is narrowed to; None or "" = not at all. Units and duties by id; ``light`` one of ``LIGHTS``."""

    department: int | None = None
    township: int | None = None
    duty: int | None = None
    year: int | None = None
    kind: str = ""
    light: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """Quantities of one measure: of money in fen, of things in pieces; ``lines``: of how many commitments."""

    lines: int = 0
    promised: int = 0
    released: int = 0
    delivered: int = 0
    confirmed: int = 0
    disputed: int = 0

    @property
    def due(self) -> int:
        """What is owed: promised, without what was released."""
        return self.promised - self.released

    @property
    def open(self) -> int:
        """What is still to come."""
        return self.due - self.delivered

    @property
    def unanswered(self) -> int:
        """What was given and awaits the township's word."""
        return self.delivered - self.confirmed - self.disputed


def scope_of(viewer: ActingPost) -> Q | None:
    """The commitments that a post may read, as a condition; None: none at all. Administrators see no business content."""
    if viewer.kind == "system":
        return Q()
    if viewer.kind not in READING_POSTS or viewer.unit_id is None:
        return None
    if _oversees(viewer):
        return Q(jurisdiction=viewer.jurisdiction_id)
    return Q(department=viewer.unit_id) | Q(township=viewer.unit_id) | Q(jurisdiction__parent=viewer.jurisdiction_id)


def _lead(viewer: ActingPost) -> int | None:
    """The unit that holds the lead seat of the viewer's jurisdiction for an open time."""
    held = directory_now(viewer).seats_held
    return next((one.unit_id for one in held if one.seat == "lead" and one.valid_to.year == 9999), None)


def _oversees(viewer: ActingPost) -> bool:
    """Whether the viewer's unit is the lead or the office of a body of the banner, for an open time: they read the whole ledger."""
    held = directory_now(viewer).seats_held
    mine = {one.seat for one in held if one.unit_id == viewer.unit_id and one.valid_to.year == 9999}
    return bool(mine & _OVERSEE)


def leads(viewer: ActingPost) -> bool:
    """Whether the viewer acts for the lead."""
    return viewer.kind in READING_POSTS and viewer.unit_id is not None and viewer.unit_id == _lead(viewer)


def commitments_visible(viewer: ActingPost) -> QuerySet[Commitment]:
    """The scope, in the order in which commitments fall due."""
    scope = scope_of(viewer)
    rows = Commitment.objects.none() if scope is None else Commitment.objects.filter(scope)
    return rows.order_by("due_on", "pledge", "ordinal")


def _narrowed(viewer: ActingPost, wanted: Wanted, today: date) -> QuerySet[Commitment]:
    rows = commitments_visible(viewer)
    for name in ("department", "township", "duty", "year"):
        value = getattr(wanted, name)
        rows = rows if value is None else rows.filter(**{name: value})
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return rows.filter(_light(wanted.light, today)) if wanted.light else rows


def _light(light: str, today: date) -> Q:
    over = Q(due_on__lt=today)
    return {
        "late": over & _OPEN,
        "disputed": Q(disputed__gt=0),
        "unconfirmed": over & ~_OPEN & _UNANSWERED,
        "open": _OPEN,
        "kept": ~_OPEN & ~_UNANSWERED & Q(disputed=0),
    }[light]


def page_of_commitments(viewer: ActingPost, wanted: Wanted, today: date, *, start: int = 0, limit: int | None = None) -> list[Commitment]:
    """A page of the ledger, with what its lines show of pledge, duty and case."""
    rows = _narrowed(viewer, wanted, today).select_related("pledge", "duty", "case")
    return list(rows[start : None if limit is None else start + limit])


def sums(viewer: ActingPost, wanted: Wanted, today: date) -> dict[str, Sums]:
    """Measure ("fen", "item") -> the sums over everything that the ledger shows. One query."""
    rows = _narrowed(viewer, wanted, today).order_by().values_list("measure")
    return {measure: Sums(*rest) for measure, *rest in rows.annotate(Count("id"), *(Sum(name) for name in SUMS))}


def sums_by(viewer: ActingPost, by: str, wanted: Wanted, today: date) -> dict[Any, dict[str, Sums]]:
    """The same, for each department, township, duty (ids) or year that occurs. One query; its rows add up to ``sums``."""
    if by not in DIMENSIONS:
        raise ValueError(by)
    rows = _narrowed(viewer, wanted, today).order_by(by).values_list(by, "measure")
    found: dict[Any, dict[str, Sums]] = {}
    for key, measure, *rest in rows.annotate(Count("id"), *(Sum(name) for name in SUMS)):
        found.setdefault(key, {})[measure] = Sums(*rest)
    return found


def lights(viewer: ActingPost, wanted: Wanted, today: date) -> dict[str, int]:
    """How many commitments are late, disputed, unconfirmed, open or kept. One query."""
    counted = {f"n_{name}": Count("id", filter=_light(name, today)) for name in LIGHTS}
    found = _narrowed(viewer, wanted, today).order_by().aggregate(**counted)
    return {name: found[f"n_{name}"] for name in LIGHTS}


def years_of(viewer: ActingPost) -> list[int]:
    """The years in which something was promised, the newest first."""
    return list(commitments_visible(viewer).order_by("-year").values_list("year", flat=True).distinct())


def commitment_by_ref(viewer: ActingPost, ref: str) -> Commitment:
    """One commitment by its reference ("150721-B-0001.3"), or NotFound."""
    code, _dot, ordinal = ref.partition(".")
    rows = commitments_visible(viewer).select_related("pledge", "duty", "case")
    found = rows.filter(pledge__code=code, ordinal=int(ordinal)).first() if ordinal.isdecimal() and len(ordinal) < 9 else None
    if found is None:
        raise NotFound([Finding("not_found", "5", {"subject": ref})])
    return found


def pledge_by_code(viewer: ActingPost, code: str) -> Pledge:
    """One pledge of which the viewer may read some commitment, or NotFound."""
    found = Pledge.objects.select_related("duty", "duty__case").filter(code=code).first()
    if found is None or not commitments_visible(viewer).filter(pledge=found).exists():
        raise NotFound([Finding("not_found", "5", {"subject": code})])
    return found


def titles_of_pledges(viewer: ActingPost, codes: Iterable[str]) -> dict[str, str]:
    """Code -> the duty's name, of those pledges that the viewer may read."""
    rows = commitments_visible(viewer).filter(pledge__code__in=set(codes)).order_by()
    return dict(rows.values_list("pledge__code", "duty__title").distinct())


def commitments_of_pledge(viewer: ActingPost, pledge: Pledge) -> list[Commitment]:
    """Its commitments that the viewer may read, in their order."""
    return list(commitments_visible(viewer).filter(pledge=pledge).select_related("pledge", "duty", "case").order_by("ordinal"))


def deliveries_of(viewer: ActingPost, commitments: Iterable[Commitment]) -> list[Delivery]:
    """What was given on these commitments, which the viewer may read, in the order of the entries."""
    return list(Delivery.objects.filter(commitment__in=[row.id for row in commitments]).order_by("id"))


def answers_of(viewer: ActingPost, deliveries: Sequence[Delivery]) -> list[Confirmation]:
    """What was said of these deliveries, in the order of the entries."""
    return list(Confirmation.objects.filter(delivery__in=[row.id for row in deliveries]).order_by("id"))


def changes_of(viewer: ActingPost, commitment: Commitment) -> list[CommitmentChange]:
    """How a commitment came about and what changed since, in the order of the entries."""
    return list(CommitmentChange.objects.filter(commitment=commitment).order_by("id"))


def sheet_of(viewer: ActingPost, township: int, year: int) -> list[Delivery]:
    """年度确认单: everything that was given to a township on the commitments of a year, with its commitment. One query."""
    rows = commitments_visible(viewer).filter(township=township, year=year).values("id")
    found = Delivery.objects.filter(commitment__in=rows).select_related("commitment", "commitment__pledge", "commitment__duty")
    return list(found.order_by("commitment__duty", "commitment__ordinal", "ordinal"))


def last_word(viewer: ActingPost, township: int, year: int) -> int:
    """The entry that last changed a sheet: what an answer is based on."""
    given = Delivery.objects.filter(commitment__township=township, commitment__year=year)
    newest = max(given.aggregate(last=Max("id"), said=Max("confirmations__id")).values(), key=lambda value: value or 0)
    return int(newest or 0) >> 20


def kept_of_duty(viewer: ActingPost, duty_id: int) -> list[Commitment]:
    """What was promised with a duty and what came, of what the viewer may read, by year and township."""
    rows = commitments_visible(viewer).filter(duty=duty_id).select_related("pledge", "duty", "case")
    return list(rows.order_by("-year", "township__key", "kind", "ordinal"))


def not_kept(viewer: ActingPost, duty_id: int, township: int | None, today: date) -> list[Commitment]:
    """What of a duty's commitments is late or disputed: of one township, or of all that the viewer may read."""
    rows = commitments_visible(viewer).filter(_light("late", today) | _light("disputed", today), duty=duty_id)
    rows = rows if township is None else rows.filter(township=township)
    return list(rows.select_related("pledge", "duty").order_by("township__key", "due_on", "ordinal"))


def load_of(viewer: ActingPost, jurisdiction: int, townships: Iterable[int], year: int) -> dict[int, Sums]:
    """Money due to each of these townships (ids) in a year, and received. For who reads a case that asks them (4.1, 4.2): sums alone.

    One query. Nothing for who reads no business content.
    """
    if viewer.kind not in (*READING_POSTS, "system"):
        return {}
    rows = Commitment.objects.filter(jurisdiction=jurisdiction, township__in=list(townships), year=year, measure="fen")
    rows = rows.filter(Q(jurisdiction=viewer.jurisdiction_id) | Q(jurisdiction__parent=viewer.jurisdiction_id))
    found = rows.order_by().values_list("township").annotate(Count("id"), *(Sum(name) for name in SUMS))
    return {township: Sums(*rest) for township, *rest in found}


def public_astray() -> list[str]:
    """References of commitments and deliveries whose sums are not those of the rows below them: [] when every fen adds up."""
    found = []
    rows = Commitment.objects.select_related("pledge").annotate(
        given=Sum("deliveries__amount"),
        gone=Sum("deliveries__refused"),
        said=Sum("deliveries__confirmed"),
        against=Sum("deliveries__disputed"),
    )
    for row in rows.order_by("id"):
        below = ((row.given or 0) - (row.gone or 0), row.said or 0, row.against or 0)
        if below != (row.delivered, row.confirmed, row.disputed):
            found.append(public_reference(row))
    changed = Commitment.objects.select_related("pledge").annotate(
        up=Sum("changes__amount", filter=Q(changes__what="promised")), down=Sum("changes__amount", filter=Q(changes__what="released"))
    )
    wrong = (row for row in changed.order_by("id") if (row.up or 0, row.down or 0) != (row.promised, row.released))
    return found + [public_reference(row) for row in wrong]


def public_reference(row: Any) -> str:
    """150721-B-0001.3; the commitment comes with its pledge."""
    return f"{row.pledge.code}.{row.ordinal}"


def lights_of_duties(viewer: ActingPost, duties: Iterable[int], today: date) -> dict[int, int]:
    """Duty (id) -> how many of its commitments that the viewer may read are late or disputed. One query."""
    rows = commitments_visible(viewer).filter(_light("late", today) | _light("disputed", today), duty__in=list(duties))
    return dict(rows.order_by().values_list("duty").annotate(n=Count("id")))
