"""记录化为事实: on what a case rests, and what of it does not hold on a day (Article 1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from django.db.models import Exists, OuterRef

from dutygate.features.bases.given import BasisGiven
from dutygate.features.bases.models import BasisCitation, LegalBasis
from dutygate.features.bases.recognition import article_key, number_key, title_key


class CaseOf(Protocol):
    """What is needed of a case here."""

    id: int
    jurisdiction_id: int
    initiator_id: int


def basis_facts(case_id: int, on: date) -> tuple[frozenset[str], tuple[str, ...]]:
    """(the kinds of the bases that the case cites, the titles of those that do not hold on that day)."""
    cited = BasisCitation.objects.filter(case_id=case_id, removed_at=None).order_by("basis__title", "basis_id")
    rows = list(cited.values_list("basis__kind", "basis__title", "basis__in_force_from", "basis__in_force_to"))
    late = dict.fromkeys(title for _, title, start, end in rows if (start and on < start) or (end and end <= on))
    return frozenset(kind for kind, *_ in rows), tuple(late)


def cited_now(case_id: int) -> dict[int, LegalBasis]:
    """The bases that a case cites, by id."""
    found = LegalBasis.objects.filter(citations__case_id=case_id, citations__removed_at=None)
    return {basis.id: basis for basis in found.order_by("id")}


def recognised(case: CaseOf, bases: Iterable[BasisGiven]) -> list[tuple[BasisGiven, LegalBasis | None]]:
    """Each given basis, named twice or not, once, with the one in the records that it is. One query, however many are given.

    It is the same title and article, and no other document number. A confirmed one is taken whatever else was typed; an
    unconfirmed one if it says the same of kind and days, or if it is this unit's own and no other case rests on it: nobody
    is bound by another's slip, and no text changes under a case that was not edited.
    """
    given = {(title_key(b.title), article_key(b.article), number_key(b.document_number)): b for b in reversed(list(bases))}
    ordered = dict(reversed(given.items()))
    elsewhere = BasisCitation.objects.filter(basis=OuterRef("pk"), removed_at=None).exclude(case_id=case.id)
    rows = LegalBasis.objects.filter(jurisdiction_id=case.jurisdiction_id, key__in={key for key, _, _ in ordered})
    known: dict[tuple[str, str], list[LegalBasis]] = {}
    for row in rows.annotate(elsewhere=Exists(elsewhere)).order_by("-confirmed", "id"):
        known.setdefault((row.key, row.article_key), []).append(row)
    return [(basis, _best(known.get(key[:2], []), basis, case.initiator_id)) for key, basis in ordered.items()]


def citations_change(case: CaseOf, bases: Iterable[BasisGiven]) -> bool:
    """Whether ``cite`` with these bases would change on what the case rests: another basis, or other details of its own one."""
    found = recognised(case, bases)
    if any(row is None or differs(row, basis) for basis, row in found):
        return True
    return {row.id for _, row in found if row is not None} != set(cited_now(case.id))


def differs(row: LegalBasis, given: BasisGiven) -> bool:
    """Whether an unconfirmed basis is now described otherwise; a confirmed one stays as it was confirmed."""
    return not row.confirmed and any(getattr(row, name) != value for name, value in given.model_dump().items())


def _best(rows: list[LegalBasis], given: BasisGiven, unit_id: int) -> LegalBasis | None:
    rows = [row for row in rows if not (row.document_number and given.document_number) or _same_number(row, given)]
    own = [row for row in rows if row.proposed_by_id == unit_id and not getattr(row, "elsewhere", False)]
    alike = [row for row in rows if all(getattr(row, name) == value for name, value in given.model_dump().items())]
    confirmed = sorted(
        (row for row in rows if row.confirmed), key=lambda row: (row not in alike, -(row.in_force_from or date.min).toordinal())
    )
    return next(iter(confirmed + alike + [row for row in own if not row.confirmed]), None)


def _same_number(row: LegalBasis, given: BasisGiven) -> bool:
    return number_key(row.document_number) == number_key(given.document_number)
