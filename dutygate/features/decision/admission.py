"""What a duty takes over from the application that brought it about, or changed it: items, additions, bases, safeguards, its place."""

from __future__ import annotations

from typing import Any

from dutygate.base.catalogue.action import Context
from dutygate.features.application.queries import items_of, safeguards_of
from dutygate.features.bases.queries import bases_of_case
from dutygate.features.cases.facts import CaseSubject, duty_of
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
            **({"due": row.due} if row.due else {}),
        }
        for row in safeguards_of(viewer, case)
    ]
    bases = [{"basis": str(basis.id), **{name: getattr(basis, name) for name in _BASIS}} for basis in bases_of_case(viewer, case)]
    partners = [subject.key(unit) for unit, role in parties_of(viewer, case) if role == "co_initiator"]
    return {"items": items, "additions": additions, "bases": bases, "support": support, "co_leads": partners}


def changed_text(subject: CaseSubject, context: Context) -> dict[str, Any]:
    """The same for ``duty.change``; who leads and helps stays as it is."""
    return {name: value for name, value in carried_text(subject, context).items() if name != "co_leads"}


def placed(subject: CaseSubject) -> dict[str, str]:
    """Where a changed duty stands: {list_name, section}. One that turns regular goes where the application says (4.5), else it stays."""
    case, duty = subject.case, duty_of(subject)
    assert duty is not None
    list_name = case.list_name or duty.list_name
    if case.track == "temporary":
        return {"list_name": list_name, "section": "temporary"}
    stays = "" if duty.section == "temporary" else duty.section
    return {"list_name": list_name, "section": case.section or stays or "admitted"}
