"""承诺随清单走 (4.4, 4.5, 5): the commitments of a duty are what its place on the lists asks for, and are made equal to it.

What was delivered stays. Of the rest, what the lists no longer ask for is released, and what they ask for beyond is promised anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from dutygate.base.catalogue.action import Context
from dutygate.base.organizations.directory import Directory
from dutygate.features.lists.queries.held import spans_of
from dutygate.features.support.models import Commitment, CommitmentChange, Pledge
from dutygate.features.support.schedule import Held, Owed, owed

Place = tuple[int, str, str]
"""Township (id), kind, measure."""


@dataclass(slots=True)
class Undertaken:
    """What was done to the commitments of a duty: how many came about, how many quantities were released; the townships concerned."""

    promised: int
    released: int
    townships: set[int]
    departments: set[int]


def held_of(viewer: Any, duty: Any, directory: Directory) -> list[Held]:
    """The duty's cells as the schedule reads them."""
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
        for span in spans_of(viewer, duty)
    ]


def lead_of(viewer: Any, duty: Any) -> int | None:
    """The department of the newest revision that stands on a list, else the duty's."""
    spans = spans_of(viewer, duty)
    newest = max(spans, key=lambda span: span.revision, default=None)
    return duty.lead_unit_id if newest is None else newest.lead


def undertake(duty: Any, directory: Directory, context: Context) -> Undertaken:
    """Bring the commitments of this year and of years to come up to what the lists say. Years that are over stay as they are."""
    viewer = context.acting
    held, lead = held_of(viewer, duty, directory), lead_of(viewer, duty)
    done = Undertaken(0, 0, set(), set())
    if lead is None:
        return done
    first = context.on.year
    begins = min((span.first.year for span in held), default=first)
    years = {first, max(begins, first)} | set(Pledge.objects.filter(duty=duty, year__gte=first).values_list("year", flat=True))
    years |= {last for span in held if span.term and (last := (span.planned - timedelta(days=1)).year) > first}
    for year in sorted(years):
        _year(duty, lead, year, owed(held, year), directory, context, done)
    return done


def _year(duty: Any, lead: int, year: int, wanted: Sequence[Owed], directory: Directory, context: Context, done: Undertaken) -> None:
    pledge = Pledge.objects.filter(duty=duty, year=year).first()
    if pledge is None:
        if not wanted:
            return
        pledge = Pledge(id=context.new_id(), jurisdiction_id=duty.jurisdiction_id, duty=duty, department_id=lead, year=year)
        pledge.code = _code(directory)
        pledge.save(force_insert=True)
    elif pledge.department_id != lead:
        _hand_on(pledge, lead, context, done)
    there: dict[Place, list[Commitment]] = {}
    for row in Commitment.objects.filter(pledge=pledge).order_by("ordinal"):
        there.setdefault((row.township_id, row.kind, row.measure), []).append(row)
    asked: dict[Place, list[Owed]] = {}
    for one in wanted:
        asked.setdefault((directory.by_key(one.township).id, one.kind, one.measure), []).append(one)
    for place in [*there, *(place for place in asked if place not in there)]:
        for rows, lines in _paired(there.get(place, []), asked.get(place, [])):
            _level(pledge, place, rows, lines, context, done)


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


def _level(pledge: Pledge, place: Place, rows: list[Commitment], lines: list[Owed], context: Context, done: Undertaken) -> None:
    """One township's safeguard of one kind: as much as is asked for stands, on the day on which it is asked for."""
    standing, needed = sum(row.promised - row.released for row in rows), sum(line.amount for line in lines)
    if lines:
        for row in rows:
            if row.due_on != lines[-1].due_on and row.promised > row.released + row.delivered:
                _change(row, "moved", 0, {"from": row.due_on, "to": lines[-1].due_on}, context)
                Commitment.objects.filter(id=row.id).update(due_on=lines[-1].due_on)
    for row in reversed(rows):
        less = min(standing - needed, row.promised - row.released - row.delivered)
        if less > 0:
            Commitment.objects.filter(id=row.id).update(released=row.released + less)
            _change(row, "released", less, {}, context)
            standing -= less
            done.released += 1
            done.townships.add(place[0])
    if needed > standing:
        _promise(pledge, place, needed - standing, lines[-1], context)
        done.promised += 1
        done.townships.add(place[0])


def _promise(pledge: Pledge, place: Place, amount: int, line: Owed, context: Context) -> None:
    last = Commitment.objects.filter(pledge=pledge).aggregate(last=Max("ordinal"))["last"] or 0
    row = Commitment.objects.create(
        id=context.new_id(),
        jurisdiction_id=pledge.jurisdiction_id,
        pledge=pledge,
        ordinal=last + 1,
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
        recorded_at=context.recorded_at,
    )
    _change(row, "promised", amount, {}, context)


def _hand_on(pledge: Pledge, lead: int, context: Context, done: Undertaken) -> None:
    """Another department leads the duty now: it owes what is open, and stands for what was given."""
    said = {"from": pledge.department_id, "to": lead}
    pledge.department_id = lead
    pledge.save(update_fields=["department"])
    rows = Commitment.objects.filter(pledge=pledge).order_by("ordinal")
    for row in rows:
        _change(row, "handed_on", 0, said, context)
    rows.update(department=lead)
    done.departments.add(lead)


def _change(row: Commitment, what: str, amount: int, said: dict[str, Any], context: Context) -> None:
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
    CommitmentChange.objects.create(
        id=context.new_id(),
        jurisdiction_id=row.jurisdiction_id,
        commitment_id=row.id,
        what=what,
        amount=amount,
        said=plain,
        on=context.on,
    )


def pass_on(context: Context, rows: Iterable[Commitment], to: int) -> None:
    """Commitments are owed to another township from now on; which it was before stays readable."""
    for row in rows:
        Commitment.objects.filter(id=row.id).update(township=to, passed_from=[*row.passed_from, row.township_id])
        _change(row, "passed", 0, {"from": row.township_id, "to": to}, context)
