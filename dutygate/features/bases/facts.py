"""记录化为事实: on what a case rests, and what of it does not hold on a day (Articles 1, 4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Protocol

from django.db.models import Exists, OuterRef, Q

from dutygate.base.catalogue.errors import Malformed
from dutygate.base.register.prepared import Prepared
from dutygate.features.bases.given import BasisGiven
from dutygate.features.bases.models import BasisChange, BasisCitation, BasisReading, LegalBasis
from dutygate.features.bases.recognition import BasisKey, article_order, basis_key, covers, meeting, same_text
from dutygate.features.bases.resting import Known, Resting, Scope, duties_touched


class CaseOf(Protocol):
    """What is needed of a case here."""

    id: int
    jurisdiction_id: int
    initiator_id: int


def key_of(row: LegalBasis | BasisChange) -> BasisKey:
    """Of which text a row speaks."""
    return BasisKey(row.key, row.number_key, "")


def key_of_given(given: BasisGiven) -> BasisKey:
    """A given basis as it is compared."""
    return basis_key(given.title, given.document_number, given.article)


def of_these_texts(keys: Iterable[BasisKey]) -> Q:
    """Rows that may be of one of these texts: one title, or one number. ``same_text`` decides."""
    found = list(keys)
    return Q(key__in={key.title for key in found}) | Q(number_key__in={key.number for key in found if key.number})


_CITED: Final = Prepared(
    lambda case: LegalBasis.objects.filter(citations__case=case, citations__removed_at=None).order_by("title", "id"), case=int
)


def basis_facts(case_id: int, on: date) -> tuple[frozenset[str], tuple[str, ...]]:
    """(the kinds of the bases that the case cites, the titles of those that do not hold on that day)."""
    rows = _CITED.rows(case=case_id)
    late = dict.fromkeys(row.title for row in rows if not holds_on(row, on))
    return frozenset(row.kind for row in rows), tuple(late)


def holds_on(row: LegalBasis, on: date) -> bool:
    """Whether a basis is in force on a day."""
    return not (row.in_force_from and on < row.in_force_from) and not (row.ends_on and row.ends_on <= on)


def held_before(row: LegalBasis, on: date) -> bool:
    """Whether a basis was in force just before a day, and would go on: what is changed on that day is this, not a later version."""
    return not (row.in_force_from and on <= row.in_force_from) and not (row.ends_on and row.ends_on <= on)


def day_of_repeal(row: LegalBasis, changes: Iterable[BasisChange] | None = None) -> date | None:
    """The first day on which a repeal that covers it holds; None without one. A version that began later is not meant by it."""
    if changes is None:
        changes = BasisChange.objects.filter(of_these_texts([key_of(row)]), jurisdiction=row.jurisdiction_id, kind="repeal", voided_at=None)
    days = [
        change.on
        for change in changes
        if same_text(key_of(row), key_of(change))
        and covers(change.article, row.article_key)
        and not (row.in_force_from and change.on <= row.in_force_from)
    ]
    return min(days, default=None)


def registered_already(jurisdiction_id: int, given: BasisGiven, but: int | None = None) -> int | None:
    """The confirmed basis (id) of the same text and article with the same days; None when there is none but ``but``."""
    key = key_of_given(given)
    rows = LegalBasis.objects.filter(of_these_texts([key]), jurisdiction_id=jurisdiction_id, confirmed=True, article_key=key.article)
    rows = rows.filter(in_force_from=given.in_force_from, in_force_to=given.in_force_to).exclude(pk=but or 0).order_by("id")
    return next((row.id for row in rows if same_text(key_of(row), key)), None)


def rows_of_text(jurisdiction_id: int, key: BasisKey) -> list[LegalBasis]:
    """Every basis of one text in the registry of a jurisdiction, in the order of its articles as written."""
    rows = LegalBasis.objects.filter(of_these_texts([key]), jurisdiction_id=jurisdiction_id).order_by("in_force_from", "id")
    return sorted((row for row in rows if same_text(key_of(row), key)), key=lambda row: article_order(row.article_key))


def readings_of(basis: LegalBasis) -> int:
    """How often a basis was described otherwise since it was confirmed."""
    return BasisReading.objects.filter(basis=basis).count()


def known_bases(ids: Iterable[int]) -> dict[int, Known]:
    """Bases of the registry by id, as they read now."""
    found = LegalBasis.objects.in_bulk(list(ids))
    return {i: Known(key_of(row), row.article_key, row.in_force_from, row.ends_on) for i, row in found.items()}


def as_registered(jurisdiction_id: int, bases: Sequence[Mapping[str, Any]]) -> list[LegalBasis]:
    """Bases as a duty's text names them, each as the registry knows it: the row that was picked, or a confirmed one of the same text and
    article; else one that is nowhere stored (no id), with the day on which a repeal of its text ends it. Two queries, however many.
    """
    named = [_as_given(jurisdiction_id, basis) for basis in bases]
    picked = [int(text) if (text := str(basis.get("basis") or "")).isdecimal() else 0 for basis in bases]
    keys = [key_of(row) for row in named]
    rows = list(
        LegalBasis.objects.filter(of_these_texts(keys) | Q(id__in=picked), jurisdiction_id=jurisdiction_id).order_by("-confirmed", "id")
    )
    by_id = {row.id: row for row in rows}
    repeals = list(BasisChange.objects.filter(of_these_texts(keys), jurisdiction=jurisdiction_id, kind="repeal", voided_at=None))
    found = []
    for row, pick in zip(named, picked, strict=True):
        row.repealed_on = day_of_repeal(row, repeals)
        known = (one for one in rows if one.confirmed and one.article_key == row.article_key and same_text(key_of(one), key_of(row)))
        same = (one for one in known if not row.in_force_from or one.in_force_from == row.in_force_from)
        found.append(by_id.get(pick) or next(same, row))
    return found


def _as_given(jurisdiction_id: int, basis: Mapping[str, Any]) -> LegalBasis:
    title, number, article = (str(basis.get(name) or "") for name in ("title", "document_number", "article"))
    first, end = (date.fromisoformat(basis[name]) if basis.get(name) else None for name in ("in_force_from", "in_force_to"))
    key = basis_key(title, number, article)
    days = {"in_force_from": first, "in_force_to": end}
    return LegalBasis(jurisdiction_id=jurisdiction_id, title=title, key=key.title, number_key=key.number, article_key=key.article, **days)


def repeal_of(jurisdiction_id: int, bases: Sequence[Mapping[str, Any]], on: date) -> BasisChange | None:
    """The first repeal that by that day has ended one of these bases, as a duty's text names them; None where all hold. Three queries."""
    rows = [row for row in as_registered(jurisdiction_id, bases) if row.repealed_on is not None and row.repealed_on <= on]
    repeals = BasisChange.objects.filter(
        of_these_texts(key_of(row) for row in rows), jurisdiction=jurisdiction_id, kind="repeal", voided_at=None
    )
    found = [change for change in repeals if any(day_of_repeal(row, [change]) == row.repealed_on for row in rows)] if rows else []
    return min(found, key=lambda change: (change.on, change.id), default=None)


