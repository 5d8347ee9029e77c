"""登记底数、导入清单（第四条（五））: one file, one action, one entry, however many rows.

The entry holds the digest of the file, how it was read, the digest of its rows as they were read, which rows were left out, and what the
person was shown: if the lists have moved since, it is not done. What a file changes is worked out again here, from the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Final

from pydantic import BaseModel, Field, StringConstraints

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Conflict, Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import require_files
from dutygate.features.lists.actions.office import ListAction, ListsSubject
from dutygate.features.lists.history import Cells, Placing, add_revisions, first_revision, next_revisions, set_cells
from dutygate.features.lists.importing.kept import kept_rows
from dutygate.features.lists.importing.matching import Content, Work
from dutygate.features.lists.importing.plan import ImportPlan
from dutygate.features.lists.importing.preparing import ORIGIN, Judgement, compare, fits
from dutygate.features.lists.models import OPEN_END, Duty, DutyRevision, ListImport
from dutygate.law.regulation.edition import Edition, package_editions

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
AT_ONCE: Final = 500


class ImportCounts(Given):
    """What the person was shown: rows new, changed, same and wrong; cells that end, duties that are new, cells that are set."""

    new: int = Field(ge=0)
    changed: int = Field(ge=0)
    same: int = Field(ge=0)
    wrong: int = Field(ge=0)
    ended: int = Field(0, ge=0)
    duties: int = Field(ge=0)
    cells: int = Field(ge=0)


class FileGiven(Given):
    """``file`` and ``rows`` by digest, ``left_out`` by the numbers of the file's rows, ``counts`` as the preview said.

    ``other_seat``: the paper by which the other of the two seats agreed, for the powers list.
    """

    file: Digest
    rows: Digest
    plan: ImportPlan
    left_out: tuple[int, ...] = ()
    counts: ImportCounts
    other_seat: str = Field("", max_length=200)


class _TakeIn(ListAction):
    """Subject: the jurisdiction's code. Result: {import, rows, duties, cells, ended}."""

    purposes: ClassVar[frozenset[str]]
    Payload: ClassVar[type[BaseModel]] = FileGiven

    def load(self, ref: str, payload: Any, door: Door) -> ListsSubject:
        """The rows that were kept under that digest. Raises Malformed when there are none, or they are of another file or plan."""
        if payload.plan.purpose not in self.purposes:
            raise Malformed([("plan", f"not for this action: {payload.plan.purpose}")])
        require_files(door.acting, [payload.file, payload.rows], "rows")
        subject: ListsSubject = super().load(ref, payload, door)
        return subject

    def resolved(self, subject: ListsSubject, payload: Any, door: Door) -> dict[str, Any]:
        """levels: who decided what is changed or ended; first and last day from which rows hold."""
        found = self._judgement(subject, payload)
        days = sorted(row.valid_from for row in subject.read["rows"] if row.valid_from and not row.faults)
        plan = payload.plan
        return {
            "purpose": plan.purpose,
            "origin": ORIGIN[plan.purpose],
            "earlier": _earlier(self.edition(subject, door)),
            "list_name": plan.list_name,
            "document_number": plan.document_number,
            "level": plan.level,
            "levels": sorted(_levels(found)),
            "first_day": days[0].isoformat() if days else plan.valid_from.isoformat(),
            "last_day": days[-1].isoformat() if days else plan.valid_from.isoformat(),
        }

    def apply(self, subject: ListsSubject, payload: Any, context: Context) -> None:
        """All of it, or nothing. Raises Malformed while a wrong row is not left out, Conflict when the preview no longer holds."""
        found = self._judgement(subject, payload)
        judged, plan = found.judged, payload.plan
        wrong = [number for number, state in judged.states.items() if state == "wrong"]
        if open_ones := sorted(set(wrong) - set(payload.left_out)):
            raise Malformed([("left_out", f"rows with errors: {', '.join(str(n) for n in open_ones[:20])}")])
        if judged.counts() != payload.counts.model_dump():
            raise Conflict(detail="the lists have changed since the preview")
        if not judged.works and not judged.ended:
            raise Malformed([("rows", "nothing to change")])
        if not fits(judged):
            raise Malformed([("rows", "too many rows for one action")])
        kept = ListImport(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            file=payload.file,
            rows=payload.rows,
            purpose=plan.purpose,
            plan=plan.plain(),
            left_out=len(payload.left_out),
            counts=payload.counts.model_dump(),
            recorded_at=context.recorded_at,
        )
        kept.save(force_insert=True)
        _Writer(subject, plan, context).write(found)
        context.result.update(
            {"import": str(kept.id), "duties": payload.counts.duties, "cells": payload.counts.cells, "ended": payload.counts.ended}
        )
        townships = {key for work in judged.works for key in work.townships} | {township for _, township, _ in judged.ended}
        context.tell(
            "list_imported", [subject.township(key) for key in townships], list=plan.list_name, valid_from=plan.valid_from.isoformat()
        )

    def _judgement(self, subject: ListsSubject, payload: Any) -> Judgement:
        """The rows compared with the list as it stands in this transaction, once."""
        if "judgement" not in subject.read:
            rows = kept_rows(payload.file, payload.rows, payload.plan)
            subject.read["rows"] = rows
            subject.read["judgement"] = compare(rows, payload.plan, subject.jurisdiction_id, subject.directory, payload.left_out)
        found: Judgement = subject.read["judgement"]
        return found


