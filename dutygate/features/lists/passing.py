"""承继的清单（第四条（五））: a township's cells move to its successor from a day on; duties that a department led get another lead.

What a list was before that day stays as it was, under the old names; ``history.set_cells`` alone writes entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any, Final

from django.db.models import Q

from dutygate.base.actions.month_days import later_of
from dutygate.base.catalogue.action import Context
from dutygate.base.organizations.directory import Directory
from dutygate.features.cases.succession import Moves
from dutygate.features.lists.duty_action import sync_tasks
from dutygate.features.lists.history import Cells, Placing, next_revision, set_cells
from dutygate.features.lists.models import OPEN_MOMENT, Duty, DutyRevision, ExpiryReceipt, ListEntry

OF_ALL: Final = -1
MovesOf = Callable[[str], Moves]
"""Code of a duty -> who takes it over."""


@dataclass(slots=True)
class Passed:
    """What was moved. ``differing``: duties that stood otherwise on the lists of the townships that became one: the newer text stands."""

    duties: set[str] = field(default_factory=set)
    differing: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Span:
    """A row, as far as it holds from the day of the change on."""

    first: date
    end: date
    row: ListEntry


def duties_held(jurisdiction_id: int, unit_id: int, key: str, on: date) -> list[str]:
    """The codes of the duties on a township's lists, or led or shared by a department, that hold on a day or later."""
    rows = _rows(jurisdiction_id, on).filter(Q(township=unit_id) | _led(unit_id, key))
    return sorted(set(rows.order_by().values_list("duty__code", flat=True)))


def _led(unit_id: int, key: str) -> Q:
    return Q(revision__lead_unit=unit_id) | Q(revision__co_leads__icontains=f'"{key}"')


def _rows(jurisdiction_id: int, day: date) -> Any:
    return ListEntry.objects.filter(jurisdiction=jurisdiction_id, recorded_to=OPEN_MOMENT, valid_to__gt=day)


def pass_townships(context: Context, day: date, formers: Sequence[int], moves_of: MovesOf, keys: Mapping[int, str]) -> Passed:
    """Let the successors carry what these townships carried, from the day on. ``keys``: unit id -> key, of all concerned.

    One cell where several had the same duty. Texts and sums for single townships are carried over under the successor's key.
    """
    passed, wanted = Passed(), list[Cells]()
    rows = list(_rows(context.jurisdiction_id, day).filter(township__in=list(formers)).select_related("revision", "duty"))
    rows.sort(key=lambda row: (formers.index(row.township_id), row.list_name, row.section, row.ordinal, row.id))
    by_duty: dict[int, list[ListEntry]] = {}
    for row in rows:
        by_duty.setdefault(row.duty_id, []).append(row)
    own = _own_rows(context.jurisdiction_id, day, by_duty, formers)
    revisions: dict[tuple[int, int], DutyRevision] = {}
    for duty_id, mine in by_duty.items():
        moves = moves_of(mine[0].duty.code)
        for heir in dict.fromkeys(heir for move in moves.moves for heir in move.heirs if move.former != heir):
            parts = [row for row in mine if (move := moves.of(row.township_id)) is not None and heir in move.heirs]
            there = own.get((duty_id, heir), [])
            spans = [_Span(max(row.valid_from, day), row.valid_to, row) for row in [*there, *parts]]
            wanted += _cells_of(context, heir, spans, keys, revisions, passed)
        for row in mine:
            move = moves.of(row.township_id)
            if move is not None and row.township_id not in move.heirs:
                wanted.append(Cells(duty_id, row.township_id, max(row.valid_from, day), row.valid_to))
                passed.duties.add(row.duty.code)
    set_cells(context, wanted)
    return passed


def _own_rows(jurisdiction_id: int, day: date, duties: Iterable[int], formers: Sequence[int]) -> dict[tuple[int, int], list[ListEntry]]:
    """What other townships carry of the same duties: (duty, township) -> rows."""
    found: dict[tuple[int, int], list[ListEntry]] = {}
    others = _rows(jurisdiction_id, day).filter(duty__in=list(duties)).exclude(township__in=list(formers))
    for row in others.select_related("revision", "duty").order_by("id"):
        found.setdefault((row.duty_id, row.township_id), []).append(row)
    return found


def _cells_of(
    context: Context,
    heir: int,
    spans: Sequence[_Span],
    keys: Mapping[int, str],
    revisions: dict[tuple[int, int], DutyRevision],
    passed: Passed,
) -> Iterable[Cells]:
    """The successor's cells of one duty: on each day the newest text of its parts; what stands there already is left alone."""
    days = sorted({day for span in spans for day in (span.first, span.end)})
    made: list[Cells] = []
    for first, end in zip(days, days[1:], strict=False):
        holding = [span.row for span in spans if span.first <= first < span.end]
        if not holding:
            continue
        row = max(holding, key=lambda found: (found.revision.revision, found.township_id == heir))
        if len({(found.revision_id, found.list_name, found.section) for found in holding}) > 1:
            passed.differing.add(row.duty.code)
        revision = _carried(context, row, heir, holding, keys, revisions)
        if row.township_id == heir and revision.id == row.revision_id:
            continue
        passed.duties.add(row.duty.code)
        placing = Placing(revision.id, row.list_name, row.section)
        if made and made[-1].placing == placing and made[-1].valid_to == first:
            made[-1] = Cells(row.duty_id, heir, made[-1].valid_from, end, placing)
        else:
            made.append(Cells(row.duty_id, heir, first, end, placing))
    return made


