"""承继的内容: what was written and promised for single townships, brought together for the one that takes their place (4.1, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from dutygate.base.actions.month_days import later_of
from dutygate.base.catalogue.action import Context
from dutygate.features.application.models import ItemText, Safeguard
from dutygate.features.cases.facts import CaseSubject


def carry_text(subject: CaseSubject, heir: int, parts: Sequence[int], context: Context) -> None:
    """Additions stand side by side under the names of the parts; amounts are added up.

    What is promised to each township is promised to the successor once for each of its parts: those who agreed did so for that sum
    (费随事转, Article 5). Nothing of it is a change of the text, so no opinion lapses.
    """
    if not parts:
        return
    _carry_items(subject, heir, parts, context)
    _carry_safeguards(subject, heir, parts, context)


def retire_text(subject: CaseSubject, former: int) -> None:
    """What was written for a township that is no more stays readable, and is no part of the text any longer."""
    for model in (ItemText, Safeguard):
        rows = model._default_manager.filter(case=subject.case.id, addition=str(former), is_current=True)
        rows.update(is_current=False)


def _row(subject: CaseSubject, heir: int, context: Context) -> dict[str, Any]:
    case = subject.case
    return {
        "id": context.new_id(),
        "jurisdiction_id": case.jurisdiction_id,
        "case": case,
        "revision": case.revision,
        "addition": str(heir),
        "township_id": heir,
    }


def _side_by_side(subject: CaseSubject, heir: int, texts: dict[int, str]) -> str:
    """One text where all parts have the same, or only the successor itself has one; else each under the name of its part."""
    said = {unit: text for unit, text in texts.items() if text}
    if len(set(said.values())) == 1 and len(said) == len(texts):
        return next(iter(said.values()))
    name = subject.directory.name_on
    return "\n".join(text if unit == heir else f"（{name(unit, subject.door.today)}）{text}" for unit, text in said.items())


def _carry_items(subject: CaseSubject, heir: int, parts: Sequence[int], context: Context) -> None:
    additions = [str(part) for part in parts]
    rows = ItemText.objects.filter(case=subject.case.id, is_current=True, addition__in=additions).exclude(text="").order_by("item", "id")
    found: dict[str, dict[int, str]] = {}
    for row in rows:
        found.setdefault(row.item, {})[int(row.addition)] = row.text
    for item, texts in found.items():
        if set(texts) == {heir}:
            continue
        text = _side_by_side(subject, heir, {part: texts.get(part, "") for part in parts})
        ItemText.objects.filter(case=subject.case.id, item=item, addition=str(heir), is_current=True).update(is_current=False)
        ItemText.objects.create(**_row(subject, heir, context), item=item, text=text)


def _carry_safeguards(subject: CaseSubject, heir: int, parts: Sequence[int], context: Context) -> None:
    additions = ["", *(str(part) for part in parts)]
    rows = Safeguard.objects.filter(case=subject.case.id, is_current=True, addition__in=additions).order_by("kind", "id")
    found: dict[str, dict[str, Safeguard]] = {}
    for row in rows:
        found.setdefault(row.kind, {})[row.addition] = row
    for kind, promised in found.items():
        common = promised.pop("", None)
        more = (common.amount_fen or 0) * (len(parts) - 1) if common is not None and common.needed else 0
        if not more and set(promised) <= {str(heir)}:
            continue
        own = [row for row in promised.values() if row.needed]
        notes = {int(addition): row.note for addition, row in promised.items()}
        amount = more + sum(row.amount_fen or 0 for row in own)
        given = [*([common] if more and common is not None else []), *own]  # nobody gives earlier than it has promised
        due = reduce(later_of, (row.due for row in given)) if given else ""
        Safeguard.objects.filter(case=subject.case.id, kind=kind, addition=str(heir), is_current=True).update(is_current=False)
        Safeguard.objects.create(
            **_row(subject, heir, context),
            kind=kind,
            needed=bool(more or own),
            amount_fen=amount or None,
            due=due,
            note=_side_by_side(subject, heir, notes) or ("机构合并，按原来各乡镇的数额相加" if more else ""),
        )
