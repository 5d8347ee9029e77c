"""依法列入（第一条、第四条（五））: what a law itself puts on townships, with its provision and the legal seat's finding.

Nothing that a department hands over enters a list by this road: the finding of the legal seat says that the law names townships itself.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Conflict, Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import FileDigest, require_files
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.features.bases.given import BasisGiven
from dutygate.features.lists.actions.office import ListAction, ListsSubject
from dutygate.features.lists.history import Cells, Placing, add_revisions, first_revision, set_cells
from dutygate.features.lists.importing.plan import Key
from dutygate.features.lists.importing.rows import matter_key
from dutygate.features.lists.models import OPEN_END, OPEN_MOMENT, Duty, ListEntry


class LegalFinding(Given):
    """法制审核意见: that the provision puts the matter on townships itself, in the words of the legal seat, by its own paper."""

    by: Key
    text: str = Field(max_length=1000)
    document_number: str = Field("", max_length=80)
    given_on: date


class ByLawGiven(Given):
    """What enters, on which provision, for which townships, from which day. ``valid_to`` is the first day on which it no longer holds."""

    title: str = Field(min_length=2, max_length=200)
    section: Literal["basic", "cooperative"] = "basic"
    category: str = Field("", max_length=60)
    content: str = Field("", max_length=4000)
    provision: BasisGiven
    finding: LegalFinding
    townships: tuple[Key, ...] = Field(min_length=1, max_length=500)
    department: str = Field("", max_length=80)
    valid_from: date
    valid_to: date = OPEN_END
    scan: FileDigest = ""

    @model_validator(mode="after")
    def holds_a_day(self) -> Self:
        """It is in force on at least one day, and no township is named twice."""
        if self.valid_to <= self.valid_from:
            raise ValueError("valid_to must come after valid_from")
        if len(set(self.townships)) != len(self.townships):
            raise ValueError("a township is named twice")
        return self


@register_action
class EnterByLaw(ListAction):
    """依法列入清单. Subject: the jurisdiction's code. Result: {duty}."""

    name = "list.enter_by_law"
    Payload: ClassVar[type[BaseModel]] = ByLawGiven

    def load(self, ref: str, payload: Any, door: Door) -> ListsSubject:
        """With the scan, if there is one."""
        require_files(door.acting, [payload.scan])
        return super().load(ref, payload, door)

    def resolved(self, subject: ListsSubject, payload: Any, door: Door) -> dict[str, Any]:
        """Whether the finding is the legal seat's, and whether the provision holds on the first day."""
        try:
            unit = subject.directory.resolve(payload.finding.by)
        except UnknownUnit:
            raise Malformed([("finding", f"unknown unit: {payload.finding.by}")]) from None
        basis, day = payload.provision, payload.valid_from
        holds = (basis.in_force_from is None or basis.in_force_from <= day) and (basis.in_force_to is None or day < basis.in_force_to)
        return {
            "found_by_legal": "legal" in subject.directory.seats_of(unit.id, payload.finding.given_on),
            "finding_text": payload.finding.text,
            "basis_kind": basis.kind,
            "basis_article": basis.article,
            "basis_holds": holds,
            "basis": basis.title,
        }

    def apply(self, subject: ListsSubject, payload: Any, context: Context) -> None:
        """One duty of its own origin, one cell for each township. Raises Conflict when the same matter stands there already."""
        townships = [subject.township(key) for key in payload.townships]
        there = ListEntry.objects.filter(township__in=townships, section=payload.section, list_name="duties", recorded_to=OPEN_MOMENT)
        there = there.filter(valid_from__lt=payload.valid_to, valid_to__gt=payload.valid_from).order_by("duty")
        key = matter_key(payload.title)
        for code, title in there.values_list("duty__code", "revision__title").distinct():
            if matter_key(title) == key:
                raise Conflict(detail=f"stands on the list already: {code}")
        basis, finding = payload.provision, payload.finding
        duty = Duty(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            code=subject.code(subject.next_number()),
            origin="by_law",
            title=payload.title,
            track="regular",
            lead_unit_id=self._department(subject, payload),
            list_name="duties",
            document_number=basis.document_number,
            admitted_on=payload.valid_from,
            ends_on=None if payload.valid_to == OPEN_END else date.fromordinal(payload.valid_to.toordinal() - 1),
        )
        duty.save(force_insert=True)
        revision = first_revision(
            context,
            duty,
            category=payload.category,
            items={"content": payload.content} if payload.content else {},
            bases=[basis.model_dump(mode="json")],
            columns={
                "legal_finding": finding.text,
                "legal_finding_by": subject.directory.name_on(subject.directory.resolve(finding.by).id, finding.given_on),
                "legal_finding_on": finding.given_on.isoformat(),
                **({"legal_finding_number": finding.document_number} if finding.document_number else {}),
            },
        )
        add_revisions([revision])
        placing = Placing(revision.id, "duties", payload.section)
        set_cells(context, [Cells(duty.id, township, payload.valid_from, payload.valid_to, placing) for township in townships])
        context.result["duty"] = duty.code
        context.tell("duty_admitted", townships, duty=duty.code, valid_from=payload.valid_from.isoformat())

    def _department(self, subject: ListsSubject, payload: Any) -> int | None:
        if not payload.department:
            return None
        try:
            return subject.directory.resolve(payload.department).id
        except UnknownUnit:
            raise Malformed([("department", f"unknown unit: {payload.department}")]) from None
