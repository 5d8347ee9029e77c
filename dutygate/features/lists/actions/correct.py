"""更正清单（第四条（五））: a mistake is put right by adding what is right; what was known before stays readable as known then.

A correction is no adjustment and no exit: of a matter that went through the procedure it changes neither who has it nor what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed, NotFound
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import FileDigest, require_files
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.features.lists.actions.office import ListAction, ListsSubject
from dutygate.features.lists.history import Cells, Placing, next_revision, set_cells
from dutygate.features.lists.hooks import lists_changed
from dutygate.features.lists.importing.plan import Key
from dutygate.features.lists.models import OPEN_END, OPEN_MOMENT, Duty, DutyRevision, ListCorrection, ListEntry
from dutygate.law.rules import Finding

COLUMNS = ("upper_department", "upper_duties", "township_duties", "taken_over_by", "working_method", "legal_basis")


class CellChanges(Given):
    """What reads otherwise; what is not named stays. ``department``: who leads, by key or name, "" = nobody."""

    title: str | None = Field(None, min_length=2, max_length=200)
    category: str | None = Field(None, max_length=60)
    ordinal: int | None = Field(None, ge=1, lt=1_000_000)
    section: Literal["basic", "cooperative", "taken_back"] | None = None
    department: str | None = Field(None, max_length=80)
    upper_department: str | None = Field(None, max_length=4000)
    upper_duties: str | None = Field(None, max_length=4000)
    township_duties: str | None = Field(None, max_length=4000)
    taken_over_by: str | None = Field(None, max_length=4000)
    working_method: str | None = Field(None, max_length=4000)
    legal_basis: str | None = Field(None, max_length=4000)

    def named(self) -> dict[str, Any]:
        """Only what is changed."""
        found: dict[str, Any] = self.model_dump(exclude_none=True)
        return found


class CorrectGiven(Given):
    """``how``: change (what stands there reads otherwise), remove (it does not hold in these days), place (it holds in all of them).

    The days are [valid_from, valid_to), the townships keys; ``document_number``: the paper that shows how it should read.
    """

    duty: str = Field(min_length=1, max_length=40)
    how: Literal["change", "remove", "place"]
    townships: tuple[Key, ...] = Field(min_length=1, max_length=500)
    valid_from: date
    valid_to: date = OPEN_END
    changes: CellChanges = CellChanges()
    reason: str = Field("", max_length=500)
    document_number: str = Field("", max_length=80)
    level: str = Field("", max_length=20)
    other_seat: str = Field("", max_length=200)
    scan: FileDigest = ""

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """It covers a day, names each township once, and says what changes; what is removed changes in nothing else."""
        if self.valid_to <= self.valid_from:
            raise ValueError("valid_to must come after valid_from")
        if len(set(self.townships)) != len(self.townships):
            raise ValueError("a township is named twice")
        if self.how == "remove" and self.changes.named():
            raise ValueError("what is removed is not changed")
        if self.how == "change" and not self.changes.named():
            raise ValueError("nothing is changed")
        return self


@register_action
class Correct(ListAction):
    """更正清单. Subject: the jurisdiction's code. Result: {duty, revisions, rows}."""

    name = "list.correct"
    Payload: ClassVar[type[BaseModel]] = CorrectGiven

    def load(self, ref: str, payload: Any, door: Door) -> ListsSubject:
        """The duty with its cells as they are known now. Raises NotFound, Malformed."""
        require_files(door.acting, [payload.scan])
        subject: ListsSubject = super().load(ref, payload, door)
        duty = Duty.objects.filter(jurisdiction=subject.jurisdiction_id, code=payload.duty).first()
        if duty is None:
            raise NotFound([Finding("not_found", "4.5", {"subject": payload.duty})])
        subject.read["duty"] = duty
        subject.read["townships"] = [subject.township(key) for key in payload.townships]
        rows = ListEntry.objects.filter(duty=duty, recorded_to=OPEN_MOMENT).select_related("revision").order_by("township", "valid_from")
        subject.read["rows"] = list(rows)
        return subject

    def basis(self, subject: ListsSubject) -> Mapping[str, int]:
        """The duty as the person saw it: the last row that was added to its history. Row ids are 64 bits; the entry's part tells enough."""
        newest = max((row.id for row in subject.read["rows"]), default=0)
        return {"duty": newest >> 20}

    def resolved(self, subject: ListsSubject, payload: Any, door: Door) -> dict[str, Any]:
        """origin, list, level of what is touched; which days and which townships would be added."""
        duty, rows = subject.read["duty"], subject.read["rows"]
        touched = self._crossing(subject, payload)
        adds = payload.how == "place"
        held = {row.township_id for row in rows}
        return {
            "origin": duty.origin,
            "list_name": duty.list_name,
            "track": duty.track,
            "levels": sorted({row.revision.level for row in touched or rows if row.revision.level}),
            "changed": sorted(payload.changes.named()),
            "adds_townships": adds and bool(set(subject.read["townships"]) - held),
            "adds_days": adds and any(not self._covered(rows, township, payload) for township in subject.read["townships"]),
        }

    def apply(self, subject: ListsSubject, payload: Any, context: Context) -> None:
        """New revisions for what reads otherwise, and the cells. Raises Malformed where there is nothing to correct."""
        duty, touched = subject.read["duty"], self._crossing(subject, payload)
        if payload.how != "place" and not touched:
            raise Malformed([("valid_from", "nothing stands there in these days")])
        before = {row.revision_id: row.revision for row in touched}
        cells: list[Cells] = []
        if payload.how == "remove":
            cells = [Cells(duty.id, township, payload.valid_from, payload.valid_to) for township in subject.read["townships"]]
        elif payload.how == "change":
            revisions = {number: self._revised(subject, payload, context, one) for number, one in before.items()}
            cells = [
                self._cell(
                    payload, row, revisions[row.revision_id], max(row.valid_from, payload.valid_from), min(row.valid_to, payload.valid_to)
                )
                for row in touched
            ]
        else:
            base = touched[0] if touched else (subject.read["rows"] or [None])[-1]
            after = base.revision if base is not None else DutyRevision.objects.filter(duty=duty).order_by("-revision")[0]
            revision = self._revised(subject, payload, context, after) if payload.changes.named() else after
            section = payload.changes.section or (base.section if base is not None else "admitted")
            for township in subject.read["townships"]:
                own = next((row for row in touched if row.township_id == township), None)
                ordinal = payload.changes.ordinal or (own.ordinal if own else None)
                placing = Placing(revision.id, duty.list_name, section, ordinal)
                cells.append(Cells(duty.id, township, payload.valid_from, payload.valid_to, placing))
        added = set_cells(context, cells)
        ListCorrection.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            duty=duty,
            townships=list(payload.townships),
            valid_from=payload.valid_from,
            valid_to=payload.valid_to,
            changes={"how": payload.how, **payload.changes.named()},
            reason=payload.reason,
            document_number=payload.document_number,
            recorded_at=context.recorded_at,
        )
        context.result.update({"duty": duty.code, "rows": added})
        lists_changed(context, [duty])
        context.tell("list_corrected", subject.read["townships"], duty=duty.code, reason=payload.reason[:100])

    def _crossing(self, subject: ListsSubject, payload: Any) -> list[ListEntry]:
        named = set(subject.read["townships"])
        return [
            row
            for row in subject.read["rows"]
            if row.township_id in named and row.valid_from < payload.valid_to and row.valid_to > payload.valid_from
        ]

    def _covered(self, rows: list[ListEntry], township: int, payload: Any) -> bool:
        """Whether the duty stands on that list on every one of these days already."""
        day = payload.valid_from
        for row in rows:
            if row.township_id == township and row.valid_from <= day < row.valid_to:
                day = row.valid_to
        return bool(day >= payload.valid_to)

    def _cell(self, payload: Any, row: ListEntry, revision: DutyRevision, start: date, end: date) -> Cells:
        placing = Placing(revision.id, row.list_name, payload.changes.section or row.section, payload.changes.ordinal or row.ordinal)
        return Cells(row.duty_id, row.township_id, start, end, placing)

    def _revised(self, subject: ListsSubject, payload: Any, context: Context, after: DutyRevision) -> DutyRevision:
        """The revision as it should read; the same one where only its place on the list changes."""
        said = payload.changes.named()
        changes: dict[str, Any] = {name: said[name] for name in ("title", "category") if name in said}
        columns = {**after.columns, **{name: said[name] for name in COLUMNS if name in said}}
        if columns != after.columns:
            changes["columns"] = {name: text for name, text in columns.items() if text}
        if "department" in said:
            changes["lead_unit_id"] = self._department(subject, said["department"])
        if not changes:
            return after
        if payload.document_number and subject.read["duty"].origin == "baseline":
            changes["document_number"] = payload.document_number
        return next_revision(context, subject.read["duty"], after=after, case_id=after.case_id, **changes)

    def _department(self, subject: ListsSubject, ref: str) -> int | None:
        if not ref:
            return None
        try:
            return subject.directory.resolve(ref).id
        except UnknownUnit:
            raise Malformed([("changes.department", f"unknown unit: {ref}")]) from None
