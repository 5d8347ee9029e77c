"""承诺随清单走 (4.4, 4.5, 5): the commitments of a duty are what its place on the lists asks for, and are made equal to it.

What was delivered stays. Of the rest, what the lists no longer ask for is released, and what they ask for beyond is promised anew.
A handful of statements, however many townships.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from dutygate.base.catalogue.action import Context
from dutygate.base.organizations.directory import Directory
from dutygate.base.register.prepared import insert
from dutygate.features.lists.queries.held import HeldSpan, spans_of
from dutygate.features.support.models import Commitment, CommitmentChange, Pledge
from dutygate.features.support.schedule import Held, Owed, owed

AT_ONCE: Final = 500
NOTHING: Final[Mapping[str, Any]] = {}
Place = tuple[int, str, str]
"""Township (id), kind, measure."""


@dataclass(slots=True)
class Undertaken:
    """What is done to the commitments of a duty: rows to be written, and who is concerned."""

    context: Context
    new: list[Commitment] = field(default_factory=list)
    changed: dict[int, Commitment] = field(default_factory=dict)
    changes: list[CommitmentChange] = field(default_factory=list)
    townships: set[int] = field(default_factory=set)
    departments: set[int] = field(default_factory=set)

    @property
    def promised(self) -> int:
        """How many commitments came about."""
        return len(self.new)

    @property
    def released(self) -> int:
        """Of how many something is no longer owed."""
        return sum(1 for change in self.changes if change.what == "released")

    def note(self, row: Commitment, what: str, amount: int = 0, said: Mapping[str, Any] = NOTHING) -> None:
        """A change of a commitment, with what is said of it as plain values."""
        plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
        change = CommitmentChange(id=self.context.new_id(), jurisdiction_id=row.jurisdiction_id, commitment_id=row.id)
        change.what, change.amount, change.said, change.on = what, amount, plain, self.context.on
        self.changes.append(change)

    def write(self) -> None:
        """Everything, in a few statements for every 500 rows."""
        insert(*self.new)
        names = ["released", "due_on", "department", "township", "passed_from"]
        if self.changed:
            Commitment.objects.bulk_update(self.changed.values(), names, batch_size=AT_ONCE)
        insert(*self.changes)


def held_of(spans: Iterable[HeldSpan], directory: Directory) -> list[Held]:
    """A duty's cells as the schedule reads them."""
    return [
        Held(
            directory.unit(span.township).key,
            span.first,
            span.end,
            span.planned,
            span.section == "temporary",
            span.support,
            span.case,
        )
        for span in spans
    ]


def lead_of(duty: Any, spans: Sequence[HeldSpan]) -> int | None:
    """The department of the newest revision that stands on a list, else the duty's."""
    newest = max(spans, key=lambda span: span.revision, default=None)
    lead: int | None = duty.lead_unit_id if newest is None else newest.lead
    return lead


def undertake(duty: Any, directory: Directory, context: Context) -> Undertaken:
    """Bring the commitments of this year and of years to come up to what the lists say. Years that are over stay as they are."""
    spans, done = spans_of(context.acting, duty), Undertaken(context)
    held, lead = held_of(spans, directory), lead_of(duty, spans)
    if lead is None:
        return done
    first = context.on.year
    begins = min((span.first.year for span in held), default=first)
    pledges = {pledge.year: pledge for pledge in Pledge.objects.filter(duty=duty, year__gte=first)}
    there: dict[int, list[Commitment]] = {}
    for row in Commitment.objects.filter(duty=duty, year__gte=first).order_by("year", "ordinal"):
        there.setdefault(row.year, []).append(row)
    years = {first, max(begins, first), *pledges}
    years |= {last for span in held if span.term and (last := (span.planned - timedelta(days=1)).year) > first}
    for year in sorted(years):
        wanted, pledge = owed(held, year), pledges.get(year)
        if pledge is None and wanted:
            pledge = Pledge(id=context.new_id(), jurisdiction_id=duty.jurisdiction_id, duty=duty, department_id=lead, year=year)
            pledge.code = _code(directory)
            pledge.save(force_insert=True)
        if pledge is not None:
            _year(pledge, lead, wanted, there.get(year, []), directory, done)
    done.write()
    return done