def duties_on(basis: LegalBasis, article: str, on: date) -> list[Resting]:
    """The duties that rest on an article of the text of this basis, or on any of it (""), and would from that day on."""
    return duties_touched(basis.jurisdiction_id, Scope(key_of(basis), article, on), known_bases)


def duties_now_on(basis: LegalBasis, on: date) -> list[Resting]:
    """The duties on the lists on a day or later that rest on this article, whether it still holds or not."""
    return duties_touched(basis.jurisdiction_id, Scope(key_of(basis), basis.article_key, on, version=False), known_bases)


def touched_rows(basis: LegalBasis, article: str, on: date) -> list[LegalBasis]:
    """The bases of the registry that a change of an article of this text, or of all of it (""), touches: surely or possibly."""
    rows = rows_of_text(basis.jurisdiction_id, key_of(basis))
    return [row for row in rows if meeting(row.article_key, article) and held_before(row, on)]


def open_cases_citing(bases: Iterable[LegalBasis]) -> list[tuple[int, int]]:
    """(case id, initiator's unit id) of the cases not yet over that rest on some of these."""
    cited = BasisCitation.objects.filter(basis__in=[row.id for row in bases], removed_at=None, case__closed_at=None)
    return list(cited.order_by("case").values_list("case", "case__initiator").distinct())


