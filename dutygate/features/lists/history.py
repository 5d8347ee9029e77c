"""清单的沿革（第四条（四）、（五））: the one place that writes entries and revisions, so that what was once known stays known.

A *cell* is one duty on the list of one township on one day. ``set_cells`` says what holds in some cells from now on: rows known until
now are closed at the moment of the entry, what sticks out on either side of the days set is added again, and the new row is added.
Nothing else is overwritten, and no two rows known at one moment hold the same cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Max

from dutygate.base.catalogue.action import Context
from dutygate.features.lists.models import OPEN_END, OPEN_MOMENT, Duty, DutyRevision, ListEntry
from dutygate.features.lists.searching import be_found

AT_ONCE: Final = 500
SHOWN_BY_DUTY: Final = ("title", "track", "mode", "acts_in_name_of", "lead_unit_id", "co_leads", "document_number")
CARRIED: Final = (*SHOWN_BY_DUTY, "category", "level", "columns", "items", "additions", "bases", "support")


@dataclass(frozen=True, slots=True)
class Placing:
    """Where and how a duty stands on a list. ``ordinal`` None: its old place on that list, or after the last."""

    revision_id: int
    list_name: str
    section: str
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """The days [valid_from, valid_to) of one duty on one township's list (ids), and what holds there: a placing, or None = nothing."""

    duty_id: int
    township_id: int
    valid_from: date
    valid_to: date = OPEN_END
    placing: Placing | None = None


def first_revision(context: Context, duty: Duty, **fields: Any) -> DutyRevision:
    """The revision with which a duty begins: what the duty shows, and these fields. Not saved yet: see ``add_revisions``."""
    shown = {name: getattr(duty, name) for name in SHOWN_BY_DUTY}
    return DutyRevision(
        id=context.new_id(),
        jurisdiction_id=duty.jurisdiction_id,
        duty=duty,
        revision=1,
        recorded_at=context.recorded_at,
        case_id=duty.case_id,
        **{**shown, **fields},
    )


def add_revisions(revisions: Sequence[DutyRevision]) -> None:
    """Save them, one or many at once, and let them be found by their text. Every revision is saved here."""
    DutyRevision.objects.bulk_create(revisions, batch_size=AT_ONCE)
    be_found(revisions)


def next_revision(context: Context, duty: Duty, *, after: DutyRevision, case_id: int | None = None, **changes: Any) -> DutyRevision:
    """A new revision: ``after`` with these changes, numbered after the last. The duty shows it from now on. Saved."""
    last = DutyRevision.objects.filter(duty=duty).aggregate(last=Max("revision"))["last"] or 0
    carried = {name: getattr(after, name) for name in CARRIED}
    revision = DutyRevision(
        id=context.new_id(),
        jurisdiction_id=duty.jurisdiction_id,
        duty=duty,
        revision=last + 1,
        recorded_at=context.recorded_at,
        case_id=case_id,
        **{**carried, **changes},
    )
    add_revisions([revision])
    for name in SHOWN_BY_DUTY:
        setattr(duty, name, getattr(revision, name))
    duty.save(update_fields=[name.removesuffix("_id") for name in SHOWN_BY_DUTY])
    return revision


def next_revisions(context: Context, wanted: Sequence[tuple[Duty, Mapping[str, Any]]]) -> list[DutyRevision]:
    """A new revision of each of these duties, said whole by its fields, numbered after the last; several of one duty follow each other.

    Each duty shows its last one from now on. Saved, in a few statements for every 500 duties.
    """
    made: list[DutyRevision] = []
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        duties = {duty.id: duty for duty, _ in part}
        numbers = DutyRevision.objects.filter(duty__in=list(duties)).order_by().values_list("duty")
        last: dict[int, int] = {duty: number for duty, number in numbers.annotate(last=Max("revision"))}
        for duty, fields in part:
            last[duty.id] = last.get(duty.id, 0) + 1
            shown = {name: getattr(duty, name) for name in SHOWN_BY_DUTY}
            revision = DutyRevision(
                id=context.new_id(),
                jurisdiction_id=duty.jurisdiction_id,
                duty=duty,
                revision=last[duty.id],
                recorded_at=context.recorded_at,
                **{"items": {}, **shown, **fields},
            )
            for name in SHOWN_BY_DUTY:
                setattr(duty, name, getattr(revision, name))
            made.append(revision)
        add_revisions(made[start:])
        Duty.objects.bulk_update(duties.values(), [name.removesuffix("_id") for name in SHOWN_BY_DUTY], batch_size=AT_ONCE)
    return made