def _carried(
    context: Context,
    row: ListEntry,
    heir: int,
    holding: Sequence[ListEntry],
    keys: Mapping[int, str],
    revisions: dict[tuple[int, int], DutyRevision],
) -> DutyRevision:
    """The revision for the successor: the same, or a new one where something was written or promised for single townships.

    What was promised to the former townships stays in it under their names; it is the successor's line that holds from then on.
    """
    if (row.revision_id, heir) in revisions:
        return revisions[row.revision_id, heir]
    parts = list(dict.fromkeys(keys[found.township_id] for found in holding if found.township_id in keys))
    key = keys[heir]
    base = revisions.get((row.revision_id, OF_ALL), row.revision)
    additions = _additions(base.additions, parts, key)
    support = _support(base.support, parts, key)
    if additions == base.additions and support == base.support:
        made = row.revision
    else:
        made = next_revision(context, row.duty, after=row.revision, additions=additions, support=support)
        revisions[row.revision_id, OF_ALL] = made
    revisions[row.revision_id, heir] = made
    return made


def _additions(additions: Mapping[str, Mapping[str, str]], parts: Sequence[str], key: str) -> dict[str, Any]:
    kept = {township: dict(texts) for township, texts in additions.items()}
    own: dict[str, list[str]] = {}
    for part in parts:
        for item, text in additions.get(part, {}).items():
            texts = own.setdefault(item, [])
            texts += [text] if text not in texts else []
    return {**kept, key: {item: "\n".join(texts) for item, texts in own.items()}} if own else kept


def _support(support: Sequence[Mapping[str, Any]], parts: Sequence[str], key: str) -> list[dict[str, Any]]:
    """What was promised to each township, once for each part; what was promised to one of them, added up (Article 5)."""
    kept = [dict(one) for one in support if one.get("township", "") != key]
    kinds = dict.fromkeys(one["kind"] for one in support)
    for kind in kinds:
        common = [one for one in support if one["kind"] == kind and not one.get("township") and one["needed"]]
        single = [one for one in support if one["kind"] == kind and one.get("township") in parts]
        more = sum(one.get("amount_fen") or 0 for one in common) * (len(parts) - 1)
        if not more and not single:
            continue
        amount = more + sum(one.get("amount_fen") or 0 for one in single if one["needed"])
        note = "\n".join(dict.fromkeys(one["note"] for one in single if one.get("note"))) or "机构合并，按原来各乡镇的数额相加"
        needed = bool(more) or any(one["needed"] for one in single)
        given = [*(common if more else ()), *(one for one in single if one["needed"])]  # nobody gives earlier than it has promised
        due = reduce(later_of, (one.get("due", "") for one in given)) if given else ""
        plain = {"kind": kind, "township": key, "needed": needed, "amount_fen": amount or None, "note": note}
        kept.append({**plain, **({"due": due} if due else {})})
    return kept


def pass_departments(context: Context, day: date, formers: Sequence[int], moves_of: MovesOf, keys: Mapping[int, str]) -> Passed:
    """Let the successors lead what these departments led, and share what they shared, from the day on; the text stays."""
    passed, wanted = Passed(), list[Cells]()
    led = Q()
    for former in formers:
        led |= _led(former, keys[former])
    rows = _rows(context.jurisdiction_id, day).filter(led).select_related("revision", "duty").order_by("duty", "revision__revision", "id")
    revisions: dict[int, DutyRevision | None] = {}
    for row in rows:
        if row.revision_id not in revisions:
            moves = moves_of(row.duty.code)
            revisions[row.revision_id] = _led_anew(context, row, moves, keys) if moves.moves else None
        revision = revisions[row.revision_id]
        if revision is not None:
            placing = Placing(revision.id, row.list_name, row.section, row.ordinal)
            wanted.append(Cells(row.duty_id, row.township_id, max(row.valid_from, day), row.valid_to, placing))
            passed.duties.add(row.duty.code)
    set_cells(context, wanted)
    return passed


def _led_anew(context: Context, row: ListEntry, moves: Moves, keys: Mapping[int, str]) -> DutyRevision:
    lead = moves.of(row.revision.lead_unit_id) if row.revision.lead_unit_id is not None else None
    lead_id = lead.main if lead is not None else row.revision.lead_unit_id
    since = {keys[move.former]: keys[move.main] for move in moves.moves}
    helping = dict.fromkeys(since.get(key, key) for key in row.revision.co_leads)
    partners = [key for key in helping if lead_id is None or key != keys.get(lead_id)]
    return next_revision(context, row.duty, after=row.revision, lead_unit_id=lead_id, co_leads=partners)


def pass_receipts(context: Context, directory: Directory, moves: Moves) -> None:
    """A receipt for a term that is over, still owed by a former unit, is owed by those that stand in its place (Article 4.4)."""
    formers = {move.former: move for move in moves.moves if move.former not in move.heirs}
    owed = list(ExpiryReceipt.objects.filter(unit__in=list(formers), acknowledged_at=None, passed_to=None).order_by("id"))
    if not owed:
        return
    told = set(ExpiryReceipt.objects.filter(expiry__in=[row.expiry_id for row in owed]).values_list("expiry_id", "unit_id"))
    added: dict[tuple[int, int], ExpiryReceipt] = {}
    for row in owed:
        heirs = formers[row.unit_id].heirs
        ExpiryReceipt.objects.filter(id=row.id).update(passed_to=heirs[0])
        for heir in heirs:
            mark = (row.expiry_id, heir)
            if mark not in told and mark not in added:
                place = {"jurisdiction_id": context.jurisdiction_id, "expiry_id": row.expiry_id}
                added[mark] = ExpiryReceipt(id=context.new_id(), **place, unit_id=heir)
    ExpiryReceipt.objects.bulk_create(added.values())
    for duty in Duty.objects.filter(expiries__in=[row.expiry_id for row in owed]).distinct().order_by("id"):
        sync_tasks(duty, directory, context.door, context.on)