def cited_now(case_id: int) -> dict[int, LegalBasis]:
    """The bases that a case cites, by id."""
    found = LegalBasis.objects.filter(citations__case_id=case_id, citations__removed_at=None)
    return {basis.id: basis for basis in found.order_by("id")}


def recognised(case: CaseOf, bases: Iterable[BasisGiven], on: date) -> list[tuple[BasisGiven, LegalBasis | None]]:
    """Each given basis, named twice or not, once, with the one in the records that it is. One query, however many are given.

    The one that was picked; else the same text and article. A confirmed one is taken whatever else was typed, one that holds on the
    day before one that does not; an unconfirmed one if it says the same of kind and days, or if it is this unit's own and no other
    case rests on it: nobody is bound by another's slip, and no text changes under a case that was not edited.
    Raises Malformed for a pick that is not there.
    """
    given = {(_picked(b), *key_of_given(b)): b for b in reversed(list(bases))}
    ordered = dict(reversed(given.items()))
    elsewhere = BasisCitation.objects.filter(basis=OuterRef("pk"), removed_at=None).exclude(case_id=case.id)
    wanted = of_these_texts(key_of_given(b) for b in ordered.values()) | Q(id__in={_picked(b) for b in ordered.values()})
    rows = list(
        LegalBasis.objects.filter(wanted, jurisdiction_id=case.jurisdiction_id)
        .annotate(elsewhere=Exists(elsewhere))
        .order_by("-confirmed", "id")
    )
    return [(basis, _found(rows, basis, case.initiator_id, on)) for basis in ordered.values()]


def citations_change(case: CaseOf, bases: Iterable[BasisGiven], on: date) -> bool:
    """Whether ``cite`` with these bases would change on what the case rests: another basis, or other details of its own one."""
    found = recognised(case, bases, on)
    if any(row is None or differs(row, basis) for basis, row in found):
        return True
    return {row.id for _, row in found if row is not None} != set(cited_now(case.id))


def differs(row: LegalBasis, given: BasisGiven) -> bool:
    """Whether an unconfirmed basis is now described otherwise; a confirmed or a picked one stays as it is."""
    return not row.confirmed and not _picked(given) and not _alike(row, given)


def _picked(given: BasisGiven) -> int:
    return int(getattr(given, "basis", "") or 0)


def _found(rows: Sequence[LegalBasis], given: BasisGiven, unit_id: int, on: date) -> LegalBasis | None:
    if picked := _picked(given):
        row = next((row for row in rows if row.id == picked), None)
        if row is None:
            raise Malformed([("bases", f"no such basis: {picked}")])
        return row
    key = key_of_given(given)
    return _best([row for row in rows if same_text(key_of(row), key) and row.article_key == key.article], given, unit_id, on)


def _best(rows: list[LegalBasis], given: BasisGiven, unit_id: int, on: date) -> LegalBasis | None:
    own = [row for row in rows if row.proposed_by_id == unit_id and not getattr(row, "elsewhere", False)]
    alike = [row for row in rows if _alike(row, given)]
    confirmed = sorted(
        (row for row in rows if row.confirmed),
        key=lambda row: (row not in alike, not holds_on(row, on), -(row.in_force_from or date.min).toordinal()),
    )
    return next(iter(confirmed + alike + [row for row in own if not row.confirmed]), None)


def _alike(row: LegalBasis, given: BasisGiven) -> bool:
    return all(getattr(row, name) == value for name, value in given.details().items())