def _year(pledge: Pledge, lead: int, wanted: Sequence[Owed], rows: list[Commitment], directory: Directory, done: Undertaken) -> None:
    if pledge.department_id != lead:
        _hand_on(pledge, lead, rows, done)
    last = max((row.ordinal for row in rows), default=0)
    there: dict[Place, list[Commitment]] = {}
    for row in rows:
        there.setdefault((row.township_id, row.kind, row.measure), []).append(row)
    asked: dict[Place, list[Owed]] = {}
    for one in wanted:
        asked.setdefault((directory.by_key(one.township).id, one.kind, one.measure), []).append(one)
    for place in [*there, *(place for place in asked if place not in there)]:
        for standing, lines in _paired(there.get(place, []), asked.get(place, [])):
            last += _level(pledge, place, standing, lines, last + 1, done)


def _paired(rows: list[Commitment], lines: list[Owed]) -> Iterable[tuple[list[Commitment], list[Owed]]]:
    """What stands beside what is asked for, day by day; what stands for a day on which nothing is asked for goes to the last of them."""
    days = list(dict.fromkeys(line.due_on for line in lines))
    if len(days) < 2:
        return [(rows, lines)]
    mine = {day: [row for row in rows if row.due_on == day] for day in days}
    mine[days[-1]] += [row for row in rows if row.due_on not in mine]
    return [(mine[day], [line for line in lines if line.due_on == day]) for day in days]


def _code(directory: Directory) -> str:
    """The next number of the jurisdiction. Pledges are never deleted, and the chain is locked."""
    last = Pledge.objects.filter(jurisdiction=directory.jurisdiction.id).order_by("-id").values_list("code", flat=True).first()
    return f"{directory.jurisdiction.code}-B-{int(last.rpartition('-')[2]) + 1 if last else 1:04d}"


def _level(pledge: Pledge, place: Place, rows: list[Commitment], lines: list[Owed], ordinal: int, done: Undertaken) -> int:
    """One township's safeguard of one kind: as much as is asked for stands, on the day on which it is asked for. 1 if a row was added."""
    standing, needed = sum(row.promised - row.released for row in rows), sum(line.amount for line in lines)
    for row in rows if lines else []:
        if row.due_on != lines[-1].due_on and row.promised > row.released + row.delivered:
            done.note(row, "moved", said={"from": row.due_on, "to": lines[-1].due_on})
            row.due_on = lines[-1].due_on
            done.changed[row.id] = row
    for row in reversed(rows):
        less = min(standing - needed, row.promised - row.released - row.delivered)
        if less > 0:
            row.released += less
            done.changed[row.id] = row
            done.note(row, "released", less)
            done.townships.add(place[0])
            standing -= less
    if needed <= standing:
        return 0
    _promise(pledge, place, needed - standing, lines[-1], ordinal, done)
    return 1


def _promise(pledge: Pledge, place: Place, amount: int, line: Owed, ordinal: int, done: Undertaken) -> None:
    row = Commitment(
        id=done.context.new_id(),
        jurisdiction_id=pledge.jurisdiction_id,
        pledge=pledge,
        ordinal=ordinal,
        duty_id=pledge.duty_id,
        department_id=pledge.department_id,
        township_id=place[0],
        case_id=line.source,
        year=pledge.year,
        kind=place[1],
        measure=place[2],
        note=line.note,
        due_on=line.due_on,
        promised=amount,
        recorded_at=done.context.recorded_at,
    )
    done.new.append(row)
    done.note(row, "promised", amount)
    done.townships.add(place[0])


def _hand_on(pledge: Pledge, lead: int, rows: list[Commitment], done: Undertaken) -> None:
    """Another department leads the duty now: it owes what is open, and stands for what was given."""
    former, pledge.department_id = pledge.department_id, lead
    pledge.save(update_fields=["department"])
    for row in rows:
        done.note(row, "handed_on", said={"from": former, "to": lead})
        row.department_id = lead
        done.changed[row.id] = row
    done.departments.add(lead)


def pass_on(context: Context, rows: Iterable[Commitment], to: int) -> None:
    """Commitments are owed to another township from now on; which it was before stays readable."""
    done = Undertaken(context)
    for row in rows:
        done.note(row, "passed", said={"from": row.township_id, "to": to})
        row.passed_from, row.township_id = [*row.passed_from, row.township_id], to
        done.changed[row.id] = row
    done.write()