def _earlier(edition: Edition) -> tuple[str, str]:
    """The days [from, to) on which the editions that this one repeals were in force."""
    repealed = [package_editions()[name] for name in edition.repeals]
    start = min((one.in_force_from for one in repealed), default=edition.in_force_from)
    return start.isoformat(), edition.in_force_from.isoformat()


def _levels(found: Judgement) -> set[str]:
    known = {duty.id for work in found.judged.works if (duty := work.duty) is not None} | {duty.id for duty, _, _ in found.judged.ended}
    if not known:
        return set()
    ids = sorted(known)
    levels: set[str] = set()
    for start in range(0, len(ids), AT_ONCE):
        rows = DutyRevision.objects.filter(duty__in=ids[start : start + AT_ONCE]).exclude(level="")
        levels |= set(rows.order_by().values_list("level", flat=True).distinct())
    return levels


class _Writer:
    """Duties, revisions and cells of a judged file, in a number of statements that grows with every 500 rows and not with each."""

    def __init__(self, subject: ListsSubject, plan: ImportPlan, context: Context) -> None:
        self.subject = subject
        self.plan = plan
        self.context = context
        self.units: dict[str, int | None] = {}

    def write(self, found: Judgement) -> None:
        """Everything."""
        works = found.judged.works
        known = self._known(works)
        duties: dict[int, Duty] = {}
        revisions: dict[tuple[int, Content, str], DutyRevision] = {}
        fresh: list[DutyRevision] = []
        number = self.subject.next_number()
        for work in works:
            if work.duty is None and work.slot not in duties:
                duty = self._duty(work, self.subject.code(number))
                number += 1
                duties[work.slot] = duty
                revision = first_revision(self.context, duty, items={}, **self._fields(work.content, work.document_number))
                fresh.append(revision)
                revisions[duty.id, work.content, work.document_number] = revision
        Duty.objects.bulk_create(duties.values(), batch_size=AT_ONCE)
        add_revisions(fresh)
        duty_of = [known[work.duty.id] if work.duty is not None else duties[work.slot] for work in works]
        wanted: dict[tuple[int, Content, str], tuple[Duty, dict[str, Any]]] = {}
        for work, duty in zip(works, duty_of, strict=True):
            key = (duty.id, work.content, work.document_number)
            if key not in revisions and key not in wanted:
                wanted[key] = (duty, self._fields(work.content, work.document_number))
        revisions.update(zip(wanted, next_revisions(self.context, list(wanted.values())), strict=True))
        cells = [
            self._cells(work, duty, revisions[duty.id, work.content, work.document_number], township)
            for work, duty in zip(works, duty_of, strict=True)
            for township in work.townships
        ]
        cells += [
            Cells(duty.id, self.subject.township(township), max(cell.start, self.plan.valid_from), cell.end)
            for duty, township, cell in found.judged.ended
        ]
        self._set(cells)

    def _known(self, works: Sequence[Work]) -> dict[int, Duty]:
        ids = sorted({work.duty.id for work in works if work.duty is not None})
        found: dict[int, Duty] = {}
        for start in range(0, len(ids), AT_ONCE):
            found.update(Duty.objects.in_bulk(ids[start : start + AT_ONCE]))
        return found

    def _set(self, cells: list[Cells]) -> None:
        """All cells of some hundred duties at a time."""
        by_duty: dict[int, list[Cells]] = {}
        for one in cells:
            by_duty.setdefault(one.duty_id, []).append(one)
        ids = list(by_duty)
        for start in range(0, len(ids), AT_ONCE):
            set_cells(self.context, [one for duty in ids[start : start + AT_ONCE] for one in by_duty[duty]])

    def _cells(self, work: Work, duty: Duty, revision: DutyRevision, township: str) -> Cells:
        placing = Placing(revision.id, self.plan.list_name, work.section, work.ordinals[township])
        return Cells(duty.id, self.subject.township(township), work.start, work.end, placing)

    def _duty(self, work: Work, code: str) -> Duty:
        fields = self._fields(work.content, work.document_number)
        shown = {name: fields[name] for name in ("title", "track", "lead_unit_id", "co_leads", "document_number")}
        return Duty(
            id=self.context.new_id(),
            jurisdiction_id=self.context.jurisdiction_id,
            code=code,
            origin=ORIGIN[self.plan.purpose],
            list_name=self.plan.list_name,
            admitted_on=work.start,
            ends_on=None if work.end == OPEN_END else date.fromordinal(work.end.toordinal() - 1),
            **shown,
        )

    def _fields(self, content: Content, document_number: str) -> dict[str, Any]:
        """A revision's fields for what a row says."""
        return {
            "title": content.title,
            "track": "regular",
            "lead_unit_id": self._unit(content.lead),
            "co_leads": list(content.helpers),
            "document_number": document_number,
            "category": content.category,
            "level": self.plan.level if self.plan.purpose == "baseline" else "",
            "columns": dict(content.columns),
        }

    def _unit(self, key: str) -> int | None:
        if key not in self.units:
            self.units[key] = self.subject.unit_id(key)
        return self.units[key]


@register_action
class RegisterBaseline(_TakeIn):
    """登记底数: the three national lists as a level of authority decided them, and later changes of them by the same level."""

    name = "list.register_baseline"
    purposes = frozenset({"baseline"})


@register_action
class ImportList(_TakeIn):
    """导入清单: the powers list, and matters admitted under the repealed edition, with their documents."""

    name = "list.import"
    purposes = frozenset({"powers", "earlier_edition"})
