"""所涉事项的现有内容: an exit or an adjustment begins with what stands on the lists, typed once and reused (Articles 4.4, 4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from dutygate.base.catalogue.action import Context
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.features.application.models import ItemText, Safeguard, Scope
from dutygate.features.application.proposal import by_township, text_of
from dutygate.features.application.rescope import KEEPS, rescope
from dutygate.features.application.searching import be_found
from dutygate.features.bases.citing import cite
from dutygate.features.bases.given import BasisCited
from dutygate.features.cases.duties import DutyNow
from dutygate.features.cases.hooks import on_opened
from dutygate.features.cases.kinds import ADJUSTMENT
from dutygate.features.lists.queries import revision_standing

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case

EXIT_REASON: Final = "exit_reason"
"""What an exit says of its reason: begun with the words given when it was opened."""
SAFEGUARDS: Final = ("funding", "technical", "training", "other")


@on_opened
def begin_with_the_duty(case: Case, duty: DutyNow, context: Context) -> None:
    """The other side is the one asked (4.4); the text of an adjustment is the duty's, to be changed from there."""
    if case.kind == ADJUSTMENT:
        _copy(case, duty, context)
        be_found(case)
    elif case.reason_words:
        row = {"jurisdiction_id": case.jurisdiction_id, "case": case, "revision": case.revision}
        ItemText.objects.create(id=context.new_id(), **row, item=EXIT_REASON, text=case.reason_words)
    place = {unit: n for n, unit in enumerate(_directory(context).townships(context.on))}
    holders = sorted(duty.holders, key=lambda unit: (place.get(unit, len(place)), unit))
    if by_township(case, duty):
        asked: tuple[int, ...] = () if duty.lead is None else (duty.lead,)
        rows = [_scope(case, unit, context) for unit in asked]
    elif case.kind == ADJUSTMENT:
        rows = [_scope(case, unit, context, in_scope=False, part=KEEPS) for unit in holders]
    else:
        rows = [_scope(case, unit, context) for unit in holders]
    Scope.objects.bulk_create(rows)
    if case.kind == ADJUSTMENT and not by_township(case, duty):
        rescope(case, duty, None, (), context)
        case.save(update_fields=["burden"])


def _directory(context: Context) -> Directory:
    return public_directory(context.jurisdiction_id, context.door.reference_version)


def _scope(case: Case, unit: int, context: Context, **how: Any) -> Scope:
    return Scope(id=context.new_id(), jurisdiction_id=case.jurisdiction_id, case=case, unit_id=unit, **how)


def _copy(case: Case, duty: DutyNow, context: Context) -> None:
    revision = revision_standing(context.acting, duty.id, context.on, of=case.initiator_id if by_township(case, duty) else None)
    if revision is None:
        return
    directory = _directory(context)
    holders = {directory.unit(unit).key: unit for unit in duty.holders if not by_township(case, duty) or unit == case.initiator_id}
    row = {"jurisdiction_id": case.jurisdiction_id, "case": case, "revision": case.revision}
    # In an order of its own: a database need not keep that of the keys, and ids are given in this one.
    texts: list[tuple[str, int | None, str]] = [(item, None, text) for item, text in sorted(text_of(revision).items())]
    texts += [
        (item, holders[key], text)
        for key, added in sorted(revision.additions.items())
        if key in holders
        for item, text in sorted(added.items())
    ]
    ItemText.objects.bulk_create(
        ItemText(id=context.new_id(), **row, item=item, text=text, township_id=unit, addition=str(unit or ""))
        for item, unit, text in texts
        if item in context.edition.items and text
    )
    Safeguard.objects.bulk_create(
        Safeguard(
            id=context.new_id(),
            **row,
            kind=one["kind"],
            township_id=holders.get(one.get("township", "")),
            addition=str(holders.get(one.get("township", ""), "")),
            needed=one["needed"],
            amount_fen=one.get("amount_fen"),
            note=one.get("note", ""),
            due=one.get("due", ""),
        )
        for one in revision.support
        if one["kind"] in SAFEGUARDS and (not one.get("township") or one["township"] in holders)
    )
    cite(case, _bases(revision.bases), context)


def _bases(given: Iterable[Mapping[str, Any]]) -> list[BasisCited]:
    """The bases as an application cites them; what an old list wrote otherwise is written anew by whoever applies."""
    found = []
    for basis in given:
        try:
            found.append(BasisCited.model_validate(dict(basis)))
        except ValidationError:
            continue
    return found
