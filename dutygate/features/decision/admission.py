"""What a duty takes over from the application that brought it about: items, additions of single townships, bases, safeguards."""

from __future__ import annotations

from typing import Any

from dutygate.base.catalogue.action import Context
from dutygate.features.application.queries import items_of, safeguards_of
from dutygate.features.bases.queries import bases_of_case
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.queries import parties_of

_BASIS = ("title", "kind", "issuer", "document_number", "article", "in_force_from", "in_force_to")


def carried_text(subject: CaseSubject, context: Context) -> dict[str, Any]:
    """Plain values for ``duty.admit``: {items, additions, bases, support, co_leads}. Four queries, whatever the case."""
    viewer, case = context.acting, subject.case
    items = {"name": case.title}
    additions: dict[str, dict[str, str]] = {}
    for row in items_of(viewer, case):
        if row.township_id is None:
            items[row.item] = row.text
        elif row.text:
            additions.setdefault(subject.key(row.township_id), {})[row.item] = row.text
    support = [
        {
            "kind": row.kind,
            "township": "" if row.township_id is None else subject.key(row.township_id),
            "needed": row.needed,
            "amount_fen": row.amount_fen,
            "note": row.note,
        }
        for row in safeguards_of(viewer, case)
    ]
    bases = [{"basis": str(basis.id), **{name: getattr(basis, name) for name in _BASIS}} for basis in bases_of_case(viewer, case)]
    partners = [subject.key(unit) for unit, role in parties_of(viewer, case) if role == "co_initiator"]
    return {"items": items, "additions": additions, "bases": bases, "support": support, "co_leads": partners}
