"""引用: put the bases that an application names into the records (called by ``application.edit`` inside the door)."""

from __future__ import annotations

from collections.abc import Iterable

from dutygate.base.catalogue.action import Context
from dutygate.base.register.prepared import insert
from dutygate.features.bases.facts import CaseOf, day_of_repeal, differs, key_of_given, recognised
from dutygate.features.bases.given import BasisGiven
from dutygate.features.bases.models import BasisCitation, LegalBasis
from dutygate.features.bases.searching import be_found


def cite(case: CaseOf, bases: Iterable[BasisGiven], context: Context) -> None:
    """Let the case rest on exactly these: known ones are recognised, new ones proposed unconfirmed by the applicant's unit."""
    wanted: dict[int, None] = {}
    for basis, row in recognised(case, bases, context.on):
        if row is None:
            row = propose(basis, context, case.jurisdiction_id, case.initiator_id)
        elif differs(row, basis):
            rewrite(row, basis)
        wanted[row.id] = None
    present = set(BasisCitation.objects.filter(case_id=case.id, removed_at=None).values_list("basis_id", flat=True))
    if gone := present - wanted.keys():
        BasisCitation.objects.filter(case_id=case.id, removed_at=None, basis_id__in=gone).update(removed_at=context.recorded_at)
    fresh = [
        BasisCitation(
            id=context.new_id(), jurisdiction_id=case.jurisdiction_id, case_id=case.id, basis_id=key, cited_at=context.recorded_at
        )
        for key in wanted
        if key not in present
    ]
    insert(*fresh)


def propose(basis: BasisGiven, context: Context, jurisdiction_id: int, unit_id: int | None, *, confirmed: bool = False) -> LegalBasis:
    """A new basis in the records."""
    row = LegalBasis(id=context.new_id(), jurisdiction_id=jurisdiction_id, confirmed=confirmed, proposed_by_id=unit_id)
    _fill(row, basis)
    insert(row)
    be_found(row)
    return row


def rewrite(row: LegalBasis, basis: BasisGiven, *, confirmed: bool | None = None) -> None:
    """Other details of a basis; with ``confirmed`` it is so from now on."""
    _fill(row, basis)
    if confirmed is not None:
        row.confirmed = confirmed
    row.save(force_update=True)
    be_found(row)


def _fill(row: LegalBasis, basis: BasisGiven) -> None:
    """The details, and what follows from them: what it is compared by, and whether an earlier repeal reaches it."""
    for name, value in basis.details().items():
        setattr(row, name, value)
    row.key, row.number_key, row.article_key = key_of_given(basis)
    row.repealed_on = day_of_repeal(row)