def set_cells(context: Context, wanted: Sequence[Cells], *, fresh: bool = False) -> int:
    """Let this hold from now on; returns how many rows were added. Four statements for up to 500 duties, however many townships.

    ``fresh``: the duties came about in this very action, so nothing was known of them. Raises ValueError when two of the wanted cells are
    the same, or one holds no day.
    """
    _apart(wanted)
    added: list[ListEntry] = []
    duties = list(dict.fromkeys(cells.duty_id for cells in wanted))
    places = _Places(wanted)
    for start in range(0, len(duties), AT_ONCE):
        some = set(duties[start : start + AT_ONCE])
        part = [cells for cells in wanted if cells.duty_id in some] if len(duties) > AT_ONCE else wanted
        known = {} if fresh else _known(some, {cells.township_id for cells in part})
        together: dict[tuple[int, int], list[Cells]] = {}
        for cells in part:
            together.setdefault((cells.duty_id, cells.township_id), []).append(cells)
        closed: dict[int, None] = {}
        for cells in part:
            key = (cells.duty_id, cells.township_id)
            crossing = [row for row in known.get(key, ()) if _crosses(row, cells)]
            added += [rest for row in crossing if row.id not in closed for rest in _rests(context, row, together[key])]
            closed |= dict.fromkeys(row.id for row in crossing)
            if cells.placing is not None:
                added.append(_placed(context, cells, cells.placing, places.of(cells, crossing)))
        for begin in range(0, len(closed), AT_ONCE):
            ListEntry.objects.filter(id__in=list(closed)[begin : begin + AT_ONCE]).update(recorded_to=context.recorded_at)
    ListEntry.objects.bulk_create(added, batch_size=2000)
    return len(added)


def _apart(wanted: Sequence[Cells]) -> None:
    ends: dict[tuple[int, int], date] = {}
    for cells in sorted(wanted, key=lambda cells: (cells.duty_id, cells.township_id, cells.valid_from)):
        key = (cells.duty_id, cells.township_id)
        if cells.valid_to <= cells.valid_from or cells.valid_from < ends.get(key, date.min):
            raise ValueError(f"cells that hold no day, or are set twice: {cells}")
        ends[key] = cells.valid_to


def _known(duties: Iterable[int], townships: Iterable[int]) -> dict[tuple[int, int], list[ListEntry]]:
    """The rows known now of these duties on these townships' lists, by day."""
    found: dict[tuple[int, int], list[ListEntry]] = {}
    rows = ListEntry.objects.filter(duty__in=list(duties), recorded_to=OPEN_MOMENT).order_by("duty", "township", "valid_from")
    wanted = set(townships)
    for row in rows:
        if row.township_id in wanted:
            found.setdefault((row.duty_id, row.township_id), []).append(row)
    return found


def _crosses(row: ListEntry, cells: Cells) -> bool:
    return row.valid_from < cells.valid_to and row.valid_to > cells.valid_from


def _rests(context: Context, row: ListEntry, together: Sequence[Cells]) -> Iterable[ListEntry]:
    """What of a closed row still holds: before, between and after all the days that are set in its cell."""
    placing = Placing(row.revision_id, row.list_name, row.section)
    first = row.valid_from
    for start, end in [*sorted((cells.valid_from, cells.valid_to) for cells in together), (row.valid_to, row.valid_to)]:
        if first < min(start, row.valid_to):
            yield _placed(context, Cells(row.duty_id, row.township_id, first, min(start, row.valid_to)), placing, row.ordinal)
        first = max(first, end)


def _placed(context: Context, cells: Cells, placing: Placing, ordinal: int) -> ListEntry:
    return ListEntry(
        id=context.new_id(),
        jurisdiction_id=context.jurisdiction_id,
        duty_id=cells.duty_id,
        revision_id=placing.revision_id,
        township_id=cells.township_id,
        list_name=placing.list_name,
        section=placing.section,
        ordinal=ordinal,
        valid_from=cells.valid_from,
        valid_to=cells.valid_to,
        recorded_from=context.recorded_at,
        recorded_to=OPEN_MOMENT,
    )


class _Places:
    """Ordinals: the place that was asked for, the old one on the same list, or the next after the last of that township's list."""

    def __init__(self, wanted: Sequence[Cells]) -> None:
        self.last: dict[tuple[int, str], int] = {}
        open_places = [cells for cells in wanted if cells.placing is not None and cells.placing.ordinal is None]
        if open_places:
            townships = {cells.township_id for cells in open_places}
            rows = ListEntry.objects.filter(township__in=townships).order_by().values_list("township", "list_name")
            self.last = {(township, name): last for township, name, last in rows.annotate(last=Max("ordinal"))}

    def of(self, cells: Cells, crossing: Sequence[ListEntry]) -> int:
        placing = cells.placing
        assert placing is not None
        if placing.ordinal is not None:
            return placing.ordinal
        for row in crossing:
            if (row.list_name, row.section) == (placing.list_name, placing.section):
                return row.ordinal
        key = (cells.township_id, placing.list_name)
        self.last[key] = self.last.get(key, 0) + 1
        return self.last[key]


def show_span(duty: Duty, *, list_name: str = "") -> None:
    """The duty shows until when its entries hold as known now, and on which list; two statements. Called after ``set_cells``."""
    last = ListEntry.objects.filter(duty=duty, recorded_to=OPEN_MOMENT).aggregate(last=Max("valid_to"))["last"]
    if last is None:  # it never came to hold: the day before the first is its last
        last = duty.admitted_on
    duty.ends_on = None if last == OPEN_END else date.fromordinal(last.toordinal() - 1)
    duty.list_name = list_name or duty.list_name
    duty.save(update_fields=["ends_on", "list_name"])
